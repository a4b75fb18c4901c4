import { attributeOf, elementsIn, parseSource, type SourceElement, type SourceTree } from './source-tree.js';
import { applyChanges, type TextChange } from './source-edits.js';

/** What a block is, and so where it can stand. */
export type BlockLevel = 'section' | 'column' | 'content';

const SECTIONS = ['mj-section', 'mj-wrapper', 'mj-hero'];
const CONTENT = (
  'mj-text mj-button mj-image mj-divider mj-spacer mj-table mj-social mj-raw mj-navbar mj-carousel mj-accordion ' +
  'tc-slot tc-partner-logo'
).split(' ');

/** The blocks that an element can contain. The compiler has the same rules. */
const CONTAINED: Readonly<Record<string, readonly string[]>> = {
  'mj-body': [...SECTIONS, 'mj-raw', 'tc-when', 'tc-lock'],
  'mj-wrapper': ['mj-section', 'mj-hero', 'mj-raw', 'tc-when'],
  'mj-section': ['mj-column', 'mj-group', 'mj-raw'],
  'mj-group': ['mj-column', 'mj-raw'],
  'mj-column': CONTENT,
  'mj-hero': CONTENT,
  'tc-when': SECTIONS,
  'tc-else': SECTIONS,
  'tc-lock': SECTIONS,
};
const COLUMNS = ['mj-column', 'mj-group'];

/**
 * Attribute by which the compiler learns a block's number. Only the rendering
 * for the canvas has it.
 */
export const BLOCK_NUMBER = 'tc-block';
/** Class of a block in the canvas: `tc-block-12`. */
export const blockClass = (number: number | string): string => `${BLOCK_NUMBER}-${number}`;

export const canContain = (container: SourceElement | null, name: string): boolean =>
  CONTAINED[container?.name ?? '']?.includes(name) === true;

export const isContainer = ({ name }: SourceElement): boolean => name in CONTAINED;

export function levelOf({ name, parent }: SourceElement): BlockLevel {
  if (COLUMNS.includes(name)) return 'column';
  return parent?.name === 'mj-column' || parent?.name === 'mj-hero' ? 'content' : 'section';
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
const WITHOUT_BOX = new Set(['tc-when', 'tc-else', 'tc-lock', 'mj-raw']);

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
  const tags = element.name === 'tc-slot' ? ['tc-slot', 'mj-text'] : [element.name];
  const inOrder = [
    ...classes.toReversed().flatMap(ofClass),
    ...[...tags, 'mj-all'].flatMap((tag) => defaults.filter((one) => one.name === tag)),
  ];
  return inOrder.map((one) => attributeOf(source, one, name)).find((value) => value !== undefined);
}
