/** By which column rows stand, and which way round. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** Rows in the order of what stands in a column, words as people order them; equal ones stay as they came. */
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
