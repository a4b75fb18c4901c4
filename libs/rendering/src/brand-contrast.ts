import { contrast, MIN_CONTRAST, nearestReadable } from './contrast.js';
import type { Master } from './master.js';
import type { ColourPair } from './readability.js';
import type { ValueProblem } from './values.js';

/** The colours of a brand, `#rrggbb`. */
export interface BrandColours {
  readonly primary: string;
  readonly onPrimary: string;
  readonly secondary: string;
  readonly onSecondary: string;
  readonly link: string;
}

/** Brand colours that are not readable where a master uses them. */
export interface ContrastProblem extends ValueProblem {
  /** WCAG 2.2, 1 to 21. */
  readonly ratio: number;
  /** The measured pair: paths of brand colours, or the author's colours. */
  readonly pair: ColourPair;
  /**
   * The closest shade that is readable at every use in this master; null if
   * there is none.
   */
  readonly suggestion: string | null;
}

const NAMES: Readonly<Record<string, string>> = {
  'brand.primary': 'primary colour',
  'brand.onPrimary': 'colour of text on the primary colour',
  'brand.secondary': 'secondary colour',
  'brand.onSecondary': 'colour of text on the secondary colour',
  'brand.link': 'link colour',
};
const HEX = /^#[0-9a-f]{6}$/;
const isBrand = (ink: string): boolean => ink.startsWith('brand.');

/**
 * Pairs that a brand profile itself checks. A partner is not refused for these.
 */
const CHECKED_BY_BRAND_PROFILE: ReadonlySet<string> = new Set([
  'brand.onPrimary brand.primary',
  'brand.onSecondary brand.secondary',
]);

/**
 * Whether a valid brand profile can have colours that are not readable here.
 */
export const isRisky = ({ colour, surface }: ColourPair): boolean =>
  !CHECKED_BY_BRAND_PROFILE.has(`${colour} ${surface}`) && !(colour === 'brand.link' && !isBrand(surface));

/**
 * The uses of brand colours in a master. A master compiled before pairs were
 * collected has the two standard pairs.
 */
export function colourPairsOf({ colourPairs, holes }: Pick<Master, 'colourPairs' | 'holes'>): readonly ColourPair[] {
  if (colourPairs !== undefined) return colourPairs;
  const used = new Set(holes.map(({ path }) => path));
  return [...CHECKED_BY_BRAND_PROFILE]
    .map((pair) => pair.split(' ') as [string, string])
    .filter((pair) => pair.every((path) => used.has(path)))
    .map(([colour, surface]) => ({ colour, surface, needed: MIN_CONTRAST, text: '' }));
}

/**
 * Measures every colour pair of a master that contains a brand colour (WCAG
 * 2.2, 1.4.3).
 * @param brand invalid colours are skipped; another check reports them.
 * @returns one problem per brand colour that must change, for its worst pair.
 */
export function contrastProblems(
  master: Pick<Master, 'colourPairs' | 'holes'>,
  brand: BrandColours,
): ContrastProblem[] {
  return problemsOfPairs(colourPairsOf(master), brand);
}

/** The same for given pairs. */
export function problemsOfPairs(all: readonly ColourPair[], brand: BrandColours): ContrastProblem[] {
  const shades = new Map(Object.entries(brand).map(([name, shade]) => [`brand.${name}`, shade as string]));
  const shadeOf = (ink: string): string => shades.get(ink) ?? ink;
  const pairs = all.filter(({ colour, surface }) => [colour, surface].every((ink) => HEX.test(shadeOf(ink))));
  const worst = new Map<string, ContrastProblem>();
  for (const pair of pairs) {
    const ratio = contrast(shadeOf(pair.colour), shadeOf(pair.surface));
    const path = isBrand(pair.colour) ? pair.colour : pair.surface;
    if (ratio >= pair.needed || (worst.get(path)?.ratio ?? Infinity) <= ratio) continue;
    const others = pairs
      .filter(({ colour, surface }) => colour === path || surface === path)
      .map(({ colour, surface, needed }) => ({ colour: shadeOf(colour === path ? surface : colour), needed }));
    worst.set(path, problem(pair, path, ratio, shadeOf, nearestReadable(shadeOf(path), others)));
  }
  return [...worst.values()];
}

function problem(
  pair: ColourPair,
  path: string,
  ratio: number,
  shadeOf: (ink: string) => string,
  suggestion: string | null,
): ContrastProblem {
  const { colour, surface, needed, text } = pair;
  const named = (ink: string): string => (isBrand(ink) ? `the brand’s ${NAMES[ink] ?? ink} ${shadeOf(ink)}` : ink);
  const subject = text === '' ? 'Text' : `“${text}”`;
  return {
    code: 'contrast-low',
    path,
    pair,
    ratio,
    suggestion,
    message: `${subject} is in ${named(colour)} on ${named(surface)} with a contrast of ${ratio.toFixed(1)}; the minimum is ${needed}.`,
    remedy:
      suggestion === null
        ? `Choose another ${NAMES[path] ?? path} in the brand profile.`
        : `Change the ${NAMES[path] ?? path} in the brand profile, for example to ${suggestion}.`,
  };
}
