import type { SkipReason } from './advance.js';
import { testedStepOf } from './arms.js';
import { NO_CHOICES, type PartnerChoices } from './circumstances.js';
import { launchEntryOf } from './entry.js';
import { rehearse, type RehearsedStep } from './rehearse.js';
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
  /** Null for steps that only an active contact reaches. */
  readonly at: Date | null;
  readonly skip: SkipReason | null;
}

/** The last time that a `Date` can have. Every enrolment ends before it. */
const EVER = new Date(8.64e15);

/** Empty if the sequence has no entry for a list: nobody knows when others enter. */
const wayOf = (
  sequence: SequenceDefinition,
  startAt: Date,
  zone: string,
  choices: PartnerChoices,
): readonly RehearsedStep[] =>
  launchEntryOf(sequence) === undefined
    ? []
    : rehearse(sequence, {
        startAt,
        until: EVER,
        zone,
        choices,
        arm: testedStepOf(sequence)?.arms[0] ?? null,
        country: null,
        fields: {},
        lists: [],
        events: [],
      }).steps;

/**
 * When each e-mail goes to an inactive contact in `zone` from `startAt`: every
 * wait times out. Of several times that are tested, the first one.
 */
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

/**
 * Every action of the sequence in order, with its first time for the same
 * contact.
 */
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
