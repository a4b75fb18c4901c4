/** CSS pixels of each absolute unit (CSS Values 4, 6.2: 96 pixels an inch). */
const PIXELS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  pt: 96 / 72,
  pc: 16,
};
/** Relative units, for a root element in the default font size. */
const RELATIVE: Readonly<Record<string, number>> = { em: 16, rem: 16, ex: 8, ch: 8 };

const LENGTH = /^\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)([a-z%]*)\s*$/i;
const PHYSICAL = /^(?:in|cm|mm|q|pt|pc)$/i;

/** A length in CSS pixels; null without one that stands alone (`50%`). */
export function pixelsOf(length: string | undefined): number | null {
  const [, number, unit = ''] = LENGTH.exec(length ?? '') ?? [];
  const factor = PIXELS[unit.toLowerCase()] ?? RELATIVE[unit.toLowerCase()];
  return number === undefined || factor === undefined ? null : Number(number) * factor;
}

/**
 * Lengths in mm, cm, in, pt, pc in CSS pixels; others unchanged. The drawing
 * library takes 72 of them for an inch.
 * @param value an attribute, also with several lengths (`dx="1mm 2mm"`).
 */
export const inPixels = (value: string): string =>
  value
    .split(/([\s,]+)/)
    .map((part) => {
      const unit = LENGTH.exec(part)?.[2] ?? '';
      return PHYSICAL.test(unit) ? String(pixelsOf(part)) : part;
    })
    .join('');

/** x, y, width and height of a `viewBox`; null without a usable one. */
export function viewBoxOf(written: string | undefined): readonly [number, number, number, number] | null {
  const [x, y, width, height, ...more] = (written ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (x === undefined || y === undefined || width === undefined || height === undefined || more.length > 0) return null;
  return [x, y, width, height].every(Number.isFinite) && width > 0 && height > 0 ? [x, y, width, height] : null;
}
