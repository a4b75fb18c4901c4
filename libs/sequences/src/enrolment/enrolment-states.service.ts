import { Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { type ActivationId, Clock, type ContactId, type EnrolmentId, type PartnerId, groupBy } from '#kernel';
import {
  type Advance,
  type Circumstances,
  type Effect,
  type ExitReason,
  isConditional,
  type EnrolmentState,
} from '#sequencing';
import { ContactFacts } from './contact-facts.service.js';
import { DueQueue } from './due-queue.service.js';
import type { ReasonCode } from './reason.js';
import { ACTIONS, PERFORM_ACTION } from './sequences.jobs.js';

/** A contact on its way, as its row says. */
export interface Enrolled {
  readonly id: EnrolmentId;
  readonly activationId: ActivationId;
  readonly partnerId: PartnerId;
  readonly contactId: ContactId;
  readonly state: 'waiting' | 'running';
  /** Null in rows from before steps went by keys. */
  readonly stepKey: string | null;
  readonly position: number;
  readonly round: number;
  readonly since: Date | null;
  readonly dueAt: Date | null;
  readonly timeZone: string;
  readonly country: string | null;
  readonly enrolledAt: Date;
}

/** What became of one contact's standing. */
export interface Moved {
  readonly enrolled: Pick<Enrolled, 'id' | 'activationId' | 'partnerId' | 'contactId'>;
  readonly advanced: Advance;
}

export const ENROLMENT_COLUMNS = `id, activation_id, partner_id, contact_id, state, step_key, position, round, since,
  due_at, time_zone, country, enrolled_at`;

/** A row as the rules of a sequence see it. */
export function stateOf(enrolled: Enrolled, { sequence }: Pick<RunningActivation, 'sequence'>): EnrolmentState {
  const { state, stepKey, position, round, since, dueAt, enrolledAt } = enrolled;
  const isActing = state === 'running';
  return {
    state: isActing ? 'acting' : 'waiting',
    step: stepKey ?? sequence.steps[position]?.key ?? null,
    round,
    dueAt,
    // A claim writes the state alone: its enrolments fell due at `dueAt`.
    since: (isActing ? dueAt : since) ?? since ?? enrolledAt,
  };
}

/**
 * Reads and stores the positions of contacts, and applies what the rules
 * request.
 */
@Injectable()
export class EnrolmentStates {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly queue: DueQueue,
    private readonly facts: ContactFacts,
  ) {}

  /**
   * The facts that decide about each contact, in the open transaction of the
   * partner's scope. A fact is loaded only if a step asks for it.
   */
  async circumstances(
    contacts: readonly Pick<Enrolled, 'id' | 'contactId' | 'timeZone' | 'country' | 'enrolledAt'>[],
    running: RunningActivation,
  ): Promise<Map<EnrolmentId, Circumstances>> {
    const now = this.clock.now();
    const facts = isConditional(running.sequence)
      ? await this.facts.load(running, contacts)
      : new Map<EnrolmentId, Circumstances['facts']>();
    return new Map(
      contacts.map(({ id, timeZone, country }) => [
        id,
        {
          now,
          zone: timeZone,
          country,
          facts: facts.get(id) ?? this.facts.unknown,
          choices: running.activation.choices,
        },
      ]),
    );
  }

  /** Stores decisions and their effects, in the open transaction. */
  async applyEffects(moved: readonly Moved[]): Promise<void> {
    const now = this.clock.now();
    const decided = moved.flatMap(({ enrolled, advanced }) =>
      advanced.effects.flatMap((effect) => decisionOf(enrolled, effect)),
    );
    await this.writeDecisions(decided, now);
    for (const { enrolled, advanced } of moved)
      for (const effect of advanced.effects)
        if (effect.kind === 'goal') await this.reachGoal(enrolled, effect.goal, now);
    const ends = moved.flatMap(({ enrolled: { id }, advanced }) =>
      advanced.effects.flatMap((effect) => (effect.kind === 'exit' ? [{ id, reason: effect.reason }] : [])),
    );
    await this.end(ends, now);
    const actions = decided.filter(({ outcome }) => outcome === 'pending');
    for (const [partnerId, own] of groupBy(actions, (action) => action.partnerId))
      await this.jobs.enqueueAll(
        PERFORM_ACTION,
        Array.from({ length: Math.ceil(own.length / ACTIONS) }, (_, at) => ({
          partnerId,
          actions: own
            .slice(at * ACTIONS, (at + 1) * ACTIONS)
            .map(({ id, stepKey, round }) => ({ enrolmentId: id, stepKey, round })),
        })),
      );
  }

  /**
   * Stores the positions of contacts of one partner.
   * @returns the earliest due time, which the caller must announce.
   */
  async save(partnerId: PartnerId, moved: readonly Moved[]): Promise<Date | null> {
    if (moved.length === 0) return null;
    const rows = moved.map(({ enrolled: { id }, advanced: { next: standing } }) => ({ id, ...standing }));
    await this.database.query(
      `UPDATE sequences.enrolment e SET state = s.state, step_key = s.step, round = s.round, due_at = s.due_at, since = s.since
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::timestamptz[]) s (id, state, step, round, due_at, since) WHERE e.id = s.id`,
      [
        rows.map(({ id }) => id),
        rows.map(({ state }) => (state === 'acting' ? 'running' : state)),
        rows.map(({ step }) => step),
        rows.map(({ round }) => round),
        rows.map(({ dueAt }) => dueAt),
        rows.map(({ since }) => since),
      ],
    );
    return this.queue.insert(
      partnerId,
      rows.flatMap(({ id, state, dueAt }) =>
        state === 'waiting' && dueAt !== null ? [{ enrolmentId: id, dueAt }] : [],
      ),
    );
  }

  private async writeDecisions(decided: readonly Decision[], now: Date): Promise<void> {
    if (decided.length === 0) return;
    await this.database.query(
      `INSERT INTO sequences.step_execution (enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, message_id, outcome, reason, decided_at)
       SELECT d.enrolment, d.step, d.round, d.activation, d.partner, d.contact, NULL, d.outcome, d.reason, $1
       FROM unnest($2::uuid[], $3::text[], $4::int[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::text[]) d (enrolment, step, round, activation, partner, contact, outcome, reason)
       ON CONFLICT DO NOTHING`,
      [
        now,
        decided.map(({ id }) => id),
        decided.map(({ stepKey }) => stepKey),
        decided.map(({ round }) => round),
        decided.map(({ activationId }) => activationId),
        decided.map(({ partnerId }) => partnerId),
        decided.map(({ contactId }) => contactId),
        decided.map(({ outcome }) => outcome),
        decided.map(({ reason }) => reason),
      ],
    );
  }

  /**
   * Stores why nothing more comes.
   * The remaining steps get no decision of their own.
   */
  private async end(ends: readonly { id: EnrolmentId; reason: ExitReason }[], at: Date): Promise<void> {
    if (ends.length === 0) return;
    await this.database.query(
      'UPDATE sequences.enrolment e SET end_reason = x.reason, ended_at = $1 FROM unnest($2::uuid[], $3::text[]) x (id, reason) WHERE e.id = x.id',
      [at, ends.map(({ id }) => id), ends.map(({ reason }) => reason)],
    );
  }

  private async reachGoal({ id, activationId, partnerId }: Moved['enrolled'], goal: string, now: Date): Promise<void> {
    await this.database.query(
      'INSERT INTO sequences.goal_reached (enrolment_id, goal, activation_id, partner_id, reached_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [id, goal, activationId, partnerId, now],
    );
  }
}

type Decision = Moved['enrolled'] & {
  readonly stepKey: string;
  readonly round: number;
  readonly outcome: 'pending' | 'skipped';
  readonly reason: ReasonCode;
};

/** E-mails are decided where the ledger has them. */
function decisionOf(enrolled: Moved['enrolled'], effect: Effect): Decision[] {
  if (effect.kind === 'skip')
    return [{ ...enrolled, stepKey: effect.step.key, round: effect.round, outcome: 'skipped', reason: effect.reason }];
  return effect.kind === 'act' && effect.step.kind !== 'email'
    ? [{ ...enrolled, stepKey: effect.step.key, round: effect.round, outcome: 'pending', reason: 'pending' }]
    : [];
}
