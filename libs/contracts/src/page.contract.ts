import { z } from 'zod';

/** Query of every list: how many, and where the last page ended. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

/** The column that a list is sorted by; with a minus sign in front: descending. */
export type SortBy<Column extends string> = Column | `-${Column}`;

/** The sort of a list, of the columns that it has. Empty cells come last in both directions. */
export const sortBy = <const Column extends string>(columns: readonly Column[]) =>
  z.enum(columns.flatMap((column): SortBy<Column>[] => [column, `-${column}`])).optional();

/**
 * The response of every list: the items, and where the next page starts (null
 * at the end).
 */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
