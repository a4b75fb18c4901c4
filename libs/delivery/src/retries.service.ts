import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Clock, type PartnerId, systemActor } from '#kernel';
import { LEASED_COLUMNS, type LeasedMessage } from './ledger.service.js';
import { leaseTimes } from './message-state.js';

/** The messages that one run has leased. */
export interface LeasedRetries {
  readonly messages: readonly LeasedMessage[];
  /** Partners that may have more due messages. */
  readonly backlogged: ReadonlySet<PartnerId>;
  /** Whether any partner may have more due messages. */
  readonly isMore: boolean;
}

const NOTHING: LeasedRetries = { messages: [], backlogged: new Set(), isMore: false };
const LEDGER = systemActor('ledger');
/** Partners per run. */
const PARTNERS = 20;
/** Sorts before every id (the nil UUID of RFC 9562, 5.9). */
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Leases messages whose retry is due, round-robin by partner: a partner with
 * few messages does not wait behind one with 100,000.
 */
@Injectable()
export class Retries {
  private readonly leaseMs: number;
  /**
   * The partner that this process served last. Other processes are elsewhere in
   * the round; `SKIP LOCKED` separates those that meet.
   */
  private last = FIRST;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) { SEND_LEASE_SECONDS }: Pick<Config, 'SEND_LEASE_SECONDS'>,
  ) {
    this.leaseMs = leaseTimes(SEND_LEASE_SECONDS).queuedMs;
  }

  /**
   * Leases up to `limit` messages: of each partner the oldest retry first, then
   * the earliest due. Two processes never lease the same message.
   */
  async lease(limit: number): Promise<LeasedRetries> {
    return this.database.inTransaction(LEDGER, async () => {
      const now = this.clock.now();
      // Usually nothing is due. This costs one index entry, however many
      // messages wait.
      const [first] = await this.database.query<{ at: Date }>(
        'SELECT retry_at AS at FROM delivery.message WHERE retry_at IS NOT NULL ORDER BY retry_at LIMIT 1',
      );
      if (first === undefined || first.at > now) return NOTHING;
      const partners = await this.nextPartners(now);
      const share = Math.max(1, Math.floor(limit / Math.max(1, partners.length)));
      const messages = await this.database.query<LeasedMessage>(
        `UPDATE delivery.message m SET state = 'leased', fence = m.fence + 1, retry_at = NULL, lease_until = now() + $3 * interval '1 millisecond'
         WHERE m.id IN (SELECT d.id FROM unnest($1::uuid[]) t (partner_id) CROSS JOIN LATERAL (
           SELECT id FROM delivery.message WHERE partner_id = t.partner_id AND retry_at <= $4
           ORDER BY retry_at, due_at, enrolment_id LIMIT $2 FOR UPDATE SKIP LOCKED) d)
         RETURNING ${LEASED_COLUMNS}`,
        [partners, share, this.leaseMs, now],
      );
      const taken = new Map<PartnerId, number>();
      for (const { partnerId } of messages) taken.set(partnerId, (taken.get(partnerId) ?? 0) + 1);
      const backlogged = new Set(partners.filter((partnerId) => (taken.get(partnerId) ?? 0) >= share));
      return {
        messages,
        backlogged,
        isMore: messages.length > 0 && (backlogged.size > 0 || partners.length === PARTNERS),
      };
    });
  }

  /** Partners with due messages, starting after the one served last. */
  private async nextPartners(now: Date): Promise<PartnerId[]> {
    const partners = await this.dueAfter(this.last, now, PARTNERS);
    if (partners.length < PARTNERS && this.last !== FIRST)
      for (const partnerId of await this.dueAfter(FIRST, now, PARTNERS))
        if (partners.length < PARTNERS && !partners.includes(partnerId)) partners.push(partnerId);
    this.last = partners.at(-1) ?? FIRST;
    return partners;
  }

  /**
   * A loose index scan: one index entry per partner, up to `count` partners.
   */
  private async dueAfter(last: string, now: Date, count: number): Promise<PartnerId[]> {
    const next = (after: string): string =>
      `SELECT partner_id, retry_at FROM delivery.message WHERE retry_at IS NOT NULL AND partner_id > ${after} ORDER BY partner_id, retry_at LIMIT 1`;
    const rows = await this.database.query<{ partnerId: PartnerId }>(
      `WITH RECURSIVE waiting AS (
         (${next('$1')}) UNION ALL SELECT n.* FROM waiting w CROSS JOIN LATERAL (${next('w.partner_id')}) n)
       SELECT partner_id FROM waiting WHERE retry_at <= $2 LIMIT $3`,
      [last, now, count],
    );
    return rows.map(({ partnerId }) => partnerId);
  }
}
