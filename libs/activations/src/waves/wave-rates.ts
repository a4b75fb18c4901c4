import { marginOf, sdOfSum } from '#release';

/** What a wave may be conditional on, in percent of e-mails. */
export const WAVE_RATES = ['bounced', 'complained', 'unsubscribed'] as const;
export type WaveRate = (typeof WAVE_RATES)[number];

/** The highest percentages with which a wave opens; null: no condition. */
export type RateLimits = Readonly<Record<WaveRate, number | null>>;

/** A number of a release: it has noise. */
export interface NoisyCount {
  readonly value: number;
  readonly sd: number;
}

/** What the released results of a campaign have of a rate, over the same days. */
export interface ReleasedRate {
  readonly counted: readonly NoisyCount[];
  readonly sent: readonly NoisyCount[];
}

/** A condition that is not met. */
export interface UnmetRate {
  readonly rate: WaveRate;
  /** The condition, in percent. */
  readonly most: number;
  /**
   * With 95 % certainty the rate is no higher, in percent. Null: there are too few
   * e-mails to tell whether the condition is met.
   */
  readonly atMost: number | null;
  /** E-mails in released results, about. */
  readonly sent: number;
}

/**
 * Whether a rate is certainly within its limit. Released numbers have noise, so a
 * limit needs so many e-mails that the noise is smaller than it: for complaints of
 * 0.1 % 25,000 in one four weeks.
 * @returns null: it is; else why not.
 */
export function unmetRate(rate: WaveRate, most: number, { counted, sent }: ReleasedRate): UnmetRate | null {
  const mails = Math.max(0, sum(sent));
  const noise = marginOf(sdOfSum(counted.map(({ sd }) => sd)));
  const facts = { rate, most, sent: Math.round(mails / 10) * 10 };
  if (counted.length === 0 || noise > (mails * most) / 100) return { ...facts, atMost: null };
  const atMost = (100 * (Math.max(0, sum(counted)) + noise)) / mails;
  return atMost <= most ? null : { ...facts, atMost: Math.ceil(atMost * 100) / 100 };
}

const sum = (numbers: readonly NoisyCount[]): number => numbers.reduce((total, { value }) => total + value, 0);
