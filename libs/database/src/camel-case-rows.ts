/** The few thousand names of columns that statements have. */
const known = new Map<string, string>();

function camelCase(name: string): string {
  const made = known.get(name) ?? name.replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase());
  known.set(name, made);
  return made;
}

/**
 * Rows with their column names in camel case, `due_at` as `dueAt`: what
 * TypeScript calls them. Rows without an underscore in a name are returned as
 * they are.
 * @param rows of one result, so that all have the same columns.
 */
export function camelCaseRows(rows: readonly Record<string, unknown>[]): readonly Record<string, unknown>[] {
  const names = Object.keys(rows[0] ?? {});
  if (!names.some((name) => name.includes('_'))) return rows;
  const renamed = names.map((name) => [name, camelCase(name)] as const);
  return rows.map((row) => {
    const result: Record<string, unknown> = {};
    for (const [name, property] of renamed) result[property] = row[name];
    return result;
  });
}
