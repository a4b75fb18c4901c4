import type { InsightNumbers, InsightRates } from '#contracts';

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

/** The median of each rate; null below ten partners. */
export function medianRates(all: readonly InsightRates[]): InsightRates | null {
  if (all.length < MEDIAN_PARTNERS) return null;
  const of = (rate: keyof InsightRates): number => median(all.map((rates) => rates[rate]));
  return {
    bounced: of('bounced'),
    complained: of('complained'),
    unsubscribed: of('unsubscribed'),
    clicks: of('clicks'),
    leads: of('leads'),
    won: of('won'),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0,
  ];
  return Math.round(((low + high) / 2) * 1000) / 1000;
}
