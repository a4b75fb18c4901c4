import { NO_CHOICES, type PartnerChoices, type SkipReason } from './advance.js';
import { rehearse } from './rehearse.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { type ActionStep, isAction } from './step.js';

export interface PlannedStep {
  readonly key: string;
  readonly emailKey: string;
  readonly at: Date;
}

/** A step of the calendar. */
export interface PlannedAction {
  readonly step: ActionStep;
  /** Null for what only comes to who does something. */
  readonly at: Date | null;
  readonly skip: SkipReason | null;
}

/** The last moment that a `Date` can name: every way ends by itself. */
const EVER = new Date(8.64e15);

const wayOf = (sequence: SequenceDefinition, startAt: Date, zone: string, choices: PartnerChoices) =>
  rehearse(sequence, {
    startAt,
    until: EVER,
    zone,
    choices,
    country: null,
    fields: {},
    lists: [],
    happenings: [],
  }).steps;

/** When each e-mail goes to somebody in `zone` who starts at `startAt` and does nothing: every time-out is taken. */
export function plannedEmails(
  sequence: SequenceDefinition,
  startAt: Date,
  zone: string,
  choices: PartnerChoices = NO_CHOICES,
): PlannedStep[] {
  return wayOf(sequence, startAt, zone, choices).flatMap(({ step, at, skip }) =>
    skip === null && step.kind === 'email' ? [{ key: step.key, emailKey: step.email, at }] : [],
  );
}

/** Every action of the sequence in its order, and when it comes to the same person for the first time. */
export function plannedActions(
  sequence: SequenceDefinition,
  startAt: Date,
  zone: string,
  choices: PartnerChoices,
): PlannedAction[] {
  const way = wayOf(sequence, startAt, zone, choices);
  return sequence.steps.filter(isAction).map((step) => {
    const met = way.find((one) => one.step.key === step.key);
    return { step, at: met?.at ?? null, skip: met?.skip ?? null };
  });
}

/** What of a step a campaign leaves to its partner. */
export const rightsOf = (sequence: SequenceDefinition, step: ActionStep): NonNullable<ActionStep['partnerMay']> =>
  step.partnerMay ?? sequence.partnerMay ?? [];
