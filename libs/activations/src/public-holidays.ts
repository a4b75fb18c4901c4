import { DAY_MS } from '#kernel';

/** A day on which a country, or a region of it, does not work. */
interface PublicHoliday {
  /** ISO date, by the calendar of that country. */
  readonly on: string;
  readonly name: string;
}

export interface PublicHolidays {
  /** Regions with holidays of their own, by name. */
  readonly regions: readonly { readonly code: string; readonly name: string }[];
  /** In the order of their days. */
  readonly days: readonly PublicHoliday[];
}

interface Wanted {
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** A code of `regions`; null: holidays of the whole country. */
  readonly region: string | null;
  readonly year: number;
  /**
   * BCP 47; names come in it where they are known, else in the country's own.
   */
  readonly language: string;
}

/**
 * Public holidays from `date-holidays`
 * (https://github.com/commenthol/date-holidays; data CC-BY 3.0). Its 1.5 MB are
 * loaded at the first request.
 * @returns an empty list for an unknown country.
 */
export async function publicHolidays({ country, region, year, language }: Wanted): Promise<PublicHolidays> {
  const { default: Holidays } = await import('date-holidays');
  const known = new Holidays();
  if (!Object.hasOwn(known.getCountries(), country)) return { regions: [], days: [] };
  // Undefined for a country without regions, whatever the library's types say.
  const regions = Object.entries({ ...known.getStates(country, language) })
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
  const isRegion = region !== null && regions.some(({ code }) => code === region);
  const calendar = isRegion ? new Holidays(country, region) : new Holidays(country);
  const names = new Map<string, string>();
  for (const { date, start, end, name, type } of calendar.getHolidays(year, language)) {
    if (type !== 'public') continue;
    for (const on of datesFrom(date.slice(0, 10), end.getTime() - start.getTime()))
      names.set(on, names.has(on) ? `${names.get(on)}, ${name}` : name);
  }
  const days = [...names].map(([on, name]) => ({ on, name })).sort((a, b) => a.on.localeCompare(b.on));
  return { regions, days };
}

/** A holiday may last several days. Half a day counts as a day. */
function datesFrom(first: string, lastsMs: number): string[] {
  const count = Math.max(1, Math.round(lastsMs / DAY_MS));
  return Array.from({ length: count }, (_, at) => new Date(Date.parse(first) + at * DAY_MS).toISOString().slice(0, 10));
}
