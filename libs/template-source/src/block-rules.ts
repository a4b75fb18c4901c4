import type { SourceElement } from './source-tree.js';

/** What a block is, and so where it can stand. */
export type BlockLevel = 'section' | 'column' | 'content';

/** A condition, choice or switch around a block. */
export type BranchTag = 'tc-when' | 'tc-choice' | 'tc-optional';

/** What blocks are in one kind of source. The compiler has the same rules. */
export interface BlockRules {
  readonly body: string;
  readonly canContain: (container: SourceElement, name: string) => boolean;
  readonly canSurround: (name: BranchTag, element: SourceElement) => boolean;
  readonly isContainer: (element: SourceElement) => boolean;
  /** Whether it is content that not every recipient gets, or a part of that. */
  readonly isBranch: (element: SourceElement) => boolean;
  readonly levelOf: (element: SourceElement) => BlockLevel;
  /** Whether it writes something of its own: else it has no place to mark. */
  readonly hasBox: (element: SourceElement) => boolean;
}

/** Whether an element is, or is within, an element with one of these names. */
export function isWithin(element: SourceElement, names: readonly string[]): boolean {
  for (let at: SourceElement | null = element; at !== null; at = at.parent) if (names.includes(at.name)) return true;
  return false;
}

/** Whether an element is, or is within, content that partners cannot change. */
export const isLocked = (element: SourceElement): boolean => isWithin(element, ['tc-lock']);
