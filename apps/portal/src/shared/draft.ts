import { useLocalStorage } from '@mantine/hooks';
import { type SetStateAction, useState } from 'react';
import type { SessionView } from '#contracts';
import { useSession } from './session';

const keyOf = ({ user, organisation }: SessionView, about: string): string =>
  `throughline-draft ${user.id} ${organisation?.id ?? ''} ${about}`;

/**
 * What somebody has written and not saved. It stays in this browser, for this person at this organisation alone: a closed tab, an ended
 * session or a broken connection loses nothing, and nobody else finds it.
 * @returns the draft, what writes it, and what forgets it, as a state's.
 */
export function useDraft<T>(about: string, empty: T) {
  // Without a default, which would be written down wherever somebody only looks.
  const [kept, setKept, forget] = useLocalStorage<T | undefined>({
    key: keyOf(useSession(), about),
    getInitialValueInEffect: false,
  });
  const [none] = useState(empty);
  const write = (next: SetStateAction<T>): void =>
    setKept(next instanceof Function ? (current) => next(current === undefined ? none : current) : next);
  return [kept === undefined ? none : kept, write, forget] as const;
}

/**
 * Drafts that stand beside one, as they were when this was first drawn.
 * @param begins what each of them is about begins so.
 */
export function useOtherDrafts<T>(begins: string, but: string, isDraft: (kept: unknown) => kept is T) {
  const session = useSession();
  const [found, setFound] = useState(() => draftsWithPrefix(keyOf(session, begins), keyOf(session, but), isDraft));
  return {
    /** What each is about, beyond how it begins. */
    drafts: found.map(({ key, draft }) => ({ about: key.slice(keyOf(session, begins).length), draft })),
    forget: (about: string): void => {
      const gone = keyOf(session, begins) + about;
      globalThis.localStorage.removeItem(gone);
      setFound((all) => all.filter(({ key }) => key !== gone));
    },
  };
}

function draftsWithPrefix<T>(begins: string, but: string, isDraft: (kept: unknown) => kept is T) {
  try {
    return Object.entries(globalThis.localStorage)
      .filter(([key]) => key.startsWith(begins) && key !== but)
      .map(([key, text]): { key: string; draft: unknown } => ({ key, draft: JSON.parse(String(text)) }))
      .filter((one): one is { key: string; draft: T } => isDraft(one.draft));
  } catch {
    // A browser that keeps nothing has nothing to offer.
    return [];
  }
}
