import type { ReleasedFigure } from '#contracts';
import { lastDayOf, type Rhythm } from './release-calendar.js';
import { type NoisyNumber, releasedSum } from './released-results.js';

/** The released numbers of one span, of all campaigns. */
export interface ReleasedSpan {
  readonly startsOn: string;
  readonly numbers: readonly NoisyNumber[];
}

interface Trend {
  readonly name: ReleasedFigure['name'];
  readonly rhythm: Rhythm;
  /** So many spans make the figure, and so many before them the one that it is compared with. */
  readonly spans: number;
}

/**
 * A figure from released numbers, and its course.
 * @param released oldest first.
 */
export function releasedTrend({ name, rhythm, spans }: Trend, released: readonly ReleasedSpan[]): ReleasedFigure {
  const sumOf = (some: readonly ReleasedSpan[]) => releasedSum(some.flatMap(({ numbers }) => numbers));
  const newest = released.at(-1);
  const now = sumOf(released.slice(-spans));
  const earlier = released.length < 2 * spans ? null : sumOf(released.slice(-2 * spans, -spans));
  return {
    name,
    value: now?.value ?? null,
    before: earlier?.value ?? null,
    margin: now?.margin ?? null,
    smallest: now?.smallest ?? null,
    asOf: newest === undefined ? null : lastDayOf(rhythm, newest.startsOn),
    points: released.map((span) => ({ on: span.startsOn, value: sumOf([span])?.value ?? null })),
  };
}
