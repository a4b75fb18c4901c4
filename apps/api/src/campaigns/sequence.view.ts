import type { ConditionView, EntryView, GoalView, SendTimeView, SequenceStepView, SequenceView } from '#contracts';
import {
  type Condition,
  earliestHours,
  edgesOf,
  END,
  entriesOf,
  type Entry,
  exitsOf,
  isAction,
  isChoice,
  namedBy,
  onlyIf,
  rightsOf,
  type SequenceDefinition,
  type SequenceStep,
} from '#sequencing';

/** A sequence for display. Each branch names the step that follows it. */
export function sequenceView(sequence: SequenceDefinition): SequenceView {
  const { window, quietHours, holidays, blackouts, timeZone, dailyLimit, reentry, goals, holdOut } = sequence;
  return {
    window: { from: window.from, to: window.to, weekdays: [...window.weekdays] },
    quietHours: quietHours === undefined ? null : { from: quietHours.from, to: quietHours.to },
    holidays: Object.fromEntries(Object.entries(holidays ?? {}).map(([country, dates]) => [country, [...dates]])),
    blackouts: (blackouts ?? []).map(({ from, to }) => ({ from, to })),
    timeZone: timeZone ?? null,
    dailyLimit: dailyLimit ?? null,
    holdOutPercent: holdOut?.percent ?? 0,
    reentryAfterDays: reentry?.afterDays ?? null,
    entries: entriesOf(sequence).map(entryView),
    exits: exitsOf(sequence).map(conditionView),
    goals: (goals ?? []).map(({ key, when, ends }) => ({ key, when: conditionView(when), ends })),
    steps: stepViews(sequence),
  };
}

/** The goals of a sequence, with the number of contacts that reached them. */
export const goalViews = (
  goals: SequenceDefinition['goals'],
  reached: ReadonlyMap<string, number> | null,
): GoalView[] =>
  (goals ?? []).map(({ key, when, ends }) => ({
    key,
    ends,
    when: conditionView(when),
    reached: reached === null ? null : (reached.get(key) ?? 0),
  }));

function stepViews(sequence: SequenceDefinition): SequenceStepView[] {
  const edges = edgesOf(sequence);
  const hours = earliestHours(sequence);
  const conditions = onlyIf(sequence);
  return sequence.steps.map((step) => {
    const leading = edges.filter(({ from }) => from === step.key);
    return {
      key: step.key,
      kind: step.kind,
      about: namedBy(step),
      test: step.kind === 'email' ? [...(step.test ?? [])] : [],
      testTimes: testTimesOf(step),
      wait: waitView(step),
      transitions: isChoice(step)
        ? step.transitions.map(({ when }, at) => ({
            when: conditionView(when),
            to: leading.find(({ transition }) => transition === at)?.to ?? END,
          }))
        : [],
      next: leading.find(({ by }) => by !== 'then')?.to ?? END,
      valid:
        isAction(step) && step.valid !== undefined
          ? { from: step.valid.from ?? null, to: step.valid.to ?? null }
          : null,
      partnerMay: isAction(step) ? [...rightsOf(sequence, step)] : [],
      earliestHour: hours.get(step.key) ?? 0,
      onlyIf: (conditions.get(step.key) ?? []).map(conditionView),
    };
  });
}

/** The times that a step tests; empty: none. */
export const testTimesOf = (step: SequenceStep): SendTimeView[] =>
  (step.kind === 'email' ? (step.testTimes ?? []) : []).map(({ from, to, weekdays = [] }) => ({
    from,
    to,
    weekdays: [...weekdays],
  }));

/** How long a step waits; null: it does not. */
export function waitView(step: SequenceStep): SequenceStepView['wait'] {
  if (step.kind !== 'wait' && step.kind !== 'until') return null;
  const wait = step.kind === 'until' ? step.within : step;
  if ('hours' in wait) return { hours: wait.hours };
  if ('businessDays' in wait) return { businessDays: wait.businessDays };
  if ('date' in wait) return { date: wait.date, at: wait.at };
  return { at: wait.at, weekdays: [...wait.weekdays] };
}

function entryView({ key, when, start, reentry, consent }: Entry): EntryView {
  return {
    key,
    when: triggerView(when),
    start,
    reentryAfterDays: reentry?.afterDays ?? null,
    waitsForConfirmation: consent === 'confirmed',
  };
}

function triggerView(when: Entry['when']): EntryView['when'] {
  if (when.on === 'lead') return { on: 'lead', states: [...when.states] };
  return when.on === 'field' ? { ...when, values: [...when.values] } : { ...when };
}

export function conditionView(when: Condition): ConditionView {
  if (when.on === 'lead') return { on: 'lead', states: [...when.states] };
  return when.on === 'field' ? { ...when, values: [...when.values] } : { ...when };
}
