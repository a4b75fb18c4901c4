import { useState } from 'react';

/**
 * Renders a loaded list step by step, because hidden items cost nothing.
 * `list` is for `LoadMore`.
 */
export function useIncrementalList<T>(all: readonly T[], atOnce: number) {
  const [count, setCount] = useState(atOnce);
  return {
    shown: all.slice(0, count),
    list: { hasMore: all.length > count, more: () => setCount(count + atOnce), loadingMore: false },
  };
}
