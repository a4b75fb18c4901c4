import { type Hex, hex, luminance, luminanceOf } from './colour.js';

/** Below this contrast, ink is not visible on its surface (WCAG 1.4.11). */
const MIN_RATIO = 3;
// Luminance limits are derived from the contrast formula, because the checks run
// a million times per logo.
/** Ink of a dark page is compared with this. */
const NEAR_BLACK = '#111827';
/**
 * Luminance above which ink cannot be seen on white: less contrast than 1.8.
 * WCAG's 3 would include orange and light blue, in which many companies print
 * their signs on white paper.
 */
const VANISHES_ON_WHITE = 1.05 / 1.8 - 0.05;
/**
 * Luminance below which ink vanishes on near-black: less contrast than 2.2. At
 * 3, the blue of many signs would turn white beside a white name.
 */
const VANISHES_ON_BLACK = (luminanceOf(NEAR_BLACK) + 0.05) * 2.2 - 0.05;
const WEAK_ON_WHITE = 1.05 / MIN_RATIO - 0.05;
const WEAK_ON_BLACK = (luminanceOf(NEAR_BLACK) + 0.05) * MIN_RATIO - 0.05;

/** Colours and visibility of a logo. */
export interface Ink {
  readonly pixels: number;
  /** Without transparent parts. */
  readonly opaque: boolean;
  /** Share of ink with too little contrast to the surface; 0 if opaque. */
  readonly weakOnLight: number;
  readonly weakOnDark: number;
  /** Most frequent first, without white, black and greys. */
  readonly palette: readonly Hex[];
}

/**
 * Counts visible pixels, pixels with low contrast on white and on near-black,
 * and colours.
 * @param data red, green, blue and opacity of each pixel.
 */
export function measureInk(data: Buffer, width: number, height: number): Ink {
  const counts = new Map<number, number>();
  let [pixels, weakOnLight, weakOnDark, transparent] = [0, 0, 0, 0];
  for (let at = 0; at < width * height * 4; at += 4) {
    // Read byte by byte: a view of each pixel costs ten times as much as the
    // computation.
    if ((data[at + 3] ?? 0) < 128) {
      transparent += 1;
      continue;
    }
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    pixels += 1;
    const light = luminance(red, green, blue);
    if (light > WEAK_ON_WHITE) weakOnLight += 1;
    if (light < WEAK_ON_BLACK) weakOnDark += 1;
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const opaque = transparent < width * height * 0.01;
  return {
    pixels,
    opaque,
    weakOnLight: pixels === 0 || opaque ? 0 : weakOnLight / pixels,
    weakOnDark: pixels === 0 || opaque ? 0 : weakOnDark / pixels,
    palette: paletteOf(counts, pixels),
  };
}

function paletteOf(counts: ReadonlyMap<number, number>, pixels: number): Hex[] {
  const colours = [...counts]
    .filter(([, count]) => count > pixels * 0.01)
    .sort(([, a], [, b]) => b - a)
    .map(([key]) => [(key >> 8) & 15, (key >> 4) & 15, key & 15].map((part) => part * 17) as [number, number, number])
    .filter(([red, green, blue]) => Math.max(red, green, blue) - Math.min(red, green, blue) > 34);
  return [...new Set(colours.map((colour) => hex(...colour)))].slice(0, 5);
}

/** Whether ink of this luminance vanishes on a surface. */
export const vanishes: Readonly<Record<'light' | 'dark', (light: number) => boolean>> = {
  light: (light) => light > VANISHES_ON_WHITE,
  dark: (light) => light < VANISHES_ON_BLACK,
};
