import type { CommentBlock } from '#contracts';
import { contentOf, isContainer, keysIn, type SourceElement } from '#template-source';

/** Longest parts of an anchor, as the API takes them. */
const MOST_CHARS = 400;
const MOST_KEYS = 20;

/** How a block is found again that has a comment: packages have no marks of comments. */
export function anchorOf(source: string, blocks: readonly SourceElement[], block: SourceElement, name: string) {
  return {
    number: blocks.indexOf(block),
    name: name.slice(0, 200),
    ...writtenAs(source, block),
  } satisfies CommentBlock;
}

/** The block of an anchor, also after it was moved or changed; null: it was deleted, or written anew. */
export function anchored(source: string, blocks: readonly SourceElement[], anchor: CommentBlock): SourceElement | null {
  const distance = (block: SourceElement): number => Math.abs(blocks.indexOf(block) - anchor.number);
  const [nearest] = blocks
    .filter((block) => isSame(writtenAs(source, block), anchor, distance(block) === 0))
    .toSorted((one, other) => distance(one) - distance(other));
  return nearest ?? null;
}

type Written = Pick<CommentBlock, 'tag' | 'open' | 'keys' | 'content'>;

/** Texts are in catalogues, so a block keeps their keys when they are edited. */
function isSame(one: Written, anchor: Written, isInPlace: boolean): boolean {
  if (kindOf(one.tag) !== kindOf(anchor.tag)) return false;
  if (anchor.keys.length > 0) return anchor.keys.some((key) => one.keys.includes(key));
  if (anchor.content !== '' && one.content === anchor.content) return true;
  return one.open === anchor.open && (isInPlace || anchor.content === '');
}

/** A block that is opened for partners, or locked again, has another tag. */
const KINDS: Readonly<Record<string, string>> = {
  'mj-text': 'text',
  'tc-slot': 'text',
  'mj-button': 'button',
  'tc-button': 'button',
  'mj-image': 'picture',
  img: 'picture',
  'tc-picture': 'picture',
};

const kindOf = (tag: string): string => KINDS[tag] ?? tag;

function writtenAs(source: string, block: SourceElement): Written {
  return {
    tag: block.name,
    open: source.slice(block.start, block.openEnd).slice(0, MOST_CHARS),
    keys: [...new Set(keysIn(source.slice(block.start, block.end)).map(({ key }) => key))].slice(0, MOST_KEYS),
    content: isContainer(block) ? '' : contentOf(source, block).trim().slice(0, MOST_CHARS),
  };
}
