import { NO_CHOICES, type PartnerChoices } from './advance.js';
import { rehearse } from './rehearse.js';
import type { SequenceDefinition } from './sequence-definition.js';

export interface PlannedStep {
  readonly key: string;
  readonly emailKey: string;
  readonly at: Date;
}

/** A way that comes back on itself is shown for so long. */
const SHOWN_MS = 366 * 86_400_000;

/** When each e-mail goes to somebody in `zone` who starts at `startAt` and does nothing: every time-out is taken. */
export function plannedEmails(
  sequence: SequenceDefinition,
  startAt: Date,
  zone: string,
  choices: PartnerChoices = NO_CHOICES,
): PlannedStep[] {
  const { steps } = rehearse(sequence, {
    ...{ startAt, until: new Date(startAt.getTime() + SHOWN_MS), zone, choices },
    ...{ country: null, fields: {}, lists: [], happenings: [] },
  });
  return steps.flatMap(({ step, at, skip }) =>
    skip === null && step.kind === 'email' ? [{ key: step.key, emailKey: step.email, at }] : [],
  );
}
