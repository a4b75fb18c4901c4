/** What became of a batch of hand-overs, or a report that came later. */
export interface Tally {
  readonly submitted: number;
  /** Addresses that do not exist, and refusals of the sender as such. */
  readonly bounced: number;
  readonly complained: number;
}

export interface Breach {
  readonly cause: 'bounces' | 'complaints';
  /** Of so many messages, so many. */
  readonly bad: number;
  readonly submitted: number;
}

/**
 * Providers block from about 5 % of dead addresses on, and above 0.3 % of complaints. Eight and three are the least that tell a bad list
 * from bad luck: at 2 % dead, which is still welcome, eight of 160 come in 1.7 % of the cases. A list with 10 % stops after some eighty.
 */
export const BREAKER = {
  bounces: { window: 200, least: 8, share: 0.05 },
  complaints: { window: 1000, least: 3, share: 0.003 },
} as const;

/**
 * Whether the newest hand-overs of a partner must be its last for now.
 * @param tallies newest first; those before the last lift are not among them.
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

/** The newest tallies that together make up a window of hand-overs, and what was bad in them. */
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
