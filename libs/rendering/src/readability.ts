import { type CssNode, generate, parse as parseCss, walk } from 'css-tree';
import { is } from 'css-select';
import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { contrast, MIN_CONTRAST, MIN_CONTRAST_LARGE } from './contrast.js';

/** Text that cannot be read well on what it stands on. Colours are `#rrggbb`. */
export interface Unreadable {
  readonly text: string;
  readonly colour: string;
  readonly surface: string;
  readonly ratio: number;
  readonly needed: number;
}

interface Look {
  readonly colour: string | null;
  /** null: not known, because it is a picture, or a partner's colour. */
  readonly surface: string | null;
  readonly sizePx: number;
  readonly bold: boolean;
}

interface Rule {
  readonly selector: string;
  readonly weight: number;
  readonly declarations: ReadonlyMap<string, Declared>;
}
interface Declared {
  readonly value: string;
  readonly important: boolean;
}

const SHOWN: ReadonlySet<string> = new Set([
  'color',
  'background',
  'background-color',
  'background-image',
  'font-size',
  'font-weight',
  'display',
  'visibility',
]);
const UNSEEN = new Set(['head', 'style', 'script', 'title']);
/** What counts as large (WCAG 2.2, "large scale"): 18 pt, or 14 pt in bold, in CSS pixels. */
const LARGE_PX = 24;
const LARGE_BOLD_PX = 18.66;
/** States are not what a reader sees first, and a match of them on a page at rest is none. */
const NOT_AT_REST = /:(?!root\b|first-child\b|last-child\b|nth-|not\()/;

/**
 * Looks at each text of compiled HTML where both colours are the vendor's own; what partners choose is checked when they do.
 * Style sheets count outside of media queries.
 * @param html with tokens. @param isToken whether a colour stands for a value. @returns one finding for each pair of colours.
 */
export function unreadableTexts(html: string, isToken: (colour: string) => boolean): Unreadable[] {
  const document = parseDocument(html);
  const rules = rulesOf(document.children);
  const found = new Map<string, Unreadable>();
  const visit = (node: AnyNode, look: Look): void => {
    if (isText(node)) {
      judge(node.data.trim(), look, found);
      return;
    }
    if (!isTag(node) || UNSEEN.has(node.name)) return;
    const next = lookOf(node, look, rules, isToken);
    if (next !== null) for (const child of node.children) visit(child, next);
  };
  for (const node of document.children) visit(node, { colour: '#000000', surface: '#ffffff', sizePx: 16, bold: false });
  return [...found.values()];
}

function judge(text: string, { colour, surface, sizePx, bold }: Look, found: Map<string, Unreadable>): void {
  if (!/[\p{L}\p{N}]/u.test(text) || sizePx < 1 || colour === null || surface === null) return;
  const needed = sizePx >= LARGE_PX || (bold && sizePx >= LARGE_BOLD_PX) ? MIN_CONTRAST_LARGE : MIN_CONTRAST;
  const ratio = contrast(colour, surface);
  const key = `${colour} ${surface}`;
  if (ratio < needed && !found.has(key)) found.set(key, { text, colour, surface, ratio, needed });
}

/** @returns null where the element is not shown. */
function lookOf(
  element: Element,
  above: Look,
  rules: readonly Rule[],
  isToken: (colour: string) => boolean,
): Look | null {
  const style = styleOf(element, rules);
  if (style('display') === 'none' || style('visibility') === 'hidden') return null;
  const own = (value: string | undefined, otherwise: string | null): string | null => {
    if (value === undefined || value === 'inherit') return otherwise;
    const hex = hexOf(value);
    return hex === null || isToken(hex) ? null : hex;
  };
  // A link without a colour of its own has the one of the reader's program.
  const inherited = element.name === 'a' && element.attribs['href'] !== undefined ? null : above.colour;
  return {
    colour: own(style('color'), inherited),
    surface: surfaceOf(style, element, above.surface, own),
    sizePx: pixels(style('font-size'), above.sizePx),
    bold: boldness(style('font-weight'), above.bold || /^(?:b|strong|th|h[1-6])$/.test(element.name)),
  };
}

function surfaceOf(
  style: (property: string) => string | undefined,
  element: Element,
  above: string | null,
  own: (value: string | undefined, otherwise: string | null) => string | null,
): string | null {
  const whole = style('background');
  const picture = style('background-image') ?? (element.attribs['background'] === undefined ? 'none' : 'url');
  if (picture !== 'none' || /url\(|gradient\(/.test(whole ?? '')) return null;
  const colour = style('background-color') ?? whole?.split(/\s+(?![^(]*\))/)[0] ?? element.attribs['bgcolor'];
  return colour === 'transparent' || colour === 'none' ? above : own(colour, above);
}

/** The cascade for one element: sheets in their order and weight, then its own declarations, then what is important. */
function styleOf(element: Element, rules: readonly Rule[]): (property: string) => string | undefined {
  const matching = rules.filter(({ selector }) => matches(element, selector));
  const ordered = [
    ...matching.sort((a, b) => a.weight - b.weight).map(({ declarations }) => declarations),
    declarationsOf(parseCss(element.attribs['style'] ?? '', { context: 'declarationList' })),
  ];
  return (property) => {
    const values = ordered.flatMap((declarations) => declarations.get(property) ?? []);
    return (values.findLast(({ important }) => important) ?? values.at(-1))?.value;
  };
}

function matches(element: Element, selector: string): boolean {
  try {
    return is(element, selector);
  } catch {
    return false;
  }
}

function rulesOf(nodes: readonly AnyNode[]): Rule[] {
  const rules: Rule[] = [];
  const visit = (node: AnyNode): void => {
    if (!('children' in node)) return;
    if (isTag(node) && node.name === 'style') {
      const css = node.children.map((child) => ('data' in child ? child.data : '')).join('');
      rules.push(...rulesOfSheet(css));
      return;
    }
    node.children.forEach(visit);
  };
  nodes.forEach(visit);
  return rules;
}

function rulesOfSheet(css: string): Rule[] {
  const rules: Rule[] = [];
  walk(parseCss(css), {
    visit: 'Rule',
    enter(rule) {
      if (this.atrule !== null || rule.prelude.type !== 'SelectorList') return;
      const declarations = declarationsOf(rule.block);
      if (declarations.size === 0) return;
      for (const selector of rule.prelude.children) {
        const text = generate(selector);
        if (!NOT_AT_REST.test(text)) rules.push({ selector: text, weight: weightOf(selector), declarations });
      }
    },
  });
  return rules;
}

/** Ids, then classes and their like, then types (Selectors 4, "specificity"), as one number. */
function weightOf(selector: CssNode): number {
  let weight = 0;
  walk(selector, ({ type }) => {
    if (type === 'IdSelector') weight += 1_000_000;
    else if (/^(?:Class|Attribute|PseudoClass)Selector$/.test(type)) weight += 1000;
    else if (type === 'TypeSelector') weight += 1;
  });
  return weight;
}

function declarationsOf(block: CssNode): Map<string, Declared> {
  const declarations = new Map<string, Declared>();
  walk(block, {
    visit: 'Declaration',
    enter({ property, value, important }) {
      const name = property.toLowerCase();
      if (SHOWN.has(name))
        declarations.set(name, { value: generate(value).toLowerCase(), important: important !== false });
    },
  });
  return declarations;
}

/** `#rgb`, `#rrggbb`, `white` and `black`; anything else is not known. */
function hexOf(value: string): string | null {
  if (value === 'white') return '#ffffff';
  if (value === 'black') return '#000000';
  if (/^#[0-9a-f]{6}$/.test(value)) return value;
  return /^#[0-9a-f]{3}$/.test(value) ? `#${[...value.slice(1)].map((digit) => digit + digit).join('')}` : null;
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
