import { advance, begin, type Circumstances, NO_CHOICES, type PartnerChoices } from './advance.js';
import { NOTHING_KNOWN } from './condition.js';
import type { SequenceDefinition } from './sequence-definition.js';

export interface PlannedStep {
  readonly key: string;
  readonly emailKey: string;
  readonly at: Date;
}

/** More steps than any way has that ends. */
const MAX_STEPS = 500;

/** When each e-mail goes to somebody in `zone` who starts at `startAt` and does nothing: every time-out is taken. */
export function plannedEmails(
  sequence: SequenceDefinition,
  startAt: Date,
  zone: string,
  choices: PartnerChoices = NO_CHOICES,
): PlannedStep[] {
  const at = (now: Date): Circumstances => ({ now, zone, country: null, facts: NOTHING_KNOWN, choices });
  const planned: PlannedStep[] = [];
  let { standing } = begin(sequence, startAt, at(startAt));
  for (let step = 0; step < MAX_STEPS && standing.dueAt !== null; step++) {
    const now = standing.dueAt;
    const due = advance(sequence, standing, { kind: 'due' }, at(now));
    const [effect] = due.effects;
    if (effect?.kind === 'act' && effect.step.kind === 'email')
      planned.push({ key: effect.step.key, emailKey: effect.step.email, at: now });
    standing =
      due.standing.state === 'acting'
        ? advance(sequence, due.standing, { kind: 'decided', at: now }, at(now)).standing
        : due.standing;
  }
  return planned;
}
