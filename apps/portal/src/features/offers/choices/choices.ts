import type { DatesView } from '#contracts';

/** A partner's changes to the dates of a campaign. */
export type DateChoices = DatesView['choices'];

export const NO_CHOICES: DateChoices = { shiftDays: {}, skip: [], blackouts: [] };

export const isChanged = ({ shiftDays, skip, blackouts }: DateChoices): boolean =>
  Object.keys(shiftDays).length + skip.length + blackouts.length > 0;

export function withShift(choices: DateChoices, stepKey: string, days: number): DateChoices {
  const others = Object.entries(choices.shiftDays).filter(([key]) => key !== stepKey);
  return { ...choices, shiftDays: Object.fromEntries(days > 0 ? [...others, [stepKey, days]] : others) };
}

export function withSkip(choices: DateChoices, stepKey: string, isLeftOut: boolean): DateChoices {
  const others = choices.skip.filter((key) => key !== stepKey);
  return { ...choices, skip: isLeftOut ? [...others, stepKey] : others };
}

/**
 * When the first and the last e-mail are sent to a contact that does not
 * respond; null if every e-mail requires an action of the contact.
 */
export function emailSpan({ steps }: Pick<DatesView, 'steps'>): { first: string; last: string } | null {
  const dates = steps.flatMap(({ kind, at }) => (kind === 'email' && at !== null ? [at] : [])).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}
