import type { SequenceDefinition } from './sequence-definition.js';
import { type EmailStep, type SendTime, type SequenceStep, WEEKDAYS } from './step.js';

/** A step that tests e-mails, or times of sending, against each other. */
export interface TestedStep {
  readonly stepKey: string;
  readonly of: 'email' | 'time';
  /** Keys of the e-mails, the step's own first, or of the times in the author's order. */
  readonly arms: readonly [string, ...string[]];
}

/** Keys of the e-mails of a step: one, or those that it tests against each other. */
export const armsOf = ({ email, test = [] }: Pick<EmailStep, 'email' | 'test'>): readonly [string, ...string[]] => [
  email,
  ...test,
];

/** The name of a tested time: `09:00-11:00 tue,thu`. No e-mail has such a key. */
export function timeKey({ from, to, weekdays }: SendTime): string {
  const days = weekdays === undefined ? [] : [WEEKDAYS.filter((day) => weekdays.includes(day)).join(',')];
  return [`${from}-${to}`, ...days].join(' ');
}

/** Reads a name of {@link timeKey}. Null: it names no time. */
export function timeOf(key: string): SendTime | null {
  const [, from, to, days] = /^(\d\d:\d\d)-(\d\d:\d\d)(?: ([a-z,]+))?$/.exec(key) ?? [];
  if (from === undefined || to === undefined) return null;
  return days === undefined
    ? { from, to }
    : { from, to, weekdays: WEEKDAYS.filter((day) => days.split(',').includes(day)) };
}

/** The one step of a sequence that tests something; null: none does. */
export function testedStepOf({ steps }: Pick<SequenceDefinition, 'steps'>): TestedStep | null {
  const step = steps.find(
    (one): one is EmailStep => one.kind === 'email' && (one.test !== undefined || one.testTimes !== undefined),
  );
  if (step === undefined) return null;
  const [first, ...others] = (step.testTimes ?? []).map(timeKey);
  return first === undefined
    ? { stepKey: step.key, of: 'email', arms: armsOf(step) }
    : { stepKey: step.key, of: 'time', arms: [first, ...others] };
}

/** The e-mail that a contact gets in a step. An arm that the step does not have (any more) is its own e-mail. */
export const emailOf = (step: EmailStep, arm: string | null): string =>
  arm !== null && step.test?.includes(arm) === true ? arm : step.email;

/** The tested time at which a contact gets the e-mail of a step; null: any time of the window. */
export const sendTimeOf = (step: SequenceStep, arm: string | null): SendTime | null =>
  step.kind === 'email' && arm !== null ? (step.testTimes?.find((time) => timeKey(time) === arm) ?? null) : null;

/** A tested time as a window of the sequence. */
export const windowOf = (
  { window }: Pick<SequenceDefinition, 'window'>,
  { from, to, weekdays }: SendTime,
): SequenceDefinition['window'] => ({ from, to, weekdays: [...(weekdays ?? window.weekdays)] });

/** Keys of all e-mails that a step may send; empty: it sends none. */
export const emailsOf = (step: SequenceStep): readonly string[] => (step.kind === 'email' ? armsOf(step) : []);
