/**
 * What a partner puts off: from a moment on, nobody is written to until another, and who waits falls due so many days later. Instants as
 * milliseconds since the epoch, as they are kept.
 */
export interface Postponement {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly days: number;
}

/**
 * The first moment at which an e-mail may go that nothing of what was put off speaks against.
 * @param opening the first moment from one on at which somebody may be written to; null where there is none.
 */
export function afterPostponements(
  from: Date,
  postponements: readonly Postponement[] = [],
  opening: (from: Date) => Date | null,
): Date | null {
  const at = opening(from);
  const within = at === null ? undefined : postponements.find((postponement) => isWithin(postponement, at));
  return within === undefined ? at : afterPostponements(new Date(within.untilMs), postponements, opening);
}

/** Whether nobody is written to at a moment because what was to come then has been put off. */
export const isPostponement = (at: Date, postponements: readonly Postponement[] = []): boolean =>
  postponements.some((postponement) => isWithin(postponement, at));

const isWithin = ({ fromMs, untilMs }: Postponement, at: Date): boolean =>
  fromMs <= at.getTime() && at.getTime() < untilMs;
