import type { default as Holidays } from 'date-holidays';
import { LRUCache } from 'lru-cache';
import { DAY_MS } from '#kernel';
import type { PublicHolidayDays } from './circumstances.js';

type Library = typeof Holidays;

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
  return { regions, days: daysOf(calendarOf(Holidays, country, region), year, language) };
}

/** Whether a country has holidays of a region of this code, such as BY. */
export async function hasHolidayRegion(country: string, region: string): Promise<boolean> {
  const { default: Holidays } = await import('date-holidays');
  return Object.hasOwn({ ...new Holidays().getStates(country) }, region);
}

function calendarOf(Holidays: Library, country: string, region: string | null): Holidays {
  const isRegion = region !== null && Object.hasOwn({ ...new Holidays().getStates(country) }, region);
  return isRegion ? new Holidays(country, region) : new Holidays(country);
}

function daysOf(calendar: Holidays, year: number, language?: string): PublicHoliday[] {
  const names = new Map<string, string>();
  for (const { date, start, end, name, type } of calendar.getHolidays(year, language)) {
    if (type !== 'public') continue;
    for (const on of datesFrom(date.slice(0, 10), end.getTime() - start.getTime()))
      names.set(on, names.has(on) ? `${names.get(on)}, ${name}` : name);
  }
  return [...names].map(([on, name]) => ({ on, name })).sort((a, b) => a.on.localeCompare(b.on));
}

/** A holiday may last several days. Half a day counts as a day. */
function datesFrom(first: string, lastsMs: number): string[] {
  const count = Math.max(1, Math.round(lastsMs / DAY_MS));
  return Array.from({ length: count }, (_, at) => new Date(Date.parse(first) + at * DAY_MS).toISOString().slice(0, 10));
}

/** Names of holidays by date, by country, region and year. 20 ms to compute. */
const years = new LRUCache<string, ReadonlyMap<string, string>>({ max: 1_000 });

/**
 * Public holidays as closed days: those of a contact's country, or of the
 * partner's where that is unknown. The partner's country may have a region,
 * whose holidays close the day for all contacts of that country: in which
 * region they are is not known.
 */
export class CountryHolidays implements PublicHolidayDays {
  private constructor(
    private readonly library: Library,
    /** ISO 3166-1 alpha-2. */
    readonly country: string,
    /** A code of the country's regions, such as BY; null: none. */
    readonly region: string | null,
  ) {}

  /**
   * @param country of the partner, ISO 3166-1 alpha-2.
   * @param region of it; an unknown one has the holidays of the country.
   */
  static async load(country: string, region: string | null = null): Promise<CountryHolidays> {
    return new CountryHolidays((await import('date-holidays')).default, country, region);
  }

  isHoliday(country: string | null, date: string): boolean {
    return this.namesOf(country ?? this.country, Number(date.slice(0, 4))).has(date);
  }

  /** Those of the partner's country between two dates, both included. */
  between(from: string, to: string): PublicHoliday[] {
    const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
    return Array.from({ length: last - first + 1 }, (_, at) => [...this.namesOf(this.country, first + at)])
      .flat()
      .filter(([on]) => from <= on && on <= to)
      .map(([on, name]) => ({ on, name }));
  }

  private namesOf(country: string, year: number): ReadonlyMap<string, string> {
    const region = country === this.country ? this.region : null;
    const key = `${country} ${region ?? ''} ${year}`;
    const known = years.get(key);
    if (known !== undefined) return known;
    const isKnown = Object.hasOwn(new this.library().getCountries(), country);
    const days = isKnown ? daysOf(calendarOf(this.library, country, region), year) : [];
    const names = new Map(days.map(({ on, name }) => [on, name]));
    years.set(key, names);
    return names;
  }
}
