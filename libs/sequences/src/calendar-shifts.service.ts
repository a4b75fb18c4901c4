import { Injectable } from '@nestjs/common';
import { type Activation, Activations, Calendars, datesOf, type NamedCalendar } from '#activations';
import { Database } from '#database';
import { Clock, type PartnerActor } from '#kernel';
import { actionMoment, type ActionStep, type SequenceDefinition, stepOf, withCalendar } from '#sequencing';

/** What a calendar would move in one activation. */
export interface ForeseenShift {
  readonly activation: Activation;
  /** People whose next e-mail comes later. */
  readonly people: number;
  /** People who would not get it any more: its last day is over by then. */
  readonly passed: number;
  /** Dates of the plan that are yet to come and move. */
  readonly steps: readonly { readonly step: ActionStep; readonly before: Date; readonly after: Date | null }[];
}

/** People who wait for the same step on the same quarter of an hour of clocks that show the same. */
interface Waiting {
  readonly stepKey: string | null;
  readonly position: number;
  readonly timeZone: string;
  readonly country: string | null;
  readonly dueAt: Date;
  readonly people: number;
}

/** Says before a partner's calendar is saved what it would move, by the rules that decide it when something falls due. */
@Injectable()
export class CalendarShifts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly activations: Activations,
    private readonly calendars: Calendars,
  ) {}

  /** Activations that run or are held and in which something moves, newest first. */
  async of(actor: PartnerActor, next: NamedCalendar): Promise<ForeseenShift[]> {
    const current = await this.calendars.of(actor, actor.partnerId);
    const shifts: ForeseenShift[] = [];
    for (const activation of await this.activations.live(actor)) {
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
  ): ForeseenShift['steps'] {
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
    { id, choices }: Activation,
    current: NamedCalendar,
    next: NamedCalendar,
  ): Promise<Pick<ForeseenShift, 'people' | 'passed'>> {
    // Every zone's midnight lies on a quarter of an hour: who falls due within one falls due on one date.
    const waiting = await this.database.inTransaction(actor, () =>
      this.database.query<Waiting>(
        `SELECT step_key AS "stepKey", position, time_zone AS "timeZone", country, min(due_at) AS "dueAt", count(*)::int AS people
         FROM sequences.enrolment WHERE activation_id = $1 AND state = 'waiting' AND due_at IS NOT NULL
         GROUP BY step_key, position, time_zone, country, date_bin('15 minutes', due_at, 'epoch')`,
        [id],
      ),
    );
    const now = this.clock.now();
    const [standing, closing] = [withCalendar(choices, current), withCalendar(choices, next)];
    const moved = { people: 0, passed: 0 };
    for (const { stepKey, position, timeZone: zone, country, dueAt, people } of waiting) {
      const step = stepOf(sequence, stepKey ?? sequence.steps[position]?.key ?? '');
      if (step?.kind !== 'email') continue;
      const from = dueAt > now ? dueAt : now;
      const before = actionMoment(sequence, step, from, { zone, country, choices: standing });
      const after = actionMoment(sequence, step, from, { zone, country, choices: closing });
      if (before === null) continue;
      if (after === null) moved.passed += people;
      else if (after > before) moved.people += people;
    }
    return moved;
  }
}
