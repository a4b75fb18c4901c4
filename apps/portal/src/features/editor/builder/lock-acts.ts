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
import { starterText } from './starter-texts';

const SLOT_ATTRIBUTES = ['name', 'label', 'help', 'max-chars', 'max-lines', 'format', 'links', 'required'];

/** Why partners cannot get a text to edit; null: they can. */
export function unlockFault(email: Email, block: SourceElement): 'notText' | 'hasField' | null {
  const text = block.name === 'mj-text' ? textInPlace(sourceOf(email), block) : null;
  if (text === null) return 'notText';
  return readText(email, block, text).includes('{{') ? 'hasField' : null;
}

/** Partners may edit a text: its words become the proposal of a slot. */
export function unlocked(email: Email, block: SourceElement): Act {
  const source = sourceOf(email);
  const taken = new Set(
    Object.values(email.texts).flatMap((text) => [...text.matchAll(SLOT_NAME)].map(([, name]) => name)),
  );
  let at = 1;
  while (taken.has(`${email.key}-${at}`)) at += 1;
  const label = freshKey(email.texts, email.locales, `slots.${email.key}`);
  const values = [
    ['name', `${email.key}-${at}`.slice(0, 40)],
    ['label', textReference(label)],
    ['max-chars', '280'],
    ['max-lines', '6'],
    ['format', 'inline'],
  ];
  const changes = joined([
    ...renameElement(block, 'tc-slot'),
    ...values.flatMap(([name = '', value = '']) => setAttribute(block, name, value)),
  ]);
  const texts = email.locales.reduce<Texts>(
    (all, locale) => ({ ...all, ...withCopy(email.texts, locale, label, starterText(locale, 'label')) }),
    {},
  );
  return { texts: { ...texts, [email.file]: applyChanges(source, changes) }, select: numberOf(source, block) };
}

const SLOT_NAME = /<tc-slot\b[^<>]*?\bname="([^"]*)"/g;

/** Partners get the proposal of a slot as it is. */
export function locked(email: Email, block: SourceElement): Act {
  const source = sourceOf(email);
  const removed = block.attributes
    .filter(({ name }) => SLOT_ATTRIBUTES.includes(name))
    .map(({ from, end }): TextChange => ({ from, to: end, insert: '' }));
  const changes = [...renameElement(block, 'mj-text'), ...removed];
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
