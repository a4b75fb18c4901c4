import type { SequenceDefinition } from './sequence-definition.js';
import type { EmailStep, SequenceStep } from './step.js';

/** A step that tests e-mails against each other. */
export interface TestedStep {
  readonly stepKey: string;
  /** Keys of the e-mails, the step's own first. */
  readonly arms: readonly [string, ...string[]];
}

/** The e-mails of a step: one, or those that it tests against each other. */
export const armsOf = ({ email, test = [] }: Pick<EmailStep, 'email' | 'test'>): readonly [string, ...string[]] => [
  email,
  ...test,
];

/** The one step of a sequence that tests e-mails; null: none does. */
export function testedStepOf({ steps }: Pick<SequenceDefinition, 'steps'>): TestedStep | null {
  const step = steps.find((one) => one.kind === 'email' && one.test !== undefined);
  return step?.kind === 'email' ? { stepKey: step.key, arms: armsOf(step) } : null;
}

/** The e-mail that a contact gets in a step. An arm that the step does not have (any more) is its own e-mail. */
export const emailOf = (step: EmailStep, arm: string | null): string =>
  arm !== null && step.test?.includes(arm) === true ? arm : step.email;

/** Keys of all e-mails that a step may send; empty: it sends none. */
export const emailsOf = (step: SequenceStep): readonly string[] => (step.kind === 'email' ? armsOf(step) : []);
