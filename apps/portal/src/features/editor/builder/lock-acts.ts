import {
  applyChanges,
  attributeOf,
  blocksOf,
  onlyKeyOf,
  parseSource,
  renameElement,
  setAttribute,
  type SourceElement,
  type TextChange,
  textReference,
} from '#template-source';
import { type Act, type Email, readText, sourceOf } from './acts';
import { freshKey, textInPlace, type Texts, withCopy } from './email-copy';
import { freshName } from './slot-names';
import { starterText } from './starter-texts';

const SLOT_ATTRIBUTES = ['name', 'label', 'help', 'max-chars', 'max-lines', 'format', 'links', 'required'];

/** Tags whose text can be opened for partners, and the tags of opened texts. */
const OPENED = { 'mj-text': 'tc-slot', 'mj-button': 'tc-button' } as const;
const CLOSED = { 'tc-slot': 'mj-text', 'tc-button': 'mj-button' } as const;
const LIMITS = {
  'tc-slot': [
    ['max-chars', '280'],
    ['max-lines', '6'],
    ['format', 'inline'],
  ],
  'tc-button': [['max-chars', '40']],
} as const;

const isIn = <Table extends object>(table: Table, name: string | number | symbol): name is keyof Table => name in table;

/** Whether partners may edit the text of a block; null: it has none. */
export function isOpened({ name }: SourceElement): boolean | null {
  if (isIn(CLOSED, name)) return true;
  return isIn(OPENED, name) ? false : null;
}

/** Why partners cannot get a text to edit; null: they can. */
export function unlockFault(email: Email, block: SourceElement): 'notText' | 'hasField' | null {
  const text = isIn(OPENED, block.name) ? textInPlace(sourceOf(email), block) : null;
  if (text === null) return 'notText';
  return readText(email, block, text).includes('{{') ? 'hasField' : null;
}

/** Partners may edit a text: its words become the proposal of a slot. */
export function unlocked(email: Email, block: SourceElement): Act | null {
  if (!isIn(OPENED, block.name)) return null;
  const source = sourceOf(email);
  const tag = OPENED[block.name];
  const label = freshKey(email.texts, email.locales, `slots.${email.key}`);
  const values = [['name', freshName(email)], ['label', textReference(label)], ...LIMITS[tag]];
  const changes = joined([
    ...renameElement(block, tag),
    ...values.flatMap(([name = '', value = '']) => setAttribute(block, name, value)),
  ]);
  const starter = tag === 'tc-button' ? 'buttonLabel' : 'label';
  const texts = email.locales.reduce<Texts>(
    (all, locale) => ({ ...all, ...withCopy(email.texts, locale, label, starterText(locale, starter)) }),
    {},
  );
  return { texts: { ...texts, [email.file]: applyChanges(source, changes) }, select: numberOf(source, block) };
}

/** Partners get the proposal of a slot as it is. */
export function locked(email: Email, block: SourceElement): Act | null {
  if (!isIn(CLOSED, block.name)) return null;
  const source = sourceOf(email);
  const removed = block.attributes
    .filter(({ name }) => SLOT_ATTRIBUTES.includes(name))
    .map(({ from, end }): TextChange => ({ from, to: end, insert: '' }));
  const changes = [...renameElement(block, CLOSED[block.name]), ...removed];
  return { texts: { [email.file]: applyChanges(source, changes) }, select: numberOf(source, block) };
}

/** The label of a slot in the shown language, and the key of its text. */
export function labelKeyOf(email: Email, block: SourceElement): string | null {
  return onlyKeyOf(attributeOf(sourceOf(email), block, 'label') ?? '');
}

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
