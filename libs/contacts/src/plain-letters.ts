/** Letters that Unicode does not decompose. */
const FOLDED: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th' };

/**
 * A text without certain signs and spaces at its ends. A regular expression for
 * the same is quadratic in the length of a run of such signs.
 */
export function withoutEnds(text: string, signs: string, before = signs): string {
  let [start, end] = [0, text.length];
  const isSpace = (at: number): boolean => text.charAt(at).trim() === '';
  while (start < end && (before.includes(text.charAt(start)) || isSpace(start))) start += 1;
  while (end > start && (signs.includes(text.charAt(end - 1)) || isSpace(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * A name without what people write differently: lower case, no accents, letters
 * and digits only. `E-Mail (business) *` → `emailbusiness`.
 */
export function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[łøđßæœıþ]/g, (letter) => FOLDED[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[\p{M}\u02bc'’]/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
