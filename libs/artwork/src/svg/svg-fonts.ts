import { type CssNode, generate, parse, walk } from 'css-tree';
import { isDrawable } from '../drawable-letters.js';
import type { SvgElement } from './svg-tree.js';

/** A text of an SVG that looks different from what its author saw. */
export interface TextFinding {
  readonly kind: 'font' | 'letters';
  readonly text: string;
  /** The font that is not there; of letters, the first one without a sign. */
  readonly what: string;
  readonly line: number;
}

/** Families that every reader chooses itself, and the bundled ones. */
const AVAILABLE = /^(?:sans-serif|system-ui|ui-sans-serif|inherit|initial|unset|noto sans(?: arabic| hebrew)?)$/i;
/** Longest quotation of a text. */
const MAX_QUOTED = 40;

interface FontRule {
  readonly selector: string;
  readonly family: string;
}

/**
 * Texts whose font or letters are not bundled. Logos have their letters as
 * shapes; a text is drawn in Noto Sans.
 * @param sheets the style sheets of the file.
 */
export function textFindings(root: SvgElement, sheets: readonly string[]): TextFinding[] {
  const found: TextFinding[] = [];
  const rules = sheets.flatMap(fontRules);
  const visit = (element: SvgElement, family: string | null, inText: boolean): void => {
    const own = familyOf(element, rules) ?? family;
    const isText = inText || element.name === 'text';
    for (const child of element.children) {
      if (typeof child !== 'string') visit(child, own, isText);
      else if (isText && child.trim() !== '') found.push(...findingsOf(child.trim(), own, element.line));
    }
  };
  visit(root, null, false);
  return found;
}

function findingsOf(text: string, family: string | null, line: number): TextFinding[] {
  const quoted = text.replace(/\s+/g, ' ').slice(0, MAX_QUOTED);
  const letter = [...text.normalize('NFC')].find((char) => !isDrawable(char));
  if (letter !== undefined) return [{ kind: 'letters', text: quoted, what: letter, line }];
  return family === null || AVAILABLE.test(family) ? [] : [{ kind: 'font', text: quoted, what: family, line }];
}

function familyOf({ name, attributes }: SvgElement, rules: readonly FontRule[]): string | null {
  const inline = familyIn(attributes.get('style') ?? '');
  if (inline !== null) return inline;
  const classes = (attributes.get('class') ?? '').split(/\s+/).map((part) => `.${part}`);
  const names = new Set([name, '*', `#${attributes.get('id') ?? ''}`, ...classes]);
  const matching = rules.findLast(({ selector }) => names.has(selector));
  const written = attributes.get('font-family');
  return matching?.family ?? (written === undefined ? null : firstFamily(written));
}

/** Font families by the last part of their selectors. */
function fontRules(css: string): FontRule[] {
  const rules: FontRule[] = [];
  walk(parse(css), {
    visit: 'Rule',
    enter({ prelude, block }) {
      if (this.atrule !== null && this.atrule.name !== 'media') return;
      const family = familyIn(generate(block).slice(1, -1));
      if (family === null) return;
      for (const selector of generate(prelude).split(',')) rules.push({ selector: lastPart(selector), family });
    },
  });
  return rules;
}

/** The first family of `font-family` or `font`; null without any. */
function familyIn(declarations: string): string | null {
  let family: string | null = null;
  walk(parse(declarations, { context: 'declarationList' }), {
    visit: 'Declaration',
    enter({ property, value }) {
      if (property === 'font-family') family = firstFamily(generate(value));
      else if (property === 'font' && value.type === 'Value') family = familyOfShorthand([...value.children]);
    },
  });
  return family;
}

/** The family follows the size, and `/` with the height of a line. */
function familyOfShorthand(parts: readonly CssNode[]): string | null {
  const size = parts.findLastIndex(({ type }) => type === 'Dimension' || type === 'Percentage');
  const words: string[] = [];
  for (const part of parts.slice(size + 1)) {
    if (part.type === 'String') words.push(part.value);
    else if (part.type === 'Identifier') words.push(part.name);
    if (part.type === 'String' || (part.type === 'Operator' && part.value === ',')) break;
  }
  return firstFamily(words.join(' '));
}

/** `.name` of `svg > text.name`. */
const lastPart = (selector: string): string =>
  selector
    .trim()
    .split(/[\s>+~]/)
    .at(-1)
    ?.split(/(?=[.#])/)
    .at(-1) ?? '';

function firstFamily(written: string): string | null {
  const first = (written.split(',')[0] ?? '').trim().replace(/^["']|["']$/g, '');
  return first === '' ? null : first;
}
