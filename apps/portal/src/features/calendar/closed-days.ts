import type { PartnerCalendar } from '#contracts';

/** A row of the calendar: days on which nobody is written to, or a holiday of one country or of all. */
export interface ClosedDays {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  /** Null: closed for everybody, and still business days. */
  readonly holidayOf: string | null;
}

export const ALL_COUNTRIES = 'all';
const DAY_MS = 86_400_000;
/** The API's limit for one entry. */
const MOST_DAYS = 62;

/** The calendar as rows, in the order of their days. */
export function toRows({ blackouts, holidays, holidayNames }: PartnerCalendar): ClosedDays[] {
  const closed = blackouts.map(({ from, to, name = '' }) => ({ from, to, name, holidayOf: null }));
  const free = Object.entries(holidays).flatMap(([country, dates]) =>
    dates.map((on) => ({ from: on, to: on, name: holidayNames[country]?.[on] ?? '', holidayOf: country })),
  );
  return inOrder([...closed, ...free]);
}

/** The rows as the API takes them. */
export function toCalendar(rows: readonly ClosedDays[]): PartnerCalendar {
  const holidays: Record<string, string[]> = {};
  const holidayNames: Record<string, Record<string, string>> = {};
  for (const { from, name, holidayOf } of rows) {
    if (holidayOf === null) continue;
    (holidays[holidayOf] ??= []).push(from);
    if (name.trim() !== '') (holidayNames[holidayOf] ??= {})[from] = name.trim();
  }
  const blackouts = rows
    .filter(({ holidayOf }) => holidayOf === null)
    .map(({ from, to, name }) => ({ from, to, ...(name.trim() === '' ? {} : { name: name.trim() }) }));
  return { blackouts, holidays, holidayNames };
}

/** With days more: holidays stand day by day, for that is how they are known. Days that are there already are not added twice. */
export function addDays(rows: readonly ClosedDays[], added: ClosedDays): ClosedDays[] {
  const days = added.holidayOf === null ? [added] : datesOf(added).map((on) => ({ ...added, from: on, to: on }));
  return inOrder([...rows, ...days.filter((day) => !isKnown(rows, day))]);
}

/**
 * What two people changed at the same time, in one: `mine` with the rows that came into `theirs` since `base`, and without those that went.
 * Where both renamed a row, mine stands.
 */
export function mergedRows(
  base: readonly ClosedDays[],
  mine: readonly ClosedDays[],
  theirs: readonly ClosedDays[],
): ClosedDays[] {
  const before = byKey(base);
  const [own, other] = [byKey(mine), byKey(theirs)];
  const kept = mine.filter((row) => other.has(keyOf(row)) || !before.has(keyOf(row)));
  const renamed = kept.map((row) => {
    const now = other.get(keyOf(row));
    return now !== undefined && before.get(keyOf(row))?.name === row.name ? now : row;
  });
  const came = theirs.filter((row) => !own.has(keyOf(row)) && !before.has(keyOf(row)));
  return inOrder([...renamed, ...came]);
}

/** What makes a row this one and no other. */
export const keyOf = ({ from, to, holidayOf }: ClosedDays): string => `${from} ${to} ${holidayOf ?? ''}`;

const byKey = (rows: readonly ClosedDays[]) => new Map(rows.map((row) => [keyOf(row), row]));

/** Whether all of these days stand there already. */
export const isKnown = (rows: readonly ClosedDays[], { from, to, holidayOf }: ClosedDays): boolean =>
  rows.some((row) => row.holidayOf === holidayOf && row.from <= from && row.to >= to);

export const isTooLong = ({ from, to }: Pick<ClosedDays, 'from' | 'to'>): boolean =>
  Date.parse(to) - Date.parse(from) >= MOST_DAYS * DAY_MS;

function datesOf({ from, to }: ClosedDays): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, at) => new Date(Date.parse(from) + at * DAY_MS).toISOString().slice(0, 10));
}

const inOrder = (rows: readonly ClosedDays[]): ClosedDays[] =>
  [...rows].sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
