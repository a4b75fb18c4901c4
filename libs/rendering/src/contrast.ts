/** Relative luminance of `#rrggbb` (WCAG 2.2, "relative luminance"). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The closest shade of a colour that is readable with all of the others, moved
 * towards black or white.
 * @returns the colour itself if it is readable; null if no shade is.
 */
export function nearestReadable(colour: string, others: readonly Other[]): string | null {
  for (let step = 0; step <= STEPS; step++)
    for (const target of [BLACK, WHITE]) {
      const shade = mixed(colour, target, step / STEPS);
      if (others.every((other) => contrast(shade, other.colour) >= other.needed)) return shade;
    }
  return null;
}

/** Another colour, and the contrast that it requires. */
export interface Other {
  readonly colour: string;
  readonly needed: number;
}

const STEPS = 100;
const BLACK = 0;
const WHITE = 255;

const mixed = (colour: string, target: number, share: number): string =>
  `#${[1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    .map((channel) => Math.round(channel + (target - channel) * share))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;

/** Minimum contrast of body text (WCAG 2.2 AA). */
export const MIN_CONTRAST = 4.5;

/** Minimum contrast of large text: 18 pt, or 14 pt bold. */
export const MIN_CONTRAST_LARGE = 3;
