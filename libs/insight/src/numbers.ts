import type { InsightNumbers, InsightRates, RateBands } from '#contracts';

/** One counted thing, as named in the tables. */
export const METRICS = [
  'sent',
  'bounced-hard',
  'bounced-soft',
  'bounced-block',
  'bounced-unknown',
  'failed',
  'complained',
  'unsubscribed',
  'clicks',
  'machine-clicks',
  'replies',
  'leads',
  'won',
] as const;
type Metric = (typeof METRICS)[number];

/** Counts by metric; what is left out is 0. */
export type Counts = Readonly<Partial<Record<Metric, number>>>;

export function numbersOf(counts: Counts): InsightNumbers {
  const of = (metric: Metric): number => counts[metric] ?? 0;
  const bounced = {
    hard: of('bounced-hard'),
    soft: of('bounced-soft'),
    block: of('bounced-block'),
    unknown: of('bounced-unknown'),
  };
  return {
    sent: of('sent'),
    delivered: of('sent') - bounced.hard - bounced.soft - bounced.block - bounced.unknown,
    bounced,
    failed: of('failed'),
    complained: of('complained'),
    unsubscribed: of('unsubscribed'),
    clicks: of('clicks'),
    machineClicks: of('machine-clicks'),
    replies: of('replies'),
    leads: of('leads'),
    won: of('won'),
  };
}

export function sum(all: readonly Counts[]): Counts {
  const total: Partial<Record<Metric, number>> = {};
  for (const counts of all)
    for (const metric of METRICS)
      if (counts[metric] !== undefined) total[metric] = (total[metric] ?? 0) + counts[metric];
  return total;
}

/** To three decimals; null while nothing was sent. */
export function ratesOf(counts: Counts): InsightRates | null {
  const { sent, delivered, complained, unsubscribed, clicks, leads, won } = numbersOf(counts);
  if (sent <= 0) return null;
  const share = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.round((part / whole) * 1000) / 1000);
  return {
    bounced: share(sent - delivered, sent),
    complained: share(complained, delivered),
    unsubscribed: share(unsubscribed, delivered),
    clicks: share(clicks, delivered),
    leads: share(leads, delivered),
    won: share(won, delivered),
  };
}

/**
 * No median for fewer partners: a reader who knows some of them could derive
 * the others.
 */
export const MEDIAN_PARTNERS = 10;

/** Width of the bands, so that a median reveals no partner's exact rate. */
const BAND_PERCENT = {
  bounced: 5,
  complained: 5,
  unsubscribed: 5,
  clicks: 5,
  leads: 1,
  won: 1,
} as const satisfies Record<keyof InsightRates, number>;

/** The band of the median of each rate; null below ten partners. */
export function medianBands(all: readonly InsightRates[]): RateBands | null {
  if (all.length < MEDIAN_PARTNERS) return null;
  const bandOf = (rate: keyof InsightRates): RateBands[keyof RateBands] => {
    const width = BAND_PERCENT[rate];
    const percent = 100 * median(all.map((rates) => rates[rate]));
    const from = Math.floor(Number(percent.toFixed(1)) / width) * width;
    return { from: from / 100, to: (from + width) / 100 };
  };
  return {
    bounced: bandOf('bounced'),
    complained: bandOf('complained'),
    unsubscribed: bandOf('unsubscribed'),
    clicks: bandOf('clicks'),
    leads: bandOf('leads'),
    won: bandOf('won'),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0,
  ];
  return (low + high) / 2;
}
