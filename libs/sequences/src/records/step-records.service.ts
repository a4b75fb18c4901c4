import { Injectable } from '@nestjs/common';
import type { SentCheck } from '#activations';
import { Database } from '#database';
import { type Actor, type ActivationId, type ContactId, type MessageId, systemActor, type SystemActor } from '#kernel';
import { UNKNOWN_REASONS } from '../enrolment/reason.js';

interface StepCounts {
  readonly stepKey: string;
  readonly sent: number;
  readonly pending: number;
  readonly skipped: number;
  readonly failed: number;
  /** Whether they arrived is unknown; they are not repeated. */
  readonly unknown: number;
}
/** How far an activation is. */
export interface ProgressCounts {
  readonly contacts: number;
  /** People who get something yet. */
  readonly waiting: number;
  readonly completed: number;
  readonly steps: readonly StepCounts[];
}
export interface Progress extends ProgressCounts {
  /** People who missed something, by why. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}
export interface StepRecord {
  readonly contactId: ContactId;
  readonly activationId: ActivationId;
  /**
   * Null if the contact was not enrolled: then there is no message and no
   * receipt.
   */
  readonly messageId: MessageId | null;
  /** Empty where it is about all that was still to come. */
  readonly stepKey: string;
  /** A step that is come to again has another. */
  readonly occurrence: number;
  /** The enrolment, or the entry rule if there is none: a person may enter several times. */
  readonly origin: string;
  readonly outcome: 'pending' | 'sent' | 'skipped' | 'failed' | 'unknown';
  readonly reason: string;
  readonly decidedAt: Date;
}

/** Where a page of decisions ended. */
export type DecisionCursor = Pick<StepRecord, 'contactId' | 'stepKey' | 'occurrence' | 'origin'>;

const FOLD = systemActor('sequences');
const FOLDED_AT_ONCE = 20_000;

/**
 * Decisions on steps, and decisions not to enrol.
 * For decided messages that were not sent, why they wait.
 */
const ON_STEPS = `SELECT contact_id, activation_id, message_id, step_key, occurrence,
  CASE WHEN reason IN (${UNKNOWN_REASONS.map((reason) => `'${reason}'`).join(', ')}) THEN 'unknown' ELSE outcome END AS outcome,
  CASE outcome WHEN 'pending' THEN coalesce((SELECT m.reason FROM delivery.message_view m WHERE m.id = message_id
    AND m.state = 'planned'), reason) ELSE reason END AS reason, decided_at, enrolment_id::text COLLATE "C" AS origin
  FROM sequences.step_execution`;
/** Clicks that led on and were a program's: what became of it. */
const ON_CLICKS = `SELECT contact_id, activation_id, NULL, step_key, round, 'skipped', 'click-' || outcome, evaluated_at, enrolment_id::text FROM sequences.click_move`;
/** Unless a step has it already; then later evidence is stored, too. */
const ON_END = `SELECT contact_id, activation_id, NULL, '', 0, 'skipped', end_reason, ended_at, id::text FROM sequences.enrolment e
  WHERE end_reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sequences.step_execution s WHERE s.enrolment_id = e.id AND s.reason = e.end_reason)`;
const ON_ENROLMENT = `SELECT contact_id, activation_id, NULL, step_key, 1, 'skipped', reason, decided_at, entry_key FROM sequences.not_enrolled`;

type PeopleRow = Omit<ProgressCounts, 'steps'> & { readonly activationId: ActivationId };
const NO_COUNTS: ProgressCounts = { contacts: 0, waiting: 0, completed: 0, steps: [] };

const STEP_COUNTS = ['sent', 'pending', 'skipped', 'failed', 'unknown']
  .map((one) => `coalesce(sum(n) FILTER (WHERE counted_as = '${one}'), 0)::int AS ${one}`)
  .join(', ');

/**
 * An activation that is over ends its open enrolments in a moment; they do not count as waiting. A contact whose
 * last step was sent does not either. Counters count enrolments: who entered several times is taken off again, and
 * is waiting if one of them is open.
 */
const PEOPLE = `
  SELECT a.id AS activation_id, coalesce(sum(n), 0)::int AS contacts, coalesce(sum(n) FILTER (WHERE open), 0)::int AS waiting,
    coalesce(sum(n) FILTER (WHERE NOT open), 0)::int AS completed
  FROM activations.activation_view a LEFT JOIN LATERAL (
    WITH several AS (
      SELECT count(*) - 1 AS more, greatest(count(*) FILTER (WHERE open) - 1, 0) AS more_open
      FROM (SELECT contact_id, state IN ('waiting', 'running') AS open FROM sequences.enrolment WHERE activation_id = a.id AND contact_id = ANY (ARRAY(
        SELECT DISTINCT contact_id FROM sequences.enrolment WHERE activation_id = a.id AND is_repeated))) e GROUP BY contact_id)
    SELECT n, counted_as = 'open' AND a.status IN ('active', 'held') AS open FROM (
      SELECT counted_as, n FROM sequences.progress WHERE activation_id = a.id AND step_key = ''
      UNION ALL SELECT 'open', -sum(more_open) FROM several
      UNION ALL SELECT 'over', sum(more_open) - sum(more) FROM several) all_of) p ON true
  WHERE a.id = ANY ($1) GROUP BY a.id`;

/**
 * Decisions for readers: counts of an activation, and why a contact got a step
 * or not.
 */
@Injectable()
export class StepRecords implements SentCheck {
  constructor(private readonly database: Database) {}

  async progress(actor: Actor, activationId: ActivationId): Promise<Progress> {
    return this.database.inTransaction(actor, async () => {
      const counts = await this.counts(actor, [activationId]);
      const reasons = await this.database.query<{ reason: string; count: number }>(
        `SELECT reason, count(DISTINCT contact_id)::int AS count FROM (
           SELECT reason, contact_id FROM sequences.step_execution WHERE activation_id = $1 AND outcome IN ('skipped', 'failed')
           UNION ALL SELECT end_reason, contact_id FROM sequences.enrolment WHERE activation_id = $1 AND end_reason IS NOT NULL) missed GROUP BY reason
         UNION ALL SELECT reason, count(DISTINCT contact_id)::int FROM sequences.not_enrolled WHERE activation_id = $1 GROUP BY reason ORDER BY 2 DESC`,
        [activationId],
      );
      return { ...(counts.get(activationId) ?? NO_COUNTS), reasons };
    });
  }

  /** The stored counts of activations that the actor's scope shows, in two statements. */
  async counts(
    actor: Actor,
    activationIds: readonly ActivationId[],
  ): Promise<ReadonlyMap<ActivationId, ProgressCounts>> {
    return this.database.inTransaction(actor, async () => {
      const people = await this.database.query<PeopleRow>(PEOPLE, [activationIds]);
      const steps = await this.database.query<{ activationId: ActivationId; steps: StepCounts[] }>(
        `SELECT activation_id, jsonb_agg(to_jsonb(step) - 'activation_id' - 'first_at' ORDER BY first_at) AS steps FROM (
           SELECT activation_id, step_key AS "stepKey", min(first_at) AS first_at, ${STEP_COUNTS}
           FROM sequences.progress WHERE activation_id = ANY ($1) AND step_key <> '' GROUP BY activation_id, step_key) step
         GROUP BY activation_id`,
        [activationIds],
      );
      const stepsOf = new Map(steps.map((one) => [one.activationId, one.steps]));
      return new Map(
        people.map(({ activationId, ...counts }) => [
          activationId,
          { ...counts, steps: stepsOf.get(activationId) ?? [] },
        ]),
      );
    });
  }

  /**
   * Folds new count rows into one row per number, in one statement. So no
   * reader sees a number twice or not at all. Triggers add the rows:
   * libs/database/functions/sequences.count_steps.sql and
   * sequences.recount_steps.sql.
   * @returns whether there is more.
   */
  async fold(): Promise<boolean> {
    const [folded] = await this.database.inTransaction(FOLD, () =>
      this.database.query<{ rows: number }>(
        `WITH taken AS (
           DELETE FROM sequences.progress WHERE id IN (SELECT id FROM sequences.progress WHERE NOT is_folded
             ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING *),
         kept AS (
           DELETE FROM sequences.progress WHERE is_folded AND activation_id IN (SELECT activation_id FROM taken) RETURNING *),
         folded AS (
           INSERT INTO sequences.progress (activation_id, partner_id, step_key, counted_as, n, first_at, is_folded)
           SELECT activation_id, partner_id, step_key, counted_as, sum(n), min(first_at), true
           FROM (SELECT * FROM taken UNION ALL SELECT * FROM kept) both_of_them GROUP BY 1, 2, 3, 4)
         SELECT count(*)::int AS rows FROM taken`,
        [FOLDED_AT_ONCE],
      ),
    );
    return (folded?.rows ?? 0) === FOLDED_AT_ONCE;
  }

  /**
   * Whether any contact was reached: a message is in delivery, sent or unknown,
   * or a step other than an e-mail was done. Skipped and refused steps do not
   * count. Joins the open transaction.
   */
  async hasSent(actor: Actor, activationId: ActivationId): Promise<boolean> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ gone: boolean }>(
        // The messages themselves: one in submission has no outcome yet.
        `SELECT EXISTS (SELECT 1 FROM delivery.message_view WHERE activation_id = $1 AND state NOT IN ('planned', 'leased', 'skipped', 'failed'))
           OR EXISTS (SELECT 1 FROM sequences.step_execution WHERE activation_id = $1 AND (outcome = 'sent' OR reason = ANY ($2))) AS gone`,
        [activationId, UNKNOWN_REASONS],
      ),
    );
    return found?.gone === true;
  }

  /**
   * Contacts of an activation per reached goal; goals without contacts are left
   * out.
   */
  async goals(actor: Actor, activationId: ActivationId): Promise<Map<string, number>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ goal: string; count: number }>(
        `SELECT g.goal, count(DISTINCT e.contact_id)::int AS count FROM sequences.goal_reached g JOIN sequences.enrolment e ON e.id = g.enrolment_id
         WHERE g.activation_id = $1 GROUP BY g.goal`,
        [activationId],
      ),
    );
    return new Map(rows.map(({ goal, count }) => [goal, count]));
  }

  /** By contact, then step; each part is read from the start of the page. */
  async ofActivation(
    actor: Actor,
    activationId: ActivationId,
    page: { limit: number; after: DecisionCursor | null },
  ): Promise<StepRecord[]> {
    const ofPage = `activation_id = $1 AND ($2::uuid IS NULL OR contact_id >= $2)`;
    const behind = (stepKey: string, occurrence: string, origin: string): string =>
      `($2::uuid IS NULL OR (contact_id, ${stepKey}, ${occurrence}, ${origin} COLLATE "C") > ($2, $3, $4, $5))`;
    const steps = `${ON_STEPS} WHERE ${ofPage} AND ($2::uuid IS NULL OR (contact_id, step_key, occurrence) >= ($2, $3, $4))`;
    return this.database.inTransaction(actor, () =>
      this.database.query<StepRecord>(
        `(${steps} AND ${behind('step_key', 'occurrence', 'enrolment_id::text')} ORDER BY contact_id, step_key, occurrence, origin LIMIT $6)
         UNION ALL (${ON_END} AND ${ofPage} AND ${behind(`''`, '0', 'id::text')} ORDER BY contact_id, id LIMIT $6)
         UNION ALL (${ON_ENROLMENT} WHERE ${ofPage} AND ${behind('step_key', '1', 'entry_key')} ORDER BY contact_id, step_key, entry_key COLLATE "C" LIMIT $6)
         ORDER BY contact_id, step_key, occurrence, origin LIMIT $6`,
        [
          activationId,
          page.after?.contactId ?? null,
          page.after?.stepKey ?? null,
          page.after?.occurrence ?? null,
          page.after?.origin ?? null,
          page.limit,
        ],
      ),
    );
  }

  async ofContact(actor: Actor, contactId: ContactId): Promise<StepRecord[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<StepRecord>(
        `${ON_STEPS} WHERE contact_id = $1 UNION ALL ${ON_ENROLMENT} WHERE contact_id = $1
         UNION ALL ${ON_END} AND contact_id = $1
         UNION ALL ${ON_CLICKS} WHERE contact_id = $1 AND outcome IN ('reversed', 'kept') ORDER BY decided_at DESC LIMIT 500`,
        [contactId],
      ),
    );
  }

  /**
   * When the next e-mail of a running activation falls due after a moment,
   * within its window. Null when there is none.
   */
  async nextDue(actor: SystemActor, after: Date): Promise<Date | null> {
    const [next] = await this.database.inTransaction(actor, () =>
      this.database.query<{ dueAt: Date | null }>(
        `SELECT min(e.due_at) AS due_at FROM sequences.enrolment e JOIN activations.activation_view a ON a.id = e.activation_id
         WHERE a.status = 'active' AND e.state = 'waiting' AND e.due_at > $1`,
        [after],
      ),
    );
    return next?.dueAt ?? null;
  }
}
