import { Injectable } from '@nestjs/common';
import { RunningActivations } from '#activations';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, type Id, type PartnerId, systemActor } from '#kernel';
import { type Advance, advance, type Circumstances, type EnrolmentState } from '#sequencing';
import {
  ENROLMENT_COLUMNS,
  type Enrolled,
  type Moved,
  EnrolmentStates,
  sequenceOf,
} from '../enrolment/enrolment-states.service.js';

type InteractionId = Id<'interaction'>;

/** A contact that clicks have moved forward. */
export interface MovedByClick {
  readonly enrolled: Enrolled;
  readonly before: EnrolmentState;
  readonly advanced: Advance;
  readonly interactions: readonly InteractionId[];
}

interface QuestionedMove extends Omit<Enrolled, 'state'> {
  readonly interactionId: InteractionId;
  readonly state: string;
  readonly fromStep: string;
  readonly fromRound: number;
  readonly fromDueAt: Date | null;
  readonly fromSince: Date;
  readonly fromEdition: number;
  readonly goals: readonly string[];
  /** Whether anything was done, or is being done, for the person since. */
  readonly isDone: boolean;
}
type ReversalOutcome = 'reversed' | 'confirmed' | 'kept';

/**
 * Which clicks moved which contacts. When such a click turns out to be a
 * program's, the contact returns to where it waited. Exceptions: another human
 * click leads to the same step, or an action was already done. Each case is
 * recorded.
 */
@Injectable()
export class ClickReversals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly running: RunningActivations,
    private readonly states: EnrolmentStates,
  ) {}

  /**
   * Records which clicks moved which contacts, before any other write of the
   * move. Joins its open transaction.
   */
  async recordMoves(moved: readonly MovedByClick[]): Promise<void> {
    const now = this.clock.now();
    for (const { enrolled, before, advanced, interactions } of moved) {
      const goals = advanced.effects.flatMap((effect) => (effect.kind === 'goal' ? [effect.goal] : []));
      await this.database.query(
        `INSERT INTO sequences.click_move (interaction_id, enrolment_id, activation_id, partner_id, contact_id, step_key, round, due_at, since, goals, moved_at, edition)
         SELECT t.id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM unnest($1::uuid[]) t (id) ON CONFLICT DO NOTHING`,
        [
          interactions,
          enrolled.id,
          enrolled.activationId,
          enrolled.partnerId,
          enrolled.contactId,
          before.step,
          before.round,
          before.dueAt,
          before.since,
          goals,
          now,
          enrolled.edition,
        ],
      );
    }
  }

  /**
   * Evaluates moves by clicks that now count as a program's. Uses the open
   * transaction of the partner's scope.
   * @returns the earliest due time of a returned contact, which the caller must
   *   announce; null for none.
   */
  async reverse(partnerId: PartnerId, interactions: readonly InteractionId[]): Promise<Date | null> {
    const placed: Moved[] = [];
    for (const questioned of await this.questionedMoves(interactions)) {
      // A contact that several clicks moved together returns once.
      if (placed.some(({ enrolled }) => enrolled.id === questioned.id)) {
        await this.recordOutcome(questioned, 'reversed');
        continue;
      }
      const standing = await this.stateBefore(partnerId, questioned);
      if (typeof standing === 'string') await this.recordOutcome(questioned, standing);
      else {
        const { next, edition } = standing;
        placed.push({ enrolled: questioned, advanced: { next, effects: [] }, edition });
        await this.clearEnd(questioned);
        await this.clearGoals(questioned);
        await this.recordOutcome(questioned, 'reversed');
      }
    }
    return this.states.save(partnerId, placed);
  }

  /** Moves whose click is no longer confirmed; their enrolments are locked. */
  private async questionedMoves(interactions: readonly InteractionId[]): Promise<QuestionedMove[]> {
    return this.database.query<QuestionedMove>(
      `SELECT ${ENROLMENT_COLUMNS}, m.interaction_id, m.step_key AS from_step, m.round AS from_round, m.due_at AS from_due_at, m.since AS from_since, m.edition AS from_edition, m.goals,
         e.state = 'running' OR EXISTS (SELECT 1 FROM sequences.step_execution s WHERE s.enrolment_id = e.id AND s.decided_at >= m.moved_at) AS is_done
       FROM sequences.click_move m JOIN sequences.enrolment e ON e.id = m.enrolment_id
       WHERE m.interaction_id = ANY ($1) AND m.outcome IS NULL AND NOT EXISTS (SELECT 1 FROM engagement.certain_click c WHERE c.id = m.interaction_id)
       ORDER BY e.id FOR UPDATE OF e, m`,
      [interactions],
    );
  }

  /** @returns the step that the contact returns to, or why it stays. */
  private async stateBefore(
    partnerId: PartnerId,
    questioned: QuestionedMove,
  ): Promise<{ next: EnrolmentState; edition: number } | Exclude<ReversalOutcome, 'reversed'>> {
    const { activationId, fromStep, fromRound, fromDueAt, fromSince } = questioned;
    if (questioned.isDone || questioned.state === 'stopped') return 'kept';
    const running = await this.running.forSending(systemActor('scheduler', { partnerId }), activationId);
    const { status } = running.activation;
    if (status !== 'active' && status !== 'held') return 'kept';
    const known: Circumstances | undefined = (await this.states.circumstances([questioned], running)).get(
      questioned.id,
    );
    if (known === undefined) return 'kept';
    const before: EnrolmentState = {
      state: 'waiting',
      step: fromStep,
      round: fromRound,
      dueAt: fromDueAt,
      since: fromSince,
    };
    const { next: standing } = advance(
      sequenceOf({ ...questioned, edition: questioned.fromEdition }, running),
      before,
      { kind: 'happened', events: [] },
      known,
    );
    return standing.step === questioned.stepKey && standing.round === questioned.round
      ? 'confirmed'
      : { next: standing, edition: running.activation.edition };
  }

  private async clearEnd({ id }: QuestionedMove): Promise<void> {
    await this.database.query('UPDATE sequences.enrolment SET end_reason = NULL, ended_at = NULL WHERE id = $1', [id]);
  }

  private async clearGoals({ id, goals }: QuestionedMove): Promise<void> {
    if (goals.length > 0)
      await this.database.query('DELETE FROM sequences.goal_reached WHERE enrolment_id = $1 AND goal = ANY ($2)', [
        id,
        goals,
      ]);
  }

  private async recordOutcome(
    { id, partnerId, contactId, interactionId, fromStep }: QuestionedMove,
    outcome: ReversalOutcome,
  ): Promise<void> {
    await this.database.query(
      'UPDATE sequences.click_move SET outcome = $3, evaluated_at = $4 WHERE interaction_id = $1 AND enrolment_id = $2',
      [interactionId, id, outcome, this.clock.now()],
    );
    if (outcome === 'confirmed') return;
    await this.audit.record(systemActor('scheduler', { partnerId }), {
      action: outcome === 'reversed' ? 'sequence.click-reversed' : 'sequence.click-kept',
      subject: { kind: 'contact', id: contactId },
      details: { step: fromStep },
    });
  }
}
