/**
 * Characters that are invisible, look like another character, or cover other
 * lines: controls, format characters, unassigned and private-use characters,
 * fillers, variation selectors, separators, more than three marks on one
 * letter. Joiners are allowed: Arabic and Persian need them. A line feed ends a
 * line.
 */
const INVISIBLE =
  /(?![\u200C\u200D\n])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFFA0\uFE00-\uFE0F]|\p{Mn}{4,}/u;

/** Whether a partner's text contains characters that mislead readers. */
export const hasInvisibleCharacters = (text: string): boolean => INVISIBLE.test(text);
