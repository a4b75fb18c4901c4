import type { Column } from '../../shared/DataTable';

/**
 * A column of figures.
 * @param valueOf null where there is none to show. @param inWords the figure as a reader of this language writes it.
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
  orderBy: (item) => valueOf(item) ?? -1,
  cell: (item) => {
    const value = valueOf(item);
    return value === null ? '' : inWords(value);
  },
});
