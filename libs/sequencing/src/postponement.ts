/**
 * A postponement: no mail between two moments; waiting contacts are due so many
 * days later. Instants are stored as milliseconds since the epoch.
 */
export interface Postponement {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly days: number;
}

/**
 * The first moment for an e-mail outside every postponement.
 * @param opening the first open moment from one on; null for none.
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

/** Whether a moment is inside a postponement. */
export const isPostponement = (at: Date, postponements: readonly Postponement[] = []): boolean =>
  postponements.some((postponement) => isWithin(postponement, at));

const isWithin = ({ fromMs, untilMs }: Postponement, at: Date): boolean =>
  fromMs <= at.getTime() && at.getTime() < untilMs;
