import { type BlockLevel, type BlockRules, isLocked } from './block-rules.js';
import type { SourceElement } from './source-tree.js';

const SECTIONS = ['mj-section', 'mj-wrapper', 'mj-hero'];
const CONTENT = (
  'mj-text mj-button mj-image mj-divider mj-spacer mj-table mj-social mj-raw mj-navbar mj-carousel mj-accordion ' +
  'tc-slot tc-button tc-picture tc-partner-logo'
).split(' ');
/** Content that not every recipient gets. Around sections, or around content of a column. */
const BRANCHES = ['tc-when', 'tc-choice', 'tc-optional'];

/** The blocks that an element can contain. */
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
const WITHOUT_BOX = new Set([...Object.keys(NESTED), 'tc-lock', 'mj-raw']);

function canContain(container: SourceElement, name: string): boolean {
  const nested = NESTED[container.name];
  if (nested === undefined) return CONTAINED[container.name]?.includes(name) === true;
  if (container.name === 'tc-choice') return name === 'tc-option';
  return nested.includes(name) || (isInColumn(container) ? CONTENT : SECTIONS).includes(name);
}

function isInColumn({ parent }: SourceElement): boolean {
  for (let at = parent; at !== null; at = at.parent) {
    if (at.name === 'mj-column' || at.name === 'mj-hero') return true;
    if (!(at.name in NESTED)) return false;
  }
  return false;
}

function levelOf(element: SourceElement): BlockLevel {
  if (COLUMNS.includes(element.name)) return 'column';
  return isInColumn(element) ? 'content' : 'section';
}

/** Blocks of MJML. */
export const EMAIL_RULES: BlockRules = {
  body: 'mj-body',
  canContain,
  canSurround: (name, element) => {
    if (element.parent === null || !canContain(element.parent, name)) return false;
    // Only the vendor decides about content that is locked.
    if (name !== 'tc-when' && isLocked(element)) return false;
    const around = name === 'tc-choice' ? 'tc-option' : name;
    return (
      (isInColumn(element) ? CONTENT : SECTIONS).includes(element.name) ||
      NESTED[around]?.includes(element.name) === true
    );
  },
  isContainer: ({ name }) => name in CONTAINED || name in NESTED,
  isBranch: ({ name }) => name in NESTED,
  levelOf,
  hasBox: ({ name }) => !WITHOUT_BOX.has(name),
};
