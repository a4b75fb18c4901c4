/**
 * Form values: texts, groups of texts, and lists.
 * Lists are compared as a whole.
 */
export type Fields = Readonly<Record<string, unknown>>;
/** Changed values by path: `contact.name`. */
export type FieldChanges = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other));

/** Differences from the saved values. */
export function changesOf(kept: Fields, typed: Fields): FieldChanges {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([key, value]) => {
      const before = kept[key];
      if (isGroup(value) && isGroup(before))
        return Object.entries(changesOf(before, value)).map(([path, one]) => [`${key}.${path}`, one]);
      return isSame(value, before) ? [] : [[key, value]];
    }),
  );
}

/**
 * Saved values with the changes applied.
 * Changes of fields that no longer exist are dropped.
 */
export function withChanges<T extends Fields>(kept: T, changes: FieldChanges): T {
  const typed = Object.entries(kept).map(([key, value]) => {
    if (!isGroup(value)) return [key, Object.hasOwn(changes, key) ? changes[key] : value];
    const own = Object.entries(changes).filter(([path]) => path.startsWith(`${key}.`));
    return [key, withChanges(value, Object.fromEntries(own.map(([path, one]) => [path.slice(key.length + 1), one])))];
  });
  return Object.fromEntries(typed) as T;
}
