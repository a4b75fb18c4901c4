import { closest as nearest, distance } from 'fastest-levenshtein';

/** The known word that was probably meant; null if none is similar enough. */
export function closest(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const candidate = nearest(word.toLowerCase(), [...known]);
  return distance(word.toLowerCase(), candidate.toLowerCase()) <= Math.max(1, Math.floor(word.length / 3))
    ? candidate
    : null;
}
