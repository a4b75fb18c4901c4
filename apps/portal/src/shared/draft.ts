import { useLocalStorage } from '@mantine/hooks';
import { type SetStateAction, useState } from 'react';
import type { SessionView } from '#contracts';
import { useSession } from './session';

const keyOf = ({ user, organisation }: SessionView, about: string): string =>
  `throughline-draft ${user.id} ${organisation?.id ?? ''} ${about}`;

/**
 * Unsaved input, stored in this browser for this user and organisation. A
 * closed tab, an ended session or a lost connection loses nothing, and other
 * users cannot see it.
 * @returns the draft, its setter, and a function that deletes it.
 */
export function useDraft<T>(about: string, empty: T) {
  // Without a default value, because the library would store it on every read.
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
 * Other drafts with the same key prefix, as of the first render.
 * @param begins prefix of their keys.
 */
export function useOtherDrafts<T>(begins: string, but: string, isDraft: (kept: unknown) => kept is T) {
  const session = useSession();
  const [found, setFound] = useState(() => draftsWithPrefix(keyOf(session, begins), keyOf(session, but), isDraft));
  return {
    /** The key without the prefix. */
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
    // If the browser's storage is blocked, there are no drafts.
    return [];
  }
}
