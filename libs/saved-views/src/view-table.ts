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

/** A PDF has no more: 2,000 deals took 131 pages. Nobody reads them on paper, and the CSV file has them. */
export const MOST_PRINTED_ROWS = 300;

/** The rows of a PDF, and of how many these are. The total, and other last rows, stay. */
export interface PrintedRows {
  readonly rows: Table['rows'];
  readonly shown: number;
  /** Without the last rows. */
  readonly all: number;
  /** What these are: the whole table; the first of `all`; the first of more than `all`; the first of more than these. */
  readonly of: 'whole' | 'all' | 'some' | 'more';
}

/** @param table with its rows in their order, the last ones among them. */
export function printedRows({ rows, last = [], cut }: Pick<ViewTable, 'rows' | 'last' | 'cut'>): PrintedRows {
  const all = rows.length - last.length;
  const shown = Math.min(all, MOST_PRINTED_ROWS);
  const isShort = shown < all;
  const of = cut === undefined ? (isShort ? 'all' : 'whole') : isShort ? 'some' : 'more';
  return { rows: [...rows.slice(0, shown), ...rows.slice(all)], shown, all, of };
}
