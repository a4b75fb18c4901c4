import type { DatesView } from '#contracts';

/** What a partner changes of a campaign's dates. */
export type Choices = DatesView['choices'];

export const NO_CHOICES: Choices = { shiftDays: {}, skip: [], blackouts: [] };

export const isChanged = ({ shiftDays, skip, blackouts }: Choices): boolean =>
  Object.keys(shiftDays).length + skip.length + blackouts.length > 0;

export function withShift(choices: Choices, stepKey: string, days: number): Choices {
  const others = Object.entries(choices.shiftDays).filter(([key]) => key !== stepKey);
  return { ...choices, shiftDays: Object.fromEntries(days > 0 ? [...others, [stepKey, days]] : others) };
}

export function withSkip(choices: Choices, stepKey: string, isLeftOut: boolean): Choices {
  const others = choices.skip.filter((key) => key !== stepKey);
  return { ...choices, skip: isLeftOut ? [...others, stepKey] : others };
}

/** When the first e-mails go out; null where nobody gets any without doing something. */
export const firstMailAt = ({ steps }: Pick<DatesView, 'steps'>): string | null =>
  steps.flatMap(({ kind, at }) => (kind === 'email' && at !== null ? [at] : [])).sort()[0] ?? null;
