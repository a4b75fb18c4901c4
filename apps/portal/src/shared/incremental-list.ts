import { useState } from 'react';

/** The first of many things that are all here, and more of them on demand: what is not drawn costs nothing. `list` is for `More`. */
export function useIncrementalList<T>(all: readonly T[], atOnce: number) {
  const [count, setCount] = useState(atOnce);
  return {
    shown: all.slice(0, count),
    list: { hasMore: all.length > count, more: () => setCount(count + atOnce), loadingMore: false },
  };
}
