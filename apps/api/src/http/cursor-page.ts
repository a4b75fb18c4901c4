import { idSchema } from '#contracts';
import { DomainError, type Id } from '#kernel';

/**
 * Where the last page ended; null without a cursor.
 * @param read the position that a cursor of this list holds; undefined or null for
 *   a cursor that this list does not give out.
 * @throws DomainError `list.cursor`: a list that began again without a word would
 *   be read twice by programs that read all pages.
 */
export function cursorPosition<Position>(
  cursor: string | undefined,
  read: (cursor: string) => Position | null | undefined,
): Position | null {
  if (cursor === undefined) return null;
  const position = read(cursor) ?? null;
  if (position !== null) return position;
  throw new DomainError(
    'list.cursor',
    'This cursor is not from this list, or its entry has left the list. Send `nextCursor` of the page before as it is, or read from the first page, without a cursor.',
    { field: 'cursor', cursor },
  );
}

/**
 * The id that a cursor holds; null without a cursor. The caller names the kind of
 * id that its own list gives out as a cursor.
 * @throws DomainError `list.cursor`.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as newId in the kernel
export function idCursor<T extends Id<string>>(cursor: string | undefined): T | null {
  return cursorPosition(cursor, (text) => idSchema<T>().safeParse(text).data);
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

/** All pages of a list, for a file. @param size rows that are read at once. */
export async function* allPages<Row extends { readonly id: string; readonly sortKey?: string | null }>(
  read: (page: {
    readonly limit: number;
    readonly beforeId: string | null;
    readonly beforeKey: string | null;
  }) => Promise<readonly Row[]>,
  size = 200,
): AsyncGenerator<readonly Row[]> {
  for (let last: Row | undefined; ;) {
    const rows: readonly Row[] = await read({
      limit: size,
      beforeId: last?.id ?? null,
      beforeKey: last?.sortKey ?? null,
    });
    yield rows;
    last = rows.at(-1);
    if (rows.length < size) return;
  }
}
