import type { ReleaseId, MessageId } from '#kernel';
import type { SubmissionOutcome } from '#mailer';
import { countsAsAttempt, MAX_ATTEMPTS, retryDelayMs } from './back-off.js';
import type { Claim } from './send-journal.js';

/** A halted or late message is tried again after this time. */
const STOPPED_MS = 30_000;
const STOPPED_BY = { halted: 'halted', late: 'relays-slow' } as const;

/** The result of a submission, as it is written to the ledger. */
export interface Settlement {
  readonly id: MessageId;
  readonly fence: number;
  readonly state: 'accepted' | 'planned' | 'failed' | 'unknown';
  readonly reason:
    | 'sent'
    | 'halted'
    | 'relays-slow'
    | 'deferred-by-relay'
    | 'internal-error'
    | 'rejected-by-relay'
    | 'retries-exhausted'
    | 'no-answer-after-end-of-data';
  /** Time of the relay's answer. The commit may be later. */
  readonly at: Date;
  readonly retryAt: Date | null;
  /**
   * False if the refusal is not about the message, so that it is not an
   * attempt.
   */
  readonly counts: boolean;
  readonly smtpCode: number | null;
  readonly smtpEnhanced: string | null;
  readonly smtpText: string;
  readonly finalHash: string;
}

/**
 * How late a message was accepted, in milliseconds: from its due time, or from
 * the end of its last intended wait (initial hold, daily limit, hold).
 */
export const lateByMs = (
  { dueAt, waitedUntil }: { readonly dueAt: Date; readonly waitedUntil: Date | null },
  at: Date,
): number => at.getTime() - Math.max(dueAt.getTime(), waitedUntil?.getTime() ?? 0);

/**
 * A settlement with the relay and destination, by which evidence is looked up.
 */
export interface RoutedSettlement extends Settlement {
  /** The release that submitted it. */
  readonly releaseId: ReleaseId;
  /**
   * The last relay that was tried, by its name in the ledger; null if none was.
   */
  readonly relay: string | null;
  /**
   * The mail group of the recipient; null if the domain has its own servers,
   * because such a domain may be a person's name.
   */
  readonly mailGroup: string | null;
}

/**
 * releasing → accepted, planned (retry), failed or unknown, by the outcome of
 * the submission.
 * @param attempt number of attempts, including this one.
 * @param chance from 0 to 1, see `retryDelayMs`.
 */
export function settlementOf(
  { id, fence }: Claim,
  attempt: number,
  outcome: SubmissionOutcome,
  finalHash: string,
  now: Date,
  chance: number,
): Settlement {
  const facts = {
    id,
    fence,
    at: now,
    retryAt: null,
    counts: true,
    smtpCode: 'code' in outcome ? outcome.code : 250,
    smtpEnhanced: 'enhanced' in outcome ? outcome.enhanced : null,
    smtpText: outcome.text.slice(0, 500),
    finalHash,
  };
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  switch (outcome.kind) {
    case 'accepted':
      return { ...facts, state: 'accepted', reason: 'sent' };
    case 'stopped':
      return {
        ...facts,
        state: 'planned',
        reason: STOPPED_BY[outcome.why],
        retryAt: after(STOPPED_MS),
        counts: false,
        smtpCode: null,
      };
    case 'permanent':
      return { ...facts, state: 'failed', reason: 'rejected-by-relay' };
    case 'unknown':
      // Never guessed: a retry could send it twice (RFC 1047).
      return { ...facts, state: 'unknown', reason: 'no-answer-after-end-of-data', smtpCode: null };
    case 'transient': {
      const counts = countsAsAttempt(outcome);
      if (counts && attempt >= MAX_ATTEMPTS) return { ...facts, state: 'failed', reason: 'retries-exhausted' };
      const retryAt = after(retryDelayMs(outcome, attempt, chance));
      const reason = outcome.about === 'internal' ? 'internal-error' : 'deferred-by-relay';
      return { ...facts, state: 'planned', reason, retryAt, counts };
    }
  }
}
