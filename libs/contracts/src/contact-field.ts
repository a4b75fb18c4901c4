/**
 * What a contact has besides its address.
 * Each field may be unknown.
 * `country`: ISO 3166-1 alpha-2.
 * `timeZone`: IANA name.
 * `language`: BCP 47 tag.
 * `salutation`: as written, `Mr`, `Frau Dr.`.
 * `phone`: as written, with at least five digits.
 */
export const CONTACT_FIELDS = [
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
export type ContactField = (typeof CONTACT_FIELDS)[number];
