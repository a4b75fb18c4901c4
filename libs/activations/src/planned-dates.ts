import {
  NO_CHOICES,
  type PartnerCalendar,
  type PartnerChoices,
  type PlannedAction,
  plannedActions,
  type SequenceDefinition,
  withCalendar,
} from '#sequencing';

/** When what comes, for somebody in `timeZone` who does nothing. */
export interface PlannedDates {
  readonly startAt: Date;
  readonly timeZone: string;
  /** Of this launch. */
  readonly choices: PartnerChoices;
  /** Of all of the partner's. */
  readonly calendar: PartnerCalendar;
  readonly sequence: SequenceDefinition;
  /** In the order of the sequence; `plannedAt` is the vendor's own date. */
  readonly steps: readonly (PlannedAction & { readonly plannedAt: Date | null })[];
}

interface Start {
  readonly startAt: Date;
  readonly timeZone: string;
  readonly choices: PartnerChoices;
}

/** The dates of a sequence with a partner's choices and calendar, each beside the vendor's own. */
export function datesOf(
  sequence: SequenceDefinition,
  { startAt, timeZone, choices }: Start,
  calendar: PartnerCalendar,
): PlannedDates {
  const planned = plannedActions(sequence, startAt, timeZone, NO_CHOICES);
  const steps = plannedActions(sequence, startAt, timeZone, withCalendar(choices, calendar));
  return {
    ...{ startAt, timeZone, choices, calendar, sequence },
    steps: steps.map((step, at) => ({ ...step, plannedAt: planned[at]?.at ?? null })),
  };
}
