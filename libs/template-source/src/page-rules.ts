import { type BlockLevel, type BlockRules, isLocked, isWithin } from './block-rules.js';
import { attributeOf, elementsIn, type SourceElement } from './source-tree.js';
import { styleOf } from './style-edits.js';

const SECTIONS = 'body main header footer section article aside nav div figure blockquote'.split(' ');
const LISTS = ['ul', 'ol'];
/** Content that not every reader gets, with its parts. */
const BRANCHES = ['tc-when', 'tc-else', 'tc-optional', 'tc-choice', 'tc-option'];
/** These stand in one place only, or belong to the file around the blocks. */
const PLACED = ['html', 'head', 'body', 'li', 'tc-else', 'tc-option'];
/** What can be within a text. */
const PHRASING = 'a abbr b br cite code del em i ins mark s small span strong sub sup time u tc-when tc-else tc-slot';
const IN_TEXT = new Set(PHRASING.split(' '));
const TEXTS = [...SECTIONS, ...PHRASING.split(' '), 'p', 'li', 'address', 'figcaption'];
const HEADING = /^h[1-6]$/;

/** What a block of a page is for its author. `code`: it is edited as code. */
export type PageBlockKind =
  | 'section'
  | 'columns'
  | 'column'
  | 'text'
  | 'heading'
  | 'list'
  | 'item'
  | 'image'
  | 'button'
  | 'divider'
  | 'spacer'
  | 'form'
  | 'slot'
  | 'partnerButton'
  | 'partnerPicture'
  | 'logo'
  | 'lock'
  | 'when'
  | 'else'
  | 'choice'
  | 'option'
  | 'optional'
  | 'code';

const BY_NAME: Readonly<Record<string, PageBlockKind>> = {
  ul: 'list',
  ol: 'list',
  img: 'image',
  hr: 'divider',
  'tc-form': 'form',
  'tc-slot': 'slot',
  'tc-button': 'partnerButton',
  'tc-picture': 'partnerPicture',
  'tc-partner-logo': 'logo',
  'tc-lock': 'lock',
  'tc-when': 'when',
  'tc-else': 'else',
  'tc-choice': 'choice',
  'tc-option': 'option',
  'tc-optional': 'optional',
};

export function pageBlockKind(source: string, element: SourceElement): PageBlockKind {
  const { name, parent } = element;
  if (isSpacer(element)) return 'spacer';
  if (isContainer(element) && SECTIONS.includes(name)) {
    if (isRow(source, element)) return 'columns';
    return parent !== null && isRow(source, parent) ? 'column' : 'section';
  }
  const kind = isContainer(element) || !LISTS.includes(name) ? BY_NAME[name] : undefined;
  if (kind !== undefined) return kind;
  if (!isText(element)) return 'code';
  if (name === 'a') return 'button';
  if (name === 'li') return 'item';
  return HEADING.test(name) ? 'heading' : 'text';
}

/** Whether its children stand side by side by its own style. */
export const isRow = (source: string, element: SourceElement): boolean =>
  element.kind === 'page' &&
  attributeOf(source, element, 'style') !== undefined &&
  /^(?:inline-)?(?:flex|grid)$/.test(styleOf(source, element, 'display') ?? '');

/** A text with nothing in it that a text cannot have. */
function isText(element: SourceElement): boolean {
  return (
    (TEXTS.includes(element.name) || HEADING.test(element.name)) &&
    elementsIn(element).every(({ name }) => IN_TEXT.has(name))
  );
}

/** Room between two blocks. Screen readers do not read it. */
const isSpacer = ({ name, attributes, children, isLoose }: SourceElement): boolean =>
  name === 'div' &&
  !isLoose &&
  children.length === 0 &&
  attributes.some((attribute) => attribute.name === 'aria-hidden');

function isContainer(element: SourceElement): boolean {
  const { name, isLoose } = element;
  if (isLoose || isSpacer(element)) return false;
  return name === 'tc-lock' || SECTIONS.includes(name) || LISTS.includes(name) || BRANCHES.includes(name);
}

function canContain(container: SourceElement, name: string): boolean {
  if (!isContainer(container)) return false;
  if (LISTS.includes(container.name)) return name === 'li';
  if (container.name === 'tc-choice') return name === 'tc-option';
  if (name === 'tc-else') return container.name === 'tc-when';
  if (PLACED.includes(name)) return false;
  // A lock is for every reader, and only the vendor decides about its content.
  if (name === 'tc-lock') return !isWithin(container, [...BRANCHES, 'tc-lock']);
  return !['tc-choice', 'tc-optional'].includes(name) || !isLocked(container);
}

function levelOf(element: SourceElement): BlockLevel {
  return isContainer(element) && SECTIONS.includes(element.name) ? 'section' : 'content';
}

/** Whether an element is, or contains, the form of the page: there is one at most. */
export const hasForm = (element: SourceElement): boolean =>
  [element, ...elementsIn(element)].some(({ name }) => name === 'tc-form');

/** Blocks of HTML. Any of them can stand in any section. */
export const PAGE_RULES: BlockRules = {
  body: 'body',
  canContain,
  canSurround: (name, element) =>
    element.parent !== null &&
    canContain(element.parent, name) &&
    !PLACED.includes(element.name) &&
    element.name !== 'tc-lock' &&
    !(name === 'tc-choice' && hasForm(element)) &&
    elementsIn(element).every((inner) => inner.name !== 'tc-lock'),
  isContainer,
  isBranch: ({ name }) => BRANCHES.includes(name),
  levelOf,
  hasBox: ({ name }) => !BRANCHES.includes(name) && name !== 'tc-lock',
};
