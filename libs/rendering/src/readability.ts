import { type AnyNode, Element, isTag, isText, Text } from 'domhandler';
import { formatHex, parse } from 'culori';
import { parseDocument } from 'htmlparser2';
import { type Rule, rulesOf, styleOf } from './cascade.js';
import { MIN_CONTRAST, MIN_CONTRAST_LARGE } from './contrast.js';

/**
 * A text colour and its background: `#rrggbb` if the author wrote it, the
 * field's path (`brand.link`) if a brand supplies it.
 */
export interface ColourPair {
  readonly colour: string;
  readonly surface: string;
  /** The minimum contrast of its smallest text (WCAG 2.2, 1.4.3). */
  readonly needed: number;
  /** The first text with it, including tokens. */
  readonly text: string;
}

/** Meanings of tokens in the HTML. */
export interface TokenMeanings {
  /** The field's path for a token colour; null for an author's colour. */
  readonly fieldOf: (colour: string) => string | null;
  /** Whether a text contains a slot in which partners may set links. */
  readonly allowsLinks: (text: string) => boolean;
}

interface TextStyle {
  readonly colour: string | null;
  /** null if it is a picture and therefore unknown. */
  readonly surface: string | null;
  readonly sizePx: number;
  readonly bold: boolean;
}

const HIDDEN_ELEMENTS = new Set(['head', 'style', 'script', 'title']);
/**
 * Large text (WCAG 2.2, "large scale"): 18 pt, or 14 pt bold, in CSS pixels.
 */
const LARGE_PX = 24;
const LARGE_BOLD_PX = 18.66;

/**
 * Every pair of text and background colour in compiled HTML, in light and in
 * dark mode. Unknown colours are omitted: pictures, states, translucent colours,
 * and links in the reader's default colour.
 * @param html with tokens.
 */
export function colourPairs(html: string, stands: TokenMeanings): ColourPair[] {
  const found = new Map<string, ColourPair>();
  const document = parseDocument(html);
  for (const scheme of ['light', 'dark'] as const)
    new Reader(rulesOf(document.children, scheme), stands, found).visit(document.children, {
      colour: '#000000',
      surface: '#ffffff',
      sizePx: 16,
      bold: false,
    });
  return [...found.values()];
}

class Reader {
  constructor(
    private readonly rules: readonly Rule[],
    private readonly stands: TokenMeanings,
    private readonly found: Map<string, ColourPair>,
  ) {}

  visit(nodes: readonly AnyNode[], look: TextStyle): void {
    for (const node of nodes) {
      if (isText(node)) this.text(node, look);
      else if (isTag(node) && !HIDDEN_ELEMENTS.has(node.name)) {
        const next = this.lookOf(node, look);
        if (next !== null) this.visit(node.children, next);
      }
    }
  }

  private text(node: Text, look: TextStyle): void {
    const text = node.data.trim();
    recordPair(text, look, this.found);
    if (node.parent === null || !isTag(node.parent) || !this.stands.allowsLinks(text)) return;
    const link = new Element('a', { href: '#' });
    link.parent = node.parent;
    const within = this.lookOf(link, look);
    if (within !== null) recordPair(text, within, this.found);
  }

  /** @returns null if the element is not displayed. */
  private lookOf(element: Element, above: TextStyle): TextStyle | null {
    const style = styleOf(element, this.rules);
    if (style('display') === 'none' || style('visibility') === 'hidden') return null;
    const own = (value: string | undefined, otherwise: string | null): string | null => {
      if (value === undefined || value === 'inherit') return otherwise;
      const hex = hexOf(value);
      return hex === null ? null : (this.stands.fieldOf(hex) ?? hex);
    };
    // A link without a colour has the default link colour of the mail client.
    const inherited = element.name === 'a' && element.attribs['href'] !== undefined ? null : above.colour;
    return {
      colour: own(style('color'), inherited),
      surface: surfaceOf(style, element, above.surface, own),
      sizePx: pixels(style('font-size'), above.sizePx),
      bold: boldness(style('font-weight'), above.bold || /^(?:b|strong|th|h[1-6])$/.test(element.name)),
    };
  }
}

function recordPair(text: string, { colour, surface, sizePx, bold }: TextStyle, found: Map<string, ColourPair>): void {
  if (!/[\p{L}\p{N}]/u.test(text) || sizePx < 1 || colour === null || surface === null) return;
  const needed = sizePx >= LARGE_PX || (bold && sizePx >= LARGE_BOLD_PX) ? MIN_CONTRAST_LARGE : MIN_CONTRAST;
  const key = `${colour} ${surface}`;
  if ((found.get(key)?.needed ?? 0) < needed) found.set(key, { text, colour, surface, needed });
}

function surfaceOf(
  style: (property: string) => string | undefined,
  element: Element,
  above: string | null,
  own: (value: string | undefined, otherwise: string | null) => string | null,
): string | null {
  const whole = style('background');
  const picture = style('background-image') ?? (element.attribs['background'] === undefined ? 'none' : 'url');
  const colour =
    style('background-color') ?? (whole === undefined ? undefined : firstValue(whole)) ?? element.attribs['bgcolor'];
  // A picture's colours are unknown, but the background colour below it is
  // known. Readers who block pictures see that.
  if (picture !== 'none' || /url\(|gradient\(/.test(whole ?? ''))
    return colour === undefined || hexOf(colour) === null ? null : own(colour, null);
  return colour === 'transparent' || colour === 'none' ? above : own(colour, above);
}

/** The first value of a CSS declaration, with its function arguments. */
const firstValue = (css: string): string | undefined => /^(?:[^\s()]|\([^()]*\))+/.exec(css)?.[0];

/**
 * `#rrggbb` of a colour in any notation of CSS: names, `rgb()`, `hsl()`. null if
 * it is none, or translucent: what is behind it is unknown.
 */
function hexOf(written: string): string | null {
  const value = written.toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(value)) return value;
  const colour = parse(value);
  return colour === undefined || (colour.alpha ?? 1) < 1 ? null : formatHex(colour);
}

function pixels(size: string | undefined, above: number): number {
  const [, number, unit] = /^([\d.]+)(px|em|rem|pt|%)?$/.exec(size ?? '') ?? [];
  if (number === undefined) return above;
  const value = Number(number);
  const factors: Readonly<Record<string, number>> = { px: 1, pt: 4 / 3, rem: 16, em: above, '%': above / 100 };
  return value * (factors[unit ?? 'px'] ?? 1);
}

const boldness = (weight: string | undefined, above: boolean): boolean =>
  weight === undefined || weight === 'inherit' ? above : weight === 'bold' || Number(weight) >= 700;
