import type { TableCell, TableColumn } from './csv-table.js';

/** Rows whose cells are in the order of the columns. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly Row[];
  /** Of all rows: the last one, whatever their order. */
  readonly total?: Row;
}

type Row = readonly TableCell[];

function textOf(cell: TableCell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === 'object' ? cell.forPrograms : String(cell);
}

/**
 * Rows in the order of one column; empty cells come last, and then the total. The
 * sort is stable. Rows of one `row-kind` stay together: each kind is a table of its own.
 * @param sort name of a column, `-name` for descending; another one changes
 *   nothing.
 */
export function sortedRows({ columns, rows, total }: Table, sort = ''): Table['rows'] {
  const last = total === undefined ? [] : [total];
  const at = columns.findIndex((column) => column === sort.replace(/^-/, ''));
  if (at < 0) return [...rows, ...last];
  const sign = sort.startsWith('-') ? -1 : 1;
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const kindAt = columns.indexOf('row-kind');
  const kinds = [...new Set(rows.map((row) => row[kindAt]))];
  const kindOf = (row: Row): number => kinds.indexOf(row[kindAt]);
  const sorted = [...rows].sort((one, other) => {
    const between = kindOf(one) - kindOf(other);
    if (between !== 0) return between;
    const [a, b] = [one[at] ?? null, other[at] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(textOf(a), textOf(b)));
  });
  return [...sorted, ...last];
}
