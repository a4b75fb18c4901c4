import { HEIGHT, sparklinePath, WIDTH } from './sparkline-path';

interface SparklineProps {
  /** Null: not told, where the line is broken. */
  readonly values: readonly (number | null)[];
}

/**
 * The course of a number, from zero. An SVG path of its own, because the first
 * screen does not load the library of charts. Decorative: a table has the same
 * numbers.
 */
export function Sparkline({ values }: SparklineProps) {
  const path = sparklinePath(values);
  if (path === '') return null;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      height={HEIGHT}
      width="100%"
      aria-hidden
      style={{ display: 'block' }}
    >
      <path
        d={path}
        fill="none"
        stroke="var(--mantine-primary-color-filled)"
        strokeWidth={2}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
