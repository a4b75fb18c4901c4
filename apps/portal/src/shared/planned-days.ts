import type { DatesView } from '#contracts';

type Step = DatesView['steps'][number];
export type ClosedDays = DatesView['closed'][number];
export type PlannedEntry = { readonly step: Step } | { readonly closed: ClosedDays };

/** Days as ISO 8601 dates, in the partner's time zone. */
const datesIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone });

/** Content of one day. */
export interface PlannedDay {
  readonly steps: readonly Step[];
  readonly isClosed: boolean;
}

/**
 * Months from the first dated step to the last, each as its first day.
 * Empty without dated steps.
 */
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

/**
 * Returns a function: the steps of a day such as `2026-12-24`, and whether it
 * is closed.
 */
export function plannedOn({ steps, closed, timeZone }: Pick<DatesView, 'steps' | 'closed' | 'timeZone'>) {
  const dates = datesIn(timeZone);
  const dated = steps.flatMap((step) => (step.at === null ? [] : [{ step, day: dates.format(new Date(step.at)) }]));
  return (day: string): PlannedDay => ({
    steps: dated.filter((one) => one.day === day).map(({ step }) => step),
    isClosed: closed.some(({ from, to }) => from <= day && day <= to),
  });
}

/**
 * Steps in sequence order, with the closed days before the first later step.
 */
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
