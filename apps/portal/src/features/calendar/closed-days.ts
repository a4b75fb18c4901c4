import type { PartnerCalendar } from '#contracts';

/**
 * A row of the calendar: days without sending, or a holiday of one country or
 * of all.
 */
export interface ClosedDays {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  /** Null: closed for all contacts, but still business days. */
  readonly holidayOf: string | null;
}

export const ALL_COUNTRIES = 'all';
const DAY_MS = 86_400_000;
/** The API's limit for one entry. */
const MOST_DAYS = 62;

/** The calendar as rows, sorted by date. */
export function toRows({
  blackouts,
  holidays,
  holidayNames,
}: Pick<PartnerCalendar, 'blackouts' | 'holidays' | 'holidayNames'>): ClosedDays[] {
  const closed = blackouts.map(({ from, to, name = '' }) => ({ from, to, name, holidayOf: null }));
  const free = Object.entries(holidays).flatMap(([country, dates]) =>
    dates.map((on) => ({ from: on, to: on, name: holidayNames[country]?.[on] ?? '', holidayOf: country })),
  );
  return inOrder([...closed, ...free]);
}

/** Rows as the API takes them. */
export function toCalendar(
  rows: readonly ClosedDays[],
): Pick<PartnerCalendar, 'blackouts' | 'holidays' | 'holidayNames'> {
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

/**
 * Adds days and skips duplicates. A range of holidays becomes one row per day,
 * because the API stores holidays by day.
 */
export function addDays(rows: readonly ClosedDays[], added: ClosedDays): ClosedDays[] {
  const days = added.holidayOf === null ? [added] : datesOf(added).map((on) => ({ ...added, from: on, to: on }));
  return inOrder([...rows, ...days.filter((day) => !isKnown(rows, day))]);
}

/**
 * Three-way merge of two concurrent edits. `mine` gets the rows that `theirs`
 * added since `base`, and loses those that `theirs` removed. If both renamed a
 * row, `mine` wins.
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

/** Identity of a row. */
export const keyOf = ({ from, to, holidayOf }: ClosedDays): string => `${from} ${to} ${holidayOf ?? ''}`;

const byKey = (rows: readonly ClosedDays[]) => new Map(rows.map((row) => [keyOf(row), row]));

/** Whether the calendar contains all of these days. */
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
