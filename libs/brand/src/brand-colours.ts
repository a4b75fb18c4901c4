import { contrast, MIN_CONTRAST } from '#rendering';
import { type Hex, nearestReadable, readableOn } from './contrast.js';

export interface BrandColours {
  readonly primary: Hex;
  readonly onPrimary: Hex;
  readonly secondary: Hex;
  readonly onSecondary: Hex;
  readonly link: Hex;
}

/** What a sentence names, for a sentence in another language. */
export type Named = Readonly<Record<string, string | number>>;

/**
 * Colours taken from a logo, made readable.
 * @param palette most frequent first.
 */
export function coloursFrom(palette: readonly Hex[]): BrandColours | null {
  const [primary, second] = palette;
  if (primary === undefined) return null;
  const secondary = second ?? '#f2f4f7';
  return {
    primary,
    onPrimary: readableOn(primary),
    secondary,
    onSecondary: readableOn(secondary),
    link: nearestReadable(primary, '#ffffff'),
  };
}

/** A colour that is hard to read, with the nearest one that is not. */
interface FaintColour {
  readonly code: string;
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
  readonly suggestion: Hex;
  readonly ratio: number;
  readonly named: Named;
}

/** Where a colour is hard to read. */
export function contrastProblems(colours: BrandColours | null): FaintColour[] {
  if (colours === null) return [];
  const pairs = [
    {
      field: 'colours.onPrimary',
      colour: colours.onPrimary,
      background: colours.primary,
      what: 'Text on your primary colour',
    },
    {
      field: 'colours.onSecondary',
      colour: colours.onSecondary,
      background: colours.secondary,
      what: 'Text on your secondary colour',
    },
    { field: 'colours.link', colour: colours.link, background: '#ffffff' as Hex, what: 'A link on white' },
  ];
  return pairs
    .map((pair) => ({ ...pair, ratio: contrast(pair.colour, pair.background) }))
    .filter(({ ratio }) => ratio < MIN_CONTRAST)
    .map(({ field, colour, background, what, ratio }) => {
      const suggestion = nearestReadable(colour, background);
      return {
        code: 'contrast-low',
        field,
        ratio: Math.round(ratio * 100) / 100,
        suggestion,
        message: `${what} is hard to read: its contrast is ${ratio.toFixed(1)} : 1, and ${MIN_CONTRAST} : 1 is needed.`,
        remedy: `Use ${suggestion}.`,
        named: { ratio: Number(ratio.toFixed(1)), needed: MIN_CONTRAST, suggestion },
      };
    });
}
