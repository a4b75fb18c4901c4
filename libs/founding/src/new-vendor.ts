import type { LogoReading } from '#brand';
import { countryOf, DomainError, isTimeZone, parseLocale } from '#kernel';
import { nameProblem } from '#rendering';

/** Facts of a vendor that is to be founded. */
export interface NewVendor {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Of its campaigns, BCP 47, the first one first. */
  readonly languages: readonly string[];
  /** A sub-domain for partners without a domain of their own; null: none yet. */
  readonly senderDomain: string | null;
  /** Of buttons and links, `#rrggbb`; null: the product's. */
  readonly colour: string | null;
  /** A logo that was read; null: none yet. */
  readonly logo: LogoReading | null;
}

const NAME_CHARACTERS = 120;
const MOST_LANGUAGES = 20;

/**
 * Checks what needs no database.
 * @returns the same, trimmed and with canonical language tags.
 * @throws DomainError that names the field: `vendor.name-invalid`,
 *   `organisation.country-unknown`, `vendor.time-zone-unknown`,
 *   `vendor.languages-missing`, `vendor.language-unknown`.
 */
export function checkedVendor(vendor: NewVendor): NewVendor {
  const name = vendor.name.trim();
  const problem = nameProblem('vendorName', name, NAME_CHARACTERS);
  if (problem !== null) throw invalid('vendor.name-invalid', 'vendorName', `${problem.message} ${problem.remedy}`);
  const countryCode = vendor.countryCode.trim().toUpperCase();
  if (countryOf(countryCode) !== countryCode)
    throw invalid(
      'organisation.country-unknown',
      'countryCode',
      'No country has this code. Write its two capital letters (ISO 3166), for example GB.',
    );
  if (!isTimeZone(vendor.timeZone))
    throw invalid(
      'vendor.time-zone-unknown',
      'timeZone',
      'No time zone has this name. Write its IANA name, for example Europe/Berlin.',
    );
  return { ...vendor, name, countryCode, languages: checkedLanguages(vendor.languages) };
}

function checkedLanguages(given: readonly string[]): string[] {
  if (given.length === 0 || given.length > MOST_LANGUAGES)
    throw invalid('vendor.languages-missing', 'languages', `Name 1 to ${MOST_LANGUAGES} languages of your campaigns.`);
  const tags = given.map((one) => {
    const tag = parseLocale(one.trim());
    if (tag === null)
      throw invalid(
        'vendor.language-unknown',
        'languages',
        'A language is not written as a tag (BCP 47). Write for example en, de or pt-BR.',
      );
    return tag;
  });
  return [...new Set(tags)];
}

const invalid = (code: `${string}.${string}`, field: string, sentence: string): DomainError =>
  new DomainError(code, sentence, { field });
