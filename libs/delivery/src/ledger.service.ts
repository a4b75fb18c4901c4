import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  type Actor,
  type ActivationId,
  Clock,
  type ContactId,
  derivedId,
  type EnrolmentId,
  type MessageId,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';
import type { HandOver } from '#mailer';
import type { JournalState } from './send-journal.js';
import { LEASE_MINUTES, MAX_ATTEMPTS, type MessageState, retryDelayMinutes } from './message-state.js';

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
}

export interface LeasedMessage extends PlannedMessage {
  readonly id: MessageId;
  readonly fence: number;
  readonly attempt: number;
}

/** A message as the partner may see it: no address, a state, a reason. */
export interface MessageRecord {
  readonly id: MessageId;
  readonly contactId: ContactId;
  readonly stepKey: string;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly plannedAt: Date;
  readonly settledAt: Date | null;
}

/** What outside evidence settles, later than the relay's answer. */
export type MessageOutcome =
  | { readonly state: 'delivered' }
  | { readonly state: 'complained' }
  | { readonly state: 'bounced'; readonly kind: 'hard' | 'soft' | 'block' | 'unknown' };

const LEDGER = systemActor('ledger');
const COLUMNS = `id, fence, attempt, enrolment_id AS "enrolmentId", step_key AS "stepKey", occurrence, partner_id AS "partnerId", vendor_id AS "vendorId",
  activation_id AS "activationId", contact_id AS "contactId", email_key AS "emailKey"`;

/** The id of a message: the same intent is the same message, in every process and every try. */
const messageId = ({
  enrolmentId,
  stepKey,
  occurrence,
}: Pick<PlannedMessage, 'enrolmentId' | 'stepKey' | 'occurrence'>): MessageId =>
  derivedId<MessageId>(MESSAGES, enrolmentId, stepKey, String(occurrence));

/** Every message from intent to outcome. Each write names its fence and the state it comes from; a late writer changes nothing. */
@Injectable()
export class Ledger {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Plans and leases in the open transaction; one that exists already is left alone. @returns what was planned now. */
  async planLeased(messages: readonly PlannedMessage[]): Promise<LeasedMessage[]> {
    if (messages.length === 0) return [];
    const column = (of: (message: PlannedMessage) => string | number): (string | number)[] => messages.map(of);
    return this.database.query<LeasedMessage>(
      `INSERT INTO delivery.message (id, enrolment_id, step_key, occurrence, partner_id, vendor_id, activation_id, contact_id, email_key, state, fence, lease_until, planned_at)
       SELECT m.*, 'leased', 1, now() + $10 * interval '1 minute', $11
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[]) m
       ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
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
        LEASE_MINUTES,
        this.clock.now(),
      ],
    );
  }

  /** Leases messages whose retry has come, oldest first; two claimers never take the same. */
  async leasePlanned(limit: number): Promise<LeasedMessage[]> {
    return this.database.inTransaction(LEDGER, () =>
      this.database.query<LeasedMessage>(
        `UPDATE delivery.message SET state = 'leased', fence = fence + 1, lease_until = now() + $2 * interval '1 minute'
         WHERE id IN (SELECT id FROM delivery.message WHERE state = 'planned' AND (retry_at IS NULL OR retry_at <= now()) ORDER BY retry_at NULLS FIRST LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING ${COLUMNS}`,
        [limit, LEASE_MINUTES],
      ),
    );
  }

  /** What is still leased under the given fences: a job that comes late finds its messages gone. */
  async leased(actor: SystemActor, claims: readonly { id: MessageId; fence: number }[]): Promise<LeasedMessage[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<LeasedMessage>(
        `SELECT ${COLUMNS} FROM delivery.message m JOIN unnest($1::uuid[], $2::int[]) c (cid, cfence) ON m.id = c.cid AND m.fence = c.cfence WHERE m.state = 'leased' AND m.lease_until > now()`,
        [claims.map(({ id }) => id), claims.map(({ fence }) => fence)],
      ),
    );
  }

  /** leased → handing_off, in the open transaction, which also re-checks the policy. @returns ids that moved. */
  async handOff(claims: readonly { id: MessageId; fence: number; consentRecordId: string }[]): Promise<Set<MessageId>> {
    const rows = await this.database.query<{ id: MessageId }>(
      `UPDATE delivery.message m SET state = 'handing_off', attempt = attempt + 1, consent_record_id = c.consent
       FROM unnest($1::uuid[], $2::int[], $3::uuid[]) c (id, fence, consent)
       WHERE m.id = c.id AND m.fence = c.fence AND m.state = 'leased' AND m.lease_until > now() + interval '11 minutes' RETURNING m.id`,
      [
        claims.map(({ id }) => id),
        claims.map(({ fence }) => fence),
        claims.map(({ consentRecordId }) => consentRecordId),
      ],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** leased → skipped with the reason why. */
  async skip(claim: { id: MessageId; fence: number }, reason: string): Promise<boolean> {
    return this.move(claim, ['leased', 'planned'], 'skipped', { reason });
  }

  /** handing_off → accepted, planned (again later), failed or unknown, by what became of the hand-over. @returns the state it has now. */
  async settle(message: LeasedMessage, outcome: HandOver, finalHash: string): Promise<MessageState> {
    switch (outcome.kind) {
      case 'accepted':
        await this.move(message, ['handing_off'], 'accepted', { reason: 'sent', finalHash });
        return 'accepted';
      case 'permanent':
        await this.move(message, ['handing_off'], 'failed', { reason: 'refused-by-relay', smtpCode: outcome.code });
        return 'failed';
      case 'unknown':
        // Never guessed: repeating could send twice. The default policy leaves it to evidence.
        await this.move(message, ['handing_off'], 'unknown', { reason: 'no-answer-after-dot' });
        return 'unknown';
      case 'transient':
        return this.retry(message, outcome.code);
    }
  }

  /** What was leased for a queue that is gone with its process is planned again. */
  async freeLeases(): Promise<void> {
    await this.database.inTransaction(LEDGER, () =>
      this.database.query(`UPDATE delivery.message SET state = 'planned', lease_until = NULL WHERE state = 'leased'`),
    );
  }

  /** Expired leases: what was not handed over is planned again; what was, is unknown unless a journal knows better. */
  async sweep(): Promise<{ planned: number; unknown: number }> {
    return this.database.inTransaction(LEDGER, async () => {
      const planned = await this.database.query(
        `UPDATE delivery.message SET state = 'planned', lease_until = NULL WHERE state = 'leased' AND lease_until < now() RETURNING id`,
      );
      const unknown = await this.database.query(
        `UPDATE delivery.message SET state = 'unknown', reason = 'lease-over', settled_at = $1 WHERE state = 'handing_off' AND lease_until < now() RETURNING id`,
        [this.clock.now()],
      );
      return { planned: planned.length, unknown: unknown.length };
    });
  }

  /** What a journal on disk knows after a crash: accepted ones are recorded; ones without a dot are free again. */
  async recover({ accepted, begun, mine }: JournalState): Promise<void> {
    await this.database.inTransaction(LEDGER, async () => {
      await this.database.query(
        `UPDATE delivery.message SET state = 'accepted', reason = 'sent', settled_at = $2 WHERE id = ANY ($1) AND state IN ('handing_off', 'unknown')`,
        [accepted, this.clock.now()],
      );
      await this.database.query(
        `UPDATE delivery.message SET state = 'unknown', reason = 'no-answer-after-dot', settled_at = $2 WHERE id = ANY ($1) AND state = 'handing_off'`,
        [begun, this.clock.now()],
      );
      await this.database.query(
        `UPDATE delivery.message SET state = 'planned', lease_until = NULL WHERE id = ANY ($1) AND state = 'handing_off'`,
        [mine],
      );
    });
  }

  /**
   * accepted → delivered, bounced or complained, in the open transaction. Evidence about an unknown message also says that the relay had
   * taken it. When it was handed over stays: numbers go by that day.
   * @returns `in-hand` when a process has the message in hand right now, `settled` when nothing more could follow.
   */
  async recordOutcome(id: MessageId, outcome: MessageOutcome): Promise<'moved' | 'settled' | 'in-hand'> {
    const from = outcome.state === 'delivered' ? ['accepted', 'unknown'] : ['accepted', 'unknown', 'delivered'];
    const reason = outcome.state === 'bounced' ? `bounced-${outcome.kind}` : outcome.state;
    const moved = await this.database.query(
      `UPDATE delivery.message SET state = $3, reason = $4 WHERE id = $1 AND state = ANY ($2) RETURNING id`,
      [id, from, outcome.state, reason],
    );
    if (moved.length > 0) return 'moved';
    const [now] = await this.database.query<{ state: MessageState }>(
      'SELECT state FROM delivery.message WHERE id = $1',
      [id],
    );
    return now?.state === 'handing_off' ? 'in-hand' : 'settled';
  }

  /** When the relay last took a message to each contact of the partner in scope; in the open transaction. */
  async lastHandedOver(contactIds: readonly ContactId[]): Promise<Map<ContactId, Date>> {
    const rows = await this.database.query<{ id: ContactId; at: Date }>(
      `SELECT contact_id AS id, max(settled_at) AS at FROM delivery.message
       WHERE contact_id = ANY ($1::uuid[]) AND state IN ('accepted', 'delivered', 'bounced', 'complained', 'unknown') GROUP BY 1`,
      [contactIds],
    );
    return new Map(rows.map(({ id, at }) => [id, at]));
  }

  /** planned | leased → skipped for all that an enrolment still has open, in the open transaction. */
  async withdraw(enrolmentId: EnrolmentId, reason: string): Promise<void> {
    await this.database.query(
      `UPDATE delivery.message SET state = 'skipped', reason = $2, lease_until = NULL, retry_at = NULL, settled_at = $3
       WHERE enrolment_id = $1 AND state IN ('planned', 'leased')`,
      [enrolmentId, reason, this.clock.now()],
    );
  }

  async ofActivation(
    actor: Actor,
    activationId: ActivationId,
    page: { limit: number; afterId: string | null },
  ): Promise<MessageRecord[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<MessageRecord>(
        `SELECT id, contact_id AS "contactId", step_key AS "stepKey", state, reason, planned_at AS "plannedAt", settled_at AS "settledAt"
         FROM delivery.message WHERE activation_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
        [activationId, page.afterId, page.limit],
      ),
    );
  }

  private async retry(message: LeasedMessage, code: number | null): Promise<MessageState> {
    const attempt = message.attempt + 1;
    if (attempt >= MAX_ATTEMPTS) {
      await this.move(message, ['handing_off'], 'failed', { reason: 'relay-kept-refusing', smtpCode: code });
      return 'failed';
    }
    await this.database.inTransaction(LEDGER, () =>
      this.database.query(
        `UPDATE delivery.message SET state = 'planned', lease_until = NULL, smtp_code = $3, retry_at = now() + $4 * interval '1 minute' WHERE id = $1 AND fence = $2 AND state = 'handing_off'`,
        [message.id, message.fence, code, retryDelayMinutes(attempt)],
      ),
    );
    return 'planned';
  }

  private async move(
    claim: { id: MessageId; fence: number },
    from: readonly MessageState[],
    to: MessageState,
    facts: { reason: string; smtpCode?: number | null; finalHash?: string },
  ): Promise<boolean> {
    const rows = await this.database.inTransaction(LEDGER, () =>
      this.database.query(
        `UPDATE delivery.message SET state = $4, reason = $5, smtp_code = coalesce($6, smtp_code), final_hash = coalesce($7, final_hash), lease_until = NULL, settled_at = $8
         WHERE id = $1 AND fence = $2 AND state = ANY ($3) RETURNING id`,
        [
          claim.id,
          claim.fence,
          from,
          to,
          facts.reason,
          facts.smtpCode ?? null,
          facts.finalHash ?? null,
          this.clock.now(),
        ],
      ),
    );
    return rows.length > 0;
  }
}
