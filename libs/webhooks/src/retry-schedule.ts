import type { OutboundAnswer, OutboundFailure } from '#outbound';

/**
 * Seconds between attempts of one delivery: eleven in a little over three days.
 */
export const RETRY_SECONDS = [5, 30, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/**
 * Longest pause of a failing endpoint, so that a repaired one soon gets its
 * events.
 */
const LONGEST_HOLD_SECONDS = 1_800;
/**
 * An endpoint that has failed for so long, without one success, is disabled.
 */
const DISABLED_AFTER_DAYS = 5;
/** What an endpoint may ask for by Retry-After. */
const LONGEST_RETRY_AFTER_SECONDS = 3_600;
/**
 * Random spread, so that deliveries that failed together do not retry together.
 */
const JITTER = 0.1;

/**
 * Result of an attempt.
 * `refused`: this delivery fails, the next continues.
 * `failure`: the server fails, all wait in order.
 * `gone`: never call again.
 */
export type Verdict = 'delivered' | 'refused' | 'failure' | 'gone';

/**
 * Standard Webhooks: 2xx accepted, 410 stop; 429 and 5xx are server failures.
 */
export function verdictOf(answer: OutboundAnswer | OutboundFailure): Verdict {
  if (!answer.ok) return 'failure';
  const { status } = answer;
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return status >= 500 || status === 408 || status === 425 || status === 429 ? 'failure' : 'refused';
}

/** The Retry-After seconds (RFC 9110, 10.2.3), up to a limit; 0 without one. */
export function retryAfterSeconds(answer: OutboundAnswer | OutboundFailure, now: Date): number {
  const wish = answer.ok ? answer.headers['retry-after'] : undefined;
  if (wish === undefined) return 0;
  const seconds = /^\d+$/.test(wish) ? Number(wish) : (Date.parse(wish) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(LONGEST_RETRY_AFTER_SECONDS, Math.max(0, seconds)) : 0;
}

/**
 * When a delivery is tried again.
 * @param attempts made so far.
 * @param chance from 0 to 1.
 * @returns null when no attempt is left.
 */
export function nextTry(attempts: number, now: Date, minSeconds: number, chance: number): Date | null {
  const seconds = RETRY_SECONDS[attempts - 1];
  if (seconds === undefined) return null;
  return after(now, Math.max(minSeconds, seconds * (1 + JITTER * (2 * chance - 1))));
}

/**
 * Until when an endpoint pauses.
 * At least as long as its first deliveries wait, so that they stay first.
 * @param failures consecutive failures, this one included.
 */
export function pausedUntil(failures: number, now: Date, minSeconds: number): Date {
  const seconds = RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length) - 1] ?? LONGEST_HOLD_SECONDS;
  return after(now, Math.max(minSeconds, Math.min(seconds * (1 + JITTER), LONGEST_HOLD_SECONDS)));
}

/** @param failingSince the first failure since the last success. */
export function isGivenUp(failingSince: Date, now: Date): boolean {
  return now.getTime() - failingSince.getTime() >= DISABLED_AFTER_DAYS * 86_400_000;
}

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
