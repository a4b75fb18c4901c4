import type { RefusalAbout } from '#mailer';
import { MINUTE_MS } from '#kernel';

/**
 * A temporary refusal (4xx, or a failure before end-of-data) as the ledger sees
 * it.
 */
export interface TemporaryRefusal {
  /** What has to wait; see `RefusalAbout` of the mailer. */
  readonly about: RefusalAbout;
  /** SMTP reply code; null if the connection broke before end-of-data. */
  readonly code: number | null;
  /** Enhanced status code (RFC 3463); null if the server gave none. */
  readonly enhanced: string | null;
}

/**
 * Greylisting answers 450 or 451 and accepts the same message minutes later
 * (RFC 6647).
 */
const GREYLISTED_MINUTES = [5, 10, 20, 60];
/**
 * A full mailbox (4.2.2): its owner has to empty it, so short waits are
 * useless.
 */
const FULL_MINUTES = [60, 240, 720];
const ELSE_MINUTES = [1, 5, 15, 60];
/** An operator has to fix it. Ten minutes show soon enough that it is fixed. */
const SENDER_MINUTES = [10];
/**
 * Our own failure (full disk, unwritable receipt, build error). An alarm calls
 * an operator.
 */
const INTERNAL_MINUTES = [5];
/**
 * The pause of a destination doubles with each refusal: 2, 4, 8 … 60 minutes.
 */
const LONGEST_PAUSE_MINUTES = 60;

/**
 * The next refusal after this many attempts is final. With the waits below this
 * takes 8 to 11 hours, for a full mailbox about five days.
 */
export const MAX_ATTEMPTS = 12;

/**
 * Whether a refusal counts as an attempt of the message. A relay that is down
 * for a day, or a full disk of ours, must not use up the attempts of every
 * message.
 */
export const countsAsAttempt = ({ about }: TemporaryRefusal): boolean => about === 'message' || about === 'destination';

/**
 * Milliseconds until the message is tried again.
 * @param attempt number of attempts so far, from 1.
 * @param chance random number from 0 to 1. It spreads messages refused together
 *   over a quarter of the wait.
 */
export function retryDelayMs(refused: TemporaryRefusal, attempt: number, chance: number): number {
  const minutes = scheduleOf(refused);
  const base = minutes[Math.min(Math.max(attempt, 1), minutes.length) - 1] ?? 60;
  return Math.round(base * MINUTE_MS * (1 + chance / 4));
}

/**
 * Milliseconds for which nothing is sent to a destination.
 * @param refusals refusals in a row that were about rates or reputation.
 */
export function destinationPauseMs(refusals: number): number {
  return Math.min(2 ** Math.max(1, refusals), LONGEST_PAUSE_MINUTES) * MINUTE_MS;
}

function scheduleOf({ about, code, enhanced }: TemporaryRefusal): readonly number[] {
  if (about === 'relay') return [1];
  if (about === 'sender') return SENDER_MINUTES;
  if (about === 'internal') return INTERNAL_MINUTES;
  if (enhanced === '4.2.2' || code === 452) return FULL_MINUTES;
  if (code === 450 || code === 451) return GREYLISTED_MINUTES;
  return ELSE_MINUTES;
}
