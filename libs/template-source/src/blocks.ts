import { attributeOf, elementsIn, parseSource, type SourceElement, type SourceTree } from './source-tree.js';
import { applyChanges, type TextChange } from './source-edits.js';

/** What a block is, and so where it can stand. */
export type BlockLevel = 'section' | 'column' | 'content';

const SECTIONS = ['mj-section', 'mj-wrapper', 'mj-hero'];
const CONTENT = (
  'mj-text mj-button mj-image mj-divider mj-spacer mj-table mj-social mj-raw mj-navbar mj-carousel mj-accordion ' +
  'tc-slot tc-button tc-partner-logo'
).split(' ');
/** Content that not every recipient gets. Around sections, or around content of a column. */
const BRANCHES = ['tc-when', 'tc-choice', 'tc-optional'];

/** The blocks that an element can contain. The compiler has the same rules. */
const CONTAINED: Readonly<Record<string, readonly string[]>> = {
  'mj-body': [...SECTIONS, 'mj-raw', ...BRANCHES, 'tc-lock'],
  'mj-wrapper': ['mj-section', 'mj-hero', 'mj-raw', ...BRANCHES],
  'mj-section': ['mj-column', 'mj-group', 'mj-raw'],
  'mj-group': ['mj-column', 'mj-raw'],
  'mj-column': [...CONTENT, ...BRANCHES],
  'mj-hero': [...CONTENT, ...BRANCHES],
  'tc-lock': SECTIONS,
};
/** Branches that can stand within another, besides sections or content. */
const NESTED: Readonly<Record<string, readonly string[]>> = {
  'tc-when': ['tc-choice', 'tc-optional'],
  'tc-else': ['tc-choice', 'tc-optional'],
  'tc-optional': ['tc-when'],
  'tc-option': ['tc-when'],
  'tc-choice': [],
};
const COLUMNS = ['mj-column', 'mj-group'];

/**
 * Attribute by which the compiler learns a block's number. Only the rendering
 * for the canvas has it.
 */
export const BLOCK_NUMBER = 'tc-block';
/** Class of a block in the canvas: `tc-block-12`. */
export const blockClass = (number: number | string): string => `${BLOCK_NUMBER}-${number}`;

export function canContain(container: SourceElement | null, name: string): boolean {
  if (container === null) return false;
  const nested = NESTED[container.name];
  if (nested === undefined) return CONTAINED[container.name]?.includes(name) === true;
  if (container.name === 'tc-choice') return name === 'tc-option';
  return nested.includes(name) || (isInColumn(container) ? CONTENT : SECTIONS).includes(name);
}

/** Whether an element is, or is within, content that partners cannot change. */
export function isLocked(element: SourceElement): boolean {
  for (let at: SourceElement | null = element; at !== null; at = at.parent) if (at.name === 'tc-lock') return true;
  return false;
}

/** Whether a condition, choice or switch can be put around an element. */
export function canSurround(name: 'tc-when' | 'tc-choice' | 'tc-optional', element: SourceElement): boolean {
  if (!canContain(element.parent, name)) return false;
  // Only the vendor decides about content that is locked.
  if (name !== 'tc-when' && isLocked(element)) return false;
  const around = name === 'tc-choice' ? 'tc-option' : name;
  return (
    (isInColumn(element) ? CONTENT : SECTIONS).includes(element.name) || NESTED[around]?.includes(element.name) === true
  );
}

export const isContainer = ({ name }: SourceElement): boolean => name in CONTAINED || name in NESTED;

/** Whether it is content that not every recipient gets, or a part of that. */
export const isBranch = ({ name }: SourceElement): boolean => name in NESTED;

export function levelOf(element: SourceElement): BlockLevel {
  if (COLUMNS.includes(element.name)) return 'column';
  return isInColumn(element) ? 'content' : 'section';
}

function isInColumn({ parent }: SourceElement): boolean {
  for (let at = parent; at !== null; at = at.parent) {
    if (at.name === 'mj-column' || at.name === 'mj-hero') return true;
    if (!(at.name in NESTED)) return false;
  }
  return false;
}

/** The body of an e-mail. */
export const bodyOf = ({ root }: SourceTree): SourceElement | undefined =>
  elementsIn(root).find(({ name }) => name === 'mj-body');

/**
 * Blocks of an e-mail in the order of the source. The number of a block is its
 * place in this list. Parts of social links, tables and menus are no blocks.
 */
export function blocksOf(tree: SourceTree): SourceElement[] {
  const body = bodyOf(tree);
  return body === undefined ? [] : elementsIn(body).filter(({ parent }) => parent !== null && isContainer(parent));
}

/** Elements that write nothing of their own: they have no place to mark. */
const WITHOUT_BOX = new Set([...Object.keys(NESTED), 'tc-lock', 'mj-raw']);

/** An e-mail with the number of each block in `tc-block`. */
export function withBlockNumbers(source: string): string {
  const changes = blocksOf(parseSource(source)).flatMap((block, number) =>
    WITHOUT_BOX.has(block.name) ? [] : setFirst(block, BLOCK_NUMBER, `${number}`),
  );
  return applyChanges(source, changes);
}

/** As the first attribute: MJML reads the first of two with one name. */
const setFirst = ({ start, name }: SourceElement, attribute: string, value: string): TextChange[] => {
  const at = start + 1 + name.length;
  return [{ from: at, to: at, insert: ` ${attribute}="${value}"` }];
};

/** Our tags look like these unless they have defaults of their own. */
const STYLED_AS: Readonly<Record<string, readonly string[]>> = { 'tc-slot': ['mj-text'], 'tc-button': ['mj-button'] };

/**
 * The value that an element has without one of its own: from its classes, then
 * from `mj-attributes` for its tag, then for all.
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
