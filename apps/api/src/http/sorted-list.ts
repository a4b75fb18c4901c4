import { idSchema } from '#contracts';
import { DomainError, type Id } from '#kernel';
import { cursorPosition } from './cursor-page.js';

/** A row of a list that can be sorted. */
interface SortedRow {
  readonly id: string;
  /** Null: the list is in its usual order. */
  readonly sortKey: string | null;
}

/** Where the page before ended, for a service of a list. */
interface PageStart<RowId> {
  readonly beforeId: RowId | null;
  readonly beforeKey: string | null;
}

/** The cursor of a row: its id, and before it the sort and sort key of a sorted list. */
export const sortedCursor = (sort: string | undefined, { id, sortKey }: SortedRow): string =>
  sort === undefined ? id : `${sort} ${sortKey} ${id}`;

/**
 * Where the last page of a list ended that has this sort.
 * @throws DomainError `list.cursor`, also for a cursor of another sort.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as newId in the kernel
export function sortedStart<RowId extends Id<string>>(
  sort: string | undefined,
  cursor: string | undefined,
): PageStart<RowId> {
  const start = cursorPosition(cursor, (text) => {
    const [of, key = '', last] = sort === undefined ? [undefined, '0', text] : text.split(' ');
    const beforeId = idSchema<RowId>().safeParse(last).data;
    if (of !== sort || beforeId === undefined || !/^-?\d{1,18}$/.test(key)) return null;
    return { beforeId, beforeKey: sort === undefined ? null : key };
  });
  return start ?? { beforeId: null, beforeKey: null };
}

/**
 * @param fields names of the first and the last day.
 * @throws DomainError `list.days` if the last day is before the first.
 */
export function checkDays(from: string | undefined, to: string | undefined, fields: readonly [string, string]): void {
  if (from === undefined || to === undefined || from <= to) return;
  const [field, last] = fields;
  throw new DomainError(
    'list.days',
    `“${field}” is ${from}, after “${last}”, which is ${to}. Choose a first day that is not after the last.`,
    { field, first: field, last, from, to },
  );
}
