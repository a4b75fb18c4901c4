import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type Halt, Halts } from '#delivery';
import { type ActivationId, Clock, type ContactId, type SystemActor } from '#kernel';
import { BUSY_RELAY_DELAY_MS } from '../enrolment/due-queue.service.js';
import { reasonSentence, UNKNOWN_REASONS } from '../enrolment/reason.js';

/** Figures of the whole installation: what an alarm hangs on. */
export interface SendingFigures {
  readonly planned: number;
  readonly leased: number;
  readonly releasing: number;
  readonly unknown: number;
  /** Enrolments that are due and not claimed; counted up to 100,000. */
  readonly backlog: number;
  /** How long the first of them has been due. */
  readonly oldestDueSeconds: number;
  /** Steps without an outcome for longer than an hour. */
  readonly stuck: number;
  /**
   * Those among the oldest 50,000 that neither wait for a set time nor are
   * claimed.
   */
  readonly stuckForNoReason: number;
  /**
   * Age of the oldest transaction that blocks vacuum, in transactions: it slows
   * claims.
   */
  readonly oldestSnapshotAge: number;
  /** Inbox entries older than five seconds. */
  readonly lateInboxItems: number;
}

export interface SlowDestination {
  /** Of mail servers: `google`, or the domain itself. */
  readonly group: string;
  /** Nothing goes there until then; may be past. */
  readonly until: Date;
  /** Messages a minute, as it was when it was last counted. */
  readonly rate: number;
  readonly answer: string;
}

/** What was decided on one step of one contact, with what the relay said. */
interface StepExplanation {
  readonly stepKey: string;
  readonly outcome: string;
  readonly sentence: string;
  readonly state: string | null;
  readonly attempt: number | null;
  readonly retryAt: Date | null;
  readonly smtp: string | null;
  /** Consent basis and rules version of the last submission; null before it. */
  readonly basis: string | null;
  readonly consentRules: number | null;
  /**
   * The relay that accepted it or left it unknown: its name, or SMTP_URL.
   * The id of a deleted relay.
   */
  readonly relay: string | null;
  /**
   * Whose mail servers take the recipient's mail; null where its domain has its
   * own.
   */
  readonly mailGroup: string | null;
}

/** Why a contact gets, or does not get, something of an activation. */
export interface SendingExplanation {
  readonly activation: { readonly status: string; readonly reason: string | null };
  readonly halts: readonly Halt[];
  readonly enrolment: {
    readonly state: string;
    /** Null once its sequence has ended. */
    readonly stepKey: string | null;
    readonly dueAt: Date | null;
    readonly timeZone: string;
    readonly timeZoneSource: string;
    readonly isQueued: boolean;
    /** Why the sequence ended before the last step; otherwise null. */
    readonly endSentence: string | null;
  } | null;
  /** Why a contact of the list was not enrolled; null otherwise. */
  readonly passedOver: string | null;
  readonly steps: readonly StepExplanation[];
}

const withEnd = <E extends { readonly endReason: string | null }>({ endReason, ...enrolment }: E) => ({
  ...enrolment,
  endSentence: endReason === null ? null : reasonSentence(endReason),
});

/** What an operator asks about sending. Ids only: no answer has an address. */
@Injectable()
export class SendingReports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly halts: Halts,
  ) {}

  async figures(actor: SystemActor): Promise<SendingFigures> {
    const now = this.clock.now();
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<SendingFigures>(
        // A resting enrolment has a later due time in the queue than its own.
        // It counts as overdue from its own. The limit is for campaigns that
        // are due soon: they have many rows in the queue that do not rest.
        `WITH soon AS MATERIALIZED (
           SELECT d.enrolment_id FROM sequences.partner_queue q JOIN sequences.due d ON d.partner_id = q.partner_id AND d.due_at > $1 AND d.due_at <= $2
           WHERE q.next_due <= $2 LIMIT 50000),
         resting AS MATERIALIZED (
           SELECT e.due_at FROM soon JOIN sequences.enrolment e ON e.id = soon.enrolment_id WHERE e.due_at <= $1),
         stuck AS MATERIALIZED (
           SELECT message_id FROM sequences.step_execution WHERE outcome = 'pending' AND decided_at < $1 - interval '1 hour' ORDER BY decided_at LIMIT 50000)
         SELECT (SELECT count(*) FROM delivery.message_view WHERE retry_at IS NOT NULL)::int AS planned,
           (SELECT count(*) FROM delivery.message_view WHERE lease_until IS NOT NULL AND state = 'leased')::int AS leased,
           (SELECT count(*) FROM delivery.message_view WHERE lease_until IS NOT NULL AND state = 'releasing')::int AS releasing,
           (SELECT count(*) FROM delivery.message_view WHERE unknown_since IS NOT NULL)::int AS unknown,
           least(100000, (SELECT count(*) FROM resting) + (
             SELECT count(*) FROM (SELECT 1 FROM sequences.partner_queue q
               JOIN sequences.due d ON d.partner_id = q.partner_id AND d.due_at >= q.next_due AND d.due_at <= $1
                                   WHERE q.next_due <= $1 LIMIT 100000) due))::int AS backlog,
           coalesce(extract(epoch FROM $1 - least((SELECT min(next_due) FROM sequences.partner_queue
             WHERE next_due <= $1), (SELECT min(due_at) FROM resting))), 0)::float8 AS oldest_due_seconds,
           (SELECT count(*) FROM sequences.inbox WHERE not_before < clock_timestamp() - interval '5 seconds')::int AS late_inbox_items,
           (SELECT count(*) FROM sequences.step_execution WHERE outcome = 'pending' AND decided_at < $1 - interval '1 hour')::int AS stuck,
           (SELECT count(*) FROM stuck LEFT JOIN delivery.message_view m ON m.id = message_id
            WHERE (m.retry_at > $1 - interval '1 hour' OR m.lease_until > now()) IS NOT TRUE)::int AS stuck_for_no_reason,
           coalesce((SELECT max(age(backend_xmin)) FROM pg_stat_activity WHERE backend_xmin IS NOT NULL), 0)::int AS oldest_snapshot_age`,
        [now, new Date(now.getTime() + BUSY_RELAY_DELAY_MS)],
      ),
    );
    if (row === undefined) throw new Error('The figures could not be read.');
    return row;
  }

  /** Why messages of the last `hours` did not go out, by reason. */
  async notSent(actor: SystemActor, hours: number): Promise<{ reason: string; sentence: string; count: number }[]> {
    const since = new Date(this.clock.now().getTime() - hours * 3_600_000);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ reason: string; count: number }>(
        // A message that may have arrived is not counted as unsent.
        // Unknown messages have their own list.
        `SELECT reason, count(*)::int AS count FROM sequences.step_execution
         WHERE outcome IN ('skipped', 'failed') AND reason <> ALL ($2) AND decided_at > $1 GROUP BY reason ORDER BY 2 DESC`,
        [since, UNKNOWN_REASONS],
      ),
    );
    return rows.map((row) => ({ ...row, sentence: reasonSentence(row.reason) }));
  }

  async slowDestinations(actor: SystemActor): Promise<SlowDestination[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<SlowDestination>(
        `SELECT mail_group AS "group", paused_until AS until, rate, smtp_text AS answer FROM delivery.destination_view ORDER BY paused_until DESC LIMIT 200`,
      ),
    );
  }

  async explain(
    actor: SystemActor,
    activationId: ActivationId,
    contactId: ContactId,
  ): Promise<SendingExplanation | null> {
    return this.database.inTransaction(actor, async () => {
      const [activation] = await this.database.query<{
        status: string;
        reason: string | null;
        vendorId: string;
        partnerId: string;
        campaignId: string;
      }>(
        `SELECT status, status_reason AS reason, vendor_id, partner_id, campaign_id FROM activations.activation_view WHERE id = $1`,
        [activationId],
      );
      if (activation === undefined) return null;
      const inForce = await this.halts.inForce(actor);
      const subjects = new Set([null, activation.vendorId, activation.partnerId, activation.campaignId, activationId]);
      const [passedOver] = await this.database.query<{ reason: string }>(
        'SELECT reason FROM sequences.not_enrolled WHERE activation_id = $1 AND contact_id = $2 ORDER BY decided_at DESC LIMIT 1',
        [activationId, contactId],
      );
      return {
        activation: { status: activation.status, reason: activation.reason },
        halts: inForce.all.filter(({ subjectId }) => subjects.has(subjectId)),
        enrolment: await this.enrolmentOf(activationId, contactId),
        passedOver: passedOver === undefined ? null : reasonSentence(passedOver.reason),
        steps: await this.stepsOf(activationId, contactId),
      };
    });
  }

  private async enrolmentOf(
    activationId: ActivationId,
    contactId: ContactId,
  ): Promise<SendingExplanation['enrolment']> {
    const [enrolment] = await this.database.query<
      Omit<NonNullable<SendingExplanation['enrolment']>, 'endSentence'> & { endReason: string | null }
    >(
      `SELECT e.state, e.step_key, e.due_at, e.time_zone, e.time_zone_source, e.end_reason,
         EXISTS (SELECT 1 FROM sequences.due d WHERE d.enrolment_id = e.id) AS is_queued
       FROM sequences.enrolment e WHERE e.activation_id = $1 AND e.contact_id = $2
       ORDER BY e.state IN ('waiting', 'running') DESC, e.enrolled_at DESC LIMIT 1`,
      [activationId, contactId],
    );
    return enrolment === undefined ? null : withEnd(enrolment);
  }

  private async stepsOf(activationId: ActivationId, contactId: ContactId): Promise<StepExplanation[]> {
    const steps = await this.database.query<StepExplanation & { reason: string }>(
      `SELECT s.step_key, s.outcome,
         CASE m.state WHEN 'planned' THEN coalesce(m.reason, s.reason) ELSE s.reason END AS reason,
         m.state, m.attempt, m.retry_at, nullif(concat_ws(' ', m.smtp_code, m.smtp_text), '') AS smtp,
         coalesce(r.name, m.relay) AS relay, m.mail_group, m.consent_basis AS basis, m.consent_rules
       FROM sequences.step_execution s
       LEFT JOIN delivery.message_view m ON m.id = s.message_id
       LEFT JOIN delivery.relay_view r ON r.id::text = m.relay
       WHERE s.activation_id = $1 AND s.contact_id = $2 ORDER BY s.decided_at`,
      [activationId, contactId],
    );
    return steps.map(({ reason, ...step }) => ({ ...step, sentence: reasonSentence(reason) }));
  }
}
