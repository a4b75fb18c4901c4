import { newestReleasedSpan } from '#insight';
import { DAY_MS, HOUR_MS } from '#kernel';

/** Results are released for programmes with partners of 30 days. */
const QUIET_DAYS = 32;
/** The newest e-mails on the vendor's home are those of so many released weeks. */
const WEEKS_OF_HOME = 4;

const isoDay = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * When the sample campaigns are published: on the Monday on which the newest span of four weeks begins whose
 * results are released today, 39 to 66 days ago. The first launches lie whole in it, and it is the one that
 * the vendor's home shows clicks and leads of.
 */
export const publishedAt = (today: Date): Date =>
  new Date(Date.parse(newestReleasedSpan('four-weeks', isoDay(today))) + 6 * HOUR_MS);

/** When the sample partners joined. */
export const joinedAt = (today: Date): Date => new Date(publishedAt(today).getTime() - QUIET_DAYS * DAY_MS);

/** A day of the plan, in days after one of these: the publication, the first week of the home's e-mails, today. */
export interface PlannedDay {
  readonly after: 'publication' | 'home' | 'today';
  readonly days: number;
}

/** @returns midnight of the day (UTC). */
export function midnightOf({ after, days }: PlannedDay, today: Date): Date {
  const from = {
    publication: () => Date.parse(isoDay(publishedAt(today))),
    home: () => Date.parse(newestReleasedSpan('week', isoDay(today))) - (WEEKS_OF_HOME - 1) * 7 * DAY_MS,
    today: () => Date.parse(isoDay(today)),
  } as const satisfies Record<PlannedDay['after'], () => number>;
  return new Date(from[after]() + days * DAY_MS);
}

/** A file with people, which partners have imported before their first launch. */
export interface ImportedPeople {
  readonly listName: string;
  readonly fileName: string;
  readonly evidence: string;
  /** First part of their addresses. */
  readonly prefix: string;
  readonly people: number;
}

export const VISITORS: ImportedPeople = {
  listName: 'Visitors of the trade fair',
  fileName: 'trade-fair-visitors.csv',
  evidence: 'Form at our stand',
  prefix: 'visitor',
  people: 54,
};
const READERS: ImportedPeople = {
  listName: 'Newsletter readers',
  fileName: 'newsletter-readers.csv',
  evidence: 'Form on our website',
  prefix: 'reader',
  people: 96,
};
const GUESTS: ImportedPeople = {
  listName: 'Guests of the webinar',
  fileName: 'webinar-guests.csv',
  evidence: 'Form of the webinar',
  prefix: 'guest',
  people: 30,
};

type Audience = 'customers' | ImportedPeople;

/** A sample partner launches a campaign. */
interface PlannedLaunch {
  readonly on: PlannedDay;
  /** Keys of the seed. */
  readonly partner: string;
  readonly campaign: string;
  readonly to: readonly Audience[];
}

const launches = (
  campaign: string,
  on: PlannedDay,
  to: readonly Audience[],
  partners: readonly string[],
): PlannedLaunch[] => partners.map((partner) => ({ on, partner, campaign, to }));

const onDay = (days: number): PlannedDay => ({ after: 'today', days });
const FIRST: PlannedDay = { after: 'publication', days: 0 };
const SECOND: PlannedDay = { after: 'home', days: 0 };
/** Too young for a week that is released today: a further campaign is further noise in the sums of the home. */
const LATELY = onDay(-7);

/** A campaign that only the history has: its vendor ends it while partners still run it. */
export const ENDED_CAMPAIGN = {
  name: 'security-health-check',
  groups: ['All partners'],
  tags: ['Security'],
  on: onDay(-2),
  reason: 'All dates for the check are taken. The next ones follow in spring.',
} as const;

/** A partner that pauses its latest launch. */
export const PAUSE = { partner: 'kessler', campaign: 'cloud-cost-clarity', on: onDay(-2) } as const;

/** A post that the vendor recalls, in weeks whose results are released: charts have a mark there. */
export const RECALL = {
  campaign: 'zero-trust-edge',
  tactic: { kind: 'social', key: 'workshop' },
  on: { after: 'home', days: 9 },
  reason: 'The workshops of this month are full. Please share the other posts.',
} as const;

/** A campaign that waits for its approval today. */
export const IN_REVIEW = { name: 'customer-story', on: onDay(-3) } as const;

/**
 * The launches: partner, campaign, day and list. The first four bring the clicks and leads, the two of the
 * second day the e-mails that are large enough to be shown beside their noise; the latest still run today.
 * They are few and large: each launch draws twenty files. A certified partner has two launches at most: with
 * three, the rules of the seed would raise its tier. Most write to people of files, who live in one time zone:
 * each zone is a submission of its own.
 */
export const LAUNCHES: readonly PlannedLaunch[] = [
  ...launches('zero-trust-edge', FIRST, [VISITORS], ['brightwater', 'kessler', 'alpenblick', 'lumiere']),
  ...launches('zero-trust-edge', SECOND, [READERS], ['oranjelijn', 'southern']),
  ...launches('cloud-cost-clarity', LATELY, [GUESTS], ['brightwater', 'kessler']),
  ...launches(ENDED_CAMPAIGN.name, LATELY, ['customers'], ['alpenblick']),
];

/** The files that a partner has imported, in the order of its launches. */
export const importedBy = (partner: string): ImportedPeople[] => [
  ...new Set(
    LAUNCHES.filter((launch) => launch.partner === partner).flatMap(({ to }) =>
      to.filter((audience): audience is ImportedPeople => audience !== 'customers'),
    ),
  ),
];
