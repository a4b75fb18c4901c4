import { Box, Skeleton } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';

/** About a row of cards: whoever scrolls finds it there. */
const AHEAD = '300px';

interface LazyOnViewProps {
  /** Of the place that is held, in CSS pixels. */
  readonly height: number;
  readonly children: ReactNode;
}

/** What costs much, a whole e-mail, is asked for and drawn once its place comes near what is seen of the page, and stays then. */
export function LazyOnView({ height, children }: LazyOnViewProps) {
  const { ref, entry } = useIntersection({ rootMargin: AHEAD });
  const [isNear, setNear] = useState(false);
  if (!isNear && entry?.isIntersecting === true) setNear(true);
  return (
    <Box ref={ref} mih={height}>
      {isNear ? children : entry === null && <Skeleton height={height} radius={0} />}
    </Box>
  );
}
