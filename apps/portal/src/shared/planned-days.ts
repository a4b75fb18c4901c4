import type { DatesView } from '#contracts';

type Step = DatesView['steps'][number];
export type ClosedDays = DatesView['closed'][number];
export type PlannedEntry = { readonly step: Step } | { readonly closed: ClosedDays };

/** Steps in the order of the sequence and the closed days between them, each before the first step that comes after it begins. */
export function withClosedDays({ steps, closed, timeZone }: DatesView): PlannedEntry[] {
  const dateOf = new Intl.DateTimeFormat('en-CA', { timeZone });
  const left = [...closed];
  const entries = steps.flatMap((step): PlannedEntry[] => {
    const on = step.at === null ? null : dateOf.format(new Date(step.at));
    const before = on === null ? [] : left.splice(0, left.findLastIndex(({ from }) => from <= on) + 1);
    return [...before.map((days) => ({ closed: days })), { step }];
  });
  return [...entries, ...left.map((days) => ({ closed: days }))];
}
