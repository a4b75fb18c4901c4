import type { Table } from '#tables';

/** A table of a screen. */
export interface ViewTable extends Table {
  /** In UTC, both included, of which it is; null: as it is now. */
  readonly days: { readonly from: string; readonly to: string } | null;
  /** Whether the rows are in the order of the sort already. */
  readonly isSorted?: boolean;
  /** Of which these are the most that a file has: the first in the order of the sort, or the newest; absent: all. */
  readonly cut?: 'first' | 'newest' | undefined;
}

/** A list has no more rows: nobody reads a longer file, and mail servers refuse large ones. */
export const MOST_ROWS = 5_000;
