import { type BrandProfile, inLocale, provenWebsite } from './brand-profile.js';
import type { Locale } from '#kernel';
import { phoneLink } from '#organisations';

/**
 * A partner's contact details in a document, without empty lines. The profile
 * may have changed since the launch. An unproved website is left out, so that
 * readers do not turn its text into a link.
 */
export function contactLines(profile: BrandProfile, locale: Locale): string[] {
  const { contact, postalAddress, name, legalName } = inLocale(profile, locale);
  const website = provenWebsite(profile);
  const lines = [
    legalName ?? name,
    [contact.name, contact.title].filter(Boolean).join(', '),
    contact.phone === null ? null : phoneLink(contact.phone, profile.countryCode).text,
    contact.email,
    website?.replace(/^https?:\/\/|\/$/g, ''),
    ...(postalAddress ?? '').split('\n'),
  ];
  return lines.filter((line): line is string => Boolean(line?.trim()));
}
