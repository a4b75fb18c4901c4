import { useState } from 'react';

/**
 * The row that a drawer shows, as the list has it, and as it had it last: a list that is read again may come without
 * it, and what is typed in the drawer must stay.
 * @param id null: the drawer is closed.
 */
export function useLastRow<Row extends { readonly id: string }>(id: string | null, rows: readonly Row[]) {
  const known = rows.find((row) => row.id === id);
  const [last, keep] = useState(known);
  if (known !== undefined && known !== last) keep(known);
  return { known, last: last?.id === id ? last : undefined };
}
