import {
  applyChanges,
  attributeOf,
  blocksOf,
  contentOf,
  onlyKeyOf,
  pageBlockKind,
  parseSource,
  renameElement,
  setAttribute,
  setContent,
  type SourceElement,
  type TextChange,
  textReference,
} from '#template-source';
import { type Act, type Template, readText, sourceOf } from './acts';
import { hasText, textHolder, textInPlace } from './email-copy';
import { newText } from './new-text';
import { freshName } from './slot-names';

const SLOT_ATTRIBUTES = ['name', 'label', 'help', 'max-chars', 'max-lines', 'format', 'links', 'required'];

/** Tags of an e-mail whose text can be opened for partners, and the tags of opened texts. */
const OPENED = { 'mj-text': 'tc-slot', 'mj-button': 'tc-button' } as const;
const CLOSED = { 'tc-slot': 'mj-text', 'tc-button': 'mj-button' } as const;
/** A slot that is a block of a page is written as a `div`. */
const PAGE_CLOSED = { 'tc-slot': 'div', 'tc-button': 'a' } as const;
const LIMITS = {
  'tc-slot': [
    ['max-chars', '280'],
    ['max-lines', '6'],
    ['format', 'inline'],
  ],
  'tc-button': [['max-chars', '40']],
} as const;

const isIn = <Table extends object>(table: Table, name: string | number | symbol): name is keyof Table => name in table;

/** Tag of a text that is opened; a text of a page other than a button gets a slot within. */
function openedTag(source: string, block: SourceElement): 'tc-slot' | 'tc-button' | null {
  if (block.kind === 'email') return isIn(OPENED, block.name) ? OPENED[block.name] : null;
  if (!hasText(source, block)) return null;
  return pageBlockKind(source, block) === 'button' ? 'tc-button' : 'tc-slot';
}

/** Whether partners may edit the text of a block; null: it has none. */
export function isOpened(source: string, block: SourceElement): boolean | null {
  if (isIn(CLOSED, textHolder(block).name)) return true;
  return openedTag(source, block) === null ? null : false;
}

/** Why partners cannot get a text to edit; null: they can. */
export function unlockFault(template: Template, block: SourceElement): 'notText' | 'hasField' | null {
  const source = sourceOf(template);
  const text = openedTag(source, block) === null ? null : textInPlace(source, block);
  if (text === null) return 'notText';
  return readText(template, block, text).includes('{{') ? 'hasField' : null;
}

/** Partners may edit a text: its words become the proposal of a slot. */
export function unlocked(template: Template, block: SourceElement): Act | null {
  const source = sourceOf(template);
  const tag = openedTag(source, block);
  if (tag === null) return null;
  const label = newText(template, tag === 'tc-button' ? 'buttonLabel' : 'label');
  const values = [['name', freshName(template)], ['label', textReference(label.key)], ...LIMITS[tag]];
  const isWithin = block.kind === 'page' && tag === 'tc-slot';
  const changes = isWithin
    ? setContent(block, `<tc-slot${written(values)}>${contentOf(source, block)}</tc-slot>`)
    : joined([
        ...renameElement(block, tag),
        ...values.flatMap(([name = '', value = '']) => setAttribute(block, name, value)),
      ]);
  return { texts: { ...label.texts, [template.file]: applyChanges(source, changes) }, select: numberOf(source, block) };
}

/** Partners get the proposal of a slot as it is. */
export function locked(template: Template, block: SourceElement): Act | null {
  const source = sourceOf(template);
  const holder = textHolder(block);
  const select = numberOf(source, block);
  if (holder !== block)
    return { texts: { [template.file]: applyChanges(source, setContent(block, contentOf(source, holder))) }, select };
  if (!isIn(CLOSED, block.name)) return null;
  const tag = block.kind === 'page' ? PAGE_CLOSED[block.name] : CLOSED[block.name];
  const removed = block.attributes
    .filter(({ name }) => SLOT_ATTRIBUTES.includes(name))
    .map(({ from, end }): TextChange => ({ from, to: end, insert: '' }));
  const changes = [...renameElement(block, tag), ...removed];
  return { texts: { [template.file]: applyChanges(source, changes) }, select };
}

/** The label of a slot in the shown language, and the key of its text. */
export function labelKeyOf(template: Template, block: SourceElement): string | null {
  return onlyKeyOf(attributeOf(sourceOf(template), block, 'label') ?? '');
}

const written = (values: readonly (readonly string[])[]): string =>
  values.map(([name = '', value = '']) => ` ${name}="${value}"`).join('');

/** Insertions at one place as one, because changes must not overlap. */
function joined(changes: readonly TextChange[]): TextChange[] {
  const all = new Map<string, TextChange>();
  for (const change of changes) {
    const place = `${change.from} ${change.to}`;
    all.set(place, { ...change, insert: (all.get(place)?.insert ?? '') + change.insert });
  }
  return [...all.values()];
}

const numberOf = (source: string, block: SourceElement): number =>
  blocksOf(parseSource(source)).findIndex(({ start }) => start === block.start);
