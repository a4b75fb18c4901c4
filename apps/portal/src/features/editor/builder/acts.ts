import {
  applyChanges,
  attributeOf,
  blocksOf,
  canContain,
  contentOf,
  copyElement,
  elementsIn,
  insertMarkup,
  isRow,
  keysIn,
  levelOf,
  moveElement,
  offsetAfter,
  parseSource,
  type Place,
  removeAttribute,
  removeElement,
  setAttribute,
  setContent,
  setStyles,
  type SourceElement,
  type TextChange,
  textReference,
} from '#template-source';
import type { TemplateType } from '#contracts';
import { catalogueOf } from '../copy-table';
import { freshName } from './slot-names';
import { type BlockText, copyOf, freshKey, textHolder, type Texts, withCopy } from './email-copy';

/** The e-mail or page of the canvas, with all files of its campaign. */
export interface Template {
  readonly texts: Texts;
  readonly kind: TemplateType;
  readonly key: string;
  readonly file: string;
  /** Languages of the campaign. */
  readonly locales: readonly string[];
  /** The shown language. */
  readonly locale: string;
}

/** What an act changes: files, and the selected block. */
export interface Act {
  readonly texts: Texts;
  /** Number of the block to select; null: none. */
  readonly select: number | null;
}

export type Step = 'up' | 'down';

export const sourceOf = ({ texts, file }: Template): string => texts[file] ?? '';

/** Where a block goes with one step; null: it is the first or last there is. */
export function stepPlace(source: string, block: SourceElement, step: Step): Place | null {
  const siblings = block.parent?.children ?? [];
  const sibling = siblings[siblings.indexOf(block) + (step === 'up' ? -1 : 1)];
  if (block.kind === 'page') return pageStep(block, sibling, step);
  if (sibling !== undefined && !isPart(sibling) && !isPart(block)) return { beside: sibling, after: step === 'down' };
  if (levelOf(block) !== 'content') return null;
  const columns = blocksOf(parseSource(source)).filter((column) => canContain(column, block.name));
  const own = columns.findIndex(({ start }) => start === block.parent?.start);
  const next = columns[own + (step === 'up' ? -1 : 1)];
  if (own === -1 || next === undefined) return null;
  const [first] = next.children;
  return step === 'down' && first !== undefined ? { beside: first, after: false } : { into: next };
}

/**
 * Content of a page goes into the section beside it, and out of its own: so it
 * comes to every place. A section goes past its neighbour.
 */
function pageStep(block: SourceElement, sibling: SourceElement | undefined, step: Step): Place | null {
  const after = step === 'down';
  if (isPart(block)) return null;
  if (sibling === undefined || isPart(sibling)) {
    const { parent } = block;
    return parent !== null && canContain(parent.parent, block.name) ? { beside: parent, after } : null;
  }
  const isEntered = levelOf(block) === 'content' && canContain(sibling, block.name);
  const inner = after ? sibling.children[0] : sibling.children.findLast((child) => !isPart(child));
  if (!isEntered) return { beside: sibling, after };
  return inner === undefined ? { into: sibling } : { beside: inner, after: !after };
}

/** An alternative stays last; variants are in the order of their choice. */
const isPart = ({ name }: SourceElement): boolean => name === 'tc-else';

/** Moves a block to a place. */
export function moved(template: Template, block: SourceElement, place: Place): Act | null {
  const source = sourceOf(template);
  const changes = moveElement(source, block, place);
  const insertion = changes[1];
  return insertion === undefined ? null : act(template, changes, insertion);
}

/** Removes a block, and a row or list that has nothing without it. */
export function removed(template: Template, block: SourceElement): Act {
  const { parent } = block;
  const source = sourceOf(template);
  const isOfRow = levelOf(block) === 'column' && parent?.name === 'mj-section';
  const isOfWhole = isOfRow || block.name === 'li' || (parent !== null && isRow(source, parent));
  const whole = parent !== null && isOfWhole && parent.children.length === 1 ? parent : block;
  const after = applyChanges(source, removeElement(source, whole));
  const number = blocksOf(parseSource(source)).findIndex(({ start }) => start === whole.start);
  const left = blocksOf(parseSource(after)).length;
  return { texts: { [template.file]: after }, select: left === 0 ? null : Math.min(number, left - 1) };
}

/**
 * Copies a block. The copy gets texts of its own, so that a change of one
 * leaves the other, and locks and slots get names of their own.
 */
export function duplicated(template: Template, block: SourceElement): Act {
  const source = sourceOf(template);
  const text = source.slice(block.start, block.end);
  const keys = new Map<string, string>();
  for (const { key } of keysIn(text))
    if (!keys.has(key))
      keys.set(key, freshKey(template.texts, template.locales, `${template.key}.copy`, [...keys.values()]));
  const own = keysIn(text).reduceRight(
    (copy, { key, from, to }) => copy.slice(0, from) + textReference(keys.get(key) ?? key) + copy.slice(to),
    text,
  );
  const changes = copyElement(source, block, withOtherNames(template, own));
  const [insertion] = changes;
  const made = insertion === undefined ? { texts: {}, select: null } : act(template, changes, insertion);
  return { ...made, texts: { ...made.texts, ...copiedTexts(template, keys) } };
}

const LOCK_NAME = /(<tc-lock\b[^<>]*?\bname=")([^"]*)"/g;
const SLOT_NAME = /(<tc-(?:slot|button|picture|choice|optional)\b[^<>]*?\bname=")[^"]*"/g;

/** Locks and slots of a copy are others: each name has one text. */
export function withOtherNames(template: Template, copy: string): string {
  const taken = new Set([...sourceOf(template).matchAll(LOCK_NAME)].map(([, , name]) => name));
  const slots: string[] = [];
  return copy
    .replaceAll(LOCK_NAME, (_tag, open: string, name: string) => {
      let at = 2;
      while (taken.has(`${name}-${at}`)) at += 1;
      taken.add(`${name}-${at}`);
      return `${open}${name}-${at}"`;
    })
    .replaceAll(SLOT_NAME, (_tag, open: string) => {
      slots.push(freshName(template, slots));
      return `${open}${slots.at(-1)}"`;
    });
}

/** The catalogues with texts of some keys under others. */
function copiedTexts(template: Template, keys: ReadonlyMap<string, string>): Texts {
  let texts = template.texts;
  const files: string[] = [];
  for (const locale of template.locales) {
    const copy = copyOf(texts, locale);
    for (const [from, to] of keys) {
      const text = copy.get(from);
      if (text === undefined) continue;
      texts = { ...texts, ...withCopy(texts, locale, to, text) };
      files.push(catalogueOf(locale));
    }
  }
  return Object.fromEntries(files.map((file) => [file, texts[file] ?? '']));
}

/** Gives a text of a block its own key, so that other e-mails keep theirs. */
export function withOwnText(template: Template, block: SourceElement, key: string): Act {
  const source = sourceOf(template);
  const own = freshKey(template.texts, template.locales, `${template.key}.own`);
  const holder = textHolder(block);
  const content = contentOf(source, holder);
  const written = keysIn(content)
    .filter((one) => one.key === key)
    .reduceRight((text, { from, to }) => text.slice(0, from) + textReference(own) + text.slice(to), content);
  const texts = { [template.file]: applyChanges(source, setContent(holder, written)) };
  return { texts: { ...texts, ...copiedTexts(template, new Map([[key, own]])) }, select: numberOf(source, block) };
}

/** Sets or removes attributes of a block. */
export function withAttributes(
  template: Template,
  block: SourceElement,
  values: Readonly<Record<string, string | null>>,
): Act {
  const source = sourceOf(template);
  const after = Object.entries(values).reduce((text, [name, value]) => {
    // Its start stays where it is.
    const now = elementAt(text, block.start);
    if (now === undefined) return text;
    return applyChanges(text, value === null ? removeAttribute(now, name) : setAttribute(now, name, value));
  }, source);
  return { texts: { [template.file]: after }, select: numberOf(source, block) };
}

/** Sets or removes properties of the `style` of a block of a page. */
export function withStyles(
  template: Template,
  block: SourceElement,
  values: Readonly<Record<string, string | null>>,
): Act {
  const source = sourceOf(template);
  return {
    texts: { [template.file]: applyChanges(source, setStyles(source, block, values)) },
    select: numberOf(source, block),
  };
}

/** The text of a block in the shown language. */
export function readText(template: Template, block: SourceElement, text: BlockText): string {
  if (text.kind === 'source') return contentOf(sourceOf(template), textHolder(block));
  return copyOf(template.texts, template.locale).get(text.key) ?? '';
}

/** Changes a text of a block in the shown language. */
export function withText(template: Template, block: SourceElement, text: BlockText, words: string): Act {
  const source = sourceOf(template);
  const select = numberOf(source, block);
  if (text.kind === 'copy') return { texts: withCopy(template.texts, template.locale, text.key, words), select };
  return { texts: { [template.file]: applyChanges(source, setContent(textHolder(block), words)) }, select };
}

/**
 * The value of an attribute in the shown language. Null: none of its own.
 * A text of the catalogues is read there.
 */
export function readAttribute(template: Template, block: SourceElement, name: string): string | null {
  const written = attributeOf(sourceOf(template), block, name);
  if (written === undefined) return null;
  const [only] = keysIn(written);
  return only === undefined ? written : (copyOf(template.texts, template.locale).get(only.key) ?? '');
}

/** An act that inserts something, with the new block selected. */
export function inserted(template: Template, place: Place, markup: string): Act | null {
  const changes = insertMarkup(sourceOf(template), place, markup);
  const [insertion] = changes;
  return insertion === undefined ? null : act(template, changes, insertion);
}

function act(template: Template, changes: readonly TextChange[], insertion: TextChange): Act {
  const after = applyChanges(sourceOf(template), changes);
  const others = changes.filter((change) => change !== insertion);
  const start = offsetAfter(others, insertion.from) + insertion.insert.indexOf('<');
  const number = blocksOf(parseSource(after)).findIndex((block) => block.start === start);
  return { texts: { [template.file]: after }, select: number === -1 ? null : number };
}

/** The number of a block, or of the block around an element that is none. */
const numberOf = (source: string, { start, end }: SourceElement): number =>
  blocksOf(parseSource(source)).findLastIndex((block) => block.start <= start && block.end >= end);

const elementAt = (source: string, start: number): SourceElement | undefined =>
  elementsIn(parseSource(source).root).find((element) => element.start === start);
