import { createHash } from 'node:crypto';

/**
 * A number of [0, 1) that follows from words. The same people do the same at each start, so that texts
 * and pictures of the demonstration stay true.
 */
export const chanceOf = (...words: readonly string[]): number =>
  createHash('sha256').update(words.join('\n')).digest().readUInt32BE(0) / 2 ** 32;

/** One of a list, by words. */
export function chosen<T>(list: readonly T[], ...words: readonly string[]): T {
  const found = list[Math.floor(chanceOf(...words) * list.length)];
  if (found === undefined) throw new RangeError('A list to choose from is empty.');
  return found;
}
