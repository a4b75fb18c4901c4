import { contrast, MIN_CONTRAST, nearestReadable as nearestShade } from '#rendering';

/** `#rrggbb`, lower case. */
export type Hex = `#${string}`;

/**
 * @returns the normalised colour, or null if invalid.
 *   Three digits are expanded to six.
 */
export function parseHex(input: string): Hex | null {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(input.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`;
}

/** Black or white, whichever is read better on a background. */
export function readableOn(background: Hex): Hex {
  return contrast('#ffffff', background) >= contrast('#000000', background) ? '#ffffff' : '#000000';
}

/**
 * The closest shade that is readable as text of ordinary size on a background.
 */
export function nearestReadable(colour: Hex, background: Hex): Hex {
  const shade = nearestShade(colour, [{ colour: background, needed: MIN_CONTRAST }]);
  return (shade === null ? null : parseHex(shade)) ?? readableOn(background);
}
