import type { ReleaseId, MessageId } from '#kernel';
import type { SubmissionOutcome } from '#mailer';
import { countsAsAttempt, MAX_ATTEMPTS, retryDelayMs } from './back-off.js';
import type { Claim } from './send-journal.js';

/** What was stopped is looked at again after this. */
const STOPPED_MS = 30_000;
const STOPPED_BY = { halted: 'halted', late: 'relays-slow' } as const;

/** What is written about a message once its hand-over is over. */
export interface Settlement {
  readonly id: MessageId;
  readonly fence: number;
  readonly state: 'accepted' | 'planned' | 'failed' | 'unknown';
  readonly reason:
    | 'sent'
    | 'halted'
    | 'relays-slow'
    | 'refused-for-now'
    | 'own-trouble'
    | 'refused-by-relay'
    | 'relay-kept-refusing'
    | 'no-answer-after-dot';
  /** When the relay answered: the commit may come later. */
  readonly at: Date;
  readonly retryAt: Date | null;
  /** False where the refusal says nothing about the message, so that it costs no attempt. */
  readonly counts: boolean;
  readonly smtpCode: number | null;
  readonly smtpEnhanced: string | null;
  readonly smtpText: string;
  readonly finalHash: string;
}

/**
 * How late a message was accepted, in milliseconds: from when it fell due by its calendar, or from the end of the last wait that somebody had
 * set for it (a first look, a new domain's daily limit, a hold).
 */
export const lateByMs = (
  { dueAt, waitedUntil }: { readonly dueAt: Date; readonly waitedUntil: Date | null },
  at: Date,
): number => at.getTime() - Math.max(dueAt.getTime(), waitedUntil?.getTime() ?? 0);

/** A settlement, and where its message was bound for: what evidence is looked up by. */
export interface RoutedSettlement extends Settlement {
  /** By which it was in hand. */
  readonly releaseId: ReleaseId;
  /** The relay that was asked last, by its name in the ledger; null where none was. */
  readonly relay: string | null;
  /** Whose mail servers take the recipient's mail; null where its domain has its own, for a domain may be a person's name. */
  readonly mailGroup: string | null;
}

/**
 * handing_off → accepted, planned (again later), failed or unknown, by what became of the hand-over.
 * @param attempt how many tries there were, with this one.
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
      return { ...facts, state: 'failed', reason: 'refused-by-relay' };
    case 'unknown':
      // Never guessed: repeating could send twice (RFC 1047).
      return { ...facts, state: 'unknown', reason: 'no-answer-after-dot', smtpCode: null };
    case 'transient': {
      const counts = countsAsAttempt(outcome);
      if (counts && attempt >= MAX_ATTEMPTS) return { ...facts, state: 'failed', reason: 'relay-kept-refusing' };
      const retryAt = after(retryDelayMs(outcome, attempt, chance));
      const reason = outcome.about === 'internal' ? 'own-trouble' : 'refused-for-now';
      return { ...facts, state: 'planned', reason, retryAt, counts };
    }
  }
}
