import { useEffect, useRef } from 'react';

/**
 * Reads numbers again whose request costs too much for every few seconds, when what they are computed of has changed.
 * @param mark of that, from a request that costs little; undefined: not known yet. The first one reads nothing.
 */
export function useReadAgain(mark: string | undefined, refetch: () => unknown): void {
  const known = useRef(mark);
  useEffect(() => {
    if (mark === undefined || mark === known.current) return;
    const isFirst = known.current === undefined;
    known.current = mark;
    if (!isFirst) void refetch();
  }, [mark, refetch]);
}
