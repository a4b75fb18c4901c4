import type { OutboundAnswer, OutboundFailure } from '#outbound';

/** Seconds between the tries of one delivery: eleven tries in a little over three days. */
export const RETRY_SECONDS = [5, 30, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** An endpoint in trouble is left alone no longer than this, so that one that is back gets its events soon. */
const LONGEST_HOLD_SECONDS = 1_800;
/** An endpoint that has failed for so long, without one success, is disabled. */
const DISABLED_AFTER_DAYS = 5;
/** What an endpoint may ask for by Retry-After. */
const LONGEST_RETRY_AFTER_SECONDS = 3_600;
/** Tries spread by so much, so that what failed together does not come back together. */
const JITTER = 0.1;

/**
 * What became of a try. `refused` is about this delivery (it steps aside, the next goes on); `trouble` is the server's (all wait, in their
 * order); `gone` asks never to be called again.
 */
export type Verdict = 'delivered' | 'refused' | 'trouble' | 'gone';

/** As the Standard Webhooks specification has it: 2xx took it, 410 wants no more; 429 and 5xx are the server's trouble. */
export function verdictOf(answer: OutboundAnswer | OutboundFailure): Verdict {
  if (!answer.ok) return 'trouble';
  const { status } = answer;
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return status >= 500 || status === 408 || status === 425 || status === 429 ? 'trouble' : 'refused';
}

/** Seconds that an answer asks to wait (RFC 9110, 10.2.3), as far as is listened to; 0 where it does not. */
export function retryAfterSeconds(answer: OutboundAnswer | OutboundFailure, now: Date): number {
  const wish = answer.ok ? answer.headers['retry-after'] : undefined;
  if (wish === undefined) return 0;
  const seconds = /^\d+$/.test(wish) ? Number(wish) : (Date.parse(wish) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(LONGEST_RETRY_AFTER_SECONDS, Math.max(0, seconds)) : 0;
}

/**
 * When a delivery is tried again.
 * @param attempts so many were made. @param chance from 0 to 1. @returns null when they are spent.
 */
export function nextTry(attempts: number, now: Date, wished: number, chance: number): Date | null {
  const seconds = RETRY_SECONDS[attempts - 1];
  if (seconds === undefined) return null;
  return after(now, Math.max(wished, seconds * (1 + JITTER * (2 * chance - 1))));
}

/** Until when an endpoint is left alone: no shorter than its first deliveries wait, so that they stay first. @param troubles so many in a row, with this one. */
export function holdUntil(troubles: number, now: Date, wished: number): Date {
  const seconds = RETRY_SECONDS[Math.min(troubles, RETRY_SECONDS.length) - 1] ?? LONGEST_HOLD_SECONDS;
  return after(now, Math.max(wished, Math.min(seconds * (1 + JITTER), LONGEST_HOLD_SECONDS)));
}

/** @param failingSince the first failure since the last success. */
export function isGivenUp(failingSince: Date, now: Date): boolean {
  return now.getTime() - failingSince.getTime() >= DISABLED_AFTER_DAYS * 86_400_000;
}

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
