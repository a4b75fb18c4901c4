import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { type ActivationId, type EnrolmentId, type PartnerId, systemActor } from '#kernel';

export interface Due {
  readonly enrolmentId: EnrolmentId;
  readonly partnerId: PartnerId;
  readonly dueAt: Date;
}

/** What one claim took. */
export interface DueClaim {
  readonly due: readonly Due[];
  /**
   * Partners with more due than was claimed: the claimed part may wait for its
   * turn.
   */
  readonly withBacklog: ReadonlySet<PartnerId>;
  /** Whether a partner has more due. */
  readonly isMore: boolean;
}

/**
 * Partners that a claim may serve.
 * `behind`: more was due than their last claim took.
 * `not-behind`: the others.
 */
export type PartnerSelection = 'all' | 'with-backlog' | 'without-backlog';

/** Delay of due enrolments that a busy relay could not accept. */
export const BUSY_RELAY_DELAY_MS = 15_000;

/** Partners of one claim: no partner waits for another's hundred thousand. */
const PARTNERS = 20;
/**
 * A partner's share of a full claim.
 * With few partners due, each gets more.
 */
const MIN_SHARE = 50;

const BACKLOG_FILTER: Readonly<Record<PartnerSelection, readonly boolean[]>> = {
  all: [true, false],
  'with-backlog': [true],
  'without-backlog': [false],
};
const SERVABLE = 'next_due <= $1 AND rest_until <= now() AND behind = ANY ($2)';

/**
 * Due enrolments in order, fair between partners. Every method joins the open
 * transaction of a process. Lock order of a claim: the partner's row of
 * `partner_queue`, rows of `due`, enrolments. A transaction that ends an
 * enrolment locks it first, and so skips what a claim holds.
 *
 * Measured against one delayed Bull job per step: see docs/decisions. A claim
 * costs about the same with ten thousand and a hundred thousand pending. It
 * starts at the partner's watermark and reads as many index entries as it
 * claims.
 */
@Injectable()
export class DueQueue {
  constructor(private readonly database: Database) {}

  /**
   * Puts enrolments of one partner in, and says when the partner is next due.
   */
  async enqueue(partnerId: PartnerId, rows: readonly Omit<Due, 'partnerId'>[]): Promise<void> {
    const earliest = await this.insert(partnerId, rows);
    if (earliest !== null) await this.announce(partnerId, earliest);
  }

  /**
   * Inserts enrolments of one partner.
   * @returns the earliest due time, which must be announced before a claim;
   *   null for none.
   */
  async insert(partnerId: PartnerId, rows: readonly Omit<Due, 'partnerId'>[]): Promise<Date | null> {
    const [first] = rows;
    if (first === undefined) return null;
    const queued = unnestRows(rows, { enrolmentId: 'uuid', dueAt: 'timestamptz' }, [partnerId]);
    await this.database.query(
      `INSERT INTO sequences.due (enrolment_id, partner_id, due_at) SELECT given.enrolment_id, $1, given.due_at FROM ${queued.from}
       ON CONFLICT (enrolment_id) DO UPDATE SET due_at = excluded.due_at`,
      queued.parameters,
    );
    return rows.reduce((least, { dueAt }) => (dueAt < least ? dueAt : least), first.dueAt);
  }

  /**
   * Whether a claim would find an enrolment.
   * Has its own transaction, which costs less than an empty claim.
   */
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
   * Claims up to `limit` due enrolments, of the partners served longest ago.
   * Concurrent claims never share a partner: the row lock decides, others skip
   * it. With `not-behind`, a partner that has more than a share due becomes
   * `behind`.
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
    // Separate statements, after the locks: each sees everything inserted
    // before them.
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

  /**
   * Those of the locked partners that have more due than a share.
   * They are served among those that are behind.
   */
  private async markBacklogs(partners: readonly PartnerId[], now: Date): Promise<ReadonlySet<PartnerId>> {
    const rows = await this.database.query<{ partnerId: PartnerId }>(
      `UPDATE sequences.partner_queue q SET behind = true WHERE q.partner_id = ANY ($1) AND EXISTS (
         SELECT 1 FROM sequences.due d WHERE d.partner_id = q.partner_id AND d.due_at >= q.next_due AND d.due_at <= $2
         ORDER BY d.due_at, d.enrolment_id OFFSET $3 LIMIT 1) RETURNING q.partner_id`,
      [partners, now, MIN_SHARE],
    );
    return new Set(rows.map(({ partnerId }) => partnerId));
  }

  /**
   * Pauses partners for a while, in the open transaction: what is due stays
   * due.
   */
  async pausePartners(partnerIds: readonly PartnerId[], ms: number): Promise<void> {
    if (partnerIds.length === 0) return;
    await this.database.query(
      `UPDATE sequences.partner_queue SET rest_until = now() + $2 * interval '1 millisecond' WHERE partner_id = ANY ($1)`,
      [partnerIds, ms],
    );
  }

  /**
   * The next due time of any enrolment; null when none is due.
   * In the open transaction.
   */
  async nextDueAt(): Promise<Date | null> {
    const [next] = await this.database.query<{ at: Date | null }>(
      'SELECT min(next_due) AS at FROM sequences.partner_queue WHERE next_due IS NOT NULL',
    );
    return next?.at ?? null;
  }

  /**
   * Time of a partner's last claim; null when there was none.
   * Has its own transaction.
   */
  async lastServedAt(partnerId: PartnerId): Promise<Date | null> {
    const [row] = await this.database.inTransaction(systemActor('due-queue', { partnerId }), () =>
      this.database.query<{ at: Date | null }>(
        `SELECT nullif(last_served, '-infinity') AS at FROM sequences.partner_queue WHERE partner_id = $1`,
        [partnerId],
      ),
    );
    return row?.at ?? null;
  }

  /**
   * Locks a partner's row until the transaction ends.
   * No process claims for it, and earlier claims are committed.
   */
  async lockPartner(partnerId: PartnerId): Promise<void> {
    await this.database.query('SELECT 1 FROM sequences.partner_queue WHERE partner_id = $1 FOR UPDATE', [partnerId]);
  }

  /**
   * Inserts all waiting contacts of an activation, or moves them to their
   * current due time.
   */
  async enqueueActivation(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const [first] = await this.database.query<{ dueAt: Date | null }>(
      `WITH put AS (
         INSERT INTO sequences.due (enrolment_id, partner_id, due_at)
         SELECT id, partner_id, due_at FROM sequences.enrolment WHERE activation_id = $1 AND state = 'waiting' AND due_at IS NOT NULL
         ON CONFLICT (enrolment_id) DO UPDATE SET due_at = excluded.due_at RETURNING due_at)
       SELECT min(due_at) AS due_at FROM put`,
      [activationId],
    );
    if (first?.dueAt != null) await this.announce(partnerId, first.dueAt);
  }

  /**
   * Removes one enrolment, whose row the open transaction has locked.
   * A claimed enrolment is removed by its claim.
   */
  async remove(enrolmentId: EnrolmentId): Promise<void> {
    await this.database.query(
      `DELETE FROM sequences.due WHERE enrolment_id IN (SELECT enrolment_id FROM sequences.due WHERE enrolment_id = $1 FOR UPDATE SKIP LOCKED)`,
      [enrolmentId],
    );
  }

  /** The same for everything of an activation. */
  async removeActivation(activationId: ActivationId): Promise<void> {
    // An array, not IN: where statistics know of few rows, IN compares every row
    // with every locked one, 400 million times for 20,000.
    await this.database.query(
      `DELETE FROM sequences.due WHERE enrolment_id = ANY (ARRAY (
         SELECT d.enrolment_id FROM sequences.enrolment e JOIN sequences.due d ON d.enrolment_id = e.id
         WHERE e.activation_id = $1 FOR UPDATE OF d SKIP LOCKED))`,
      [activationId],
    );
  }

  /**
   * Reinserts waiting enrolments of activations; a claim removes those of held
   * ones. Three statements for all of them.
   */
  async requeueActivations(
    activations: readonly { readonly id: ActivationId; readonly partnerId: PartnerId }[],
  ): Promise<void> {
    // A concurrent claim of these partners has already read the hold.
    // What it removes is visible below.
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

  /**
   * Runs once a minute and searches from the beginning.
   * So no entry that was inserted before a partner's watermark stays there.
   */
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
    const rows = unnestRows(next, { partnerId: 'uuid', dueAt: 'timestamptz' });
    await this.database.query(
      `INSERT INTO sequences.partner_queue AS q (partner_id, next_due, last_served)
       SELECT partner_id, due_at, '-infinity' FROM ${rows.from} ORDER BY partner_id
       ON CONFLICT (partner_id) DO UPDATE SET next_due = least(q.next_due, excluded.next_due)`,
      rows.parameters,
    );
  }
}
