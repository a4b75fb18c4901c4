import type { InsightNumbers } from '#contracts';
import type { Period } from './window';

/** What a chart over time shows. */
export const CHARTED = ['delivered', 'clicks', 'leads'] as const satisfies readonly (keyof InsightNumbers)[];

/** A day, or a week by its Monday. Null: nothing was counted. */
export interface ChartPoint {
  readonly on: string;
  readonly numbers: Pick<InsightNumbers, (typeof CHARTED)[number]> | null;
}

/**
 * From the first count or mark on: "since the start" begins with the first cost or deal, which may be years before
 * the first e-mail. All of them if there is neither.
 * @param marks oldest first.
 */
export function sinceFirst(
  points: readonly ChartPoint[],
  marks: readonly { readonly on: string }[],
): readonly ChartPoint[] {
  const marked = points.findLastIndex(({ on }) => on <= (marks[0]?.on ?? ''));
  const counted = points.findIndex(({ numbers }) => numbers !== null && CHARTED.some((name) => numbers[name] !== 0));
  const known = [marked, counted].filter((at) => at >= 0);
  return known.length === 0 ? points : points.slice(Math.min(...known));
}

interface LoadedQuery {
  readonly data: unknown;
  /** Whether the data are of another period, while this one loads. */
  readonly isPlaceholderData: boolean;
}

/** Whether a chart begins with its first count or mark: of the period since the start, once numbers and marks are loaded. */
export const beginsWithFirst = (period: Period | null, ...queries: readonly LoadedQuery[]): boolean =>
  period === 'start' && queries.every(({ data, isPlaceholderData }) => data !== undefined && !isPlaceholderData);

const DAY_MS = 24 * 3_600_000;

/** The same numbers by week, or by month: a week is in the month of its Monday. Weeks stay weeks. */
function by(startOf: (day: string) => string, points: readonly ChartPoint[]): ChartPoint[] {
  const sums = new Map<string, ChartPoint['numbers']>();
  for (const { on, numbers } of points) {
    const start = startOf(on);
    const before = sums.get(start) ?? null;
    sums.set(start, before === null || numbers === null ? (numbers ?? before) : sum(before, numbers));
  }
  return [...sums].map(([on, numbers]) => ({ on, numbers }));
}

/** More columns are too thin to see on a phone. */
export const MOST_ON_A_PHONE = 21;

export type ChartInterval = 'day' | 'week' | 'month';

/** What a phone shows: days, weeks, or months, the first of them that is not too many. */
export function fewEnough(
  points: readonly ChartPoint[],
  interval: 'day' | 'week',
): { readonly points: readonly ChartPoint[]; readonly interval: ChartInterval } {
  if (points.length <= MOST_ON_A_PHONE) return { points, interval };
  const weeks = by(mondayOf, points);
  return weeks.length <= MOST_ON_A_PHONE
    ? { points: weeks, interval: 'week' }
    : { points: by(monthOf, points), interval: 'month' };
}

type Numbers = NonNullable<ChartPoint['numbers']>;

const sum = (one: Numbers, other: Numbers): Numbers => ({
  delivered: one.delivered + other.delivered,
  clicks: one.clicks + other.clicks,
  leads: one.leads + other.leads,
});

/** The first day of the month of a day. */
const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

function mondayOf(day: string): string {
  const at = Date.parse(day);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
}
