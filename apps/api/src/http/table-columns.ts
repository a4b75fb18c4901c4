import { keyOf } from './table-numbers.js';

/**
 * The column that a heading names, in any of its spellings; null: none.
 * @param names spellings in small letters and digits alone, by column.
 */
export function columnNamed<Column extends string>(
  names: Readonly<Record<Column, readonly string[]>>,
  heading: string,
): Column | null {
  const key = keyOf(heading);
  return (Object.keys(names) as Column[]).find((column) => names[column].includes(key)) ?? null;
}

/** Fields of a row that its cells give: an empty cell changes nothing. */
export const givenFields = <Fields extends object>(fields: {
  [Key in keyof Fields]: Fields[Key] | undefined;
}): Fields => Object.fromEntries(Object.entries<unknown>(fields).filter(([, value]) => value !== undefined)) as Fields;
