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
  type PartnerId,
  type SystemActor,
  type VendorId,
} from '#kernel';
import type { Tally } from './circuit-breaker.js';
import { CircuitBreaker } from './circuit-breaker.service.js';
import { MAY_BE_OUT, type MessageEvidence, MessageOutcomes } from './message-outcomes.service.js';
import type { MessageState } from './message-state.js';
import { isVendorsRelay } from './relay-servers.service.js';

/** What somebody told about a message. */
export interface MessageEvent {
  /** Who told it, and the report's own name there: together they are told once. */
  readonly source: string;
  readonly sourceId: string;
  readonly kind: string;
  readonly why: string;
  readonly status: string | null;
  readonly reporter: string | null;
  /** Without addresses. */
  readonly excerpt: string;
}

/** Whose message it is. */
export interface MessageSubject {
  readonly messageId: MessageId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly activationId: ActivationId;
  readonly enrolmentId: EnrolmentId;
  readonly contactId: ContactId;
  readonly state: MessageState;
  /** Whether a vendor's own relay had it: its return path is known there, too. */
  readonly byVendorsRelay: boolean;
}

/** How the newest messages to a contact ended. */
export interface RecentMessage {
  readonly state: MessageState;
  readonly reason: string | null;
  readonly submittedAt: Date;
}

/** The evidence of what became of messages after the relay took them. Append-only. */
@Injectable()
export class MessageEvents {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outcomes: MessageOutcomes,
    private readonly breaker: CircuitBreaker,
  ) {}

  /** @returns null when there is no such message. */
  async subject(actor: SystemActor, id: MessageId): Promise<MessageSubject | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<MessageSubject>(
        `SELECT id AS "messageId", partner_id, vendor_id, activation_id, enrolment_id,
           contact_id, state, ${isVendorsRelay('relay')} AS "byVendorsRelay" FROM delivery.message WHERE id = $1`,
        [id],
      ),
    );
    return found ?? null;
  }

  /**
   * Writes an event down once, in the open transaction, and moves its message on where it settles something.
   * @param about null where it is nobody's in particular; without a message where it names none of ours. @returns false when it was told before: then nothing follows from it.
   * @throws DomainError `message.in-hand` while the message is still being handed over: tell it again in a minute.
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
    if (state !== 'handing_off') {
      // The message is locked now: of two that tell the same at once, one is the first.
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

  /** Whether nothing that counts the same against its partner was told of the message before: by whom and in which order does not matter. */
  private async isFirst(messageId: MessageId, { kind }: MessageEvent): Promise<boolean> {
    const kinds = kind === COMPLAINT ? [COMPLAINT] : BAD_BOUNCES;
    const rows = await this.database.query(
      'SELECT 1 FROM delivery.message_event WHERE message_id = $1 AND kind = ANY ($2) LIMIT 2',
      [messageId, kinds],
    );
    return rows.length === 1;
  }

  /**
   * Something came back that only a message that has arrived can bring, by a person or by a machine: of those that may be out this is the
   * evidence. In the open transaction.
   * @param source what came back.
   */
  async recordDeliveryByClick(ids: readonly MessageId[], source: 'click'): Promise<void> {
    // Locked, or it could be in hand by the time that it is written about.
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

  /** Whether it was told before; in the open transaction. */
  async isKnown({ source, sourceId }: Pick<MessageEvent, 'source' | 'sourceId'>): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT 1 FROM delivery.message_event WHERE source = $1 AND source_id = $2',
      [source, sourceId],
    );
    return rows.length > 0;
  }

  /** The newest messages to a contact that the relay took, newest first; in the open transaction. */
  async newestTo(contactId: ContactId, limit: number): Promise<RecentMessage[]> {
    return this.database.query<RecentMessage>(
      `SELECT state, reason, settled_at AS "submittedAt" FROM delivery.message
       WHERE contact_id = $1 AND state IN ('accepted', 'delivered', 'bounced', 'complained') ORDER BY settled_at DESC LIMIT $2`,
      [contactId, limit],
    );
  }
}

const BAD_BOUNCES: readonly string[] = ['hard', 'block'];
const COMPLAINT = 'complaint';
const WENT_OUT: readonly (MessageState | null)[] = ['delivered', 'bounced', 'complained'];

/** What counts against a partner: dead addresses and blocks; not full mailboxes, and not what a provider withheld because somebody had left. */
function tallyOf({ kind }: MessageEvent): Tally {
  return { submitted: 0, bounced: Number(BAD_BOUNCES.includes(kind)), complained: Number(kind === COMPLAINT) };
}
