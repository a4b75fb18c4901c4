import { useLayoutEffect, useRef, useState } from 'react';

/** What the last render had, for functions that stay the same in all renders. */
export function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}

/** The same object as before while it has the same properties. */
export function useSame<T extends object>(value: T): T {
  const [kept, keep] = useState(value);
  if (isSame(kept, value)) return kept;
  keep(value);
  return value;
}

function isSame<T extends object>(one: T, other: T): boolean {
  const [properties, others] = [Object.entries(one), Object.entries(other)];
  return (
    properties.length === others.length &&
    properties.every(([name, value], at) => others[at]?.[0] === name && others[at][1] === value)
  );
}
