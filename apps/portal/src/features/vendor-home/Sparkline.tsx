interface SparklineProps {
  /** Null: not told, and left out of the line. */
  readonly values: readonly (number | null)[];
}

const WIDTH = 120;
const HEIGHT = 28;
const INSET = 2;

/**
 * The course of a number, from zero. An SVG path of its own: the library of
 * charts has 90 times its size, and this is on the first screen. Decorative: a
 * table has the same numbers.
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

/** @returns empty for fewer than two numbers. */
export function sparklinePath(values: readonly (number | null)[]): string {
  const told = values.flatMap((value, place) => (value === null ? [] : [{ value, place }]));
  if (told.length < 2) return '';
  const most = Math.max(1, ...told.map(({ value }) => value));
  const step = (WIDTH - 2 * INSET) / (values.length - 1);
  return told
    .map(({ value, place }, at) => {
      const x = INSET + place * step;
      const y = HEIGHT - INSET - (value / most) * (HEIGHT - 2 * INSET);
      return `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join(' ');
}
