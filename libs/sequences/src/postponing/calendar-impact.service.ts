import { Injectable } from '@nestjs/common';
import { type Activation, Activations, Calendars, choicesWith, datesOf, type NamedCalendar } from '#activations';
import { Database } from '#database';
import { Clock, type PartnerActor } from '#kernel';
import { actionMoment, type ActionStep, type SequenceDefinition } from '#sequencing';
import { stepOfGroup, type WaitingGroup, waitingGroups } from './waiting-groups.js';

/** What a calendar would move in one activation. */
export interface ActivationImpact {
  readonly activation: Activation;
  /** People whose next e-mail comes later. */
  readonly people: number;
  /** People who would miss the e-mail, because its last day has passed. */
  readonly passed: number;
  /** Future dates that change. */
  readonly steps: readonly { readonly step: ActionStep; readonly before: Date; readonly after: Date | null }[];
}

/**
 * Before a partner's calendar is saved, computes what it would move.
 * Uses the rules that decide when a step is due.
 */
@Injectable()
export class CalendarImpact {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly activations: Activations,
    private readonly calendars: Calendars,
  ) {}

  /** Running or held activations that the calendar changes, newest first. */
  async preview(actor: PartnerActor, next: NamedCalendar): Promise<ActivationImpact[]> {
    const current = await this.calendars.get(actor, actor.partnerId);
    const shifts: ActivationImpact[] = [];
    for (const activation of await this.activations.listLive(actor)) {
      const { sequence } = (await this.activations.campaign(actor, activation)).definition;
      const steps = this.movedSteps(sequence, activation, current, next);
      const moved = await this.movedPeople(actor, sequence, activation, current, next);
      if (steps.length + moved.people + moved.passed > 0) shifts.push({ activation, steps, ...moved });
    }
    return shifts;
  }

  private movedSteps(
    sequence: SequenceDefinition,
    activation: Activation,
    current: NamedCalendar,
    next: NamedCalendar,
  ): ActivationImpact['steps'] {
    const now = this.clock.now();
    const after = datesOf(sequence, activation, next).steps;
    return datesOf(sequence, activation, current).steps.flatMap(({ step, at: before }, place) => {
      const at = after[place]?.at ?? null;
      if (before === null || before <= now || before.getTime() === at?.getTime()) return [];
      return [{ step, before, after: after[place]?.skip === null ? at : null }];
    });
  }

  private async movedPeople(
    actor: PartnerActor,
    sequence: SequenceDefinition,
    activation: Activation,
    current: NamedCalendar,
    next: NamedCalendar,
  ): Promise<Pick<ActivationImpact, 'people' | 'passed'>> {
    const waiting = await this.database.inTransaction(actor, () =>
      this.database.query<WaitingGroup>(waitingGroups(), [activation.id]),
    );
    const now = this.clock.now();
    const { testWinner } = await this.activations.testOf(actor, activation);
    const [standing, closing] = [choicesWith(activation, current), choicesWith(activation, next)];
    const moved = { people: 0, passed: 0 };
    for (const group of waiting) {
      const { timeZone: zone, country, dueAt, people } = group;
      const arm = group.arm ?? testWinner;
      const step = stepOfGroup(sequence, group);
      if (step?.kind !== 'email') continue;
      const from = dueAt > now ? dueAt : now;
      const before = actionMoment(sequence, step, from, { zone, country, arm, choices: standing });
      const after = actionMoment(sequence, step, from, { zone, country, arm, choices: closing });
      if (before === null) continue;
      if (after === null) moved.passed += people;
      else if (after > before) moved.people += people;
    }
    return moved;
  }
}
