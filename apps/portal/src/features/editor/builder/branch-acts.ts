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
import { type Act, duplicated, type Template, removed, sourceOf, withAttributes } from './acts';
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
export function hideable(template: Template, block: SourceElement): Act {
  const label = newText(template, 'part');
  const open = `<tc-optional name="${freshName(template)}" label="${textReference(label.key)}">`;
  return wrapped(template, block, [[open, '</tc-optional>']], label.texts);
}

/** Partners may choose between a block and a copy of it, which then is changed. */
export function choosable(template: Template, block: SourceElement): Act {
  const label = newText(template, 'choice');
  const variant = newText({ ...template, texts: { ...template.texts, ...label.texts } }, 'variant');
  const name = freshName(template);
  const made = wrapped(
    template,
    block,
    [
      [`<tc-option name="a" label="${textReference(variant.key)}">`, '</tc-option>'],
      [`<tc-choice name="${name}" label="${textReference(label.key)}">`, '</tc-choice>'],
    ],
    { ...label.texts, ...variant.texts },
  );
  const after = { ...template, texts: { ...template.texts, ...made.texts } };
  const option = blocksOf(parseSource(sourceOf(after))).find(
    (one) => one.name === 'tc-option' && attributeOf(sourceOf(after), one.parent ?? one, 'name') === name,
  );
  if (option === undefined) return made;
  const other = withVariant(after, option);
  return { ...other, texts: { ...made.texts, ...other.texts } };
}

/** Another variant of a choice: a copy of one of its variants. */
export function withVariant(template: Template, option: SourceElement): Act {
  const source = sourceOf(template);
  const names = (option.parent?.children ?? []).map((one) => attributeOf(source, one, 'name'));
  const name = [...'abcdefghijklmnopqrstuvwxyz'].find((letter) => !names.includes(letter)) ?? 'z';
  const made = duplicated(template, option);
  const after = { ...template, texts: { ...template.texts, ...made.texts } };
  const copy = blocksOf(parseSource(sourceOf(after)))[made.select ?? -1];
  if (copy === undefined) return made;
  const named = applyChanges(sourceOf(after), setAttribute(copy, 'name', name));
  return { ...made, texts: { ...made.texts, [template.file]: named } };
}

/** Takes a variant away; with the last but one, the choice as well. */
export function withoutVariant(template: Template, option: SourceElement): Act {
  const choice = option.parent;
  if (choice === null || choice.children.length > 2) return removed(template, option);
  const made = removed(template, option);
  const after = { ...template, texts: { ...template.texts, ...made.texts } };
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
export function unwrapped(template: Template, branch: SourceElement): Act {
  const select = numberAt(sourceOf(template), branch.start);
  let source = sourceOf(template);
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
  return { texts: { [template.file]: source }, select };
}

const isElse = ({ name }: SourceElement): boolean => name === 'tc-else';

/** What all others get in place of what a condition surrounds; null: nothing. */
export const otherwiseOf = (when: SourceElement): SourceElement | null => when.children.find(isElse) ?? null;

/** Whether all others can get a copy of it. A page has one form at most. */
export const canCopy = (when: SourceElement): boolean => when.children.length > 0 && !hasForm(when);

/** All others get a copy of what a condition surrounds, which then is changed. The copy is selected. */
export function withOtherwise(template: Template, when: SourceElement): Act | null {
  const last = when.children.at(-1);
  if (last === undefined || isElse(last)) return null;
  const made = duplicated(template, last);
  const after = { ...template, texts: { ...template.texts, ...made.texts } };
  const copy = blocksOf(parseSource(sourceOf(after)))[made.select ?? -1];
  if (copy === undefined) return null;
  const act = wrapped(after, copy, [['<tc-else>', '</tc-else>']], {});
  return { ...act, texts: { ...made.texts, ...act.texts } };
}

/** All others get nothing. What the condition surrounds is selected. */
export function withoutOtherwise(template: Template, otherwise: SourceElement): Act {
  const { texts } = removed(template, otherwise);
  const first = otherwise.parent?.children[0] ?? otherwise;
  return { texts, select: numberAt(sourceOf(template), first.start) };
}

/**
 * Shows a block to some recipients only.
 * @param values of one field; none: the field does not matter.
 */
export function withCondition(
  template: Template,
  block: SourceElement,
  field: ConditionField,
  values: readonly string[],
): Act | null {
  const when = branchAround(block, 'tc-when');
  const written = values.map((value) => value.trim()).filter((value) => value !== '');
  if (when === null) {
    if (written.length === 0) return null;
    return wrapped(template, block, [[`<tc-when ${field}="${written.join('|')}">`, '</tc-when>']], {});
  }
  const others = CONDITION_FIELDS.filter((one) => one !== field).some(
    (one) => attributeOf(sourceOf(template), when, one) !== undefined,
  );
  if (written.length === 0 && !others) return unwrapped(template, when);
  const act = withAttributes(template, when, { [field]: written.length === 0 ? null : written.join('|') });
  return { ...act, select: numberAt(sourceOf(template), block.start) };
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
  template: Template,
  block: SourceElement,
  tags: readonly (readonly [open: string, close: string])[],
  texts: Texts,
): Act {
  const number = numberAt(sourceOf(template), block.start);
  let source = sourceOf(template);
  for (const [open, close] of tags) {
    const now = blocksOf(parseSource(source))[number];
    if (now !== undefined) source = applyChanges(source, wrapElement(source, now, open, close));
  }
  return { texts: { ...texts, [template.file]: source }, select: number + tags.length };
}

const numberAt = (source: string, start: number): number =>
  blocksOf(parseSource(source)).findIndex((block) => block.start === start);
