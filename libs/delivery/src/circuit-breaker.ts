/** Outcome counts of a batch of submissions, or of a report that came later. */
export interface Tally {
  readonly submitted: number;
  /** Addresses that do not exist, and rejections of the sender as such. */
  readonly bounced: number;
  readonly complained: number;
}

export interface Breach {
  readonly cause: 'bounces' | 'complaints';
  /** Bounces or complaints among `submitted` messages. */
  readonly bad: number;
  readonly submitted: number;
}

/**
 * Providers block senders above about 5 % invalid addresses or 0.3 %
 * complaints. Eight and three are the smallest counts that separate a bad list
 * from chance: at 2 % invalid addresses, which is acceptable, 8 of 160 occur in
 * 1.7 % of the cases. A list with 10 % invalid addresses is stopped after about
 * 80 messages.
 */
export const BREAKER = {
  bounces: { window: 200, least: 8, share: 0.05 },
  complaints: { window: 1000, least: 3, share: 0.003 },
} as const;

/**
 * Whether the newest submissions of a partner exceed a limit.
 * @param tallies newest first, without those before the last lift.
 * @returns null if no limit is exceeded.
 */
export function breachOf(tallies: readonly Tally[]): Breach | null {
  const bounces = newest(tallies, BREAKER.bounces.window, ({ bounced }) => bounced);
  const complaints = newest(tallies, BREAKER.complaints.window, ({ complained }) => complained);
  if (isBreach(complaints, BREAKER.complaints)) return { cause: 'complaints', ...complaints };
  return isBreach(bounces, BREAKER.bounces) ? { cause: 'bounces', ...bounces } : null;
}

const isBreach = (
  { bad, submitted }: { bad: number; submitted: number },
  { least, share }: { least: number; share: number },
): boolean => bad >= least && bad >= submitted * share;

/** Sums the newest tallies that together fill a window of submissions. */
function newest(
  tallies: readonly Tally[],
  window: number,
  of: (tally: Tally) => number,
): { bad: number; submitted: number } {
  let [bad, submitted] = [0, 0];
  for (const tally of tallies) {
    if (submitted >= window) break;
    submitted += tally.submitted;
    bad += of(tally);
  }
  return { bad, submitted };
}
