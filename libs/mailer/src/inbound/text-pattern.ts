/** Whether a text has a certain form: a regular expression, or several. */
export interface TextPattern {
  test(text: string): boolean;
}

/** A pattern that matches if any of `parts` does. */
export const anyOf = (...parts: readonly TextPattern[]): TextPattern => ({
  test: (text) => parts.some((part) => part.test(text)),
});

/** Longer than any phrase that is looked for. */
const PHRASE_CHARACTERS = 40;

/**
 * A pattern of two phrases in one line, with at most `gap` characters between
 * them. Two expressions, because `first.{0,80}second` in one tries every pair
 * of positions.
 * @param first with the flag `g`.
 */
export const near = (first: RegExp, gap: number, second: RegExp): TextPattern => ({
  test: (text) =>
    [...text.matchAll(first)].some(({ 0: found, index }) => {
      const start = index + found.length;
      const [line = ''] = text.slice(start, start + gap + PHRASE_CHARACTERS).split('\n', 1);
      const at = line.search(second);
      return at !== -1 && at <= gap;
    }),
});
