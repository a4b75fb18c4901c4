import type { Proportion } from './proportion.js';

/** Random numbers between 0 and 1 from a seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many people, each of whom does it with the same chance. */
export function crowd(random: () => number, of: number, chance: number): Proportion {
  let done = 0;
  for (let person = 0; person < of; person += 1) if (random() < chance) done += 1;
  return { done, of };
}

/** Nearly normal: the sum of twelve uniform numbers. */
export const noise = (random: () => number, sd: number): number =>
  sd * (Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, 0) - 6);
