import { isTimeZone } from '#kernel';

/**
 * Source of a contact's time zone: `activation` is the partner's, `vendor` the
 * campaign's.
 */
export type ZoneSource = 'contact' | 'country' | 'activation' | 'vendor';

/**
 * A contact's time zone and its source: contact, else country, else activation.
 * An invalid zone is skipped, for that contact alone.
 */
export function zoneOf(
  contact: { readonly timeZone: string | null; readonly country: string | null },
  countryZone: (country: string) => string,
  activation: { readonly timeZone: string; readonly timeZoneSource: 'activation' | 'vendor' },
): { zone: string; source: ZoneSource } {
  if (contact.timeZone !== null && isTimeZone(contact.timeZone)) return { zone: contact.timeZone, source: 'contact' };
  const byCountry = contact.country === null ? 'UTC' : countryZone(contact.country);
  if (byCountry !== 'UTC') return { zone: byCountry, source: 'country' };
  return { zone: activation.timeZone, source: activation.timeZoneSource };
}
