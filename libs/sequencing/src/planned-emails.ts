import { NO_CHOICES, type PartnerChoices } from './advance.js';
import { rehearse } from './rehearse.js';
import type { SequenceDefinition } from './sequence-definition.js';

export interface PlannedStep {
  readonly key: string;
  readonly emailKey: string;
  readonly at: Date;
}

/** The last moment that a `Date` can name: every way ends by itself. */
const EVER = new Date(8.64e15);

/** When each e-mail goes to somebody in `zone` who starts at `startAt` and does nothing: every time-out is taken. */
export function plannedEmails(
  sequence: SequenceDefinition,
  startAt: Date,
  zone: string,
  choices: PartnerChoices = NO_CHOICES,
): PlannedStep[] {
  const { steps } = rehearse(sequence, {
    ...{ startAt, until: EVER, zone, choices },
    ...{ country: null, fields: {}, lists: [], happenings: [] },
  });
  return steps.flatMap(({ step, at, skip }) =>
    skip === null && step.kind === 'email' ? [{ key: step.key, emailKey: step.email, at }] : [],
  );
}
