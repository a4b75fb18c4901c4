/** Sort column and direction. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** What a row is sorted by; null and an empty text: an empty cell. ISO days and instants sort as text. */
export type SortKey = string | number | null;

/** A sort in an address: `name`, or `-name` for descending. Empty: none. */
export const orderText = (order: Order | null): string =>
  order === null ? '' : `${order.descending ? '-' : ''}${order.key}`;

export const orderFrom = (text: string): Order | null =>
  text === '' ? null : { key: text.replace(/^-/, ''), descending: text.startsWith('-') };

/**
 * Rows sorted by a column, on screens and in files: empty cells last in both
 * directions, words in the order of the reader's language, numbers in them by
 * value. The sort is stable.
 * @param by undefined: the rows keep their order.
 * @param language BCP 47.
 */
export function sortedBy<Item>(
  items: readonly Item[],
  by: ((item: Item) => SortKey) | undefined,
  { descending, language }: { readonly descending: boolean; readonly language: string },
): readonly Item[] {
  if (by === undefined) return items;
  const words = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const sign = descending ? -1 : 1;
  return items
    .map((item) => ({ item, key: by(item) }))
    .sort(({ key: one }, { key: other }) => {
      if (isEmpty(one) || isEmpty(other)) return Number(isEmpty(one)) - Number(isEmpty(other));
      if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
      return sign * words.compare(String(one), String(other));
    })
    .map(({ item }) => item);
}

const isEmpty = (key: SortKey): boolean => key === null || key === '';
