import { Injectable } from '@nestjs/common';
import {
  type Activation,
  ActivationControl,
  Activations,
  Calendars,
  datesOf,
  type RunningActivation,
  RunningActivations,
} from '#activations';
import { Database, unnestRows } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import { type ActivationId, Clock, DomainError, type PartnerActor, systemActor } from '#kernel';
import {
  type ActionStep,
  afterWait,
  type PostponedDate,
  postponedBy,
  type Postponement,
  type SequenceStep,
} from '#sequencing';
import { DueQueue } from '../enrolment/due-queue.service.js';
import { armInForce } from '../enrolment/enrolment-states.service.js';
import { quarterOf, stepOfGroup, type WaitingGroup, waitingGroups } from './waiting-groups.js';

/** What putting off does to those who wait for a step. */
interface PostponementStep {
  readonly stepKey: string;
  readonly kind: SequenceStep['kind'];
  /** Contacts that are due later. */
  readonly later: number;
  /** Contacts that wait for a fixed date of the vendor, which does not move. */
  readonly stay: number;
  /** Contacts that miss the step, because its last day has passed. */
  readonly passed: number;
  /** When the first contact that does not miss the step is due. */
  readonly firstAt: Date | null;
}

export interface PostponementPreview {
  readonly activation: Activation;
  /** Which one it would be of this activation, from 1. */
  readonly number: number;
  /** From when it counts. */
  readonly from: Date;
  /** Until when no mail goes out. */
  readonly until: Date;
  /** In the order of the sequence. */
  readonly waiting: readonly PostponementStep[];
  /**
   * Future dates of the plan that move; `after` is null for a date that no
   * longer comes.
   */
  readonly steps: readonly { readonly step: ActionStep; readonly before: Date; readonly after: Date | null }[];
}

interface Moved {
  readonly group: WaitingGroup;
  readonly step: SequenceStep;
  readonly later: PostponedDate;
}

/**
 * Postpones all remaining steps of an activation. Every waiting contact waits
 * that many days longer, until the same time of day. No mail is sent before,
 * even after a click or a form. Fixed dates of the vendor do not move: dates,
 * last days of steps, the sending window.
 */
@Injectable()
export class Postponements {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly gate: ReleaseGate,
    private readonly activations: Activations,
    private readonly running: RunningActivations,
    private readonly control: ActivationControl,
    private readonly calendars: Calendars,
    private readonly queue: DueQueue,
  ) {}

  /**
   * What a postponement would do, by the same rules. Changes nothing.
   * @throws DomainError `activation.not-found`, `postponement.state`,
   *   `postponement.enrolling`.
   */
  async preview(actor: PartnerActor, id: ActivationId, days: number): Promise<PostponementPreview> {
    const activation = await this.activations.get(actor, id);
    checkOpen(activation);
    const running = await this.running.forSending(this.process(actor), id);
    const postponement = this.postponementOf(activation, days);
    const waiting = await this.database.inTransaction(actor, () =>
      this.database.query<WaitingGroup>(waitingGroups(), [id]),
    );
    return {
      activation,
      number: activation.postponements.length + 1,
      from: new Date(postponement.fromMs),
      until: new Date(postponement.untilMs),
      waiting: byStep(running, moves(running, waiting, postponement)),
      steps: await this.movedSteps(actor, activation, running, postponement),
    };
  }

  /**
   * Postpones from now on. The number of statements does not grow with the
   * contacts.
   * @param number the number of the postponement: a repeated request is done
   *   once.
   * @throws DomainError as `foresee`, and `postponement.stale` if another user
   *   postponed it.
   */
  async postpone(
    actor: PartnerActor,
    id: ActivationId,
    { days, number }: { days: number; number: number },
  ): Promise<void> {
    requirePermission(actor, 'activations.control');
    await this.activations.get(actor, id);
    const { partnerId } = actor;
    await this.database.inTransaction(this.process(actor), async () => {
      await this.database.withoutTimeLimit();
      // Releases in progress end first. Nothing of the partner is claimed or
      // released until every contact has moved.
      await this.gate.closeForPartner(partnerId);
      await this.queue.lockPartner(partnerId);
      const running = await this.running.forSending(this.process(actor), id);
      if (isKnown(running.activation, days, number)) return;
      checkOpen(running.activation);
      const postponement = this.postponementOf(running.activation, days);
      await this.control.recordPostponement(actor, id, postponement);
      const waiting = await this.database.query<WaitingGroup>(waitingGroups('ORDER BY id FOR UPDATE'), [id]);
      await this.move(id, moves(running, waiting, postponement));
      await this.queue.enqueueActivation(id, partnerId);
    });
    await this.gate.waitForSubmissions({ activationIds: [id] });
  }

  private async move(id: ActivationId, moved: readonly Moved[]): Promise<void> {
    const groups = moved.filter(({ group, later }) => later.at.getTime() !== group.dueAt.getTime());
    if (groups.length === 0) return;
    const rows = unnestRows(
      groups,
      {
        stepKey: ['text', ({ group }) => group.stepKey],
        position: ['int', ({ group }) => group.position],
        timeZone: ['text', ({ group }) => group.timeZone],
        country: ['text', ({ group }) => group.country],
        arm: ['text', ({ group }) => group.arm],
        quarter: ['timestamptz', ({ group }) => group.quarter],
        ms: ['float8', ({ group, later }) => later.at.getTime() - group.dueAt.getTime()],
      },
      [id],
    );
    await this.database.query(
      `UPDATE sequences.enrolment e SET due_at = e.due_at + given.ms * interval '1 millisecond'
       FROM ${rows.from}
       WHERE e.activation_id = $1 AND e.state = 'waiting' AND ${quarterOf('e.due_at')} = given.quarter
         AND e.time_zone = given.time_zone AND e.position = given.position
         AND e.step_key IS NOT DISTINCT FROM given.step_key AND e.country IS NOT DISTINCT FROM given.country
         AND e.arm IS NOT DISTINCT FROM given.arm`,
      rows.parameters,
    );
  }

  private async movedSteps(
    actor: PartnerActor,
    activation: Activation,
    { sequence }: RunningActivation,
    postponement: Postponement,
  ): Promise<PostponementPreview['steps']> {
    const calendar = await this.calendars.get(actor, actor.partnerId);
    const { steps } = datesOf(sequence, activation, calendar);
    const after = datesOf(
      sequence,
      { ...activation, postponements: [...activation.postponements, postponement] },
      calendar,
    ).steps;
    return steps.flatMap(({ step, at: before }, place) => {
      const { at = null, skip = null } = after[place] ?? {};
      if (before === null || before.getTime() <= postponement.fromMs || before.getTime() === at?.getTime()) return [];
      return [{ step, before, after: skip === null ? at : null }];
    });
  }

  /**
   * From now, or from when it was held: contacts that became late meanwhile
   * come later, not at once. An existing postponement is extended.
   */
  private postponementOf({ heldAt, timeZone, postponements }: Activation, days: number): Postponement {
    const from = heldAt ?? this.clock.now();
    const begins = postponements.reduce((latest, { untilMs }) => Math.max(latest, untilMs), from.getTime());
    const until = afterWait(new Date(begins), { hours: 24 * days }, timeZone);
    return { fromMs: from.getTime(), untilMs: until.getTime(), days };
  }

  private process({ partnerId }: PartnerActor) {
    return systemActor('postponement', { partnerId });
  }
}

function moves(running: RunningActivation, waiting: readonly WaitingGroup[], postponement: Postponement): Moved[] {
  const { sequence, activation } = running;
  return waiting.flatMap((group) => {
    const step = stepOfGroup(sequence, group);
    if (step === undefined) return [];
    const { timeZone: zone, country } = group;
    const whose = { zone, country, choices: activation.choices, arm: armInForce(group, running) };
    return [{ group, step, later: postponedBy(sequence, step, group.dueAt, postponement, whose) }];
  });
}

function byStep({ sequence }: RunningActivation, moved: readonly Moved[]): PostponementStep[] {
  return sequence.steps.flatMap(({ key, kind }) => {
    const here = moved.filter(({ step }) => step.key === key);
    if (here.length === 0) return [];
    const going = here.filter(({ later }) => !later.passes);
    const peopleOf = (some: readonly Moved[]): number => some.reduce((sum, { group }) => sum + group.people, 0);
    const first = going.reduce<Date | null>((at, { later }) => (at === null || later.at < at ? later.at : at), null);
    return [
      {
        stepKey: key,
        kind,
        later: peopleOf(going.filter(({ later }) => !later.isFixed)),
        stay: peopleOf(going.filter(({ later }) => later.isFixed)),
        passed: peopleOf(here.filter(({ later }) => later.passes)),
        firstAt: first,
      },
    ];
  });
}

/**
 * Whether it is a repeat of an earlier request.
 * @throws DomainError `postponement.stale` for a different request of that
 *   number, or a number that is not the next.
 */
function isKnown({ postponements }: Activation, days: number, number: number): boolean {
  if (postponements.length === number && postponements[number - 1]?.days === days) return true;
  if (postponements.length + 1 === number) return false;
  throw new DomainError(
    'postponement.stale',
    'Another user has postponed this activation. Check its dates, and postpone it again if necessary.',
    { number: postponements.length + 1 },
    { kind: 'conflict' },
  );
}

/** @throws DomainError if nothing can be postponed. */
function checkOpen({ status, enrolledAt }: Activation): void {
  if (status !== 'active' && status !== 'held')
    throw new DomainError(
      'postponement.state',
      'This activation is over, so it cannot be postponed. Launch the campaign again on another day.',
      { status },
      { kind: 'conflict' },
    );
  if (enrolledAt === null)
    throw new DomainError(
      'postponement.enrolling',
      'The contacts of the list are being enrolled. Try again in a minute; hold the activation if nothing may be sent until then.',
      {},
      { kind: 'conflict' },
    );
}
