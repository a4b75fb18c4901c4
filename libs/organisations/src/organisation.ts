import { getCountry } from 'countries-and-timezones';
import type { OrganisationId } from '#kernel';

export type OrganisationKind = 'vendor' | 'partner' | 'distributor';

export interface Organisation {
  readonly id: OrganisationId;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly slug: string;
  readonly countryCode: string;
  readonly timeZone: string;
}

/**
 * A name in URL form: `Müller & Söhne GmbH` → `muller-sohne-gmbh`.
 * Empty without any Latin letter.
 */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/ß/g, 'ss')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
}

/**
 * The main time zone (IANA name) of a country (ISO 3166-1 alpha-2): a default
 * that the partner can change. Of several zones it is the one with most
 * inhabitants. `UTC` for what is no country. Source: IANA time zone database.
 */
export function defaultTimeZone(countryCode: string): string {
  return MAIN_ZONES[countryCode] ?? OWN_NAMES[countryCode] ?? getCountry(countryCode)?.timezones[0] ?? 'UTC';
}

/** The main language (BCP 47) of a country: CLDR's likely subtags. */
export function defaultLanguage(countryCode: string): string {
  return new Intl.Locale(`und-${countryCode}`).maximize().language;
}

/**
 * Countries with several time zones: the zone with most inhabitants. All others
 * come from the IANA time zone database.
 */
const MAIN_ZONES: Readonly<Record<string, string>> = {
  AQ: 'UTC',
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CD: 'Africa/Kinshasa',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  FM: 'Pacific/Chuuk',
  GL: 'America/Nuuk',
  ID: 'Asia/Jakarta',
  KI: 'Pacific/Tarawa',
  KZ: 'Asia/Almaty',
  MH: 'Pacific/Majuro',
  MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby',
  PS: 'Asia/Gaza',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  TF: 'Indian/Kerguelen',
  UA: 'Europe/Kyiv',
  UM: 'Pacific/Midway',
  US: 'America/New_York',
  UZ: 'Asia/Tashkent',
  VN: 'Asia/Ho_Chi_Minh',
  XK: 'Europe/Belgrade',
};

/**
 * The database merges zones that agree since 1970: Norway has Berlin's. These
 * are the links with the name that people of the country know.
 */
const OWN_NAMES: Readonly<Record<string, string>> = {
  AO: 'Africa/Luanda',
  BA: 'Europe/Sarajevo',
  BH: 'Asia/Bahrain',
  BS: 'America/Nassau',
  BW: 'Africa/Gaborone',
  CM: 'Africa/Douala',
  DK: 'Europe/Copenhagen',
  ET: 'Africa/Addis_Ababa',
  GG: 'Europe/Guernsey',
  GH: 'Africa/Accra',
  HR: 'Europe/Zagreb',
  IM: 'Europe/Isle_of_Man',
  IS: 'Atlantic/Reykjavik',
  JE: 'Europe/Jersey',
  KH: 'Asia/Phnom_Penh',
  KW: 'Asia/Kuwait',
  KY: 'America/Cayman',
  LA: 'Asia/Vientiane',
  LI: 'Europe/Vaduz',
  LU: 'Europe/Luxembourg',
  MC: 'Europe/Monaco',
  ME: 'Europe/Podgorica',
  MG: 'Indian/Antananarivo',
  MK: 'Europe/Skopje',
  NL: 'Europe/Amsterdam',
  NO: 'Europe/Oslo',
  OM: 'Asia/Muscat',
  RE: 'Indian/Reunion',
  RW: 'Africa/Kigali',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
  SM: 'Europe/San_Marino',
  SN: 'Africa/Dakar',
  TT: 'America/Port_of_Spain',
  TZ: 'Africa/Dar_es_Salaam',
  UG: 'Africa/Kampala',
  VA: 'Europe/Vatican',
  YE: 'Asia/Aden',
  ZM: 'Africa/Lusaka',
  ZW: 'Africa/Harare',
};
