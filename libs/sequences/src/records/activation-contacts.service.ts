import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Actor, ActivationId, ContactId } from '#kernel';
import { UNKNOWN_REASONS } from '../enrolment/reason.js';
import type { StepRecord } from './step-records.service.js';

/**
 * Filter of an activation's contacts: by the result of a step, or by what is
 * still to come.
 */
type PeopleState = 'waiting' | 'sent' | 'skipped' | 'failed' | 'unknown' | 'over';

interface PeoplePage {
  readonly limit: number;
  readonly after: ContactId | null;
  readonly state: PeopleState | null;
  /** Only who missed something by this reason. */
  readonly reason: string | null;
}

export interface PersonInActivation {
  readonly contactId: ContactId;
  readonly state: 'waiting' | 'over' | 'not-enrolled';
  /** How many steps the person got. */
  readonly got: number;
  /** Why the enrolment ended before its last step. */
  readonly ended: { readonly reason: string; readonly at: Date } | null;
  /** What was decided last; null where nothing was yet. */
  readonly last: Pick<StepRecord, 'stepKey' | 'outcome' | 'reason' | 'decidedAt'> | null;
}

interface Row extends Omit<PersonInActivation, 'last' | 'ended'> {
  readonly endReason: string | null;
  readonly endedAt: Date;
  readonly stepKey: string | null;
  readonly outcome: StepRecord['outcome'];
  readonly reason: string;
  readonly decidedAt: Date;
}

const UNKNOWN = `(${UNKNOWN_REASONS.map((reason) => `'${reason}'`).join(', ')})`;
const OPEN = `e.state IN ('waiting', 'running') AND a.status IN ('active', 'held')`;
/** A step of the enrolment for which this holds. */
const aStep = (condition: string): string =>
  `EXISTS (SELECT 1 FROM sequences.step_execution s WHERE s.enrolment_id = e.id AND ${condition})`;
/**
 * One missed step: searched among those of the activation, where there may be
 * few or none. Not contact by contact.
 */
const aMiss = (condition: string): string =>
  `e.contact_id IN (SELECT s.contact_id FROM sequences.step_execution s WHERE s.activation_id = $1 AND s.outcome IN ('skipped', 'failed') AND ${condition})`;
const ENROLLED: Readonly<Record<PeopleState, string>> = {
  waiting: OPEN,
  // Of no enrolment of the person: another may be open.
  over: `NOT (${OPEN}) AND NOT EXISTS (SELECT 1 FROM sequences.enrolment o WHERE o.activation_id = e.activation_id
    AND o.contact_id = e.contact_id AND o.id <> e.id AND o.state IN ('waiting', 'running') AND a.status IN ('active', 'held'))`,
  sent: aStep(`s.outcome = 'sent'`),
  skipped: `(${aMiss(`s.outcome = 'skipped'`)} OR e.end_reason IS NOT NULL)`,
  failed: aMiss(`s.outcome = 'failed' AND s.reason NOT IN ${UNKNOWN}`),
  unknown: aMiss(`s.reason IN ${UNKNOWN}`),
};
/**
 * Whether the activation has a skipped step, or an ended enrolment, with the reason: one index lookup each. Without
 * this, all 250,000 enrolments were read to return no row (0.25 s).
 */
const HAS_REASON = `(EXISTS (SELECT 1 FROM sequences.step_execution s
    WHERE s.activation_id = $1 AND s.outcome IN ('skipped', 'failed') AND s.reason = $4)
  OR EXISTS (SELECT 1 FROM sequences.enrolment o WHERE o.activation_id = $1 AND o.end_reason = $4))`;
/** A contact that was not enrolled missed every step, and nothing comes. */
const OF_NOT_ENROLLED: readonly PeopleState[] = ['skipped', 'over'];

/**
 * Contacts of one activation, for the partner: sent, waiting, skipped and why.
 * Each person once, however often it entered.
 */
@Injectable()
export class ActivationContacts {
  constructor(private readonly database: Database) {}

  /**
   * In a stable order while they advance.
   * Contacts that the reader may not see are left out.
   */
  async page(
    actor: Actor,
    activationId: ActivationId,
    { limit, after, state, reason }: PeoplePage,
  ): Promise<PersonInActivation[]> {
    const enrolled = [
      ...(state === null ? [] : [ENROLLED[state]]),
      ...(reason === null ? [] : [HAS_REASON, `(${aMiss('s.reason = $4')} OR e.end_reason = $4)`]),
    ];
    const left = [
      ...(state === null || OF_NOT_ENROLLED.includes(state) ? [] : ['false']),
      ...(reason === null ? [] : ['n.reason = $4']),
    ];
    const and = (conditions: readonly string[]): string => conditions.map((one) => ` AND ${one}`).join('');
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Row>(
        // Each half begins and ends with the page. The activation is joined
        // around its contacts. With its id, PostgreSQL assumes that so many are
        // spread among all contacts, and scans those. Who entered several times
        // is one person: an open enrolment stands for it, else the last.
        `WITH people AS (
           (SELECT found.* FROM activations.activation_view a CROSS JOIN LATERAL (
              SELECT DISTINCT ON (e.contact_id) e.contact_id, CASE WHEN ${OPEN} THEN 'waiting' ELSE 'over' END AS state,
                e.end_reason, e.ended_at, NULL AS step_key, NULL AS reason, NULL::timestamptz AS decided_at
              FROM sequences.enrolment e
              WHERE e.activation_id = a.id AND ($2::uuid IS NULL OR e.contact_id > $2)${and(enrolled)}
              ORDER BY e.contact_id, (${OPEN}) DESC, e.enrolled_at DESC LIMIT $3) found
            WHERE a.id = $1)
           UNION ALL
           (SELECT DISTINCT ON (n.contact_id) n.contact_id, 'not-enrolled', NULL, NULL, n.step_key, n.reason, n.decided_at FROM sequences.not_enrolled n
            WHERE n.activation_id = $1 AND ($2::uuid IS NULL OR n.contact_id > $2)
              AND NOT EXISTS (SELECT 1 FROM sequences.enrolment e WHERE e.activation_id = n.activation_id AND e.contact_id = n.contact_id)${and(left)}
            ORDER BY n.contact_id, n.decided_at DESC LIMIT $3)
           ORDER BY 1 LIMIT $3)
         SELECT p.contact_id, p.state, p.end_reason, p.ended_at,
           (SELECT count(*)::int FROM sequences.step_execution s WHERE s.activation_id = $1 AND s.contact_id = p.contact_id AND s.outcome = 'sent') AS got,
           coalesce(last.step_key, p.step_key) AS step_key, coalesce(last.outcome, 'skipped') AS outcome,
           coalesce(last.reason, p.reason) AS reason, coalesce(last.decided_at, p.decided_at) AS decided_at
         FROM people p LEFT JOIN LATERAL (
           SELECT s.step_key, CASE WHEN s.reason IN ${UNKNOWN} THEN 'unknown' ELSE s.outcome END AS outcome, s.decided_at,
             CASE s.outcome WHEN 'pending' THEN coalesce((SELECT m.reason FROM delivery.message_view m
               WHERE m.id = s.message_id AND m.state = 'planned'), s.reason) ELSE s.reason END AS reason
           FROM sequences.step_execution s WHERE s.activation_id = $1 AND s.contact_id = p.contact_id AND p.state <> 'not-enrolled' ORDER BY s.decided_at DESC, s.step_key LIMIT 1) last ON true
         ORDER BY p.contact_id`,
        [activationId, after, limit, ...(reason === null ? [] : [reason])],
      ),
    );
    return rows.map(({ stepKey, outcome, reason: why, decidedAt, endReason, endedAt, ...person }) => ({
      ...person,
      ended: endReason === null ? null : { reason: endReason, at: endedAt },
      last: stepKey === null ? null : { stepKey, outcome, reason: why, decidedAt },
    }));
  }
}
