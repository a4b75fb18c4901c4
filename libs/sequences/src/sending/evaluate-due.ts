import type { RunningActivation } from '#activations';
import { advance, NOTHING_KNOWN, stepOf } from '#sequencing';
import { type Enrolled, stateOf } from '../enrolment/enrolment-states.service.js';

/**
 * Evaluates an enrolment that is due. No facts about interactions are needed,
 * because an e-mail step has no conditions.
 */
export function evaluateDue(enrolment: Enrolled, running: RunningActivation, now: Date) {
  const { sequence, activation } = running;
  const { timeZone: zone, country } = enrolment;
  const standing = stateOf(enrolment, running);
  const step = standing.step === null ? undefined : stepOf(sequence, standing.step);
  if (step?.kind !== 'email') return { step, next: standing, effects: [] };
  const circumstances = { now, zone, country, facts: NOTHING_KNOWN, choices: activation.choices };
  return { step, ...advance(sequence, standing, { kind: 'due' }, circumstances) };
}
