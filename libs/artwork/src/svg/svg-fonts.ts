import { generate, parse, walk } from 'css-tree';
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
      for (const selector of generate(prelude).split(','))
        rules.push({ selector: /[.#]?[\w*-]+$/.exec(selector.trim())?.[0] ?? '', family });
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
      const written = generate(value);
      if (property === 'font-family') family = firstFamily(written);
      // The family follows the size.
      else if (property === 'font')
        family = firstFamily(/[\d.](?:[a-z]+|%)(?:\/\S+)?\s*(.+)$/i.exec(written)?.[1] ?? '');
    },
  });
  return family;
}

function firstFamily(written: string): string | null {
  const first = (written.split(',')[0] ?? '').trim().replace(/^["']|["']$/g, '');
  return first === '' ? null : first;
}
