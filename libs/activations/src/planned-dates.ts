import {
  dateOn,
  NO_CHOICES,
  type PartnerChoices,
  type PlannedAction,
  plannedActions,
  type Postponement,
  type SequenceDefinition,
} from '#sequencing';
import { choicesWith } from './activation.js';
import type { NamedCalendar } from './calendars.service.js';

/** The schedule for an inactive contact in `timeZone`. */
export interface PlannedDates {
  readonly startAt: Date;
  readonly timeZone: string;
  /** Of this launch. */
  readonly choices: PartnerChoices;
  /** Of all of the partner's. */
  readonly calendar: NamedCalendar;
  readonly sequence: SequenceDefinition;
  /** In the order of the sequence; `plannedAt` is the vendor's own date. */
  readonly steps: readonly (PlannedAction & { readonly plannedAt: Date | null })[];
}

/**
 * Days without mail, for all contacts or for a country's, and who closed them.
 */
export interface ClosedDays {
  readonly from: string;
  readonly to: string;
  readonly name: string | null;
  /** Countries of the contacts concerned; empty: all. */
  readonly countries: readonly string[];
  readonly by: 'vendor' | 'partner' | 'launch';
}

interface Start {
  readonly startAt: Date;
  readonly timeZone: string;
  readonly choices: PartnerChoices;
  /** Left out: nothing, as before a launch. */
  readonly postponements?: readonly Postponement[];
}

/**
 * The dates of a sequence with a partner's choices and calendar, and the
 * vendor's own.
 */
export function datesOf(
  sequence: SequenceDefinition,
  { startAt, timeZone, choices, postponements = [] }: Start,
  calendar: NamedCalendar,
): PlannedDates {
  const planned = plannedActions(sequence, startAt, timeZone, NO_CHOICES);
  const steps = plannedActions(sequence, startAt, timeZone, choicesWith({ choices, postponements }, calendar));
  return {
    startAt,
    timeZone,
    choices,
    calendar,
    sequence,
    steps: steps.map((step, at) => ({ ...step, plannedAt: planned[at]?.at ?? null })),
  };
}

/**
 * The closed days between a launch and its last planned step, in their order.
 */
export function closedDaysOf({ startAt, timeZone, choices, calendar, sequence, steps }: PlannedDates): ClosedDays[] {
  const [first, last] = [
    startAt,
    steps.reduce((latest, { at }) => (at !== null && at > latest ? at : latest), startAt),
  ].map((at) => dateOn(at, timeZone)) as [string, string];
  const days = [
    ...ranges(sequence.blackouts ?? [], 'vendor'),
    ...ranges(choices.blackouts, 'launch'),
    ...ranges(calendar.blackouts, 'partner'),
    ...holidays(sequence.holidays ?? {}, {}, 'vendor'),
    ...holidays(calendar.holidays, calendar.holidayNames, 'partner'),
    ...publicOf(sequence, calendar, first, last),
  ];
  return days
    .filter(({ from, to }) => to >= first && from <= last)
    .sort((a, b) => (a.from === b.from ? 0 : a.from < b.from ? -1 : 1));
}

const ranges = (found: NamedCalendar['blackouts'], by: ClosedDays['by']): ClosedDays[] =>
  found.map(({ from, to, name = null }) => ({ from, to, name, countries: [], by }));

const holidays = (
  found: NamedCalendar['holidays'],
  names: NamedCalendar['holidayNames'],
  by: ClosedDays['by'],
): ClosedDays[] =>
  oncePerDay(
    Object.entries(found).flatMap(([country, dates]) =>
      dates.map((on) => ({
        from: on,
        to: on,
        by,
        name: names[country]?.[on] ?? null,
        countries: country === 'all' ? [] : [country],
      })),
    ),
  );

/** The public holidays of the partner's country, by which the dates are planned. */
function publicOf(
  sequence: SequenceDefinition,
  { publicHolidays }: NamedCalendar,
  first: string,
  last: string,
): ClosedDays[] {
  if (sequence.publicHolidays === 'send' || publicHolidays === undefined) return [];
  const { country } = publicHolidays;
  return publicHolidays
    .between(first, last)
    .map(({ on, name }) => ({ from: on, to: on, name, countries: [country], by: 'partner' }));
}

/**
 * Countries with the same name of a day share an entry; a day for all contacts
 * has its own.
 */
function oncePerDay(days: readonly ClosedDays[]): ClosedDays[] {
  const known = new Map<string, ClosedDays>();
  for (const day of days) {
    const key = `${day.from} ${day.name ?? ''} ${day.countries.length === 0 ? 'all' : ''}`;
    const same = known.get(key);
    known.set(key, same === undefined ? day : { ...day, countries: [...same.countries, ...day.countries] });
  }
  return [...known.values()];
}
