import { type Atrule, type CssNode, generate, parse as parseCss, walk } from 'css-tree';
import { compile } from 'css-select';
import { type AnyNode, type Element, isTag } from 'domhandler';

/** One rule of a style sheet, with the properties that affect readability. */
export interface Rule {
  readonly matches: (element: Element) => boolean;
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
/** Selectors of states (`:hover`) do not apply at first display. */
const NOT_AT_REST = /:(?!root\b|first-child\b|last-child\b|nth-|not\()/;
const DARK = /prefers-color-scheme\s*:\s*dark/;

/**
 * The cascade for one element: style sheets by order and specificity, then
 * inline style, then `!important`.
 */
export function styleOf(element: Element, rules: readonly Rule[]): (property: string) => string | undefined {
  const matching = rules.filter(({ matches }) => matches(element));
  const ordered = [
    ...matching.sort((a, b) => a.weight - b.weight).map(({ declarations }) => declarations),
    declarationsOf(parseCss(element.attribs['style'] ?? '', { context: 'declarationList' })),
  ];
  return (property) => {
    const values = ordered.flatMap((declarations) => declarations.get(property) ?? []);
    return (values.findLast(({ important }) => important) ?? values.at(-1))?.value;
  };
}

/** A selector that is not understood matches nothing. */
function matcherOf(selector: string): Rule['matches'] {
  try {
    return compile<AnyNode, Element>(selector);
  } catch {
    return () => false;
  }
}

/**
 * Rules of a document's style sheets outside media queries.
 * @param scheme `dark` includes the rules of dark media queries.
 */
export function rulesOf(nodes: readonly AnyNode[], scheme: 'light' | 'dark'): Rule[] {
  const rules: Rule[] = [];
  const visit = (node: AnyNode): void => {
    if (!('children' in node)) return;
    if (isTag(node) && node.name === 'style') {
      const css = node.children.map((child) => ('data' in child ? child.data : '')).join('');
      rules.push(...rulesOfSheet(css, scheme));
      return;
    }
    node.children.forEach(visit);
  };
  nodes.forEach(visit);
  return rules;
}

function rulesOfSheet(css: string, scheme: 'light' | 'dark'): Rule[] {
  const rules: Rule[] = [];
  walk(parseCss(css), {
    visit: 'Rule',
    enter(rule) {
      if (rule.prelude.type !== 'SelectorList') return;
      if (this.atrule !== null && !(scheme === 'dark' && isForDark(this.atrule))) return;
      const declarations = declarationsOf(rule.block);
      if (declarations.size === 0) return;
      for (const selector of rule.prelude.children) {
        const text = generate(selector);
        if (!NOT_AT_REST.test(text)) rules.push({ matches: matcherOf(text), weight: weightOf(selector), declarations });
      }
    },
  });
  return rules;
}

/**
 * Specificity (Selectors 4) as one number: ids, then classes, attributes and
 * pseudo-classes, then types.
 */
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

const isForDark = ({ name, prelude }: Atrule): boolean =>
  name === 'media' && prelude !== null && DARK.test(generate(prelude));
