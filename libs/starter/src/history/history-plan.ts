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

/**
 * Who launches what and when. The latest campaigns still run today. A partner has two launches at most:
 * with three, the rules of the seed would raise its tier.
 */
export const LAUNCHES: readonly PlannedLaunch[] = [
  ...launches('zero-trust-edge', {
    3: ['brightwater', 'kessler', 'maplestone'],
    6: ['alpenblick', 'southern'],
    11: ['merlion', 'solmar'],
    18: ['dunesoft', 'oranjelijn'],
    47: ['lumiere'],
  }),
  ...launches('cloud-cost-clarity', {
    13: ['lumiere'],
    25: ['brightwater', 'maplestone'],
    32: ['kessler', 'dunesoft'],
    39: ['alpenblick', 'oranjelijn'],
    54: ['solmar', 'merlion'],
    59: ['southern'],
  }),
];
