import type { BlockLevel, BlockRules, BranchTag } from './block-rules.js';
import { EMAIL_RULES } from './email-rules.js';
import { PAGE_RULES } from './page-rules.js';
import { applyChanges, type TextChange } from './source-edits.js';
import {
  attributeOf,
  elementsIn,
  parseSource,
  type SourceElement,
  type SourceKind,
  type SourceTree,
} from './source-tree.js';

const RULES: Readonly<Record<SourceKind, BlockRules>> = { email: EMAIL_RULES, page: PAGE_RULES };

/**
 * Attribute by which the compiler learns a block's number. Only the rendering
 * for the canvas has it.
 */
export const BLOCK_NUMBER = 'tc-block';
/** Class of a block in the canvas: `tc-block-12`. */
export const blockClass = (number: number | string): string => `${BLOCK_NUMBER}-${number}`;

export const canContain = (container: SourceElement | null, name: string): boolean =>
  container !== null && RULES[container.kind].canContain(container, name);

/** Whether a condition, choice or switch can be put around an element. */
export const canSurround = (name: BranchTag, element: SourceElement): boolean =>
  RULES[element.kind].canSurround(name, element);

export const isContainer = (element: SourceElement): boolean => RULES[element.kind].isContainer(element);

/** Whether it is content that not every recipient gets, or a part of that. */
export const isBranch = (element: SourceElement): boolean => RULES[element.kind].isBranch(element);

export const levelOf = (element: SourceElement): BlockLevel => RULES[element.kind].levelOf(element);

/** The body of an e-mail or page. */
export const bodyOf = ({ root }: SourceTree): SourceElement | undefined =>
  elementsIn(root).find(({ kind, name }) => name === RULES[kind].body);

/**
 * Blocks of an e-mail or page in the order of the source. The number of a block
 * is its place in this list. Parts of texts, tables and menus are no blocks.
 */
export function blocksOf(tree: SourceTree): SourceElement[] {
  const body = bodyOf(tree);
  return body === undefined ? [] : blocksIn(body);
}

const blocksIn = (element: SourceElement): SourceElement[] =>
  isContainer(element) ? element.children.flatMap((child) => [child, ...blocksIn(child)]) : [];

/** A source with the number of each block in `tc-block`. */
export function withBlockNumbers(source: string): string {
  const changes = blocksOf(parseSource(source)).flatMap((block, number) =>
    RULES[block.kind].hasBox(block) ? setFirst(block, BLOCK_NUMBER, `${number}`) : [],
  );
  return applyChanges(source, changes);
}

/** As the first attribute: MJML and HTML read the first of two with one name. */
const setFirst = ({ start, name }: SourceElement, attribute: string, value: string): TextChange[] => {
  const at = start + 1 + name.length;
  return [{ from: at, to: at, insert: ` ${attribute}="${value}"` }];
};

/** Our tags look like these unless they have defaults of their own. */
const STYLED_AS: Readonly<Record<string, readonly string[]>> = {
  'tc-slot': ['mj-text'],
  'tc-button': ['mj-button'],
  'tc-picture': ['mj-image'],
};

/**
 * The value that an element of an e-mail has without one of its own: from its
 * classes, then from `mj-attributes` for its tag, then for all.
 */
export function inheritedValue(
  source: string,
  { root }: SourceTree,
  element: SourceElement,
  name: string,
): string | undefined {
  const defaults = elementsIn(root).filter(({ parent }) => parent?.name === 'mj-attributes');
  const classes = (attributeOf(source, element, 'mj-class') ?? '').split(/\s+/);
  const ofClass = (wanted: string) =>
    defaults.filter((one) => one.name === 'mj-class' && attributeOf(source, one, 'name') === wanted);
  const tags = [element.name, ...(STYLED_AS[element.name] ?? [])];
  const inOrder = [
    ...classes.toReversed().flatMap(ofClass),
    ...[...tags, 'mj-all'].flatMap((tag) => defaults.filter((one) => one.name === tag)),
  ];
  return inOrder.map((one) => attributeOf(source, one, name)).find((value) => value !== undefined);
}
