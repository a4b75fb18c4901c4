/** Days of the sample programme before today. */
export const JOINED_DAYS_AGO = 95;
/** Campaigns are published so long ago: results need partners that joined 30 days before. */
export const PUBLISHED_DAYS_AGO = 63;

/** A sample partner launches a campaign, so many days after it was published. */
export interface PlannedLaunch {
  readonly day: number;
  /** Keys of the seed. */
  readonly partner: string;
  readonly campaign: string;
}

const launches = (campaign: string, days: Readonly<Record<number, readonly string[]>>): PlannedLaunch[] =>
  Object.entries(days).flatMap(([day, partners]) =>
    partners.map((partner) => ({ day: Number(day), partner, campaign })),
  );

/** A campaign that only the history has: its vendor ends it while the last partner still runs it. */
export const ENDED_CAMPAIGN = {
  name: 'security-health-check',
  groups: ['All partners'],
  tags: ['Security'],
  endsOnDay: 44,
  reason: 'The free check is over. The offer of autumn follows.',
} as const;

/** A partner that pauses its latest launch. */
export const PAUSE = { partner: 'dunesoft', campaign: 'cloud-cost-clarity', day: 60 } as const;

/** A campaign that waits for its approval today. */
export const IN_REVIEW = { name: 'customer-story', day: 60 } as const;

/**
 * Who launches what and when. The latest campaigns still run today. A certified partner has two launches
 * at most: with three, the rules of the seed would raise its tier. Two partners have launched nothing.
 */
export const LAUNCHES: readonly PlannedLaunch[] = [
  ...launches('zero-trust-edge', {
    3: ['brightwater', 'kessler', 'maplestone'],
    7: ['alpenblick'],
    45: ['lumiere'],
  }),
  ...launches(ENDED_CAMPAIGN.name, {
    4: ['solmar', 'oranjelijn', 'southern'],
    36: ['dunesoft'],
  }),
  ...launches('cloud-cost-clarity', {
    17: ['lumiere'],
    25: ['brightwater', 'kessler'],
    49: ['solmar'],
    56: ['dunesoft'],
  }),
];
