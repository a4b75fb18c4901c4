import type { Column } from '../../shared/DataTable';

/**
 * A column of numbers.
 * @param valueOf null for an empty cell.
 * @param inWords the number in the user's locale.
 */
export const numberColumn = <Item>(
  key: string,
  title: string,
  valueOf: (item: Item) => number | null,
  inWords: (value: number) => string,
): Column<Item> => ({
  key,
  title,
  align: 'end',
  orderBy: valueOf,
  cell: (item) => {
    const value = valueOf(item);
    return value === null ? '' : inWords(value);
  },
});
