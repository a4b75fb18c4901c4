import { idSchema } from '#contracts';
import { columnNames, type TableColumn } from '#tables';
import { keyOf } from './table-numbers.js';

/** How a table of ours writes a column, as `columnsNamed` compares it. */
export const namesInTables = (column: TableColumn): string[] => columnNames(column).map(keyOf);

/**
 * The column that each heading names, in any of its spellings; null: none. Where several headings name one column,
 * the spelling that comes first in its list has it: `External ID` before `ID`, which is often the number of a row.
 * @param names spellings in small letters and digits alone, by column, the surest first.
 */
export function columnsNamed<Column extends string>(
  names: Readonly<Record<Column, readonly string[]>>,
  headings: readonly string[],
): (Column | null)[] {
  const keys = headings.map(keyOf);
  const columns: (Column | null)[] = keys.map(() => null);
  for (const column of Object.keys(names) as Column[]) {
    const surest = names[column].find((name) => keys.includes(name));
    if (surest !== undefined) columns[keys.indexOf(surest)] ??= column;
  }
  return columns;
}

/**
 * The columns without that of the ids of ours, unless all its cells are such ids or empty: in tables of other
 * systems, an `ID` beside a number is the number of a row.
 */
export function withoutForeignIds<Column extends string>(
  columns: (Column | null)[],
  ownId: Column,
  rows: readonly { readonly cells: readonly string[] }[],
): (Column | null)[] {
  const at = columns.indexOf(ownId);
  const isOurs = rows.every(({ cells }) => {
    const cell = cells[at]?.trim() ?? '';
    return cell === '' || idSchema().safeParse(cell).success;
  });
  return isOurs ? columns : columns.map((column) => (column === ownId ? null : column));
}

/** Fields of a row that its cells give: an empty cell changes nothing. */
export const givenFields = <Fields extends object>(fields: {
  [Key in keyof Fields]: Fields[Key] | undefined;
}): Fields => Object.fromEntries(Object.entries<unknown>(fields).filter(([, value]) => value !== undefined)) as Fields;
