import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database, hiddenFromPlanner } from '#database';
import {
  type ActivationId,
  Clock,
  type ContactId,
  derivedId,
  type EnrolmentId,
  type MessageId,
  type PartnerId,
  type SystemActor,
  type VendorId,
} from '#kernel';
import { leaseTimes, type LeaseTimes, type MessageState, statesBefore } from './message-state.js';
import { columnsOf, lockInOrder } from './claim-columns.js';
import type { Claim, ReleasedClaim } from './send-journal.js';
import type { RoutedSettlement } from './settlement.js';

/** Namespace of message ids (UUIDv5, RFC 9562). */
const MESSAGES = 'f3b1c7a2-5d0e-4a57-9c61-3f2a8f6f1d20';

export interface PlannedMessage {
  readonly enrolmentId: EnrolmentId;
  readonly stepKey: string;
  readonly occurrence: number;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
  readonly emailKey: string;
  readonly dueAt: Date;
}

export interface LeasedMessage extends PlannedMessage, Claim {
  /** Attempts before this one. */
  readonly attempt: number;
  /** When it was counted towards its contact's frequency caps, or null. */
  readonly frequencyUseAt: Date | null;
  /**
   * End of the last intended wait, or null. The message is not late before it.
   */
  readonly waitedUntil: Date | null;
}

/**
 * The legal basis of a message. Stored with it, even if the consent record is
 * deleted.
 */
export interface ConsentEvidence {
  readonly consentRecordId: string;
  readonly basis: string;
  /** Version of the consent rules. */
  readonly rules: number;
}

export interface ReleaseRequest extends ReleasedClaim {
  readonly consent: ConsentEvidence;
  readonly frequencyUseAt: Date;
  /**
   * The recipient variant by the renderer's name; null if the version has no
   * such e-mail.
   */
  readonly variant: string | null;
}

/** The columns of `delivery.message m` as a {@link LeasedMessage}. */
export const LEASED_COLUMNS = `m.id, m.fence, m.attempt, m.enrolment_id, m.step_key, m.occurrence, m.partner_id, m.vendor_id,
  m.activation_id, m.contact_id, m.email_key, coalesce(m.due_at, m.planned_at) AS "dueAt", m.frequency_use_at, m.waited_until`;
const LEASED = hiddenFromPlanner(`m.state = 'leased' AND m.lease_until > now()`);

/** The same intent has the same message id, in every process and attempt. */
const messageId = ({
  enrolmentId,
  stepKey,
  occurrence,
}: Pick<PlannedMessage, 'enrolmentId' | 'stepKey' | 'occurrence'>): MessageId =>
  derivedId<MessageId>(MESSAGES, enrolmentId, stepKey, String(occurrence));

/**
 * Every message from intent to the relay's answer. Each write names its fence
 * and the state before: a late writer changes nothing.
 */
@Injectable()
export class Ledger {
  readonly times: LeaseTimes;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) { SEND_LEASE_SECONDS }: Pick<Config, 'SEND_LEASE_SECONDS'>,
  ) {
    this.times = leaseTimes(SEND_LEASE_SECONDS);
  }

  /**
   * Plans and leases messages, in the open transaction. Existing ones are
   * skipped.
   * @returns the new ones.
   */
  async planLeased(messages: readonly PlannedMessage[]): Promise<LeasedMessage[]> {
    if (messages.length === 0) return [];
    const column = <T>(of: (message: PlannedMessage) => T): T[] => messages.map(of);
    return this.database.query<LeasedMessage>(
      `INSERT INTO delivery.message AS m (id, enrolment_id, step_key, occurrence, partner_id, vendor_id, activation_id, contact_id, email_key, due_at, state, fence, lease_until, planned_at)
       SELECT p.*, 'leased', 1, now() + $11 * interval '1 millisecond', $12
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::timestamptz[]) p
       ON CONFLICT DO NOTHING RETURNING ${LEASED_COLUMNS}`,
      [
        column(messageId),
        column((m) => m.enrolmentId),
        column((m) => m.stepKey),
        column((m) => m.occurrence),
        column((m) => m.partnerId),
        column((m) => m.vendorId),
        column((m) => m.activationId),
        column((m) => m.contactId),
        column((m) => m.emailKey),
        column((m) => m.dueAt),
        this.times.queuedMs,
        this.clock.now(),
      ],
    );
  }

  /**
   * The messages that are still leased under the given fences, locked for the
   * open transaction. A job that comes late, or twice, waits for the first and
   * finds nothing.
   */
  async lockLeased(actor: SystemActor, claims: readonly Claim[]): Promise<LeasedMessage[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<LeasedMessage>(
        `SELECT ${LEASED_COLUMNS} FROM unnest($1::uuid[], $2::int[]) c (id, fence) JOIN delivery.message m ON m.id = c.id AND m.fence = c.fence
         WHERE ${LEASED} ORDER BY m.id FOR UPDATE OF m`,
        columnsOf(claims),
      ),
    );
  }

  /**
   * leased → releasing for a chunk, in the open transaction that also checks
   * the policy. The process then has `times.submissionMs`. Data of an earlier
   * attempt is cleared.
   * @returns the ids that moved.
   */
  async release(requests: readonly ReleaseRequest[]): Promise<Set<MessageId>> {
    const rows = await this.database.query<{ id: MessageId }>(
      `UPDATE delivery.message m SET state = 'releasing', attempt = m.attempt + 1, relay = NULL, consent_record_id = c.consent, frequency_use_at = c.frequency_use_at,
         consent_basis = c.basis, consent_rules = c.rules, variant = c.variant, final_hash = NULL, release_id = c.release_id, submit_until = now() + $5 * interval '1 millisecond'
       FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::timestamptz[], $6::text[], $7::smallint[], $8::text[], $9::uuid[])
         c (id, fence, consent, frequency_use_at, basis, rules, variant, release_id)
       WHERE m.id = c.id AND m.fence = c.fence AND ${LEASED} RETURNING m.id`,
      [
        ...columnsOf(requests),
        requests.map(({ consent }) => consent.consentRecordId),
        requests.map(({ frequencyUseAt }) => frequencyUseAt),
        this.times.submissionMs,
        requests.map(({ consent }) => consent.basis),
        requests.map(({ consent }) => consent.rules),
        requests.map(({ variant }) => variant),
        requests.map(({ releaseId }) => releaseId),
      ],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * leased → skipped with a reason, in the open transaction.
   * @returns the ids that moved.
   */
  async skip(skips: readonly (Claim & { readonly reason: string })[]): Promise<Set<MessageId>> {
    if (skips.length === 0) return new Set();
    const rows = await this.database.query<{ id: MessageId }>(
      `UPDATE delivery.message m SET state = 'skipped', reason = s.reason, lease_until = NULL, retry_at = NULL, settled_at = $4
       FROM unnest($1::uuid[], $2::int[], $3::text[]) s (id, fence, reason)
       WHERE m.id = s.id AND m.fence = s.fence AND ${hiddenFromPlanner('m.state = ANY ($5)')} RETURNING m.id`,
      [...columnsOf(skips), skips.map(({ reason }) => reason), this.clock.now(), statesBefore('skipped')],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * leased → planned, to be claimed again at `retryAt` (product clock), in the
   * open transaction. It is not an attempt.
   * @param postponed `isMeant`: the wait is intended, so the message is not
   *   late.
   */
  async postpone(
    postponed: readonly (Claim & { readonly retryAt: Date; readonly reason: string; readonly isMeant: boolean })[],
  ): Promise<void> {
    if (postponed.length === 0) return;
    await this.database.query(
      `UPDATE delivery.message m SET state = 'planned', lease_until = NULL, retry_at = p.retry_at, waited_until = CASE WHEN p.meant THEN p.retry_at ELSE m.waited_until END, reason = p.reason
       FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::text[], $5::boolean[]) p (id, fence, retry_at, reason, meant)
       WHERE m.id = p.id AND m.fence = p.fence AND ${hiddenFromPlanner(`m.state = 'leased'`)}`,
      [
        ...columnsOf(postponed),
        postponed.map(({ retryAt }) => retryAt),
        postponed.map(({ reason }) => reason),
        postponed.map(({ isMeant }) => isMeant),
      ],
    );
  }

  /**
   * Makes messages that wait for the end of a hold or halt of their activation
   * due now, in the open transaction.
   */
  async retryNow(activationIds: readonly ActivationId[]): Promise<void> {
    await this.database.query(
      `UPDATE delivery.message SET retry_at = $2, waited_until = $2 WHERE retry_at > $2 AND reason IN ('held', 'halted') AND activation_id = ANY ($1)`,
      [activationIds, this.clock.now()],
    );
  }

  /**
   * Writes the outcomes of submissions, in the open transaction. A sweep may
   * have called them unknown: a writer with the same fence knows better. The
   * same holds for a row that is `leased` as if it had never been released:
   * PostgreSQL lost that commit, as in a failover.
   * @returns the new state by id, for the rows that were written.
   */
  async settle(settlements: readonly RoutedSettlement[]): Promise<Map<MessageId, MessageState>> {
    await lockInOrder(this.database, settlements);
    const of = <T>(value: (settlement: RoutedSettlement) => T): T[] => settlements.map(value);
    const rows = await this.database.query<{ id: MessageId; state: MessageState }>(
      `UPDATE delivery.message m SET state = s.state, reason = s.reason, retry_at = s.retry_at, attempt = greatest(0, m.attempt - s.uncounted),
         smtp_code = s.code, smtp_enhanced = s.enhanced, smtp_text = s.said, final_hash = s.final_hash, lease_until = NULL,
         relay = coalesce(s.relay, m.relay), mail_group = s.mail_group,
         unknown_since = CASE WHEN s.state = 'unknown' THEN s.at END,
         settled_at = CASE WHEN s.state <> 'planned' THEN s.at END
       FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::timestamptz[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::text[], $13::text[], $14::uuid[])
         s (id, fence, state, reason, retry_at, uncounted, code, enhanced, said, final_hash, at, relay, mail_group, release_id)
       WHERE m.id = s.id AND m.fence = s.fence AND ${hiddenFromPlanner(`(m.state IN ('releasing', 'unknown') OR m.state IN ('leased', 'planned') AND m.release_id IS DISTINCT FROM s.release_id)`)} RETURNING m.id, m.state`,
      [
        ...columnsOf(settlements),
        of(({ state }) => state),
        of(({ reason }) => reason),
        of(({ retryAt }) => retryAt),
        of(({ counts }) => (counts ? 0 : 1)),
        of(({ smtpCode }) => smtpCode),
        of(({ smtpEnhanced }) => smtpEnhanced),
        of(({ smtpText }) => smtpText),
        of(({ finalHash }) => finalHash),
        of(({ at }) => at),
        of(({ relay }) => relay),
        of(({ mailGroup }) => mailGroup),
        of(({ releaseId }) => releaseId),
      ],
    );
    return new Map(rows.map(({ id, state }) => [id, state]));
  }

  /**
   * planned
   *
   * leased → skipped for all open messages of an enrolment, in the open
   * transaction.
   */
  async withdraw(enrolmentId: EnrolmentId, reason: string): Promise<void> {
    await this.database.query(
      `UPDATE delivery.message SET state = 'skipped', reason = $2, lease_until = NULL, retry_at = NULL, settled_at = $3
       WHERE enrolment_id = $1 AND state IN ('planned', 'leased')`,
      [enrolmentId, reason, this.clock.now()],
    );
  }

  /**
   * Locks the planned and leased messages of enrolments, before a caller that
   * may withdraw them locks the enrolments.
   */
  async lockOpen(enrolmentIds: readonly EnrolmentId[]): Promise<void> {
    await this.database.query(
      `SELECT 1 FROM delivery.message WHERE enrolment_id = ANY ($1) AND state IN ('planned', 'leased') ORDER BY id FOR UPDATE`,
      [enrolmentIds],
    );
  }
}
