/** Size of the drawing, in units of its path. */
export const WIDTH = 120;
export const HEIGHT = 28;
const INSET = 2;

/**
 * A number that is not told breaks the line. One that stands alone is a dot: a line of no length has round ends.
 * @returns empty for fewer than two numbers.
 */
export function sparklinePath(values: readonly (number | null)[]): string {
  const told = values.filter((value) => value !== null);
  if (told.length < 2) return '';
  const most = Math.max(1, ...told);
  const step = (WIDTH - 2 * INSET) / (values.length - 1);
  const isTold = (place: number): boolean => (values[place] ?? null) !== null;
  return values
    .flatMap((value, place) => {
      if (value === null) return [];
      const point = `${(INSET + place * step).toFixed(1)} ${(HEIGHT - INSET - (value / most) * (HEIGHT - 2 * INSET)).toFixed(1)}`;
      if (isTold(place - 1)) return [`L${point}`];
      return isTold(place + 1) ? [`M${point}`] : [`M${point} L${point}`];
    })
    .join(' ');
}
