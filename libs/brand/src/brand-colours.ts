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

/** Smallest distance of two colours that people tell apart beside each other, of 441. */
const TOLD_APART = 60;

function distance(one: Hex, other: Hex): number {
  const parts = (colour: Hex): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const others = parts(other);
  return Math.hypot(...parts(one).map((part, at) => part - (others[at] ?? 0)));
}

/**
 * Colours taken from a logo, made readable. Edges and gradients of a logo have
 * shades of its colour: they are no second one.
 * @param palette most frequent first.
 */
export function coloursFrom(palette: readonly Hex[]): BrandColours | null {
  const [primary, ...others] = palette;
  if (primary === undefined) return null;
  const secondary = others.find((one) => distance(primary, one) >= TOLD_APART) ?? '#f2f4f7';
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
