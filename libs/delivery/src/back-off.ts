import type { RefusalAbout } from '#mailer';

/** What is known of a refusal for now, as the ledger sees it. */
export interface TemporaryRefusal {
  /** What has to wait; see the mailer. */
  readonly about: RefusalAbout;
  /** SMTP reply code, or null when the conversation broke before the end of data. */
  readonly code: number | null;
  /** Enhanced status code (RFC 3463), where there was one. */
  readonly enhanced: string | null;
}

const MINUTE_MS = 60_000;
/** Greylisting answers 450 or 451 and takes the same message minutes later (RFC 6647). */
const GREYLISTED_MINUTES = [5, 10, 20, 60];
/** A full mailbox (4.2.2) is emptied by a person, not by trying. */
const FULL_MINUTES = [60, 240, 720];
const ELSE_MINUTES = [1, 5, 15, 60];
/** An operator has to mend it; asking every ten minutes shows soon enough that it is mended. */
const SENDER_MINUTES = [10];
/** A disk that is full, receipts that cannot be written, a fault in a build: somebody has to mend it, and is told. */
const INTERNAL_MINUTES = [5];
/** A destination that speaks of rates waits twice as long each time: 2, 4, 8 … 60 minutes. */
const LONGEST_PAUSE_MINUTES = 60;

/** After this many refusals that were about the message, one more is final: with the waits below after eight to eleven hours, for a full mailbox after some five days. */
export const MAX_ATTEMPTS = 12;

/** Whether a refusal says something about the message. A relay that is away for a day, or a full disk of ours, must not use up everybody's attempts. */
export const countsAsAttempt = ({ about }: TemporaryRefusal): boolean => about === 'message' || about === 'destination';

/**
 * Milliseconds until a message is tried again.
 * @param attempt how many tries there were, from 1.
 * @param chance from 0 to 1: spreads what was refused together over a quarter of the wait.
 */
export function retryDelayMs(refused: TemporaryRefusal, attempt: number, chance: number): number {
  const minutes = scheduleOf(refused);
  const base = minutes[Math.min(Math.max(attempt, 1), minutes.length) - 1] ?? 60;
  return Math.round(base * MINUTE_MS * (1 + chance / 4));
}

/** Milliseconds for which nothing goes to a destination that has refused `refusals` times in a row because of rates or reputation. */
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
