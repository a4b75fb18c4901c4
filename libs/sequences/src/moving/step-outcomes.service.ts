import { Injectable } from '@nestjs/common';
import { ActivationControl, type RunningActivation, RunningActivations } from '#activations';
import { Database, hiddenFromPlanner, unnestRows } from '#database';
import type { MessageState, PlannedMessage } from '#delivery';
import {
  type ActivationId,
  Clock,
  type ContactId,
  type EnrolmentId,
  type PartnerId,
  systemActor,
  groupBy,
} from '#kernel';
import { type Advance, advance, type Circumstances, type EnrolmentState, type EnteredSequence } from '#sequencing';
import { DueQueue } from '../enrolment/due-queue.service.js';
import { isExit, type ReasonCode, UNKNOWN_REASONS } from '../enrolment/reason.js';
import { UnreadableActivations } from '../enrolment/unreadable-activations.service.js';
import {
  ENROLMENT_COLUMNS,
  type Enrolled,
  type Moved,
  movedIn,
  sequenceOf,
  stateOf,
  EnrolmentStates,
} from '../enrolment/enrolment-states.service.js';

type Outcome = 'sent' | 'skipped' | 'failed';

/** What was decided on one step of one contact. */
export interface StepDecision {
  readonly message: Pick<PlannedMessage, 'enrolmentId' | 'stepKey' | 'occurrence' | 'partnerId' | 'activationId'>;
  readonly running: RunningActivation;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** When it was decided; what follows counts from there. */
  readonly at: Date;
}

/** Settled messages that are taken on in one go. */
const PAGE = 500;
const OUTCOME_OF: Partial<Record<MessageState, Outcome>> = {
  accepted: 'sent',
  delivered: 'sent',
  bounced: 'sent',
  complained: 'sent',
  skipped: 'skipped',
  failed: 'failed',
  unknown: 'failed',
  closed_unknown: 'failed',
};

const DECIDED = Object.keys(OUTCOME_OF);
const SENT = Object.entries(OUTCOME_OF).flatMap(([state, outcome]) => (outcome === 'sent' ? [state] : []));
const NIL_CONTACT_ID = '00000000-0000-0000-0000-000000000000' as ContactId;

/** The key of a step that was decided, for `unnestRows`. */
const STEP_COLUMNS = {
  enrolmentId: ['uuid', ({ message }: StepDecision) => message.enrolmentId],
  stepKey: ['text', ({ message }: StepDecision) => message.stepKey],
  occurrence: ['int', ({ message }: StepDecision) => message.occurrence],
} as const;

/** What the ledger has decided and a step does not say yet. */
type UnrecordedDecision = StepDecision['message'] & {
  readonly contactId: ContactId;
  readonly state: MessageState;
  readonly reason: ReasonCode;
  readonly at: Date;
};

const SWEEP = systemActor('scheduler');

/** What became of steps, and where their contacts go from there. */
@Injectable()
export class StepOutcomes {
  /** Activations in which a contact has ended since the last check. */
  private readonly ending = new Map<ActivationId, PartnerId>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly running: RunningActivations,
    private readonly control: ActivationControl,
    private readonly queue: DueQueue,
    private readonly states: EnrolmentStates,
    private readonly unreadable: UnreadableActivations,
  ) {}

  /**
   * Stores the one outcome of each step, and moves its contact, in the open
   * transaction. A contact that unsubscribed leaves the sequence. An unknown
   * outcome may be resolved later; its contact has moved and stays. If the next
   * position cannot be computed, the step keeps no outcome. The ledger has it,
   * and the sweep retries.
   */
  async record(partnerId: PartnerId, decisions: readonly StepDecision[]): Promise<void> {
    if (decisions.length === 0) return;
    const written = await this.writeOutcomes(decisions);
    const enrolled = await this.database.query<Enrolled>(
      `SELECT ${ENROLMENT_COLUMNS} FROM sequences.enrolment e WHERE id = ANY ($1) AND state = 'running' ORDER BY id FOR UPDATE`,
      [decisions.filter(({ message }) => written.has(keyOf(message))).map(({ message }) => message.enrolmentId)],
    );
    const byId = new Map(enrolled.map((one) => [one.id, one]));
    const here = decisions.flatMap((decision) => {
      const one = byId.get(decision.message.enrolmentId);
      if (one === undefined) return [];
      const { step, round } = stateOf(one, decision.running);
      const isHere = step === decision.message.stepKey && round === decision.message.occurrence;
      return isHere ? [{ decision, enrolled: one }] : [];
    });
    const isStopped = ({ decision: { running } }: (typeof here)[number]): boolean =>
      running.activation.status === 'stopped' || !running.versionLive;
    await this.stop(here.filter(isStopped).map(({ enrolled: { id } }) => id));
    const moved: Moved[] = [];
    for (const [activationId, group] of groupBy(
      here.filter((one) => !isStopped(one)),
      ({ decision }) => decision.message.activationId,
    ))
      moved.push(...(await this.advanceContacts(partnerId, activationId, group)));
    await this.states.applyEffects(moved);
    const earliest = await this.states.save(partnerId, moved);
    if (earliest !== null) await this.queue.announce(partnerId, earliest);
    for (const { enrolled: one, advanced } of moved)
      if (advanced.next.dueAt === null) this.checkForEnd(one.activationId, partnerId);
  }

  /** Records that an enrolment of an activation has ended. */
  checkForEnd(activationId: ActivationId, partnerId: PartnerId): void {
    this.ending.set(activationId, partnerId);
  }

  /**
   * Completes activations without running enrolments, among those in which one
   * has just ended. Runs once a second, not per chunk: the check reads contacts
   * that ended before.
   */
  async completeEnded(): Promise<void> {
    const ending = [...this.ending];
    this.ending.clear();
    for (const [id, partnerId] of ending) await this.reportingFailure(id, () => this.completeIfEnded(id, partnerId));
  }

  /**
   * The same for all: a process may have died between an end and its
   * completion.
   */
  async completeAllEnded(): Promise<void> {
    const rows = await this.database.inTransaction(SWEEP, () =>
      this.database.query<{ id: ActivationId; partnerId: PartnerId }>(
        `SELECT a.id, a.partner_id FROM activations.activation_view a
         LEFT JOIN LATERAL (SELECT 1 AS found FROM sequences.enrolment e WHERE e.activation_id = a.id AND e.state IN ('waiting', 'running')
                            ORDER BY e.contact_id DESC LIMIT 1) e ON true
         WHERE a.status = 'active' AND a.enrolled_at IS NOT NULL AND NOT a.stays_open AND e.found IS NULL
           AND NOT sequences.is_open_to_entries(a.id, $1) LIMIT 200`,
        [this.clock.now()],
      ),
    );
    for (const { id, partnerId } of rows) await this.reportingFailure(id, () => this.control.complete(id, partnerId));
  }

  /** A failure is logged and retried by the sweep; the others continue. */
  private async reportingFailure(id: ActivationId, end: () => Promise<void>): Promise<void> {
    try {
      await end();
    } catch (error) {
      this.unreadable.report('end', id, error);
    }
  }

  /**
   * Moves contacts whose message was settled by a sweep or a journal after its
   * process died. Also stores what evidence has resolved about unknown
   * messages. Works activation by activation, so that none delays the others.
   * Idempotent, and safe in several processes: each skips rows that another has
   * locked.
   */
  async catchUp(): Promise<void> {
    const behind = await this.database.inTransaction(SWEEP, () =>
      this.database.query<Pick<UnrecordedDecision, 'activationId' | 'partnerId'>>(
        `SELECT DISTINCT activation_id, partner_id FROM (
           SELECT s.activation_id, s.partner_id FROM sequences.step_execution s JOIN delivery.message_view m ON m.id = s.message_id
           WHERE s.outcome = 'pending' AND m.state = ANY ($1)
           UNION ALL
           SELECT s.activation_id, s.partner_id FROM sequences.step_execution s JOIN delivery.message_view m ON m.id = s.message_id
           WHERE s.reason IN ('no-answer-after-end-of-data', 'lease-expired', 'restored') AND m.state = ANY ($2)) behind`,
        [DECIDED, SENT],
      ),
    );
    for (const { activationId, partnerId } of behind)
      try {
        await this.catchUpActivation(activationId, partnerId);
      } catch (error) {
        this.unreadable.report('outcome', activationId, error);
      }
  }

  private async catchUpActivation(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    const running = await this.running.forSending(actor, activationId);
    let page: readonly UnrecordedDecision[] = [];
    do {
      const after = page.at(-1);
      page = await this.database.inTransaction(actor, async () => {
        const left = await this.unrecordedIn(activationId, after);
        await this.record(
          partnerId,
          left.map(({ state, reason, at, ...message }) => {
            const outcome = OUTCOME_OF[state] ?? 'failed';
            return { message, running, outcome, reason: outcome === 'sent' ? 'sent' : reason, at };
          }),
        );
        return left;
      });
    } while (page.length === PAGE);
  }

  /**
   * A page of ledger decisions that the steps of an activation lack.
   * Locked until the transaction ends.
   */
  private unrecordedIn(activationId: ActivationId, after?: UnrecordedDecision): Promise<UnrecordedDecision[]> {
    return this.database.query<UnrecordedDecision>(
      `SELECT m.enrolment_id, m.step_key, m.occurrence, m.partner_id,
         m.activation_id, m.state, m.reason, coalesce(m.settled_at, $3) AS at, s.contact_id
       FROM sequences.step_execution s JOIN delivery.message_view m ON m.id = s.message_id
       WHERE s.activation_id = $4 AND (s.contact_id, s.step_key, s.occurrence) > ($5, $6, $7)
         AND (s.outcome = 'pending' AND m.state = ANY ($1)
           OR s.reason IN ('no-answer-after-end-of-data', 'lease-expired', 'restored') AND m.state = ANY ($2))
       ORDER BY s.contact_id, s.step_key, s.occurrence LIMIT $8 FOR UPDATE OF s SKIP LOCKED`,
      [
        DECIDED,
        SENT,
        this.clock.now(),
        activationId,
        after?.contactId ?? NIL_CONTACT_ID,
        after?.stepKey ?? '',
        after?.occurrence ?? 0,
        PAGE,
      ],
    );
  }

  private async writeOutcomes(decisions: readonly StepDecision[]): Promise<Set<string>> {
    const decided = unnestRows(decisions, { ...STEP_COLUMNS, outcome: 'text', reason: 'text', at: 'timestamptz' }, [
      UNKNOWN_REASONS,
    ]);
    const rows = await this.database.query<StepDecision['message']>(
      `UPDATE sequences.step_execution s SET outcome = given.outcome, reason = given.reason, decided_at = given.at
       FROM ${decided.from}
       WHERE s.enrolment_id = given.enrolment_id AND s.step_key = given.step_key AND s.occurrence = given.occurrence
         AND ${hiddenFromPlanner(`s.outcome = 'pending' OR s.reason = ANY ($1)`)}
       RETURNING s.enrolment_id, s.step_key, s.occurrence`,
      decided.parameters,
    );
    return new Set(rows.map(keyOf));
  }

  private async stop(ids: readonly EnrolmentId[]): Promise<void> {
    if (ids.length === 0) return;
    await this.database.query(`UPDATE sequences.enrolment SET state = 'stopped', due_at = NULL WHERE id = ANY ($1)`, [
      ids,
    ]);
  }

  /** Where contacts of one activation go from the step that was decided. */
  private async advanceContacts(
    partnerId: PartnerId,
    activationId: ActivationId,
    here: readonly { decision: StepDecision; enrolled: Enrolled }[],
  ): Promise<Moved[]> {
    const [first] = here;
    if (first === undefined) return [];
    // An update may have come while the relay answered. By the sequence that the message was made from, the last
    // e-mail of that one would end the contact, and it would lose the steps that are new.
    const actor = systemActor('scheduler', { partnerId });
    const running = await this.running.atPresentEdition(actor, first.decision.running);
    const circumstances = await this.states.circumstances(
      here.map(({ enrolled }) => enrolled),
      running,
    );
    const moved: Moved[] = [];
    const stuck: StepDecision[] = [];
    for (const { decision, enrolled } of here) {
      const known = circumstances.get(enrolled.id);
      if (known === undefined) continue;
      try {
        const advanced = advancedBy(decision, sequenceOf(enrolled, running), stateOf(enrolled, running), known);
        moved.push(movedIn(running, enrolled, advanced));
      } catch (error) {
        if (stuck.length === 0) this.unreadable.report('outcome', activationId, error);
        stuck.push(decision);
      }
    }
    await this.resetForSweep(stuck);
    return moved;
  }

  /** No claim finds a contact at a step that has its outcome. */
  private async resetForSweep(stuck: readonly StepDecision[]): Promise<void> {
    if (stuck.length === 0) return;
    const rows = unnestRows(stuck, STEP_COLUMNS);
    await this.database.query(
      `UPDATE sequences.step_execution s SET outcome = 'pending', reason = 'pending' FROM ${rows.from}
       WHERE s.enrolment_id = given.enrolment_id AND s.step_key = given.step_key AND s.occurrence = given.occurrence`,
      rows.parameters,
    );
  }

  private async completeIfEnded(id: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ open: boolean }>(
        // From the end: contacts are claimed in id order, so the last ones are
        // still active.
        `SELECT a.enrolled_at IS NULL OR a.stays_open OR sequences.is_open_to_entries(a.id, $2) OR EXISTS (
           SELECT 1 FROM (SELECT 1 FROM sequences.enrolment e WHERE e.activation_id = a.id AND e.state IN ('waiting', 'running')
                          ORDER BY e.contact_id DESC LIMIT 1) open) AS open
         FROM activations.activation_view a WHERE a.id = $1`,
        [id, this.clock.now()],
      ),
    );
    if (found?.open === false) await this.control.complete(id, partnerId);
  }
}

const keyOf = ({ enrolmentId, stepKey, occurrence }: StepDecision['message']): string =>
  `${enrolmentId} ${stepKey} ${occurrence}`;

/** Where a contact is after a decision. */
function advancedBy(
  { reason, at }: StepDecision,
  sequence: EnteredSequence,
  standing: EnrolmentState,
  circumstances: Circumstances,
): Advance {
  const over = { ...standing, dueAt: null };
  if (isExit(reason)) return { next: { ...over, state: 'exited' }, effects: [{ kind: 'exit', reason }] };
  return advance(sequence, standing, { kind: 'decided', at }, circumstances);
}
