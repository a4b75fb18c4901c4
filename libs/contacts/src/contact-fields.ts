import { isContactDate } from '#contracts';
import { countryNamed } from './country-names.js';
import { dateIn, type DayOrder } from './date-text.js';
import { languageNamed } from './language-names.js';
import { timeZoneNamed } from './time-zone-names.js';
import { type ContactDetails, type ContactField, CONTACT_FIELDS } from './contact.js';

/**
 * Longest text of a field, in UTF-16 units.
 * A name, a company or a title fits; a pasted letter does not.
 */
const MAX_FIELD_LENGTH = 200;

// Controls: C0, C1, line and paragraph separators, and bidi controls (Unicode
// TR9).
// oxlint-disable-next-line no-control-regex -- finding them is the purpose
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]/g;
// A lone half of a surrogate pair is no character, and PostgreSQL refuses it.
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * Whether a text could forge a header, break a line or reverse the text beside
 * it.
 */
function hasUnsafeCharacters(text: string): boolean {
  return text.search(UNSAFE) !== -1 || text.search(LONE_SURROGATE) !== -1;
}

/**
 * Invisible characters of word processors and web pages that no name needs: soft
 * hyphen, zero-width space, byte order mark, word joiner, Mongolian vowel
 * separator. Zero-width joiners stay: Persian, Indian scripts and emoji need
 * them.
 */
const INVISIBLE = /[\u00ad\u200b\ufeff\u2060-\u2064\u180e]/g;

/**
 * The text in one line, without the characters that `hasUnsafeCharacters`
 * finds. Any script stays as it is, emoji included.
 */
export function withoutUnsafeCharacters(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
    .replace(UNSAFE, '')
    .replace(LONE_SURROGATE, '')
    .replace(INVISIBLE, '')
    .trim();
}

/** What a mail program would make a link of in a greeting. */
const hasAddress = (text: string): boolean =>
  text.split(/\s+/).some((word) => {
    const at = word.indexOf('@', 1);
    return at !== -1 && word.slice(at + 2, -1).includes('.');
  });

export type FieldProblem =
  | 'characters-unsafe'
  | 'address-in-name'
  | 'too-long'
  | 'country-unknown'
  | 'time-zone-unknown'
  | 'language-unknown'
  | 'phone-invalid'
  | 'date-invalid'
  | 'date-ambiguous';

type Checked = { readonly value: string | null } | { readonly problem: FieldProblem };

/**
 * Checks one field that is not the address.
 * Blank means unknown.
 * Countries and languages may be given by name, dates in any notation.
 * @param order of day and month in dates such as 03/04/2027; null: unknown.
 */
export function checkField(field: ContactField, input: string, order: DayOrder | null = null): Checked {
  const text = input.normalize('NFC').replace(INVISIBLE, '').trim();
  if (text === '') return { value: null };
  if (hasUnsafeCharacters(text)) return { problem: 'characters-unsafe' };
  if (text.length > MAX_FIELD_LENGTH) return { problem: 'too-long' };
  if (isContactDate(field)) return dateIn(text, order);
  switch (field) {
    case 'firstName':
    case 'lastName':
      return hasAddress(text) ? { problem: 'address-in-name' } : { value: text };
    case 'country':
      return known(countryCode(text), 'country-unknown');
    case 'timeZone':
      return known(timeZoneName(text), 'time-zone-unknown');
    case 'language':
      return known(languageTag(text), 'language-unknown');
    case 'phone':
      return isPhone(text) ? { value: text } : { problem: 'phone-invalid' };
    default:
      return { value: text };
  }
}

/**
 * A telephone number as people write it, with country code, extension or
 * brackets. ITU-T E.164 allows 15 digits; an extension adds to them.
 */
function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return text.length <= 60 && digits >= 5 && digits <= 22 && !/[@<>]/.test(text);
}

const known = (value: string | null, problem: FieldProblem): Checked => (value === null ? { problem } : { value });

export const EMPTY_DETAILS: ContactDetails = Object.fromEntries(
  CONTACT_FIELDS.map((field) => [field, null]),
) as ContactDetails;

// Lists of 40,000 rows repeat the same few zones, countries and languages; Intl
// is slow.
const memoized = (look: (text: string) => string | null): ((text: string) => string | null) => {
  const answers = new Map<string, string | null>();
  return (text) => {
    const before = answers.get(text);
    if (before !== undefined) return before;
    const answer = look(text);
    if (answers.size < 5000) answers.set(text, answer);
    return answer;
  };
};

/**
 * A country, or an ISO 3166-2 subdivision: `CA`, `ca-qc`.
 * The subdivision is not looked up.
 * @returns null for any other text.
 */
export function jurisdictionCode(text: string): string | null {
  const [, country, part] = /^\s*([a-z]{2})-([a-z0-9]{1,3})\s*$/i.exec(text) ?? [];
  if (country === undefined || part === undefined) return countryCode(text);
  const known = countryCode(country);
  return known === null ? null : `${known}-${part.toUpperCase()}`;
}

/** @returns the ISO 3166-1 alpha-2 code of a code or a name, or null. */
const countryCode = memoized(countryNamed);
const timeZoneName = memoized(timeZoneNamed);
const languageTag = memoized(languageNamed);
