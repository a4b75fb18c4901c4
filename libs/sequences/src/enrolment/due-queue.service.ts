import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type ActivationId, type EnrolmentId, type PartnerId, systemActor } from '#kernel';

export interface Due {
  readonly enrolmentId: EnrolmentId;
  readonly partnerId: PartnerId;
  readonly dueAt: Date;
}

/** What one claim took. */
export interface DueClaim {
  readonly due: readonly Due[];
  /** Partners that have more due: what was taken of them stands before a backlog, and may wait its turn. */
  readonly withBacklog: ReadonlySet<PartnerId>;
  /** Whether anybody has more due. */
  readonly isMore: boolean;
}

/** Whose turn a claim may give: that of partners who had more due than their last turn took, of those who had not, or of both. */
export type PartnerSelection = 'all' | 'with-backlog' | 'without-backlog';

/** What was due and its relays could not take stands in the queue so much later. */
export const BUSY_RELAY_DELAY_MS = 15_000;

/** Partners served in one claim: nobody waits behind somebody's hundred thousand. */
const PARTNERS = 20;
/** A partner's share of a claim when all turns are taken; when few partners have something due, each gets more. */
const MIN_SHARE = 50;

const BACKLOG_FILTER: Readonly<Record<PartnerSelection, readonly boolean[]>> = {
  all: [true, false],
  'with-backlog': [true],
  'without-backlog': [false],
};
const SERVABLE = 'next_due <= $1 AND rest_until <= now() AND behind = ANY ($2)';

/**
 * What is due, in order, fairly between partners. Every method joins the open transaction of a process. A claim locks the partner's row of
 * `partner_queue`, then what it takes out of `due`, then enrolments. Who ends an enrolment holds that first, and so passes over what a claim has in hand.
 *
 * Measured against one delayed Bull job per step: see docs/decisions. A claim is about the same work among ten thousand and a hundred thousand
 * pending, because it starts at the partner's watermark and reads as many index entries as it takes.
 */
@Injectable()
export class DueQueue {
  constructor(private readonly database: Database) {}

  /** Puts enrolments of one partner in, and says when the partner is next due. */
  async enqueue(partnerId: PartnerId, rows: readonly Omit<Due, 'partnerId'>[]): Promise<void> {
    const earliest = await this.insert(partnerId, rows);
    if (earliest !== null) await this.announce(partnerId, earliest);
  }

  /** Puts enrolments of one partner in. @returns the earliest moment, which has to be announced before it is claimed; null for none. */
  async insert(partnerId: PartnerId, rows: readonly Omit<Due, 'partnerId'>[]): Promise<Date | null> {
    const [first] = rows;
    if (first === undefined) return null;
    await this.database.query(
      `INSERT INTO sequences.due (enrolment_id, partner_id, due_at) SELECT d.id, $1, d.at FROM unnest($2::uuid[], $3::timestamptz[]) d (id, at)
       ON CONFLICT (enrolment_id) DO UPDATE SET due_at = excluded.due_at`,
      [partnerId, rows.map(({ enrolmentId }) => enrolmentId), rows.map(({ dueAt }) => dueAt)],
    );
    return rows.reduce((least, { dueAt }) => (dueAt < least ? dueAt : least), first.dueAt);
  }

  /** Whether a claim would find anybody; in a transaction of its own, which costs less than a claim that finds nobody. */
  async hasDue(now: Date, whose: PartnerSelection): Promise<boolean> {
    const rows = await this.database.inTransaction(systemActor('due-queue'), () =>
      this.database.query(`SELECT 1 FROM sequences.partner_queue WHERE ${SERVABLE} LIMIT 1`, [
        now,
        BACKLOG_FILTER[whose],
      ]),
    );
    return rows.length > 0;
  }

  /**
   * Takes up to `limit` due enrolments out, of the partners that were served longest ago. Two claimers never meet: whoever has a partner's
   * row serves it, others pass on. Where only those who are not behind are served, who turns out to have more than a share due is behind from then on.
   */
  async claim(now: Date, limit: number, whose: PartnerSelection = 'all'): Promise<DueClaim> {
    const turns = await this.database.query<{ partnerId: PartnerId }>(
      `SELECT partner_id FROM sequences.partner_queue WHERE ${SERVABLE} ORDER BY last_served LIMIT $3 FOR UPDATE SKIP LOCKED`,
      [now, BACKLOG_FILTER[whose], PARTNERS],
    );
    const inTurn = turns.map(({ partnerId }) => partnerId);
    const left = whose === 'without-backlog' ? await this.markBacklogs(inTurn, now) : new Set();
    const partners = inTurn.filter((partnerId) => !left.has(partnerId));
    if (partners.length === 0) return { due: [], withBacklog: new Set(), isMore: left.size > 0 };
    // Statements of their own, after the locks: each sees all that was put in before them.
    const due = await this.database.query<Due>(
      `DELETE FROM sequences.due d WHERE d.ctid = ANY (ARRAY(
         SELECT p.row FROM unnest($1::uuid[]) WITH ORDINALITY t (partner_id, turn)
         JOIN sequences.partner_queue q ON q.partner_id = t.partner_id CROSS JOIN LATERAL (
           SELECT ctid AS row FROM sequences.due WHERE partner_id = q.partner_id AND due_at >= q.next_due AND due_at <= $2
           ORDER BY due_at, enrolment_id LIMIT $3) p
         ORDER BY t.turn LIMIT $4))
       RETURNING d.enrolment_id, d.partner_id, d.due_at`,
      [partners, now, Math.max(MIN_SHARE, Math.floor(limit / partners.length)), limit],
    );
    // Who had no turn because the claim was full keeps its place.
    const isFull = due.length >= limit;
    const served = isFull ? [...new Set(due.map(({ partnerId }) => partnerId))] : partners;
    const next = await this.database.query<{ partnerId: PartnerId; behind: boolean }>(
      `UPDATE sequences.partner_queue q SET last_served = clock_timestamp(), (next_due, behind) = (
         SELECT min(n.due_at), coalesce(min(n.due_at) <= $2, false) FROM (
           SELECT d.due_at FROM sequences.due d WHERE d.partner_id = q.partner_id AND d.due_at >= q.next_due ORDER BY d.due_at LIMIT 1) n)
       WHERE q.partner_id = ANY ($1) RETURNING q.partner_id, q.behind`,
      [served, now],
    );
    const behind = next.flatMap(({ partnerId, behind: is }) => (is ? [partnerId] : []));
    return { due, withBacklog: new Set(behind), isMore: isFull || behind.length > 0 || turns.length === PARTNERS };
  }

  /** Those of some partners, whose rows are held, that have more due than a share: they take their turn among those who are behind. */
  private async markBacklogs(partners: readonly PartnerId[], now: Date): Promise<ReadonlySet<PartnerId>> {
    const rows = await this.database.query<{ partnerId: PartnerId }>(
      `UPDATE sequences.partner_queue q SET behind = true WHERE q.partner_id = ANY ($1) AND EXISTS (
         SELECT 1 FROM sequences.due d WHERE d.partner_id = q.partner_id AND d.due_at >= q.next_due AND d.due_at <= $2
         ORDER BY d.due_at, d.enrolment_id OFFSET $3 LIMIT 1) RETURNING q.partner_id`,
      [partners, now, MIN_SHARE],
    );
    return new Set(rows.map(({ partnerId }) => partnerId));
  }

  /** Leaves partners' turns out for a while, in the open transaction: what is due stays due. */
  async pausePartners(partnerIds: readonly PartnerId[], ms: number): Promise<void> {
    if (partnerIds.length === 0) return;
    await this.database.query(
      `UPDATE sequences.partner_queue SET rest_until = now() + $2 * interval '1 millisecond' WHERE partner_id = ANY ($1)`,
      [partnerIds, ms],
    );
  }

  /** When anybody is next due; null when nobody is. In the open transaction. */
  async nextDueAt(): Promise<Date | null> {
    const [next] = await this.database.query<{ at: Date | null }>(
      'SELECT min(next_due) AS at FROM sequences.partner_queue WHERE next_due IS NOT NULL',
    );
    return next?.at ?? null;
  }

  /** When anything of a partner was last claimed; null when nothing ever was. In a transaction of its own. */
  async lastServedAt(partnerId: PartnerId): Promise<Date | null> {
    const [row] = await this.database.inTransaction(systemActor('due-queue', { partnerId }), () =>
      this.database.query<{ at: Date | null }>(
        `SELECT nullif(last_served, '-infinity') AS at FROM sequences.partner_queue WHERE partner_id = $1`,
        [partnerId],
      ),
    );
    return row?.at ?? null;
  }

  /** Holds a partner's row until the open transaction ends: nobody claims for it, and what a claim has done is committed. */
  async lockPartner(partnerId: PartnerId): Promise<void> {
    await this.database.query('SELECT 1 FROM sequences.partner_queue WHERE partner_id = $1 FOR UPDATE', [partnerId]);
  }

  /** Puts everybody who waits in an activation in, or where they are due now. */
  async enqueueActivation(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const [first] = await this.database.query<{ dueAt: Date | null }>(
      `WITH put AS (
         INSERT INTO sequences.due (enrolment_id, partner_id, due_at)
         SELECT id, partner_id, due_at FROM sequences.enrolment WHERE activation_id = $1 AND state = 'waiting' AND due_at IS NOT NULL
         ON CONFLICT (enrolment_id) DO UPDATE SET due_at = excluded.due_at RETURNING due_at)
       SELECT min(due_at) AS "dueAt" FROM put`,
      [activationId],
    );
    if (first?.dueAt != null) await this.announce(partnerId, first.dueAt);
  }

  /** Takes one enrolment out, whose row the open transaction holds. What a claim has in hand is taken out by that claim. */
  async remove(enrolmentId: EnrolmentId): Promise<void> {
    await this.database.query(
      `DELETE FROM sequences.due WHERE enrolment_id IN (SELECT enrolment_id FROM sequences.due WHERE enrolment_id = $1 FOR UPDATE SKIP LOCKED)`,
      [enrolmentId],
    );
  }

  /** The same for everything of an activation. */
  async removeActivation(activationId: ActivationId): Promise<void> {
    await this.database.query(
      `DELETE FROM sequences.due WHERE enrolment_id IN (
         SELECT d.enrolment_id FROM sequences.enrolment e JOIN sequences.due d ON d.enrolment_id = e.id
         WHERE e.activation_id = $1 FOR UPDATE OF d SKIP LOCKED)`,
      [activationId],
    );
  }

  /** Puts what waits of activations back in: a claim takes out what it finds held, and leaves it out. Three statements for all of them. */
  async requeueActivations(
    activations: readonly { readonly id: ActivationId; readonly partnerId: PartnerId }[],
  ): Promise<void> {
    // Whoever claims for one of these partners right now has read whether it is held: what it leaves out is seen below.
    await this.database.query(
      'SELECT 1 FROM sequences.partner_queue WHERE partner_id = ANY ($1) ORDER BY partner_id FOR UPDATE',
      [activations.map(({ partnerId }) => partnerId)],
    );
    const woken = await this.database.query<{ partnerId: PartnerId; earliest: Date }>(
      `WITH woken AS (
         INSERT INTO sequences.due (enrolment_id, partner_id, due_at)
         SELECT e.id, e.partner_id, e.due_at FROM sequences.enrolment e
         WHERE e.activation_id = ANY ($1) AND e.state = 'waiting' AND e.due_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM sequences.due d WHERE d.enrolment_id = e.id)
         ON CONFLICT DO NOTHING RETURNING partner_id, due_at)
       SELECT partner_id, min(due_at) AS earliest FROM woken GROUP BY partner_id`,
      [activations.map(({ id }) => id)],
    );
    await this.announceAll(woken.map(({ partnerId, earliest: dueAt }) => ({ partnerId, dueAt })));
  }

  /** Once a minute: looks from the very beginning, so that nothing that came to stand before a partner's watermark stays there. */
  async sweep(): Promise<void> {
    const free = await this.database.query<{ partnerId: PartnerId }>(
      `SELECT partner_id FROM sequences.partner_queue ORDER BY partner_id FOR UPDATE SKIP LOCKED`,
    );
    await this.database.query(
      `UPDATE sequences.partner_queue q SET next_due = d.first FROM (
         SELECT p.id, (SELECT due_at FROM sequences.due WHERE partner_id = p.id ORDER BY due_at LIMIT 1) AS first FROM unnest($1::uuid[]) p (id)) d
       WHERE q.partner_id = d.id AND q.next_due IS DISTINCT FROM d.first`,
      [free.map(({ partnerId }) => partnerId)],
    );
  }

  /** Says when a partner is next due. */
  announce(partnerId: PartnerId, dueAt: Date): Promise<void> {
    return this.announceAll([{ partnerId, dueAt }]);
  }

  private async announceAll(next: readonly Pick<Due, 'partnerId' | 'dueAt'>[]): Promise<void> {
    await this.database.query(
      `INSERT INTO sequences.partner_queue AS q (partner_id, next_due, last_served)
       SELECT id, at, '-infinity' FROM unnest($1::uuid[], $2::timestamptz[]) n (id, at) ORDER BY id
       ON CONFLICT (partner_id) DO UPDATE SET next_due = least(q.next_due, excluded.next_due)`,
      [next.map(({ partnerId }) => partnerId), next.map(({ dueAt }) => dueAt)],
    );
  }
}
