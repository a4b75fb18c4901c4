import type { InsightNumbers } from '#contracts';

const COLUMNS = {
  sent: ({ sent }) => sent,
  delivered: ({ delivered }) => delivered,
  'bounced-hard': ({ bounced }) => bounced.hard,
  'bounced-soft': ({ bounced }) => bounced.soft,
  'bounced-block': ({ bounced }) => bounced.block,
  'bounced-unknown': ({ bounced }) => bounced.unknown,
  failed: ({ failed }) => failed,
  complained: ({ complained }) => complained,
  unsubscribed: ({ unsubscribed }) => unsubscribed,
  clicks: ({ clicks }) => clicks,
  'machine-clicks': ({ machineClicks }) => machineClicks,
  replies: ({ replies }) => replies,
  leads: ({ leads }) => leads,
  won: ({ won }) => won,
} as const satisfies Record<string, (numbers: InsightNumbers) => number>;

/** The columns of the numbers, in tables for vendors and for partners. */
export const NUMBER_COLUMNS = Object.keys(COLUMNS);

/** A row's numbers in their columns; empty where they are not shown. */
export const numberCells = (numbers: InsightNumbers | null): (number | null)[] =>
  Object.values(COLUMNS).map((of) => (numbers === null ? null : of(numbers)));
