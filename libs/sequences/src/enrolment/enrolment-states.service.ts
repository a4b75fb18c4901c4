import { Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import { Database, unnestRows } from '#database';
import { Jobs } from '#jobs';
import { type ActivationId, Clock, type ContactId, type EnrolmentId, type PartnerId, groupBy } from '#kernel';
import {
  type Advance,
  type Circumstances,
  type Effect,
  type EnteredSequence,
  type EntryKind,
  type ExitReason,
  isConditional,
  type EnrolmentState,
  sequenceAfter,
  sequenceFor,
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
  /** Null in old rows, which have only `position`. */
  readonly stepKey: string | null;
  readonly position: number;
  readonly round: number;
  readonly since: Date | null;
  readonly dueAt: Date | null;
  readonly timeZone: string;
  readonly country: string | null;
  readonly enrolledAt: Date;
  /** By which kind of rule the contact entered. */
  readonly entryKind: EntryKind;
  /** The edition of the activation that the position is of. */
  readonly edition: number;
  /** The e-mail or time that was drawn for the step that tests some; null: none was. */
  readonly arm: string | null;
}

/** What became of one contact's standing. */
export interface Moved {
  readonly enrolled: Pick<Enrolled, 'id' | 'activationId' | 'partnerId' | 'contactId'>;
  readonly advanced: Advance;
  /** The edition of the activation that the new position is of. */
  readonly edition: number;
}

/** The columns of `sequences.enrolment e` as an {@link Enrolled}. */
export const ENROLMENT_COLUMNS = `e.id, e.activation_id, e.partner_id, e.contact_id, e.state, e.step_key, e.position, e.round, e.since,
  e.due_at, e.time_zone, e.country, e.enrolled_at, e.entry_kind, e.edition, e.arm`;

/**
 * The sequence as the rules of an enrolment see it. For a position of another
 * edition it is the one that replaces that edition's.
 */
export function sequenceOf(
  { entryKind, edition }: Pick<Enrolled, 'entryKind' | 'edition'>,
  { sequence, others }: Pick<RunningActivation, 'sequence' | 'others'>,
): EnteredSequence {
  const present = sequenceFor(sequence, entryKind);
  const other = others?.get(edition);
  return other === undefined ? present : sequenceAfter(other, present);
}

/** A move of a contact. While an action of another edition is being done, the position stays of that one. */
export function movedIn<Contact extends Pick<Enrolled, 'edition'> & { readonly state: string }>(
  { activation }: Pick<RunningActivation, 'activation'>,
  enrolled: Contact,
  advanced: Advance,
): { readonly enrolled: Contact; readonly advanced: Advance; readonly edition: number } {
  const isStillActing = enrolled.state === 'running' && advanced.next.state === 'acting';
  return { enrolled, advanced, edition: isStillActing ? enrolled.edition : activation.edition };
}

/** What a contact gets of a test: what was drawn for it, or else the winner. Null: nothing is tested. */
export const armInForce = (
  { arm }: Pick<Enrolled, 'arm'>,
  { testWinner }: Pick<RunningActivation, 'testWinner'>,
): string | null => arm ?? testWinner;

/** A row as the rules of a sequence see it. */
export function stateOf(
  enrolled: Pick<Enrolled, 'state' | 'stepKey' | 'position' | 'round' | 'since' | 'dueAt' | 'enrolledAt'>,
  { sequence }: Pick<RunningActivation, 'sequence'>,
): EnrolmentState {
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
    contacts: readonly Pick<Enrolled, 'id' | 'contactId' | 'timeZone' | 'country' | 'enrolledAt' | 'arm'>[],
    running: RunningActivation,
  ): Promise<Map<EnrolmentId, Circumstances>> {
    const now = this.clock.now();
    const facts = isConditional(running.sequence)
      ? await this.facts.load(running, contacts)
      : new Map<EnrolmentId, Circumstances['facts']>();
    const decided = running.others === undefined ? null : await this.decidedSteps(contacts.map(({ id }) => id));
    return new Map(
      contacts.map(({ id, timeZone, country, arm }) => [
        id,
        {
          now,
          zone: timeZone,
          country,
          facts: facts.get(id) ?? this.facts.unknown,
          choices: running.activation.choices,
          arm: armInForce({ arm }, running),
          ...(decided === null ? {} : { decided: decided.get(id) ?? new Set<string>() }),
        },
      ]),
    );
  }

  /** The steps that were decided in the present round of each contact. */
  private async decidedSteps(ids: readonly EnrolmentId[]): Promise<Map<EnrolmentId, ReadonlySet<string>>> {
    const rows = await this.database.query<{ id: EnrolmentId; keys: readonly string[] }>(
      `SELECT e.id, array_agg(s.step_key) AS keys FROM sequences.enrolment e
       JOIN sequences.step_execution s ON s.enrolment_id = e.id AND s.occurrence = e.round WHERE e.id = ANY ($1) GROUP BY e.id`,
      [ids],
    );
    return new Map(rows.map(({ id, keys }) => [id, new Set(keys)]));
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
    const rows = moved.map(({ enrolled: { id }, advanced: { next: standing }, edition }) => ({
      id,
      edition,
      ...standing,
    }));
    const positions = unnestRows(rows, {
      id: 'uuid',
      state: ['text', ({ state }) => (state === 'acting' ? 'running' : state)],
      step: 'text',
      round: 'int',
      dueAt: 'timestamptz',
      since: 'timestamptz',
      edition: 'int',
    });
    await this.database.query(
      `UPDATE sequences.enrolment e SET state = given.state, step_key = given.step, round = given.round, due_at = given.due_at, since = given.since, edition = given.edition
       FROM ${positions.from} WHERE e.id = given.id`,
      positions.parameters,
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
    const steps = unnestRows(
      decided,
      {
        id: 'uuid',
        stepKey: 'text',
        round: 'int',
        activationId: 'uuid',
        partnerId: 'uuid',
        contactId: 'uuid',
        outcome: 'text',
        reason: 'text',
      },
      [now],
    );
    await this.database.query(
      `INSERT INTO sequences.step_execution (enrolment_id, step_key, occurrence, activation_id, partner_id, contact_id, outcome, reason, decided_at)
       SELECT given.*, $1 FROM ${steps.from}
       ON CONFLICT DO NOTHING`,
      steps.parameters,
    );
  }

  /**
   * Stores why nothing more comes.
   * The remaining steps get no decision of their own.
   */
  private async end(ends: readonly { id: EnrolmentId; reason: ExitReason }[], at: Date): Promise<void> {
    if (ends.length === 0) return;
    const rows = unnestRows(ends, { id: 'uuid', reason: 'text' }, [at]);
    await this.database.query(
      `UPDATE sequences.enrolment e SET end_reason = given.reason, ended_at = $1 FROM ${rows.from} WHERE e.id = given.id`,
      rows.parameters,
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
