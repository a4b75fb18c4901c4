/** Sort column and direction. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** A sort in an address: `name`, or `-name` for descending. Empty: none. */
export const orderText = (order: Order | null): string =>
  order === null ? '' : `${order.descending ? '-' : ''}${order.key}`;

export const orderFrom = (text: string): Order | null =>
  text === '' ? null : { key: text.replace(/^-/, ''), descending: text.startsWith('-') };

/**
 * Rows sorted by a column, texts in the locale's order.
 * The sort is stable.
 */
export function sorted<Item>(
  items: readonly Item[],
  by: (item: Item) => string | number,
  descending: boolean,
): readonly Item[] {
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const compare = (a: string | number, b: string | number): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b));
  return [...items].sort((a, b) => (descending ? compare(by(b), by(a)) : compare(by(a), by(b))));
}
