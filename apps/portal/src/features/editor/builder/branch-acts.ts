import {
  applyChanges,
  attributeOf,
  blocksOf,
  hasForm,
  isBranch,
  parseSource,
  removeElement,
  setAttribute,
  type SourceElement,
  textReference,
  unwrapElement,
  wrapElement,
} from '#template-source';
import { type Act, duplicated, type Email, removed, sourceOf, withAttributes } from './acts';
import type { Texts } from './email-copy';
import { newText } from './new-text';
import { freshName } from './slot-names';

/** What a recipient must be to get a block. `language` is that of the e-mail. */
export const CONDITION_FIELDS = ['industry', 'persona', 'stage', 'segment', 'country', 'language'] as const;
export type ConditionField = (typeof CONDITION_FIELDS)[number];

type BranchName = 'tc-when' | 'tc-choice' | 'tc-optional';

/**
 * The condition, choice or switch of this block. One that is around several
 * blocks is set at itself, because a change would be one of them all.
 */
export function branchAround(block: SourceElement, name: BranchName): SourceElement | null {
  if (block.name === name) return block;
  for (let at = block.parent; at !== null && isBranch(at); at = at.parent) {
    const isAlone = at.name === 'tc-choice' || at.children.filter((child) => !isElse(child)).length === 1;
    if (!isAlone) return null;
    if (at.name === name) return at;
  }
  return null;
}

/** Partners may hide a block. */
export function hideable(email: Email, block: SourceElement): Act {
  const label = newText(email, 'part');
  const open = `<tc-optional name="${freshName(email)}" label="${textReference(label.key)}">`;
  return wrapped(email, block, [[open, '</tc-optional>']], label.texts);
}

/** Partners may choose between a block and a copy of it, which then is changed. */
export function choosable(email: Email, block: SourceElement): Act {
  const label = newText(email, 'choice');
  const variant = newText({ ...email, texts: { ...email.texts, ...label.texts } }, 'variant');
  const name = freshName(email);
  const made = wrapped(
    email,
    block,
    [
      [`<tc-option name="a" label="${textReference(variant.key)}">`, '</tc-option>'],
      [`<tc-choice name="${name}" label="${textReference(label.key)}">`, '</tc-choice>'],
    ],
    { ...label.texts, ...variant.texts },
  );
  const after = { ...email, texts: { ...email.texts, ...made.texts } };
  const option = blocksOf(parseSource(sourceOf(after))).find(
    (one) => one.name === 'tc-option' && attributeOf(sourceOf(after), one.parent ?? one, 'name') === name,
  );
  if (option === undefined) return made;
  const other = withVariant(after, option);
  return { ...other, texts: { ...made.texts, ...other.texts } };
}

/** Another variant of a choice: a copy of one of its variants. */
export function withVariant(email: Email, option: SourceElement): Act {
  const source = sourceOf(email);
  const names = (option.parent?.children ?? []).map((one) => attributeOf(source, one, 'name'));
  const name = [...'abcdefghijklmnopqrstuvwxyz'].find((letter) => !names.includes(letter)) ?? 'z';
  const made = duplicated(email, option);
  const after = { ...email, texts: { ...email.texts, ...made.texts } };
  const copy = blocksOf(parseSource(sourceOf(after)))[made.select ?? -1];
  if (copy === undefined) return made;
  const named = applyChanges(sourceOf(after), setAttribute(copy, 'name', name));
  return { ...made, texts: { ...made.texts, [email.file]: named } };
}

/** Takes a variant away; with the last but one, the choice as well. */
export function withoutVariant(email: Email, option: SourceElement): Act {
  const choice = option.parent;
  if (choice === null || choice.children.length > 2) return removed(email, option);
  const made = removed(email, option);
  const after = { ...email, texts: { ...email.texts, ...made.texts } };
  const left = blocksOf(parseSource(sourceOf(after))).find(
    ({ name, start }) => name === 'tc-choice' && start === choice.start,
  );
  if (left === undefined) return made;
  const rest = unwrapped(after, left);
  return { ...rest, texts: { ...made.texts, ...rest.texts } };
}

/**
 * Takes a condition, choice or switch from around a block. Of a choice, the
 * first variant stays.
 */
export function unwrapped(email: Email, branch: SourceElement): Act {
  const select = numberAt(sourceOf(email), branch.start);
  let source = sourceOf(email);
  const others = branch.name === 'tc-choice' ? branch.children.slice(1) : branch.children.filter(isElse);
  // From the last on, so that the places of the others stay.
  for (const { start } of others.toReversed()) {
    const other = blocksOf(parseSource(source)).find((one) => one.start === start);
    if (other !== undefined) source = applyChanges(source, removeElement(source, other));
  }
  for (const name of branch.name === 'tc-choice' ? ['tc-choice', 'tc-option'] : [branch.name]) {
    const tag = blocksOf(parseSource(source))[select];
    if (tag?.name === name) source = applyChanges(source, unwrapElement(source, tag));
  }
  return { texts: { [email.file]: source }, select };
}

const isElse = ({ name }: SourceElement): boolean => name === 'tc-else';

/** What all others get in place of what a condition surrounds; null: nothing. */
export const otherwiseOf = (when: SourceElement): SourceElement | null => when.children.find(isElse) ?? null;

/** Whether all others can get a copy of it. A page has one form at most. */
export const canCopy = (when: SourceElement): boolean => when.children.length > 0 && !hasForm(when);

/** All others get a copy of what a condition surrounds, which then is changed. The copy is selected. */
export function withOtherwise(email: Email, when: SourceElement): Act | null {
  const last = when.children.at(-1);
  if (last === undefined || isElse(last)) return null;
  const made = duplicated(email, last);
  const after = { ...email, texts: { ...email.texts, ...made.texts } };
  const copy = blocksOf(parseSource(sourceOf(after)))[made.select ?? -1];
  if (copy === undefined) return null;
  const act = wrapped(after, copy, [['<tc-else>', '</tc-else>']], {});
  return { ...act, texts: { ...made.texts, ...act.texts } };
}

/** All others get nothing. What the condition surrounds is selected. */
export function withoutOtherwise(email: Email, otherwise: SourceElement): Act {
  const { texts } = removed(email, otherwise);
  const first = otherwise.parent?.children[0] ?? otherwise;
  return { texts, select: numberAt(sourceOf(email), first.start) };
}

/**
 * Shows a block to some recipients only.
 * @param values of one field; none: the field does not matter.
 */
export function withCondition(
  email: Email,
  block: SourceElement,
  field: ConditionField,
  values: readonly string[],
): Act | null {
  const when = branchAround(block, 'tc-when');
  const written = values.map((value) => value.trim()).filter((value) => value !== '');
  if (when === null) {
    if (written.length === 0) return null;
    return wrapped(email, block, [[`<tc-when ${field}="${written.join('|')}">`, '</tc-when>']], {});
  }
  const others = CONDITION_FIELDS.filter((one) => one !== field).some(
    (one) => attributeOf(sourceOf(email), when, one) !== undefined,
  );
  if (written.length === 0 && !others) return unwrapped(email, when);
  const act = withAttributes(email, when, { [field]: written.length === 0 ? null : written.join('|') });
  return { ...act, select: numberAt(sourceOf(email), block.start) };
}

/** The values of a field that a condition asks for. */
export const conditionValues = (source: string, when: SourceElement | null, field: ConditionField): string[] =>
  when === null
    ? []
    : (attributeOf(source, when, field) ?? '')
        .split('|')
        .map((value) => value.trim())
        .filter((value) => value !== '');

/** Puts tags around a block, the innermost first. The block stays selected. */
function wrapped(
  email: Email,
  block: SourceElement,
  tags: readonly (readonly [open: string, close: string])[],
  texts: Texts,
): Act {
  const number = numberAt(sourceOf(email), block.start);
  let source = sourceOf(email);
  for (const [open, close] of tags) {
    const now = blocksOf(parseSource(source))[number];
    if (now !== undefined) source = applyChanges(source, wrapElement(source, now, open, close));
  }
  return { texts: { ...texts, [email.file]: source }, select: number + tags.length };
}

const numberAt = (source: string, start: number): number =>
  blocksOf(parseSource(source)).findIndex((block) => block.start === start);
