import type { ColourUse } from './ColourField';

const BRAND_PAIRS: Readonly<Record<string, string>> = {
  '{{brand.primary}}': '{{brand.onPrimary}}',
  '{{brand.secondary}}': '{{brand.onSecondary}}',
};
const DARK = '#101828';
const LIGHT = '#ffffff';
/** Names of attributes and styles that are the background of a text in the same block. */
const BACKGROUNDS = ['background-color', 'container-background-color'];

/** What the colour of an attribute or style is used for. */
export function colourUse(name: string): ColourUse {
  if (BACKGROUNDS.includes(name)) return 'background';
  return name === 'color' ? 'text' : 'line';
}

/**
 * The text colour for a background: its partner among the colours of a brand, which every
 * brand profile has been checked for, else dark or light. Null where no text is readable for certain.
 */
export function textColourOn(background: string): string | null {
  const pair = BRAND_PAIRS[background];
  if (pair !== undefined) return pair;
  const luminance = luminanceOf(background);
  if (luminance === null) return null;
  // The colour for which the contrast of WCAG 2.2 is larger.
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / (DARK_LUMINANCE + 0.05) ? LIGHT : DARK;
}

/** WCAG 2.2: the relative luminance of `#rrggbb`. */
function luminanceOf(colour: string): number | null {
  const [, red, green, blue] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((hex) => {
    const part = Number.parseInt(hex, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const DARK_LUMINANCE = luminanceOf(DARK) ?? 0;

/** Attributes or styles of a block, before a change. */
interface Colours {
  readonly background: string;
  readonly text: string;
}

/**
 * What a new background changes besides itself: the text colour, so that the text stays readable. The
 * colour that came with the old background goes with it.
 */
export function withTextColour(
  name: string,
  written: string,
  before: Colours,
): Readonly<Record<string, string | null>> {
  if (!BACKGROUNDS.includes(name)) return {};
  if (written !== '') return colourOf(textColourOn(written));
  const isOfOld = before.text !== '' && before.text === textColourOn(before.background);
  return isOfOld ? { color: null } : {};
}

const colourOf = (color: string | null): Readonly<Record<string, string>> => (color === null ? {} : { color });
