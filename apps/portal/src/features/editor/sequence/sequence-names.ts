import { createContext, useContext } from 'react';
import type { useTacticName } from '../../../shared/tactic-names';

/** Names of the e-mails, posts, pages and documents of the working copy; null: it has none yet. */
export const SequenceNames = createContext<ReturnType<typeof useTacticName>>(() => null);

/** Options of a select: the names of things of a kind, which are stored by their keys. */
export function useNamedOptions(
  kind: 'emails' | 'social' | 'pages' | 'documents',
  keys: readonly string[],
): { readonly value: string; readonly label: string }[] {
  const nameOf = useContext(SequenceNames);
  return namedOptions(keys, (key) => nameOf(kind, key));
}

/** Two things of one name are told apart by their keys. */
export function namedOptions(
  keys: readonly string[],
  nameOf: (key: string) => string | null,
): { readonly value: string; readonly label: string }[] {
  const names = keys.map((key) => nameOf(key) ?? key);
  const isShared = (name: string): boolean => names.filter((one) => one === name).length > 1;
  return keys.map((value, at) => {
    const name = names[at] ?? value;
    return { value, label: isShared(name) ? `${name} (${value})` : name };
  });
}
