import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A telephone number as screens, pages and mails show it. */
export interface PhoneLink {
  /** International where the country is known: `+49 30 123456`. */
  readonly text: string;
  /** RFC 3966: `tel:+4930123456`. */
  readonly url: string;
}

/**
 * A telephone number as it was typed, for its readers: they may be in another
 * country. Numbering plans come from Google's libphonenumber. A number that is
 * possible in none of the countries stays as it is.
 * @param countries ISO 3166-1 alpha-2, the likeliest first, for a number without
 *   a country code.
 */
export function phoneLink(phone: string, ...countries: readonly (string | null | undefined)[]): PhoneLink {
  const known = countries.filter((country): country is CountryCode => country != null && isSupportedCountry(country));
  const typed = phone.trim().replace(/^00/, '+');
  for (const country of [...known, undefined]) {
    const number = parsePhoneNumberFromString(typed, country);
    if (number?.isPossible() === true) return { text: number.formatInternational(), url: `tel:${number.number}` };
  }
  return { text: phone.trim(), url: asTyped(typed) };
}

/** Its digits, in the form of RFC 3966; an extension is dialled by hand. */
function asTyped(typed: string): string {
  const isInternational = typed.startsWith('+');
  const dialled = isInternational ? typed.replace('(0)', '') : typed;
  const [main = ''] = dialled.split(/[a-z]/i);
  return `tel:${isInternational ? '+' : ''}${main.replace(/\D/g, '')}`;
}
