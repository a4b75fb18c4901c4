import { isTimeZone } from '#kernel';

/** Where the zone of a contact's clock is from: `activation` is the partner's, `vendor` the campaign's. */
export type ZoneSource = 'contact' | 'country' | 'activation' | 'vendor';

/**
 * The zone of a contact's clock and where it is from: the contact's own, its country's where there is one, else the activation's. A
 * zone that is none is passed over, for that contact alone.
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
