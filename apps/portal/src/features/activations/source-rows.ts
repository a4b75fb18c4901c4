import type { ActivationInsight } from '#contracts';

export type Source = ActivationInsight['sources'][number];

export const SOURCE_COUNTS = ['visits', 'formStarts', 'forms', 'documents', 'entries', 'machineVisits'] as const;
type SourceCount = (typeof SOURCE_COUNTS)[number];

/** What the page knows the step of: a form does not say which e-mail led to it. */
const BY_STEP: readonly SourceCount[] = ['visits', 'documents', 'machineVisits'];

/** A source, or below it a step that led to the page. Null: not counted by step. */
export interface SourceRow {
  readonly source: Source['source'];
  readonly stepKey: string | null;
  readonly counts: Readonly<Record<SourceCount, number | null>>;
}

/** A row for each source with the sum of its steps, and below it a row for each step. */
export function sourceRows(sources: readonly Source[]): SourceRow[] {
  const names = [...new Set(sources.map(({ source }) => source))];
  return names.flatMap((source) => {
    const own = sources.filter((one) => one.source === source);
    const sum = (count: SourceCount): number => own.reduce((total, one) => total + one[count], 0);
    return [
      { source, stepKey: null, counts: countsBy(sum) },
      ...own.flatMap((one) =>
        one.stepKey === null
          ? []
          : {
              source,
              stepKey: one.stepKey,
              counts: countsBy((count) => (BY_STEP.includes(count) ? one[count] : null)),
            },
      ),
    ];
  });
}

const countsBy = (valueOf: (count: SourceCount) => number | null): SourceRow['counts'] =>
  Object.fromEntries(SOURCE_COUNTS.map((count) => [count, valueOf(count)])) as SourceRow['counts'];
