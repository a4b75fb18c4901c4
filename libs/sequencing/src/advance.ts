import { afterWait, dateOn, nextOpening, startOfDate } from './calendar.js';
import type { Circumstances } from './circumstances.js';
import { type SequenceEvent, isTrue } from './condition.js';
import { type EnteredSequence, withoutEarlier } from './entry.js';
import { type EndReason, exclusionBy, exitConditionsOf } from './exclusion.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { holidayOf, openHours } from './open-hours.js';
import { afterPostponements } from './postponement.js';
import { type Target, targetAfter, targetOf } from './continuation.js';
import { following, isBack, stepOf } from './sequence-graph.js';
import { type ActionStep, type BranchStep, END, isAction, type UntilStep, type Transition } from './step.js';

/** Where a contact is. */
export interface EnrolmentState {
  /** Acting: its step is being done, and its outcome is not known yet. */
  readonly state: 'waiting' | 'acting' | 'completed' | 'exited';
  /** Null once it is over. */
  readonly step: string | null;
  /**
   * From 1; each way back begins another.
   * A step is done once in a round.
   */
  readonly round: number;
  /** The next due time; null once it is over. */
  readonly dueAt: Date | null;
  /**
   * What happens from here on opens an `until`: the last action fell due then.
   */
  readonly since: Date;
}

export type StepEvent =
  | { readonly kind: 'due' }
  /** The action has its outcome; the following waits count from `at`. */
  | { readonly kind: 'decided'; readonly at: Date }
  /** An event occurred. `facts.events` has it, too. */
  | { readonly kind: 'happened'; readonly events: readonly SequenceEvent[] };

export type Effect =
  | { readonly kind: 'act'; readonly step: ActionStep; readonly round: number }
  | {
      readonly kind: 'skip';
      readonly step: ActionStep;
      readonly round: number;
      readonly reason: SkipReason | 'exit-rule';
    }
  | { readonly kind: 'goal'; readonly goal: string }
  | { readonly kind: 'exit'; readonly reason: ExitReason };

export type SkipReason = 'step-expired' | 'skipped-by-partner' | 'exit-rule' | 'step-removed';
/**
 * `unsubscribed`, `suppressed` and `contact-gone` always end the enrolment.
 */
export type ExitReason = EndReason | 'goal-reached' | 'exit-rule' | 'unsubscribed' | 'suppressed' | 'contact-gone';

export interface Advance {
  readonly next: EnrolmentState;
  readonly effects: readonly Effect[];
  /**
   * When the pending action would come if sending were allowed at any time;
   * absent if that is the same time.
   */
  readonly wanted?: Date;
}

/** Rounds after which an enrolment ends: no contact gets mail forever. */
const MAX_ROUNDS = 50;

/**
 * The start of a contact.
 * A contact that already meets an exit rule gets nothing. Its first action is
 * skipped with that reason.
 * @param start the step of its entry; the first one by default.
 */
export function begin(
  sequence: EnteredSequence,
  startAt: Date,
  circumstances: Circumstances,
  start: string = sequence.steps[0]?.key ?? END,
): Advance {
  const { facts, now, zone } = circumstances;
  // No event has occurred yet: only facts can be true.
  if (exitConditionsOf(sequence).some((when) => isTrue(when, facts, null, now, zone))) {
    const standing: EnrolmentState = { state: 'waiting', step: null, round: 1, dueAt: null, since: startAt };
    const first = sequence.steps.findIndex(({ key }) => key === start);
    const step = sequence.steps.slice(Math.max(0, first)).find(isAction);
    return exited(
      standing,
      'exit-rule',
      step === undefined ? [] : [{ kind: 'skip', step, round: 1, reason: 'exit-rule' }],
    );
  }
  return walk(sequence, start, startAt, { round: 1, since: startAt }, circumstances);
}

/**
 * The next position of a contact, and what to do for it. Pure: the same
 * arguments give the same result in production, simulation and after a crash.
 * Events that do not concern the position change nothing.
 */
export function advance(
  sequence: EnteredSequence,
  standing: EnrolmentState,
  event: StepEvent,
  circumstances: Circumstances,
): Advance {
  if (sequence.replaces !== undefined)
    return advanceFrom(sequence.replaces, withoutEarlier(sequence), standing, event, circumstances);
  const stay: Advance = { next: standing, effects: [] };
  const step = standing.step === null ? undefined : stepOf(sequence, standing.step);
  if (step === undefined || standing.state === 'completed' || standing.state === 'exited') return stay;
  if (event.kind === 'decided') {
    if (standing.state !== 'acting' || !isAction(step)) return stay;
    return follow(sequence, standing, step.next, event.at, circumstances);
  }
  if (event.kind === 'happened') return happened(sequence, standing, event.events, circumstances);
  const { now } = circumstances;
  if (standing.state !== 'waiting' || standing.dueAt === null || standing.dueAt > now) return stay;
  if (isPastExitDate(sequence, circumstances)) return exited(standing, 'exit-rule', []);
  if (isAction(step)) return actNow(sequence, standing, step, circumstances);
  if (step.kind === 'wait') return follow(sequence, standing, step.next, standing.dueAt, circumstances);
  const open = step.transitions.find(({ when }) =>
    isTrue(when, circumstances.facts, sinceOf(step, standing), now, circumstances.zone),
  );
  // A time-out counts from its end, however late it is processed.
  return open === undefined
    ? follow(sequence, standing, step.else, standing.dueAt, circumstances)
    : follow(sequence, standing, open.then, now, circumstances);
}

/** A contact's position in the present sequence, with what moved it there. */
export interface Settled {
  /** It still replaces another one while an action of that one is being done. */
  readonly sequence: EnteredSequence;
  readonly advanced: Advance;
}

/** Moves a waiting contact to its step of the present sequence, if its position is of an earlier one. */
export function settled(sequence: EnteredSequence, standing: EnrolmentState, circumstances: Circumstances): Settled {
  const { replaces } = sequence;
  if (replaces === undefined || standing.state !== 'waiting')
    return { sequence, advanced: { next: standing, effects: [] } };
  const present = withoutEarlier(sequence);
  return { sequence: present, advanced: continued(replaces, present, standing, circumstances) };
}

/**
 * `advance` from a position of an earlier sequence. A contact that waits is
 * first moved to its step of this one. A contact whose action is being done
 * goes on from that action's outcome.
 */
function advanceFrom(
  earlier: SequenceDefinition,
  sequence: EnteredSequence,
  standing: EnrolmentState,
  event: StepEvent,
  circumstances: Circumstances,
): Advance {
  if (standing.step === null) return advance(sequence, standing, event, circumstances);
  if (standing.state === 'waiting') {
    const moved = continued(earlier, sequence, standing, circumstances);
    const onward = advance(sequence, moved.next, event, circumstances);
    return { ...onward, effects: [...moved.effects, ...onward.effects] };
  }
  if (event.kind !== 'decided' || standing.state !== 'acting')
    return advance({ ...sequence, steps: earlier.steps }, standing, event, circumstances);
  const { decided = new Set() } = circumstances;
  const target = targetAfter({ earlier, sequence }, standing.step, new Set([...decided, standing.step]));
  return goOnAt(sequence, target, event.at, standing, circumstances);
}

/** From a moment on at a step. In a new round nothing is decided yet. */
function goOnAt(
  sequence: SequenceDefinition,
  { step, isNewRound }: Target,
  at: Date,
  { round, since }: Pick<EnrolmentState, 'round' | 'since'>,
  circumstances: Circumstances,
): Advance {
  return isNewRound
    ? walk(sequence, step, at, { round: round + 1, since }, { ...circumstances, decided: undefined })
    : walk(sequence, step, at, { round, since }, circumstances);
}

/**
 * The position of a waiting contact in the sequence that replaces its own, with
 * its due time where the step is in both. From a step that is gone it goes on as
 * if that step were over when it would have been.
 */
function continued(
  earlier: SequenceDefinition,
  sequence: EnteredSequence,
  standing: EnrolmentState,
  circumstances: Circumstances,
): Advance {
  const { step: key, round, dueAt } = standing;
  if (key === null || standing.state !== 'waiting') return { next: standing, effects: [] };
  const target = targetOf({ earlier, sequence }, key, circumstances.decided);
  if (target.step === key) return { next: standing, effects: [] };
  const onward = goOnAt(sequence, target, dueAt ?? circumstances.now, standing, circumstances);
  const step = stepOf(sequence, key) === undefined ? stepOf(earlier, key) : undefined;
  if (step === undefined || !isAction(step) || circumstances.decided?.has(key) === true) return onward;
  return { ...onward, effects: [{ kind: 'skip', step, round, reason: 'step-removed' }, ...onward.effects] };
}

/**
 * The earliest time of an action from a moment on.
 * Null if it is too late, or if sending is allowed on no future day.
 */
export function actionMoment(
  sequence: SequenceDefinition,
  step: ActionStep,
  from: Date,
  circumstances: Omit<Circumstances, 'now' | 'facts'>,
): Date | null {
  const { zone } = circumstances;
  const begins = step.valid?.from === undefined ? from : later(from, startOfDate(step.valid.from, zone));
  const hours = openHours(sequence, step, circumstances);
  const opening = (moment: Date): Date | null => nextOpening(moment, zone, hours);
  const at = step.kind === 'email' ? afterPostponements(begins, circumstances.choices.postponements, opening) : begins;
  return at === null || (step.valid?.to !== undefined && dateOn(at, zone) > step.valid.to) ? null : at;
}

function actNow(
  sequence: SequenceDefinition,
  standing: EnrolmentState,
  step: ActionStep,
  circumstances: Circumstances,
): Advance {
  const { now } = circumstances;
  const { round } = standing;
  const at = actionMoment(sequence, step, now, circumstances);
  if (at === null) {
    const onward = follow(sequence, standing, step.next, now, circumstances);
    return { ...onward, effects: [{ kind: 'skip', step, round, reason: 'step-expired' }, ...onward.effects] };
  }
  // It fell due, but late: it waits for the next day that is open.
  if (at > now) return { next: { ...standing, dueAt: at }, effects: [], wanted: now };
  return {
    next: { ...standing, state: 'acting', since: standing.dueAt ?? now },
    effects: [{ kind: 'act', step, round }],
  };
}
/**
 * An exit on a date has no event: a contact that falls due after it exits
 * instead.
 */
const isPastExitDate = ({ exits = [] }: SequenceDefinition, { now, zone, facts }: Circumstances): boolean =>
  exits.some((when) => when.on === 'date' && isTrue(when, facts, null, now, zone));

/** Order: goals, then what the contact's own step waits for, then exits. */
function happened(
  sequence: EnteredSequence,
  standing: EnrolmentState,
  news: readonly SequenceEvent[],
  circumstances: Circumstances,
): Advance {
  const { now, zone, facts } = circumstances;
  const isNews = ({ on }: Transition['when']): boolean => news.some(({ kind }) => kind === on);
  const brings = (when: Transition['when']): boolean =>
    isNews(when) && isTrue(when, { ...facts, events: news }, null, now, zone);
  const reached = (sequence.goals ?? []).filter(({ when }) => brings(when));
  const goals = reached.map(({ key }): Effect => ({ kind: 'goal', goal: key }));
  if (reached.some(({ ends }) => ends)) return exited(standing, 'goal-reached', goals);
  const step = standing.step === null ? undefined : stepOf(sequence, standing.step);
  if (standing.state === 'waiting' && step?.kind === 'until') {
    const open = step.transitions.find(({ when }) => isTrue(when, facts, standing.since, now, zone));
    if (open !== undefined) {
      const onward = follow(sequence, standing, open.then, afterAll(news, now), circumstances);
      return { ...onward, effects: [...goals, ...onward.effects] };
    }
  }
  const reason = exitReason(sequence, news, brings);
  return reason === null ? { next: standing, effects: goals } : exited(standing, reason, goals);
}

/** @param brings whether the events make a condition true. */
function exitReason(
  sequence: EnteredSequence,
  news: readonly SequenceEvent[],
  brings: (when: Transition['when']) => boolean,
): ExitReason | null {
  if (sequence.exits === undefined) return exclusionBy(news, sequence.isFollowUp);
  const exit = exitConditionsOf(sequence).find(brings);
  if (exit === undefined) return null;
  return exit.on === 'reply' ? 'answered' : 'exit-rule';
}

function exited(standing: EnrolmentState, reason: ExitReason, effects: readonly Effect[]): Advance {
  return {
    next: { ...standing, state: 'exited', step: null, dueAt: null },
    effects: [...effects, { kind: 'exit', reason }],
  };
}

/** Follows a transition; without one, goes to the next step in the list. */
function follow(
  sequence: SequenceDefinition,
  standing: EnrolmentState,
  to: string | undefined,
  at: Date,
  circumstances: Circumstances,
): Advance {
  const from = standing.step ?? END;
  const target = to ?? following(sequence, from);
  return goOnAt(sequence, { step: target, isNewRound: isBack(sequence, from, target) }, at, standing, circumstances);
}

/**
 * From a step to the next one at which a contact waits: an action, an `until`,
 * or a wait. A wait before a condition must end first, because the condition is
 * evaluated after it.
 */
function walk(
  sequence: SequenceDefinition,
  key: string,
  from: Date,
  start: Pick<EnrolmentState, 'round' | 'since'>,
  circumstances: Circumstances,
): Advance {
  const { since } = start;
  const effects: Effect[] = [];
  let { round } = start;
  let at = from;
  let here = key;
  /** The state at the last wait on the path, with the effects before it. */
  let waited: Advance | null = null;
  const over: EnrolmentState = { state: 'completed', step: null, round, dueAt: null, since };
  while (here !== END && round <= MAX_ROUNDS) {
    const step = stepOf(sequence, here);
    if (step === undefined) break;
    let to: string | undefined;
    if (step.kind === 'wait') {
      at = afterWait(at, step, circumstances.zone, holidayOf(sequence, circumstances));
      waited = { next: { ...over, state: 'waiting', step: here, round, dueAt: at }, effects: [...effects] };
      to = step.next;
    } else if (isAction(step) && round === start.round && circumstances.decided?.has(step.key) === true) {
      to = step.next;
    } else if (isAction(step)) {
      const skipped = skipReason(sequence, step, at, circumstances);
      if (typeof skipped !== 'string')
        return {
          next: { ...over, state: 'waiting', step: here, round, dueAt: skipped },
          effects,
          ...(skipped > at ? { wanted: at } : {}),
        };
      effects.push({ kind: 'skip', step, round, reason: skipped });
      to = step.next;
    } else {
      if (at > circumstances.now && waited !== null) return waited;
      if (at > circumstances.now && step.kind === 'branch')
        return { next: { ...over, state: 'waiting', step: here, round, dueAt: at }, effects };
      const open = firstTrueTransition(step, since, circumstances);
      if (open === undefined && step.kind === 'until')
        return {
          next: { ...over, state: 'waiting', step: here, round, dueAt: timeOut(sequence, step, at, circumstances) },
          effects,
        };
      to = open === undefined ? step.else : open.then;
    }
    const target: string = to ?? following(sequence, here);
    if (isBack(sequence, here, target)) round += 1;
    here = target;
  }
  return { next: { ...over, round }, effects };
}

/** @returns the moment of an action, or why it is not done. */
function skipReason(
  sequence: SequenceDefinition,
  step: ActionStep,
  at: Date,
  circumstances: Circumstances,
): Date | SkipReason {
  const { choices, zone } = circumstances;
  if (choices.skip.includes(step.key)) return 'skipped-by-partner';
  const shifted = afterWait(at, { hours: 24 * (choices.shiftDays[step.key] ?? 0) }, zone);
  return actionMoment(sequence, step, shifted, circumstances) ?? 'step-expired';
}

function firstTrueTransition(
  step: BranchStep | UntilStep,
  since: Date,
  { facts, now, zone }: Circumstances,
): Transition | undefined {
  const from = step.kind === 'until' ? since : null;
  return step.transitions.find(({ when }) => isTrue(when, facts, from, now, zone));
}

/**
 * When an `until` ends without an event: at its time-out, or on the first date
 * that it waits for.
 */
function timeOut(sequence: SequenceDefinition, step: UntilStep, at: Date, circumstances: Circumstances): Date {
  const { zone } = circumstances;
  const dates = step.transitions.flatMap(({ when }) => (when.on === 'date' ? [startOfDate(when.date, zone)] : []));
  const end = afterWait(at, step.within, zone, holidayOf(sequence, circumstances));
  return dates.reduce((first, date) => (date < first ? date : first), end);
}

const sinceOf = (step: BranchStep | UntilStep, { since }: EnrolmentState): Date | null =>
  step.kind === 'until' ? since : null;

/**
 * Now, or just after the latest event of a clock ahead of ours.
 * Later events of the contact come after it, so each counts once.
 */
function afterAll(news: readonly SequenceEvent[], now: Date): Date {
  const last = news.reduce((latest, { at }) => later(latest, at), now);
  return last > now ? new Date(last.getTime() + 1) : now;
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
