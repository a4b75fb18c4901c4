/** Milliseconds between reads of counted numbers: with the response they are at most five seconds old. */
export const NUMBERS_MS = 4_000;
