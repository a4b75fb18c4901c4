import type { RunningActivation } from '#activations';
import { advance, type EnteredSequence, NOTHING_KNOWN, stepOf, targetOf } from '#sequencing';
import { armInForce, type Enrolled, sequenceOf, stateOf } from '../enrolment/enrolment-states.service.js';

/**
 * Evaluates an enrolment that is due. No facts about interactions are needed,
 * because an e-mail step has no conditions.
 */
export function evaluateDue(enrolment: Enrolled, running: RunningActivation, now: Date) {
  const { activation } = running;
  const sequence = sequenceOf(enrolment, running);
  const { timeZone: zone, country } = enrolment;
  const standing = stateOf(enrolment, running);
  const step = standing.step === null || isMoved(sequence, standing.step) ? undefined : stepOf(sequence, standing.step);
  if (step?.kind !== 'email') return { step, next: standing, effects: [] };
  const arm = armInForce(enrolment, running);
  const circumstances = { now, zone, country, arm, facts: NOTHING_KNOWN, choices: activation.choices };
  return { step, ...advance(sequence, standing, { kind: 'due' }, circumstances) };
}

/** Whether an update may lead the contact to another step. The inbox decides it, with what it has had. */
const isMoved = (sequence: EnteredSequence, step: string): boolean =>
  sequence.replaces !== undefined && targetOf({ earlier: sequence.replaces, sequence }, step).step !== step;
