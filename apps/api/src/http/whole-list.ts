import { orderFrom, sortedBy, type SortKey } from '#contracts';
import { cursorPosition, nextCursor } from './cursor-page.js';

/** How rows of a list are sorted that is read as a whole. */
interface WholeListOrder<Row> {
  readonly idOf: (row: Row) => string;
  /** By column. */
  readonly keys: Readonly<Record<string, (row: Row) => SortKey>>;
}

interface AskedPage {
  readonly sort?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Rows by their sort, as tables of screens sort them; equal ones stay in the usual order of the list. */
export function sortedRows<Row>(
  rows: readonly Row[],
  sort: string | undefined,
  { keys }: WholeListOrder<Row>,
): readonly Row[] {
  const order = orderFrom(sort ?? '');
  if (order === null) return rows;
  return sortedBy(rows, keys[order.key], { descending: order.descending, language: 'en' });
}

/**
 * A page of a list that is read as a whole, because nothing in it is dear to compute. The cursor has the sort, the
 * sort key and the id of the last row.
 * @param rows in the usual order.
 * @throws DomainError `list.cursor`, also for a cursor of another sort, and if the row has moved in the order: a page
 *   after it would skip or repeat rows.
 */
export function wholeListPage<Row>(
  rows: readonly Row[],
  { sort, cursor, limit }: AskedPage,
  order: WholeListOrder<Row>,
): { readonly items: readonly Row[]; readonly nextCursor: string | null } {
  const sorted = sortedRows(rows, sort, order);
  const cursorOf = (row: Row): string => {
    if (sort === undefined) return order.idOf(row);
    const key = order.keys[orderFrom(sort)?.key ?? '']?.(row) ?? '';
    // Long names of other scripts would not fit into a cursor.
    return `${sort} ${encodeURIComponent(key).slice(0, 60)} ${order.idOf(row)}`;
  };
  const from = cursorPosition(cursor, (text) => {
    const place = sorted.findIndex((row) => cursorOf(row) === text);
    return place < 0 ? null : place + 1;
  });
  const items = sorted.slice(from ?? 0, (from ?? 0) + limit);
  return { items, nextCursor: nextCursor(items, limit, cursorOf) };
}
