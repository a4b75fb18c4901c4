import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Tokens } from './tokens.js';

/** Classes that hide a block on phones, or everywhere else. Widths as in MJML. */
const SCREEN_STYLES = {
  'hide-on-phone': '@media only screen and (max-width:479px)',
  'hide-on-desktop': '@media only screen and (min-width:480px)',
} as const;
const NAMES = Object.keys(SCREEN_STYLES);
const CLASSES = /css-class\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const namesIn = (classes: string): string[] => {
  const words = classes.split(/\s+/);
  return NAMES.filter((name) => words.includes(name));
};

/** Rules for the classes that a source uses. Mail programs without queries show the block. */
export function screenStyles(source: string): string {
  const used = new Set([...source.matchAll(CLASSES)].flatMap(([, double, single]) => namesIn(double ?? single ?? '')));
  const rules = Object.entries(SCREEN_STYLES)
    .filter(([name]) => used.has(name))
    .map(
      ([name, query]) =>
        `${query} { .${name} { display:none !important; max-height:0 !important; overflow:hidden !important; } }`,
    );
  return rules.length === 0 ? '' : `<mj-style>${rules.join('\n')}</mj-style>`;
}

/** Fields of a document by the screens on which they are shown. */
export interface ShownFields {
  /** Paths of fields that every recipient sees on every screen. */
  readonly always: ReadonlySet<string>;
  /** Paths of fields that a class hides on some screens. */
  readonly onSomeScreens: ReadonlySet<string>;
  /** Whether an element is hidden on all screens. */
  readonly hasNowhere: boolean;
}

/**
 * Reads a document with tokens in its order, so that the markers of conditions
 * and the classes around a field are both known.
 */
export function shownFields(html: string, tokens: Tokens): ShownFields {
  const always = new Set<string>();
  const onSomeScreens = new Set<string>();
  let conditions = 0;
  let hasNowhere = false;
  const read = (text: string, isHidden: boolean): void => {
    for (const [token] of text.matchAll(tokens.pattern)) {
      const kind = tokens.markerOf(token)?.kind;
      if (kind === 'when') conditions += 1;
      else if (kind === 'end') conditions -= 1;
      const path = tokens.holes[tokens.holeNumber(token) ?? -1]?.path;
      if (path === undefined) continue;
      if (isHidden) onSomeScreens.add(path);
      else if (conditions === 0) always.add(path);
    }
  };
  const visit = (node: DefaultTreeAdapterTypes.ChildNode, hiding: readonly string[]): void => {
    // A marker is the whole comment. Comments of Outlook repeat what others see.
    if ('data' in node) read(node.data.startsWith('[if') ? '' : node.data, hiding.length > 0);
    else if ('value' in node) read(node.value, hiding.length > 0);
    else if ('tagName' in node) {
      const own = namesIn(node.attrs.find(({ name }) => name === 'class')?.value ?? '');
      const all = [...new Set([...hiding, ...own])];
      if (all.length === NAMES.length) hasNowhere = true;
      for (const { value } of node.attrs) read(value, all.length > 0);
      for (const child of node.childNodes) visit(child, all);
    }
  };
  for (const node of parse(html).childNodes) visit(node, []);
  return { always, onSomeScreens, hasNowhere };
}
