import type { TimelineMarks } from '#contracts';

export type Mark = TimelineMarks['items'][number];

/** Marks at one point of a chart, with the number of their line. */
export interface NumberedMarks {
  readonly number: number;
  /** The day of the point. */
  readonly on: string;
  readonly marks: readonly Mark[];
}

/**
 * Puts marks at the points of a chart: each at the last point that is not after
 * it. Marks before the first point are left out.
 * @param days of the points, oldest first: days, or the first days of weeks.
 * @param marks oldest first.
 */
export function marksAt(days: readonly string[], marks: readonly Mark[]): NumberedMarks[] {
  const found = new Map<string, Mark[]>();
  for (const mark of marks) {
    const on = days.findLast((day) => day <= mark.on);
    if (on !== undefined) found.set(on, [...(found.get(on) ?? []), mark]);
  }
  return [...found].map(([on, own], place) => ({ number: place + 1, on, marks: own }));
}
