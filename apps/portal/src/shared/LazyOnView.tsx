import { Box, Skeleton } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';

/** About one row of cards, so that it is loaded before it is visible. */
const AHEAD = '300px';

interface LazyOnViewProps {
  /** Height of the placeholder, in CSS pixels. */
  readonly height: number;
  /** How far from the visible part it is loaded already. */
  readonly ahead?: string;
  /** It is rendered after this time in any case, so that the page can be searched and printed; absent: never. */
  readonly afterMs?: number;
  readonly children: ReactNode;
}

/**
 * Renders expensive content, such as an e-mail, once it is near the visible
 * part of the page. It stays rendered.
 */
export function LazyOnView({ height, ahead = AHEAD, afterMs, children }: LazyOnViewProps) {
  const { ref, entry } = useIntersection({ rootMargin: ahead });
  const [isNear, setNear] = useState(false);
  if (!isNear && entry?.isIntersecting === true) setNear(true);
  useEffect(() => {
    if (afterMs === undefined) return;
    const timer = setTimeout(() => setNear(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return (
    <Box ref={ref} mih={height}>
      {isNear ? children : entry === null && <Skeleton height={height} radius={0} />}
    </Box>
  );
}
