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

interface MarksOfWeeks {
  readonly groups: readonly NumberedMarks[];
  /** Those of weeks that the chart does not draw. */
  readonly outside: readonly Mark[];
}

const WEEK_MS = 7 * 86_400_000;

/**
 * Puts marks at the weeks that contain their days. A chart of released weeks ends
 * before today, and may begin later than its period.
 * @param weeks their first days, oldest first.
 * @param marks oldest first.
 */
export function marksOfWeeks(weeks: readonly string[], marks: readonly Mark[]): MarksOfWeeks {
  const isDrawn = ({ on }: Mark): boolean =>
    weeks.some((week) => week <= on && Date.parse(on) - Date.parse(week) < WEEK_MS);
  return { groups: marksAt(weeks, marks.filter(isDrawn)), outside: marks.filter((mark) => !isDrawn(mark)) };
}
