import type { DatesView } from '#contracts';

type Step = DatesView['steps'][number];
export type ClosedDays = DatesView['closed'][number];
export type PlannedEntry = { readonly step: Step } | { readonly closed: ClosedDays };

/** Days as ISO 8601 dates, as the partner's clock has them. */
const datesIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone });

/** What a day of the calendar holds. */
export interface PlannedDay {
  readonly steps: readonly Step[];
  readonly isClosed: boolean;
}

/** The months from the first dated step to the last, each by its first day. Empty where no step has a date. */
export function monthsOf({ steps, timeZone }: Pick<DatesView, 'steps' | 'timeZone'>): string[] {
  const dates = datesIn(timeZone);
  const dated = steps.flatMap(({ at }) => (at === null ? [] : [dates.format(new Date(at))])).sort();
  const [first] = dated;
  const last = dated.at(-1);
  if (first === undefined || last === undefined) return [];
  const months: string[] = [];
  const month = new Date(`${first.slice(0, 7)}-01`);
  for (; month.toISOString().slice(0, 10) <= last; month.setUTCMonth(month.getUTCMonth() + 1))
    months.push(month.toISOString().slice(0, 10));
  return months;
}

/** Tells of any day, as `2026-12-24`, what comes on it and whether it is closed. */
export function plannedOn({ steps, closed, timeZone }: Pick<DatesView, 'steps' | 'closed' | 'timeZone'>) {
  const dates = datesIn(timeZone);
  const dated = steps.flatMap((step) => (step.at === null ? [] : [{ step, day: dates.format(new Date(step.at)) }]));
  return (day: string): PlannedDay => ({
    steps: dated.filter((one) => one.day === day).map(({ step }) => step),
    isClosed: closed.some(({ from, to }) => from <= day && day <= to),
  });
}

/** Steps in the order of the sequence and the closed days between them, each before the first step that comes after it begins. */
export function withClosedDays({ steps, closed, timeZone }: DatesView): PlannedEntry[] {
  const dateOf = datesIn(timeZone);
  const left = [...closed];
  const entries = steps.flatMap((step): PlannedEntry[] => {
    const on = step.at === null ? null : dateOf.format(new Date(step.at));
    const before = on === null ? [] : left.splice(0, left.findLastIndex(({ from }) => from <= on) + 1);
    return [...before.map((days) => ({ closed: days })), { step }];
  });
  return [...entries, ...left.map((days) => ({ closed: days }))];
}
