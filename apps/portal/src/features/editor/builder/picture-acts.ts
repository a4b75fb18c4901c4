import {
  applyChanges,
  blocksOf,
  isLocked,
  onlyKeyOf,
  attributeOf,
  parseSource,
  renameElement,
  type SourceElement,
  type TextChange,
  textReference,
} from '#template-source';
import { type Act, type Template, sourceOf, withAttributes, withText } from './acts';
import { newText } from './new-text';
import { freshName } from './slot-names';

const OF_PARTNER = 'tc-picture';
const OF_VENDOR = { email: 'mj-image', page: 'img' } as const;
const PICTURE_ATTRIBUTES = ['name', 'label', 'help', 'ratio', 'min-width'];

/** Whether partners may show their own picture here; null: the block is no picture. */
export function isExchangeable(block: SourceElement): boolean | null {
  if (block.name === OF_PARTNER) return true;
  return block.name === OF_VENDOR[block.kind] ? false : null;
}

/** A picture that each partner must show cannot be exchanged. */
export const canExchange = (block: SourceElement): boolean => !isLocked(block);

/**
 * Partners may show a picture of their own.
 * @param shape of the vendor's picture: `3:2`; null: unknown, then any shape fits.
 */
export function exchangeable(template: Template, block: SourceElement, shape: string | null): Act {
  const source = sourceOf(template);
  const label = newText(template, 'picture');
  const values = [
    ['name', freshName(template)],
    ['label', textReference(label.key)],
    ...(shape === null ? [] : [['ratio', shape]]),
  ];
  const added = values.map(([name, value]) => ` ${name}="${value}"`).join('');
  const at = block.attributes.at(-1)?.end ?? block.start + 1 + block.name.length;
  const changes = [...renamed(source, block, OF_PARTNER), { from: at, to: at, insert: added }];
  return act(template, block, changes, label.texts);
}

/** All partners show the vendor's picture. */
export function notExchangeable(template: Template, block: SourceElement): Act {
  const removed = block.attributes
    .filter(({ name }) => PICTURE_ATTRIBUTES.includes(name))
    .map(({ from, end }): TextChange => ({ from, to: end, insert: '' }));
  return act(template, block, [...renamed(sourceOf(template), block, OF_VENDOR[block.kind]), ...removed], {});
}

/** Help for partners, in the shown language. @param words empty: none. */
export function withHelp(template: Template, block: SourceElement, words: string): Act {
  if (words === '') return withAttributes(template, block, { help: null });
  const key = onlyKeyOf(attributeOf(sourceOf(template), block, 'help') ?? '');
  if (key !== null) return withText(template, block, { kind: 'copy', key }, words);
  const made = newText(template, 'help');
  const named = withAttributes({ ...template, texts: { ...template.texts, ...made.texts } }, block, {
    help: textReference(made.key),
  });
  const after = { ...template, texts: { ...template.texts, ...made.texts, ...named.texts } };
  const written = withText(after, block, { kind: 'copy', key: made.key }, words);
  return { texts: { ...made.texts, ...named.texts, ...written.texts }, select: named.select };
}

/** An `img` has no end tag; a tag of ours on a page has one. */
function renamed(source: string, block: SourceElement, name: string): TextChange[] {
  if (block.kind === 'email') return renameElement(block, name);
  const start = { from: block.start + 1, to: block.start + 1 + block.name.length, insert: name };
  if (name !== OF_PARTNER) return [start, { from: block.openEnd, to: block.end, insert: '' }];
  const isClosed = source.slice(0, block.openEnd).endsWith('/>');
  return [start, { from: block.openEnd - (isClosed ? 2 : 1), to: block.openEnd, insert: `></${name}>` }];
}

function act(template: Template, block: SourceElement, changes: readonly TextChange[], texts: Act['texts']): Act {
  const source = sourceOf(template);
  const select = blocksOf(parseSource(source)).findIndex(({ start }) => start === block.start);
  return { texts: { ...texts, [template.file]: applyChanges(source, changes) }, select };
}

/** Two lengths as the shape that vendors and partners read: 1200 and 800 as `3:2`; null: no shape that is allowed. */
export function shapeOf(width: number, height: number): string | null {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const common = divisor(width, height);
  if (common === 0 || Math.max(width, height) / Math.min(width, height) > 5) return null;
  const [wide, high] = [width / common, height / common];
  return Math.max(wide, high) < 10_000 ? `${wide}:${high}` : null;
}
