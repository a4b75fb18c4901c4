import { contrast, MIN_CONTRAST, nearestReadable as nearestShade } from '#rendering';

/** `#rrggbb`, lower case. */
export type Hex = `#${string}`;

/** @returns the colour in its one spelling, or null when it is none. Three digits stand for six. */
export function parseHex(input: string): Hex | null {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(input.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`;
}

/** Black or white, whichever is read better on a background. */
export function readableOn(background: Hex): Hex {
  return contrast('#ffffff', background) >= contrast('#000000', background) ? '#ffffff' : '#000000';
}

/** The closest shade of a colour that text of ordinary size can be read in on a background. */
export function nearestReadable(colour: Hex, background: Hex): Hex {
  const shade = nearestShade(colour, [{ colour: background, needed: MIN_CONTRAST }]);
  return (shade === null ? null : parseHex(shade)) ?? readableOn(background);
}
