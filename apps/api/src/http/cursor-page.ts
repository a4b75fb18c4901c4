import { idSchema } from '#contracts';
import type { Id } from '#kernel';

/**
 * The id that a cursor holds; null without a cursor. A cursor that is not an id
 * starts at the first page. The caller names the kind of id that its own list
 * gives out as a cursor.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as newId in the kernel
export function idCursor<T extends Id<string>>(cursor: string | undefined): T | null {
  return idSchema<T>().safeParse(cursor).data ?? null;
}

/**
 * The cursor of the next page: that of the page's last row. Null when the page
 * is not full, because then it is the last one.
 * @param limit the number of rows that was asked for.
 */
export function nextCursor<Row, Cursor>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => Cursor,
): Cursor | null {
  const last = rows.at(-1);
  return rows.length < limit || last === undefined ? null : cursorOf(last);
}
