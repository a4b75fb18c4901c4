import { maskAddresses } from '#kernel';
import { ANSWER_WORDS } from './answer-words.js';

const ADDRESS = '<address>';
const OMITTED = '…';
/** A word, a number, or an id of both. */
const TOKEN = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;
/** Longer numbers may be telephone numbers. */
const MAX_DIGITS = 8;
/** Two letters beside digits are no name; ids of queues have such runs. */
const NAME = /\p{L}[\p{L}\p{M}]{2}/u;
const HEX_ID = /^[\da-f]{8,}$/i;

/**
 * A text of a mail server, as it may be stored: without addresses, and without
 * every word that is not known from such texts. Servers quote the names of
 * people, also names that the product does not have: `User Ada Baker (abaker)
 * not listed in directory`. An erased person's messages keep their answers, so
 * the name must not get in. Classify a text before, on its own words.
 * @returns the text with `<address>` and `…` in place of what is left out.
 */
export function withoutPersonalData(text: string): string {
  const kept = maskAddresses(text, ADDRESS).replace(TOKEN, (word) => (isImpersonal(word) ? word : OMITTED));
  return kept.replace(/…(?:[ .,_-]?…)+/g, OMITTED);
}

function isImpersonal(token: string): boolean {
  const word = token.replace(/['’]s$/, '').replace(/['’]/g, '');
  if (/^\d+$/.test(word)) return word.length <= MAX_DIGITS;
  if (/\d/.test(word)) return HEX_ID.test(word) || !NAME.test(word);
  return word.split(/(?<=\p{Ll})(?=\p{Lu})/u).every((part) => ANSWER_WORDS.has(part.toLowerCase()));
}
