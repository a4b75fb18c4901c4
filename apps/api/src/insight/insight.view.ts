import type { InsightNumbers, ReleasedNumber } from '#contracts';
import { releasedCell, type TableCell, type TableColumn } from '../http/csv-table.js';

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
} as const satisfies Partial<Record<TableColumn, (numbers: InsightNumbers) => number>>;

/** The columns of the numbers, in tables for partners. */
export const NUMBER_COLUMNS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

/** A row's numbers in their columns. */
export const numberCells = (numbers: InsightNumbers): number[] => Object.values(COLUMNS).map((of) => of(numbers));

/** The columns of a released number, in tables for vendors. */
export const RELEASED_COLUMNS = ['value', 'margin', 'smallest'] as const;

/** A row per released number: what it is of, its name, and its columns. */
export const releasedRows = (
  of: readonly TableCell[],
  numbers: readonly (readonly [string, ReleasedNumber])[],
): TableCell[][] =>
  numbers.map(([name, number]) => [...of, name, releasedCell(number), number.margin, number.smallest]);
