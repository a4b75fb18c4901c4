import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Limits the Escape key to the topmost dialog. Mantine closes every open dialog
 * at once, so a form in a drawer behind it would lose its input.
 */
export function useTopmostEscape(opened: boolean, onEscape: () => void): void {
  const now = useRef({ opened, onEscape });
  useEffect(() => {
    now.current = { opened, onEscape };
  });
  // Layout effects run before effects, so this listener is registered before
  // those of the library.
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
