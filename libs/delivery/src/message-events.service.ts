import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  type ActivationId,
  Clock,
  type ContactId,
  DomainError,
  type EnrolmentId,
  type Id,
  type MessageId,
  newId,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  type VendorId,
} from '#kernel';
import type { Tally } from './circuit-breaker.js';
import { CircuitBreaker } from './circuit-breaker.service.js';
import { MAY_BE_OUT, type MessageEvidence, MessageOutcomes } from './message-outcomes.service.js';
import type { MessageState } from './message-state.js';
import { isVendorsRelay } from './relay-servers.service.js';

/**
 * An event about a message after the relay accepted it, from a report, a
 * webhook or a click.
 */
export interface MessageEvent {
  /** Source and its own id of the event. The pair is stored once. */
  readonly source: string;
  readonly sourceId: string;
  readonly kind: string;
  readonly why: string;
  readonly status: string | null;
  readonly reporter: string | null;
  /** Without addresses. */
  readonly excerpt: string;
}

/** The owner and state of a message. */
export interface MessageSubject {
  readonly messageId: MessageId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly activationId: ActivationId;
  readonly enrolmentId: EnrolmentId;
  readonly contactId: ContactId;
  readonly state: MessageState;
  /**
   * Whether a vendor's own relay sent it. That vendor knows the return path,
   * too.
   */
  readonly byVendorsRelay: boolean;
}

/** State of one of the newest messages to a contact. */
export interface RecentMessage {
  readonly state: MessageState;
  readonly reason: string | null;
  readonly submittedAt: Date;
}

/** The evidence about messages after the relay accepted them. Append-only. */
@Injectable()
export class MessageEvents {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outcomes: MessageOutcomes,
    private readonly breaker: CircuitBreaker,
  ) {}

  /** @returns null if there is no such message. */
  async subject(actor: SystemActor, id: MessageId): Promise<MessageSubject | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<MessageSubject>(
        `SELECT id AS message_id, partner_id, vendor_id, activation_id, enrolment_id,
           contact_id, state, ${isVendorsRelay('relay')} AS by_vendors_relay FROM delivery.message WHERE id = $1`,
        [id],
      ),
    );
    return found ?? null;
  }

  /**
   * Stores an event once, in the open transaction, and moves its message to a
   * new state where the event settles it.
   * @param about null if it is about no partner; without a message id if it
   *   names none of ours.
   * @returns false if the event was known; then it has no effect.
   * @throws DomainError `message.in-hand` while the message is being submitted:
   *   report it again in a minute.
   */
  async record(
    about: { readonly messageId: MessageId | null; readonly partnerId: PartnerId } | null,
    event: MessageEvent,
    outcome: MessageEvidence | null,
  ): Promise<boolean> {
    if (about !== null && outcome !== null) await this.breaker.lockPartner(about.partnerId, tallyOf(event));
    const written = await this.database.query(
      `INSERT INTO delivery.message_event (id, source, source_id, message_id, partner_id, kind, why, status, reporter, excerpt, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (source, source_id) DO NOTHING RETURNING id`,
      [
        newId<Id<'message-event'>>(),
        event.source,
        event.sourceId,
        about?.messageId ?? null,
        about?.partnerId ?? null,
        event.kind,
        event.why,
        event.status,
        event.reporter,
        event.excerpt,
        this.clock.now(),
      ],
    );
    if (written.length === 0) return false;
    const messageId = about?.messageId ?? null;
    if (about === null || messageId === null || outcome === null) return true;
    const state = await this.outcomes.record(messageId, outcome);
    if (state !== 'releasing') {
      // The message is locked: of two concurrent reports one is the first.
      if (WENT_OUT.includes(state) && (await this.isFirst(messageId, event)))
        await this.breaker.record(about.partnerId, tallyOf(event));
      return true;
    }
    throw new DomainError(
      'message.in-hand',
      'This message is still being handed over. Tell it again in a minute.',
      { messageId },
      { kind: 'unavailable' },
    );
  }

  /**
   * Whether this is the first event of its kind about the message that counts
   * against the partner. Source and order do not matter.
   */
  private async isFirst(messageId: MessageId, { kind }: MessageEvent): Promise<boolean> {
    const kinds = kind === COMPLAINT ? [COMPLAINT] : BAD_BOUNCES;
    const rows = await this.database.query(
      'SELECT 1 FROM delivery.message_event WHERE message_id = $1 AND kind = ANY ($2) LIMIT 2',
      [messageId, kinds],
    );
    return rows.length === 1;
  }

  /**
   * A click proves the delivery of messages that may be out. In the open
   * transaction.
   * @param source what proves it.
   */
  async recordDeliveryByClick(ids: readonly MessageId[], source: 'click'): Promise<void> {
    // Locked, so that they cannot be claimed before the event is stored.
    const inDoubt = await this.database.query<{ id: MessageId; partnerId: PartnerId }>(
      `SELECT id, partner_id FROM delivery.message WHERE id = ANY ($1) AND ${MAY_BE_OUT} ORDER BY id FOR UPDATE`,
      [ids],
    );
    for (const { id, partnerId } of inDoubt)
      await this.record(
        { messageId: id, partnerId },
        {
          source,
          sourceId: id,
          kind: 'delivered',
          why: 'a link of it was followed',
          status: null,
          reporter: null,
          excerpt: '',
        },
        { state: 'delivered' },
      );
  }

  /** Replies since a moment, to a message and to all of its partner; in the open transaction. */
  async countReplies(
    { messageId, partnerId }: Pick<MessageSubject, 'messageId' | 'partnerId'>,
    since: Date,
  ): Promise<{ readonly ofMessage: number; readonly ofPartner: number }> {
    const [counted] = await this.database.query<{ ofMessage: number; ofPartner: number }>(
      `SELECT count(*) FILTER (WHERE message_id = $2)::int AS of_message, count(*)::int AS of_partner
       FROM delivery.message_event WHERE partner_id = $1 AND kind = 'reply' AND at > $3`,
      [partnerId, messageId, since],
    );
    return counted ?? { ofMessage: 0, ofPartner: 0 };
  }

  /** Whether the event is stored already; in the open transaction. */
  async isStored({ source, sourceId }: Pick<MessageEvent, 'source' | 'sourceId'>): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT 1 FROM delivery.message_event WHERE source = $1 AND source_id = $2',
      [source, sourceId],
    );
    return rows.length > 0;
  }

  /** The last reply of a contact that did not reach the partner's mailbox. */
  async lastLostReply(
    actor: PartnerActor,
    contactId: ContactId,
  ): Promise<{ readonly at: Date; readonly why: string } | null> {
    const [lost] = await this.database.inTransaction(actor, () =>
      this.database.query<{ at: Date; why: string }>(
        `SELECT e.at, e.why FROM delivery.message m JOIN delivery.message_event e ON e.message_id = m.id
         WHERE m.contact_id = $1 AND e.kind = 'forwarding-failed' ORDER BY e.at DESC LIMIT 1`,
        [contactId],
      ),
    );
    return lost ?? null;
  }

  /**
   * The newest messages to a contact that the relay accepted, newest first; in
   * the open transaction.
   */
  async newestTo(contactId: ContactId, limit: number): Promise<RecentMessage[]> {
    return this.database.query<RecentMessage>(
      `SELECT state, reason, settled_at AS submitted_at FROM delivery.message
       WHERE contact_id = $1 AND state IN ('accepted', 'delivered', 'bounced', 'complained') ORDER BY settled_at DESC LIMIT $2`,
      [contactId, limit],
    );
  }
}

const BAD_BOUNCES: readonly string[] = ['hard', 'block'];
const COMPLAINT = 'complaint';
const WENT_OUT: readonly (MessageState | null)[] = ['delivered', 'bounced', 'complained'];

/**
 * What counts against a partner: invalid addresses and blocks. Full mailboxes
 * do not, nor messages that a provider dropped because the person had
 * unsubscribed there.
 */
function tallyOf({ kind }: MessageEvent): Tally {
  return { submitted: 0, bounced: Number(BAD_BOUNCES.includes(kind)), complained: Number(kind === COMPLAINT) };
}
