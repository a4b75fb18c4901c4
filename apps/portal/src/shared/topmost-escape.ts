import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the escape key to the dialog that stands before all others: the library hands it to every one that is open, and a form in a drawer
 * behind it would be gone with what was written there.
 */
export function useTopmostEscape(opened: boolean, onEscape: () => void): void {
  const now = useRef({ opened, onEscape });
  useEffect(() => {
    now.current = { opened, onEscape };
  });
  // Heard before the others because it listens before they do, and without a break: theirs are effects, which come after.
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || !now.current.opened) return;
      event.stopImmediatePropagation();
      now.current.onEscape();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
}
