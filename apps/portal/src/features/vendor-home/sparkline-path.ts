/** Size of the drawing, in units of its path. */
export const WIDTH = 120;
export const HEIGHT = 28;
const INSET = 2;

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
