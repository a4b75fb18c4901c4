import { advance, begin, type Circumstances, type Effect, type PartnerChoices, type SkipReason } from './advance.js';
import type { Facts, Happening } from './condition.js';
import type { SequenceDefinition } from './sequence-definition.js';
import type { ActionStep } from './step.js';

/** One contact and what is assumed of it. */
export interface Assumptions {
  readonly startAt: Date;
  /** What falls due later is not looked at. */
  readonly until: Date;
  /** IANA zone of the contact's clock. */
  readonly zone: string;
  readonly country: string | null;
  readonly fields: Facts['fields'];
  readonly lists: readonly string[];
  readonly choices: PartnerChoices;
  /** What the contact does on the way, oldest first. */
  readonly happenings: readonly Happening[];
}

/** An action on a contact's way, at the moment when it is decided. */
export interface RehearsedStep {
  readonly step: ActionStep;
  readonly round: number;
  readonly at: Date;
  /** Why the sequence itself leaves it out; null when it is done. */
  readonly skip: SkipReason | null;
}

export interface Rehearsal {
  readonly steps: readonly RehearsedStep[];
  /** `later`: the way goes on after what was looked at. */
  readonly end: 'completed' | 'exited' | 'later';
}

/** More steps than any way has that ends. */
const MAX_STEPS = 1_000;

/**
 * The way of one contact from start to end, by the same decisions as the real one, each made at the moment when it falls due and every
 * action done at once. Who does nothing takes every time-out. Pure.
 */
export function rehearse(sequence: SequenceDefinition, assumed: Assumptions): Rehearsal {
  const { startAt, until, zone, country, choices } = assumed;
  const steps: RehearsedStep[] = [];
  const pending = [...assumed.happenings];
  const happened: Happening[] = [];
  const facts = (): Facts => ({
    ...{ happenings: happened, fields: assumed.fields, lists: assumed.lists },
    leadState: null,
  });
  const at = (now: Date): Circumstances => ({ now, zone, country, choices, facts: facts() });
  const note = (now: Date, effects: readonly Effect[]): void => {
    for (const effect of effects)
      if (effect.kind === 'act') steps.push({ step: effect.step, round: effect.round, at: now, skip: null });
      else if (effect.kind === 'skip')
        steps.push({ step: effect.step, round: effect.round, at: now, skip: effect.reason });
  };
  let { standing, effects } = begin(sequence, startAt, at(startAt));
  note(startAt, effects);
  for (let step = 0; step < MAX_STEPS && standing.dueAt !== null; step += 1) {
    const [news] = pending;
    const isNews = news !== undefined && news.at <= standing.dueAt;
    const now = isNews ? news.at : standing.dueAt;
    if (now > until) return { steps, end: 'later' };
    if (isNews) happened.push(...pending.splice(0, 1));
    const event = isNews ? ({ kind: 'happened', happenings: [news] } as const) : ({ kind: 'due' } as const);
    ({ standing, effects } = advance(sequence, standing, event, at(now)));
    note(now, effects);
    if (standing.state !== 'acting') continue;
    ({ standing, effects } = advance(sequence, standing, { kind: 'decided', at: now }, at(now)));
    note(now, effects);
  }
  return { steps, end: standing.dueAt === null && standing.state === 'exited' ? 'exited' : 'completed' };
}
