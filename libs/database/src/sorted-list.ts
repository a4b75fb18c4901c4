/** SQL of one order of a list. Names of columns and parameters only, no values of users. */
interface ListOrder {
  /** For the SELECT list: the row's `sort_key`, as text; null in the usual order. */
  readonly key: string;
  /** For WHERE: the rows after the position, or all if the id is null. */
  readonly after: string;
  readonly orderBy: string;
}

/** Larger than all sort keys. 18 digits, as the longest key of a cursor. */
const LAST = '999999999999999999';

/**
 * A list that is sorted by a column and read page by page (keyset pagination: a page costs the same, however
 * many were read before, and rows that are added meanwhile move no others). Empty cells come last in both
 * directions; equal ones are in the order of their ids.
 *
 * No index has this order: PostgreSQL reads the rows of one organisation and keeps the first of them (top-N sort).
 * With 10,000 deals of one partner among 100,000 that is 23 ms, from an index 1 ms, and each index would cost every
 * change of a deal. See docs/decisions/0548-lists-are-sorted-without-an-index.md.
 * @param expression SQL that is a whole number or null. Undefined: the usual order, newest first.
 * @param sort with a minus sign in front: descending.
 * @param position parameters of the statement: the key and the id of the position.
 * @param column SQL of the row's id.
 */
export function listOrder(
  expression: string | undefined,
  sort: string | undefined,
  [key, id]: readonly [key: `$${number}`, id: `$${number}`],
  column = 'id',
): ListOrder {
  if (expression === undefined)
    return { key: `${key}::text`, after: `(${id}::uuid IS NULL OR ${column} < ${id})`, orderBy: `${column} DESC` };
  const isDescending = sort?.startsWith('-') === true;
  const sorted = `coalesce((${expression})::bigint, ${isDescending ? '-' : ''}${LAST})`;
  const direction = isDescending ? 'DESC' : 'ASC';
  return {
    key: `${sorted}::text`,
    after: `(${id}::uuid IS NULL OR (${sorted}, ${column}) ${isDescending ? '<' : '>'} (${key}::bigint, ${id}))`,
    orderBy: `${sorted} ${direction}, ${column} ${direction}`,
  };
}
