import { startOfSpan } from '#insight';
import { DAY_MS, HOUR_MS } from '#kernel';

/** At least so many days lie between the publication of campaigns and today. */
const FULL_DAYS = 56;
/** Results are released for programmes with partners of 30 days. */
const QUIET_DAYS = 32;

/**
 * When the sample campaigns are published: on the Monday on which a span of four weeks begins whose results
 * are released today. So these have the first launches whole, on whatever day the demonstration starts.
 */
export function publishedAt(today: Date): Date {
  const latest = new Date(today.getTime() - FULL_DAYS * DAY_MS).toISOString().slice(0, 10);
  return new Date(Date.parse(startOfSpan('four-weeks', latest)) + 6 * HOUR_MS);
}

/** When the sample partners joined. */
export const joinedAt = (today: Date): Date => new Date(publishedAt(today).getTime() - QUIET_DAYS * DAY_MS);

/** A sample partner launches a campaign. */
interface PlannedLaunch {
  /** After the publication; negative: before today. */
  readonly day: number;
  /** Keys of the seed. */
  readonly partner: string;
  readonly campaign: string;
}

const launches = (campaign: string, day: number, partners: readonly string[]): PlannedLaunch[] =>
  partners.map((partner) => ({ day, partner, campaign }));

/** A campaign that only the history has: its vendor ends it while the last partner still runs it. */
export const ENDED_CAMPAIGN = {
  name: 'security-health-check',
  groups: ['All partners'],
  tags: ['Security'],
  endsOnDay: 44,
  reason: 'The free check is over. The offer of autumn follows.',
} as const;

/** A partner that pauses its latest launch. */
export const PAUSE = { partner: 'dunesoft', campaign: 'cloud-cost-clarity', day: -2 } as const;

/** A campaign that waits for its approval today. */
export const IN_REVIEW = { name: 'customer-story', day: -3 } as const;

/**
 * Who launches what and when. Most launch the first campaign at once: results are shown from some dozens of
 * people on. The latest launches still run today, and two partners have launched nothing. A certified partner
 * has two launches at most: with three, the rules of the seed would raise its tier.
 */
export const LAUNCHES: readonly PlannedLaunch[] = [
  ...launches('zero-trust-edge', 0, [
    'brightwater',
    'kessler',
    'alpenblick',
    'lumiere',
    'solmar',
    'maplestone',
    'southern',
    'oranjelijn',
  ]),
  ...launches(ENDED_CAMPAIGN.name, 15, ['solmar', 'southern']),
  ...launches(ENDED_CAMPAIGN.name, 37, ['maplestone']),
  ...launches('cloud-cost-clarity', 40, ['lumiere']),
  ...launches('cloud-cost-clarity', -17, ['brightwater', 'kessler']),
  ...launches('cloud-cost-clarity', -5, ['dunesoft']),
];
