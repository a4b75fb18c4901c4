import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database, hiddenFromPlanner, unnestRows } from '#database';
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
import { CLAIM_COLUMNS, lockInOrder } from './claim-columns.js';
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
  m.activation_id, m.contact_id, m.email_key, coalesce(m.due_at, m.planned_at) AS due_at, m.frequency_use_at, m.waited_until`;
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
    const planned = unnestRows(
      messages,
      {
        id: ['uuid', messageId],
        enrolmentId: 'uuid',
        stepKey: 'text',
        occurrence: 'int',
        partnerId: 'uuid',
        vendorId: 'uuid',
        activationId: 'uuid',
        contactId: 'uuid',
        emailKey: 'text',
        dueAt: 'timestamptz',
      },
      [this.times.queuedMs, this.clock.now()],
    );
    return this.database.query<LeasedMessage>(
      `INSERT INTO delivery.message AS m (id, enrolment_id, step_key, occurrence, partner_id, vendor_id,
         activation_id, contact_id, email_key, due_at, state, fence, lease_until, planned_at)
       SELECT given.*, 'leased', 1, now() + $1 * interval '1 millisecond', $2
       FROM ${planned.from}
       ON CONFLICT DO NOTHING RETURNING ${LEASED_COLUMNS}`,
      planned.parameters,
    );
  }

  /**
   * The messages that are still leased under the given fences, locked for the
   * open transaction. A job that comes late, or twice, waits for the first and
   * finds nothing.
   */
  async lockLeased(actor: SystemActor, claims: readonly Claim[]): Promise<LeasedMessage[]> {
    const given = unnestRows(claims, CLAIM_COLUMNS);
    return this.database.inTransaction(actor, () =>
      this.database.query<LeasedMessage>(
        `SELECT ${LEASED_COLUMNS} FROM ${given.from} JOIN delivery.message m ON m.id = given.id AND m.fence = given.fence
         WHERE ${LEASED} ORDER BY m.id FOR UPDATE OF m`,
        given.parameters,
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
    const released = unnestRows(
      requests,
      {
        ...CLAIM_COLUMNS,
        releaseId: 'uuid',
        frequencyUseAt: 'timestamptz',
        variant: 'text',
        consentRecordId: ['uuid', ({ consent }) => consent.consentRecordId],
        basis: ['text', ({ consent }) => consent.basis],
        rules: ['smallint', ({ consent }) => consent.rules],
      },
      [this.times.submissionMs],
    );
    const rows = await this.database.query<{ id: MessageId }>(
      `UPDATE delivery.message m SET state = 'releasing', attempt = m.attempt + 1, relay = NULL,
         consent_record_id = given.consent_record_id, consent_basis = given.basis, consent_rules = given.rules,
         frequency_use_at = given.frequency_use_at, variant = given.variant, final_hash = NULL,
         release_id = given.release_id, submit_until = now() + $1 * interval '1 millisecond'
       FROM ${released.from}
       WHERE m.id = given.id AND m.fence = given.fence AND ${LEASED} RETURNING m.id`,
      released.parameters,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * leased → skipped with a reason, in the open transaction.
   * @returns the ids that moved.
   */
  async skip(skips: readonly (Claim & { readonly reason: string })[]): Promise<Set<MessageId>> {
    if (skips.length === 0) return new Set();
    const skipped = unnestRows(skips, { ...CLAIM_COLUMNS, reason: 'text' }, [
      this.clock.now(),
      statesBefore('skipped'),
    ]);
    const rows = await this.database.query<{ id: MessageId }>(
      `UPDATE delivery.message m SET state = 'skipped', reason = given.reason, lease_until = NULL, retry_at = NULL, settled_at = $1
       FROM ${skipped.from}
       WHERE m.id = given.id AND m.fence = given.fence AND ${hiddenFromPlanner('m.state = ANY ($2)')} RETURNING m.id`,
      skipped.parameters,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * leased → planned, to be claimed again at `retryAt` (product clock), in the
   * open transaction. It is not an attempt.
   * @param postponed `isIntended`: the wait is intended, so the message is not
   *   late.
   */
  async postpone(
    postponed: readonly (Claim & { readonly retryAt: Date; readonly reason: string; readonly isIntended: boolean })[],
  ): Promise<void> {
    if (postponed.length === 0) return;
    const later = unnestRows(postponed, {
      ...CLAIM_COLUMNS,
      retryAt: 'timestamptz',
      reason: 'text',
      isIntended: 'boolean',
    });
    await this.database.query(
      `UPDATE delivery.message m SET state = 'planned', lease_until = NULL, retry_at = given.retry_at, reason = given.reason,
         waited_until = CASE WHEN given.is_intended THEN given.retry_at ELSE m.waited_until END
       FROM ${later.from}
       WHERE m.id = given.id AND m.fence = given.fence AND ${hiddenFromPlanner(`m.state = 'leased'`)}`,
      later.parameters,
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
    const settled = unnestRows(settlements, {
      ...CLAIM_COLUMNS,
      state: 'text',
      reason: 'text',
      retryAt: 'timestamptz',
      uncounted: ['int', ({ counts }) => (counts ? 0 : 1)],
      smtpCode: 'int',
      smtpEnhanced: 'text',
      smtpText: 'text',
      finalHash: 'text',
      at: 'timestamptz',
      relay: 'text',
      mailGroup: 'text',
      releaseId: 'uuid',
    });
    const rows = await this.database.query<{ id: MessageId; state: MessageState }>(
      `UPDATE delivery.message m SET state = given.state, reason = given.reason, retry_at = given.retry_at,
         attempt = greatest(0, m.attempt - given.uncounted), smtp_code = given.smtp_code,
         smtp_enhanced = given.smtp_enhanced, smtp_text = given.smtp_text, final_hash = given.final_hash,
         lease_until = NULL, relay = coalesce(given.relay, m.relay), mail_group = given.mail_group,
         unknown_since = CASE WHEN given.state = 'unknown' THEN given.at END,
         settled_at = CASE WHEN given.state <> 'planned' THEN given.at END
       FROM ${settled.from}
       WHERE m.id = given.id AND m.fence = given.fence AND ${hiddenFromPlanner(
         `m.state IN ('releasing', 'unknown') OR m.state IN ('leased', 'planned') AND m.release_id IS DISTINCT FROM given.release_id`,
       )} RETURNING m.id, m.state`,
      settled.parameters,
    );
    return new Map(rows.map(({ id, state }) => [id, state]));
  }

  /**
   * planned or leased → skipped for all open messages of an enrolment, in the
   * open transaction.
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
