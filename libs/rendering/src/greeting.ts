import type { Locale } from '#kernel';
import { FEMALE, GERMAN_TITLES, GREETINGS, MALE, NO_NAMES, ORGANISATION_WORDS, TITLES } from './greeting.data.js';

/** What a list says about a person. Imports leave it as it was written. */
export interface NamedPerson {
  /** `Mr`, `Frau Dr.` */
  readonly salutation?: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
}

const bare = (word: string): string => word.toLowerCase().replaceAll('.', '').replace(/,$/, '');
const wordsIn = (text: string): string[] => text.split(/[\s/&]+/).filter((word) => word !== '');

/**
 * A first or last name, if it can be one. Lists have mailboxes, departments and
 * companies in these columns: "Info" and "Acme GmbH" name no person.
 * @returns null for those, and for texts with digits, @ or a single letter.
 */
export function personName(name: string | null, company: string | null): string | null {
  const text = name?.trim() ?? '';
  const letters = text.replace(/[^\p{L}]/gu, '');
  if (letters.length < 2 && !/\p{Script=Han}|\p{Script=Hangul}/u.test(letters)) return null;
  if (/[\d@_|<>{}[\]*]/.test(text)) return null;
  if (company !== null && bare(text) === bare(company.trim())) return null;
  const words = wordsIn(text).map(bare);
  if (NO_NAMES.has(bare(text)) || words.every((word) => NO_NAMES.has(word))) return null;
  return words.length > 1 && words.some((word) => ORGANISATION_WORDS.has(word)) ? null : text;
}

/** How a letter addresses the person; the titles in the order written. */
function addressOf(
  salutation: string | null | undefined,
  language: string,
): { gender: 'male' | 'female' | null; titles: string[] } {
  const words = wordsIn(salutation ?? '').map(bare);
  const isMale = words.some((word) => MALE.has(word));
  const isFemale = words.some((word) => FEMALE.has(word));
  return {
    // "Mr & Mrs" and "Herr/Frau" tell no gender.
    gender: isMale === isFemale ? null : isMale ? 'male' : 'female',
    titles:
      isMale && isFemale
        ? []
        : words.flatMap((word) => TITLES[word] ?? (language === 'de' ? GERMAN_TITLES[word] : undefined) ?? []),
  };
}

/** Dutch capitalises a prefix that no first name precedes: Van den Berg. */
const afterAddress = (lastName: string, language: string): string =>
  language === 'nl' ? lastName.charAt(0).toUpperCase() + lastName.slice(1) : lastName;

/**
 * The line that opens a letter, with its comma or colon: "Guten Tag Frau Dr.
 * Huber,", "Hello Ada,", "Buenos días:". A name is used only where the language
 * can use what is known without an error; otherwise there is none.
 * @returns null for a language without a rule.
 */
export function greetingOf(person: NamedPerson, locale: Locale): string | null {
  const language = locale.split('-')[0] ?? '';
  const forms = GREETINGS[language];
  if (forms === undefined) return null;
  const { company } = person;
  const [firstName, lastName] = [personName(person.firstName, company), personName(person.lastName, company)];
  // Half a company's name in one column, the rest in the other.
  const isPerson = (firstName !== null || person.firstName === null) && (lastName !== null || person.lastName === null);
  if (!isPerson || forms.by === 'none') return forms.plain;
  if (forms.given !== undefined && firstName !== null) return forms.given.replace('{}', () => firstName);
  const { gender, titles } = addressOf(person.salutation, language);
  if (lastName === null) return forms.plain;
  const form = gender === null ? (titles.length === 0 ? undefined : forms.titled) : forms[gender];
  const name = [...titles, afterAddress(lastName, language)].join(' ');
  return form === undefined ? forms.plain : form.replace('{}', () => name);
}
