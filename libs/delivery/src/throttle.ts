import { MINUTE_MS } from '#kernel';

/**
 * Sending rate to a group that asked for less: halved by each refusal, growing
 * with each minute without one (AIMD).
 */
export interface Throttle {
  /** Messages per minute. */
  readonly rate: number;
  /** Messages that may be sent at once. */
  readonly tokens: number;
  readonly countedAt: Date;
}

/** Per minute, after the first refusal. */
const FIRST_RATE = 60;
const LEAST_RATE = 1;
/** Messages per minute that the rate gains each minute. */
const RECOVERY = 5;
/** From this rate on there is no limit. */
const FREE_FROM = 600;

/** The throttle after a refusal. @param known null before the first one. */
export function slowDown(known: Throttle | null, now: Date): Throttle {
  const rate = known === null ? FIRST_RATE : Math.max(LEAST_RATE, known.rate / 2);
  return { rate, tokens: 0, countedAt: now };
}

/** The throttle at `now`; null when the limit is lifted. */
export function recover(known: Throttle, now: Date): Throttle | null {
  const minutes = Math.max(0, (now.getTime() - known.countedAt.getTime()) / MINUTE_MS);
  const rate = known.rate + RECOVERY * minutes;
  if (rate >= FREE_FROM) return null;
  return { rate, tokens: Math.min(rate, known.tokens + known.rate * minutes), countedAt: now };
}

/**
 * Takes up to `wanted` tokens.
 * @returns the throttle afterwards, and when each of the others may be sent at
 *   this rate.
 */
export function takeTokens(
  throttle: Throttle,
  wanted: number,
  now: Date,
): { readonly granted: number; readonly waits: readonly Date[]; readonly throttle: Throttle } {
  const granted = Math.min(wanted, Math.floor(throttle.tokens));
  const waits = Array.from(
    { length: wanted - granted },
    (_, at) => new Date(now.getTime() + Math.ceil(((at + 1) / throttle.rate) * MINUTE_MS)),
  );
  return { granted, waits, throttle: { ...throttle, tokens: throttle.tokens - granted } };
}
