/** A BCP 47 language tag (RFC 5646), canonical: `en`, `de`, `pt-BR`, `ar`. */
export type Locale = string & { readonly __locale: true };

/** @returns the canonical tag, or null when it is none. */
export function parseLocale(value: string): Locale | null {
  try {
    return (Intl.getCanonicalLocales(value)[0] ?? null) as Locale | null;
  } catch {
    return null;
  }
}

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** The same tag, else the same language, else the first offered. */
export function bestLocale(wanted: string | null, offered: readonly [Locale, ...Locale[]]): Locale {
  const language = wanted?.split('-')[0];
  return offered.find((l) => l === wanted) ?? offered.find((l) => l.split('-')[0] === language) ?? offered[0];
}

/** Names may be written in any case: the cache is limited. */
const MOST_TIME_ZONES = 5_000;
/** Cached, because a formatter costs more than a message's whole decision. */
const TIME_ZONES = new Set<string>(Intl.supportedValuesOf('timeZone'));

/**
 * An IANA time zone name that this machine knows, links and other cases
 * included. Offsets such as "+02:00" are none: they do not know summer time, and
 * PostgreSQL reads them with the other sign.
 */
export function isTimeZone(value: string): boolean {
  if (TIME_ZONES.has(value)) return true;
  if (!/^[A-Za-z]/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    if (TIME_ZONES.size < MOST_TIME_ZONES) TIME_ZONES.add(value);
    return true;
  } catch {
    return false;
  }
}
