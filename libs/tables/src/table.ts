import { localised, orderFrom, sortedBy, type SortKey, type UserLanguage } from '#contracts';
import { type TableCell, type TableColumn, valueName } from './csv-table.js';
import { isMoney } from './money-cell.js';
import { isWithheld } from './withheld-cell.js';

/** Rows whose cells are in the order of the columns. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly Row[];
  /** The last rows, whatever the order of the others, such as the total. */
  readonly last?: readonly Row[];
  /** What rows are sorted by where it is not the cell of the column. */
  readonly orders?: Orders;
}

type Row = readonly TableCell[];

/** By the name of a sort: a key for each row, for a reader's language. */
type Orders = Readonly<Record<string, (language: UserLanguage) => readonly SortKey[]>>;

/** The orders of a table with one row for each item. */
export const ordersOf = <Item>(
  items: readonly Item[],
  keys: Readonly<Record<string, (item: Item, language: UserLanguage) => SortKey>>,
): Orders =>
  Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [
      name,
      (language: UserLanguage) => items.map((item) => key(item, language)),
    ]),
  );

/** What a column of campaigns is sorted by: the title that its reader sees; empty for no single campaign. */
export const titleKey = (
  { title, titles }: { readonly title: string; readonly titles: Readonly<Record<string, string>> },
  language: UserLanguage,
): string => localised(titles, language) || title;

/**
 * Rows in the order of one column, as the screen sorts them: empty cells last, and
 * then the last rows. The sort is stable.
 * @param sort a name of `orders` or of a column, `-name` for descending; another
 *   one changes nothing.
 * @param language of the reader.
 */
export function sortedRows(
  { columns, rows, last = [], orders = {} }: Table,
  sort = '',
  language: UserLanguage = 'en',
): Table['rows'] {
  const order = orderFrom(sort);
  const at = columns.findIndex((column) => column === order?.key);
  const keys =
    orders[order?.key ?? '']?.(language) ??
    (at < 0 ? null : rows.map((row) => keyOf(columns[at] as TableColumn, row[at] ?? null, language)));
  if (order === null || keys === null) return [...rows, ...last];
  const { descending } = order;
  const keyed = rows.map((row, place) => ({ row, key: keys[place] ?? null }));
  return [...sortedBy(keyed, ({ key }) => key, { descending, language }).map(({ row }) => row), ...last];
}

function keyOf(column: TableColumn, cell: TableCell, language: UserLanguage): SortKey {
  if (cell instanceof Date) return cell.toISOString();
  if (isWithheld(cell)) return null;
  if (isMoney(cell)) return cell.amounts[0]?.minorUnits ?? null;
  if (typeof cell === 'string') return valueName(language, column, cell);
  return cell !== null && typeof cell === 'object' ? cell.forReaders(language) : cell;
}
