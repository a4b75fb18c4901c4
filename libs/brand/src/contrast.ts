/** `#rrggbb`, lower case. */
export type Hex = `#${string}`;

/** @returns the colour in its one spelling, or null when it is none. Three digits stand for six. */
export function parseHex(input: string): Hex | null {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(input.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`;
}

const channels = (hex: Hex): [number, number, number] => [
  parseInt(hex.slice(1, 3), 16),
  parseInt(hex.slice(3, 5), 16),
  parseInt(hex.slice(5, 7), 16),
];

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(hex: Hex): number {
  const [r, g, b] = channels(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrastRatio(a: Hex, b: Hex): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** What text of ordinary size needs (WCAG 2.2, 1.4.3, level AA). */
export const TEXT_CONTRAST = 4.5;

/** Black or white, whichever is read better on a background. */
export function readableOn(background: Hex): Hex {
  return contrastRatio('#ffffff', background) >= contrastRatio('#000000', background) ? '#ffffff' : '#000000';
}

/** The closest shade of a colour that can be read on a background: moved towards black or white just as far as needed. */
export function nearestReadable(colour: Hex, background: Hex): Hex {
  if (contrastRatio(colour, background) >= TEXT_CONTRAST) return colour;
  const target = channels(readableOn(background));
  const from = channels(colour);
  for (let step = 1; step < 100; step += 1) {
    const mixed = from.map((channel, at) => Math.round(channel + (((target[at] ?? 0) - channel) * step) / 100));
    const hex: Hex = `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
    if (contrastRatio(hex, background) >= TEXT_CONTRAST) return hex;
  }
  return readableOn(background);
}
