import { advance, type Advance, begin, type Effect, type SkipReason, type EnrolmentState } from './advance.js';
import type { Circumstances, PartnerChoices } from './circumstances.js';
import type { Facts, SequenceEvent } from './condition.js';
import { type EnteredSequence, entriesOf, launchEntryOf, sequenceFor } from './entry.js';
import { postponedBy } from './postponed-by.js';
import type { Postponement } from './postponement.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { stepOf } from './sequence-graph.js';
import type { ActionStep, EmailStep, Entry } from './step.js';

/** The simulated contact, and the assumptions about it. */
export interface Assumptions {
  readonly startAt: Date;
  /** By which rule it enters, by key. Absent: the list at launch, or else the first rule. */
  readonly entry?: string | undefined;
  /** End of the simulated period. */
  readonly until: Date;
  /** IANA zone of the contact's clock. */
  readonly zone: string;
  readonly country: string | null;
  readonly fields: Facts['fields'];
  readonly lists: readonly string[];
  readonly choices: PartnerChoices;
  /** What was drawn for it in a test; null: nothing. */
  readonly arm: string | null;
  /** Events of the contact during the sequence, oldest first. */
  readonly events: readonly SequenceEvent[];
}

/** An action of a contact, at the time of its decision. */
export interface RehearsedStep {
  readonly step: ActionStep;
  readonly round: number;
  readonly at: Date;
  /** Why the sequence skips it; null if it is done. */
  readonly skip: SkipReason | null;
  /**
   * When it would come if sending were allowed at any time; null if that is the
   * same time.
   */
  readonly wanted: Date | null;
}

export interface Rehearsal {
  readonly steps: readonly RehearsedStep[];
  /** `later`: it continues after the simulated period. */
  readonly end: 'completed' | 'exited' | 'later';
}

/** A contact's path to its next e-mail. */
export interface Leg {
  /** Actions before the e-mail, done or skipped. */
  readonly steps: readonly RehearsedStep[];
  /** The next e-mail and its due time; null at the end of the sequence. */
  readonly mail: DueMail | null;
  readonly end: Rehearsal['end'];
}

export interface DueMail {
  readonly step: EmailStep;
  readonly round: number;
  readonly at: Date;
  readonly wanted: Date | null;
  /** The contact's state while the e-mail is being sent. */
  readonly state: EnrolmentState;
}

/** When a step would be due without postponements. */
interface PlannedStep {
  readonly step: string;
  readonly round: number;
  readonly at: Date | null;
}

const LONG_AGO = new Date(0);

/** More steps than any path that ends. */
const MAX_STEPS = 1_000;

/**
 * Simulates one contact from e-mail to e-mail, with the production decisions at
 * their due times. Other actions are done at once. The caller decides when an
 * e-mail is sent. A contact without events reaches every time-out. Without
 * events, equal arguments give equal results.
 */
export class Legs {
  private readonly pending: SequenceEvent[];
  private readonly happened: SequenceEvent[] = [];
  private readonly postponements: Postponement[];
  private planned: PlannedStep | null = null;
  private readonly entry: Entry | undefined;
  private readonly sequence: EnteredSequence;

  constructor(
    sequence: SequenceDefinition,
    private readonly assumed: Assumptions,
  ) {
    const entries = entriesOf(sequence);
    this.entry = entries.find(({ key }) => key === assumed.entry) ?? launchEntryOf(sequence) ?? entries[0];
    this.sequence = sequenceFor(sequence, this.entry?.when.on ?? 'launch');
    this.pending = [...assumed.events];
    this.postponements = [...(assumed.choices.postponements ?? [])];
  }

  /** From the start to the first e-mail. */
  first(): Leg {
    const { startAt } = this.assumed;
    // A contact postponed before the start was enrolled already.
    return this.toMail(begin(this.sequence, startAt, this.at(startAt, LONG_AGO), this.entry?.start), startAt, LONG_AGO);
  }

  /** After the outcome of an e-mail. */
  afterMail({ state }: Pick<DueMail, 'state'>, decidedAt: Date): Leg {
    const event = { kind: 'decided', at: decidedAt } as const;
    return this.toMail(advance(this.sequence, state, event, this.at(decidedAt)), decidedAt);
  }

  /** To the same e-mail again, if it has to wait until the given time. */
  afterDelay({ state }: Pick<DueMail, 'state'>, until: Date): Leg {
    return this.toMail({ next: { ...state, state: 'waiting', dueAt: until }, effects: [] }, until);
  }

  private toMail(begun: Advance, from: Date, since = from): Leg {
    let { next: state, effects } = this.planNext(begun);
    const steps = stepsOfEffects(effects, from);
    for (let step = 0; step < MAX_STEPS && state.dueAt !== null; step += 1) {
      state = this.later(state, since);
      if (state.dueAt === null) break;
      const [news] = this.pending;
      const isNews = news !== undefined && news.at <= state.dueAt;
      const now = isNews ? news.at : state.dueAt;
      since = now;
      if (now > this.assumed.until) return { steps, mail: null, end: 'later' };
      if (isNews) this.happened.push(...this.pending.splice(0, 1));
      const event = isNews ? ({ kind: 'happened', events: [news] } as const) : ({ kind: 'due' } as const);
      ({ next: state, effects } = this.planNext(advance(this.sequence, state, event, this.at(now))));
      const [act] = effects;
      if (state.state === 'acting' && act?.kind === 'act' && act.step.kind === 'email')
        return {
          steps,
          mail: { step: act.step, round: act.round, at: now, wanted: this.wantedBefore(now), state },
          end: 'later',
        };
      steps.push(...stepsOfEffects(effects, now, this.wantedBefore(now)));
      if (state.state !== 'acting') continue;
      ({ next: state, effects } = this.planNext(
        advance(this.sequence, state, { kind: 'decided', at: now }, this.at(now)),
      ));
      steps.push(...stepsOfEffects(effects, now));
    }
    return { steps, mail: null, end: state.dueAt === null && state.state === 'exited' ? 'exited' : 'completed' };
  }

  /**
   * Stores when the pending action would come if sending were allowed at any
   * time, as computed at its first wait.
   */
  private planNext(advanced: Advance): Advance {
    const { next: state, wanted } = advanced;
    if (state.state === 'acting') return advanced;
    const isSame = this.planned?.step === state.step && this.planned.round === state.round;
    const at = (isSame ? this.planned?.at : null) ?? wanted ?? null;
    this.planned = state.step === null ? null : { step: state.step, round: state.round, at };
    return advanced;
  }

  private wantedBefore(now: Date): Date | null {
    const at = this.planned?.at ?? null;
    return at !== null && at < now ? at : null;
  }

  /**
   * A postponement delays only a contact that waits when the postponement
   * starts. Actions before that are already done.
   */
  private later(state: EnrolmentState, since: Date): EnrolmentState {
    if (this.postponements.length === 0) return state;
    const step = state.step === null ? undefined : stepOf(this.sequence, state.step);
    let { dueAt } = state;
    const { zone, country, choices, arm } = this.assumed;
    for (let [next] = this.postponements; next !== undefined && dueAt !== null; [next] = this.postponements) {
      const wasThere = next.fromMs >= since.getTime();
      if (wasThere && (step === undefined || next.fromMs >= dueAt.getTime())) break;
      this.postponements.shift();
      if (!wasThere || step === undefined) continue;
      const before = {
        ...choices,
        postponements: choices.postponements?.slice(0, choices.postponements.indexOf(next)),
      };
      dueAt = postponedBy(this.sequence, step, dueAt, next, { zone, country, choices: before, arm }).at;
    }
    return { ...state, dueAt };
  }

  /** @param known postponements that start later are not applied yet. */
  private at(now: Date, known = now): Circumstances {
    const { zone, country, fields, lists, arm } = this.assumed;
    const { postponements = [] } = this.assumed.choices;
    const choices =
      postponements.length === 0
        ? this.assumed.choices
        : { ...this.assumed.choices, postponements: postponements.filter(({ fromMs }) => fromMs < known.getTime()) };
    const leadState = (this.happened.findLast(({ kind }) => kind === 'lead')?.name ?? null) as Facts['leadState'];
    return { now, zone, country, choices, arm, facts: { events: this.happened, fields, lists, leadState } };
  }
}

/** All actions of one contact, each done at once. Pure. */
export function rehearse(sequence: SequenceDefinition, assumed: Assumptions): Rehearsal {
  const legs = new Legs(sequence, assumed);
  let leg = legs.first();
  const steps = [...leg.steps];
  while (leg.mail !== null && steps.length < MAX_STEPS) {
    const { step, round, at, wanted } = leg.mail;
    steps.push({ step, round, at, skip: null, wanted });
    leg = legs.afterMail(leg.mail, at);
    steps.push(...leg.steps);
  }
  return { steps, end: leg.mail === null ? leg.end : 'completed' };
}

const stepsOfEffects = (effects: readonly Effect[], at: Date, wanted: Date | null = null): RehearsedStep[] =>
  effects.flatMap((effect): RehearsedStep[] => {
    if (effect.kind === 'act') return [{ step: effect.step, round: effect.round, at, skip: null, wanted }];
    return effect.kind === 'skip'
      ? [{ step: effect.step, round: effect.round, at, skip: effect.reason, wanted: null }]
      : [];
  });
