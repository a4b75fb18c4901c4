import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import {
  Clock,
  type ActivationId,
  type ContactId,
  type MessageId,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';

/** Look-ups at the provider behind a relay that did not find a message. */
interface FailedLookUp {
  /**
   * The relay of that attempt, by its name in the ledger; null if its process
   * died before it was recorded.
   */
  readonly relay: string;
  readonly provider: string;
  readonly count: number;
  /** Time of the last one (ISO 8601). */
  readonly lookedUpAt: string;
}

/** A message of which it is not known whether the relay accepted it. */
export interface UnknownMessage {
  readonly id: MessageId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
  readonly stepKey: string;
  readonly reason: string;
  readonly attempt: number;
  /** Of the attempt that became unknown. */
  readonly fence: number;
  /** It was not submitted before this time. */
  readonly soonestAt: Date;
  /**
   * The relay of that attempt, by its name in the ledger; null if its process
   * died before it was recorded.
   */
  readonly relay: string | null;
  readonly mailGroup: string | null;
  /** Look-ups that did not find it, which proves nothing. */
  readonly lookUps: readonly FailedLookUp[];
  readonly unknownSince: Date;
}

/**
 * How evidence, or an operator without evidence, resolves an unknown message.
 */
export const RESOLUTIONS = {
  /** The relay's log contains its Message-ID. */
  accepted: { state: 'accepted', reason: 'sent' },
  /** The relay's log certainly does not contain it: it is sent again. */
  redrive: { state: 'planned', reason: 'redriven' },
  /** No evidence: it is never sent again. */
  close: { state: 'closed_unknown', reason: 'closed-unknown' },
} as const;
export type Resolution = keyof typeof RESOLUTIONS;

/** A message to resolve. */
export interface UnknownMessageRef {
  readonly id: MessageId;
  /**
   * The attempt that the evidence is about. A later attempt is not resolved by
   * it. Omitted: any attempt.
   */
  readonly fence?: number;
}

/**
 * PostgreSQL's timestamps have microseconds: the text keeps the page boundary
 * exact.
 */
type Listed = UnknownMessage & { readonly exactSince: string };

const PAGE = 1_000;
const COUNTER = systemActor('unknown-messages');

/** Lists and resolves unknown messages. */
@Injectable()
export class UnknownMessages {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Oldest first. */
  async list(actor: SystemActor, limit: number): Promise<UnknownMessage[]> {
    return this.page(actor, null, limit);
  }

  /**
   * All of them, oldest first, in pages, each in its own transaction. Resolving
   * messages of a page does not skip others.
   */
  async *pages(actor: SystemActor): AsyncGenerator<UnknownMessage[]> {
    for (let last: Listed | null = null; ;) {
      const page: Listed[] = await this.page(actor, last, PAGE);
      if (page.length > 0) yield page;
      last = page.at(-1) ?? null;
      if (last === null || page.length < PAGE) return;
    }
  }

  private async page(actor: SystemActor, after: Listed | null, limit: number): Promise<Listed[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Listed>(
        `SELECT id, partner_id, vendor_id, activation_id, contact_id, step_key, reason, attempt, fence,
           least(planned_at, due_at) AS soonest_at, relay, mail_group, unknown_since,
           unknown_since::text AS exact_since,
           (SELECT coalesce(json_agg(json_build_object('relay', r.name, 'provider', r.look_up, 'count', l.attempts,
             'lookedUpAt', l.attempted_at) ORDER BY r.priority), '[]')
            FROM delivery.look_up l JOIN delivery.relay r ON r.id = l.relay_id WHERE l.message_id = m.id AND r.look_up IS NOT NULL) AS look_ups
         FROM delivery.message m WHERE unknown_since IS NOT NULL AND ($2::uuid IS NULL
           OR (unknown_since, id) > ($3::timestamptz, $2)) ORDER BY unknown_since, id LIMIT $1`,
        [limit, after?.id ?? null, after?.exactSince ?? null],
      ),
    );
  }

  /** The number of a vendor's unknown messages. */
  async count(vendorId: VendorId): Promise<number> {
    const [row] = await this.database.inTransaction(COUNTER, () =>
      this.database.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM delivery.message WHERE unknown_since IS NOT NULL AND vendor_id = $1',
        [vendorId],
      ),
    );
    return row?.n ?? 0;
  }

  /**
   * Locks unknown messages of a vendor's own relays, in the open transaction.
   * @returns those of the ids that are such messages.
   */
  async lockOfVendorRelays(vendorId: VendorId, ids: readonly MessageId[]): Promise<MessageId[]> {
    const rows = await this.database.query<{ id: MessageId }>(
      `SELECT m.id FROM delivery.message m JOIN delivery.relay r ON r.id::text = m.relay AND r.vendor_id = $2
       WHERE m.id = ANY ($1) AND m.vendor_id = $2 AND m.unknown_since IS NOT NULL ORDER BY m.id FOR UPDATE OF m`,
      [ids, vendorId],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Resolves messages in the open transaction.
   * @returns the ids that were unknown until now.
   */
  async resolve(doubts: readonly UnknownMessageRef[], resolution: Resolution): Promise<MessageId[]> {
    const { state, reason } = RESOLUTIONS[resolution];
    const now = this.clock.now();
    const retryAt = state === 'planned' ? now : null;
    const settledAt = state === 'planned' ? null : now;
    const resolved = unnestRows(doubts, { id: 'uuid', fence: 'int' }, [state, reason, retryAt, settledAt]);
    const rows = await this.database.query<{ id: MessageId }>(
      `UPDATE delivery.message m SET state = $1, reason = $2, unknown_since = NULL, retry_at = $3,
         waited_until = coalesce($3, m.waited_until), settled_at = $4, fence = m.fence + 1
       FROM ${resolved.from}
       WHERE m.id = given.id AND m.fence = coalesce(given.fence, m.fence) AND m.unknown_since IS NOT NULL RETURNING m.id`,
      resolved.parameters,
    );
    return rows.map(({ id }) => id);
  }
}
