import { CONTACT_DATES } from './contact-date.js';

/**
 * What a contact has besides its address and dates.
 * Each field may be unknown.
 * `country`: ISO 3166-1 alpha-2.
 * `timeZone`: IANA name.
 * `language`: BCP 47 tag.
 * `salutation`: as written, `Mr`, `Frau Dr.`.
 * `phone`: as written, with at least five digits.
 */
export const CONTACT_TEXT_FIELDS = [
  'firstName',
  'lastName',
  'salutation',
  'company',
  'phone',
  'country',
  'timeZone',
  'language',
  'industry',
  'persona',
  'stage',
  'segment',
] as const;
export type ContactTextField = (typeof CONTACT_TEXT_FIELDS)[number];

/** The same, and dates: `2027-03-31`. */
export const CONTACT_FIELDS = [...CONTACT_TEXT_FIELDS, ...CONTACT_DATES] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];
