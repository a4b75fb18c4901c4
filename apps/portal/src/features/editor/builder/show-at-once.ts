import {
  attributeOf,
  blockClass,
  blocksOf,
  contentOf,
  isBranch,
  isContainer,
  keysIn,
  parseSource,
  type SourceElement,
  stylesOf,
} from '#template-source';
import { type Template, sourceOf } from './acts';
import { elementsByNumber, innerOf, rootOf } from './block-boxes';
import { copyOf, textHolder, textsOfBlock } from './email-copy';
import { textNodes } from './text-nodes';

interface Matched {
  readonly block: SourceElement;
  /** The same block before; undefined: it is new. */
  readonly before: SourceElement | undefined;
}

/**
 * Changes a rendering as an act changed its e-mail: order, texts, simple styles.
 * It is replaced by the server's rendering within moments, so what it does not
 * know may wait for that.
 */
export function showAtOnce(document: Document, before: Template, after: Template): void {
  const [was, is] = [before, after].map(sourceOf);
  if (was === undefined || is === undefined) return;
  const old = blocksOf(parseSource(was));
  const matched = matchedBlocks(was, old, is, blocksOf(parseSource(is)));
  const numbered = elementsByNumber(rootOf(document));
  const elements = new Map(old.map((block, number) => [block, numbered.get(number)] as const));
  const kept = new Set(matched.map((one) => one.before));
  for (const block of old) if (!kept.has(block)) unitOf(elements.get(block))?.remove();
  const now = new Map<SourceElement, Element>();
  for (const { block, before: known } of matched) {
    const element = known === undefined ? undefined : elements.get(known);
    if (element !== undefined) now.set(block, element);
  }
  addNew(document, matched, now, is);
  order(matched, now);
  for (const { block, before: known } of matched) {
    const element = now.get(block);
    if (element === undefined) continue;
    if (known !== undefined) restyle(element, known, was, block, is);
    const text = textOf(after, is, block);
    if (text !== null && (known === undefined || text !== textOf(before, was, known)))
      innerOf(element).replaceChildren(...textNodes(document, text));
  }
  for (const [number, element] of numbered) element.classList.remove(blockClass(number));
  for (const [number, { block }] of matched.entries()) now.get(block)?.classList.add(blockClass(number));
}

/** What moves with a block: its row of the column's table. */
function unitOf(element: Element | undefined): Element | undefined {
  return element?.localName === 'td' ? (element.parentElement ?? undefined) : element;
}

/** A block without its children. */
const ownMarkup = (source: string, block: SourceElement): string =>
  isContainer(block) ? source.slice(block.start, block.start + ownLength(block)) : source.slice(block.start, block.end);

const ownLength = ({ start, end, children: [first] }: SourceElement): number => (first?.start ?? end) - start;

/** Equal blocks first; then those of one tag, in order: they have changed. */
function matchedBlocks(
  was: string,
  old: readonly SourceElement[],
  is: string,
  blocks: readonly SourceElement[],
): Matched[] {
  const free = [...old];
  const found = new Map<SourceElement, SourceElement>();
  const match = (isSame: (block: SourceElement, one: SourceElement) => boolean): void => {
    for (const block of blocks) {
      if (found.has(block)) continue;
      const at = free.findIndex((one) => isSame(block, one));
      const [one] = at === -1 ? [] : free.splice(at, 1);
      if (one !== undefined) found.set(block, one);
    }
  };
  match((block, one) => ownMarkup(is, block).trim() === ownMarkup(was, one).trim());
  match((block, one) => tagOf(block) === tagOf(one));
  return blocks.map((block) => ({ block, before: found.get(block) }));
}

/** A lock is opened or closed by another tag of the same look. */
const tagOf = ({ name }: SourceElement): string => LOOKS[name] ?? name;
const LOOKS: Readonly<Record<string, string>> = {
  'tc-slot': 'mj-text',
  'tc-button': 'mj-button',
  'tc-picture': 'mj-image',
};

/** A new block looks like its neighbour, or is a box until it is rendered. */
function addNew(document: Document, matched: readonly Matched[], now: Map<SourceElement, Element>, is: string): void {
  for (const { block, before } of matched) {
    // Conditions and choices have no box of their own.
    if (before !== undefined || now.has(block) || isBranch(block)) continue;
    const siblings = block.parent?.children ?? [];
    const at = siblings.indexOf(block);
    const near = [siblings[at - 1], siblings[at + 1]].find((one) => one !== undefined && now.has(one));
    const unit = near === undefined ? undefined : unitOf(now.get(near));
    if (near === undefined || unit === undefined) continue;
    const isAlike = shapeOf(is, near) === shapeOf(is, block);
    const made = isAlike ? copyOfUnit(unit) : emptyUnit(document, unit);
    if (near === siblings[at - 1]) unit.after(made);
    else unit.before(made);
    now.set(block, made.localName === 'tr' ? (made.firstElementChild ?? made) : made);
  }
}

/** A block without its texts. */
const shapeOf = (source: string, block: SourceElement): string => {
  const markup = source.slice(block.start, block.end);
  return keysIn(markup).reduceRight((text, { from, to }) => text.slice(0, from) + text.slice(to), markup);
};

/** Numbers of the original's blocks are not those of the copy's. */
function copyOfUnit(unit: Element): Element {
  const copy = unit.cloneNode(true) as Element;
  for (const one of [copy, ...copy.querySelectorAll('*')])
    for (const name of [...one.classList]) if (name.startsWith(blockClass(''))) one.classList.remove(name);
  return copy;
}

function emptyUnit(document: Document, beside: Element): Element {
  const unit = document.createElement(beside.localName);
  const box = beside.localName === 'tr' ? unit.appendChild(document.createElement('td')) : unit;
  box.style.cssText = 'padding:12px 25px;outline:1px dashed #0f766e;outline-offset:-4px';
  box.appendChild(document.createElement('div')).style.minHeight = '20px';
  return unit;
}

/** From the last to the first, each before its successor. */
function order(matched: readonly Matched[], now: ReadonlyMap<SourceElement, Element>): void {
  for (const { block } of matched.toReversed()) {
    const siblings = block.parent?.children ?? [];
    const next = siblings[siblings.indexOf(block) + 1];
    const unit = unitOf(now.get(block));
    const successor = next === undefined ? undefined : unitOf(now.get(next));
    const previous = siblings[siblings.indexOf(block) - 1];
    const predecessor = previous === undefined ? undefined : unitOf(now.get(previous));
    if (unit === undefined || (successor?.contains(unit) ?? false)) continue;
    // A block of a page that leaves its section is still in it.
    for (const inner of [successor, predecessor])
      if (inner !== undefined && inner !== unit && unit.contains(inner)) unit.after(inner);
    if (successor !== undefined) {
      const isBefore = (unit.compareDocumentPosition(successor) & FOLLOWING) !== 0;
      if (unit.parentNode !== successor.parentNode || !isBefore) successor.before(unit);
    } else if (predecessor !== undefined && (block.kind === 'page' || predecessor.localName === unit.localName)) {
      const isAfter = (unit.compareDocumentPosition(predecessor) & PRECEDING) !== 0;
      if (unit.parentNode !== predecessor.parentNode || !isAfter) predecessor.after(unit);
    }
  }
}

const [PRECEDING, FOLLOWING] = [2, 4];

/** A text as it is shown; null: the block has none. */
function textOf(template: Template, source: string, block: SourceElement): string | null {
  if (textsOfBlock(source, block).length === 0) return null;
  const copy = copyOf(template.texts, template.locale);
  const content = contentOf(source, textHolder(block));
  return keysIn(content).reduceRight(
    (text, { key, from, to }) => text.slice(0, from) + (copy.get(key) ?? '') + text.slice(to),
    content,
  );
}

/** Attributes that are a style of the same meaning, of the text or its cell. */
const STYLES: Readonly<Record<string, { readonly of: 'text' | 'cell' | 'all'; readonly style: string }>> = {
  color: { of: 'text', style: 'color' },
  'font-size': { of: 'text', style: 'font-size' },
  align: { of: 'text', style: 'text-align' },
  'background-color': { of: 'all', style: 'background' },
  'container-background-color': { of: 'cell', style: 'background' },
  padding: { of: 'cell', style: 'padding' },
  height: { of: 'text', style: 'height' },
};

/** Properties of the `style` of a page. */
function restylePage(element: Element, before: SourceElement, was: string, block: SourceElement, is: string): void {
  const [old, now] = [stylesOf(was, before), stylesOf(is, block)];
  const { style } = element as HTMLElement;
  for (const property of old.keys()) if (!now.has(property)) style.removeProperty(property);
  for (const [property, value] of now)
    if (value !== old.get(property) && !value.includes('{{')) style.setProperty(property, value);
}

function restyle(element: Element, before: SourceElement, was: string, block: SourceElement, is: string): void {
  if (block.kind === 'page') {
    restylePage(element, before, was, block, is);
    return;
  }
  for (const [name, { of, style }] of Object.entries(STYLES)) {
    const value = attributeOf(is, block, name);
    // Values of the partner's brand are known to the server only.
    if (value === undefined || value === attributeOf(was, before, name) || value.includes('{{')) continue;
    const inner = innerOf(element);
    const onAll = tagOf(block) === 'mj-button' ? [inner, inner.parentElement] : [element];
    for (const one of of === 'all' ? onAll : [of === 'cell' ? element : inner])
      if (one instanceof Element) (one as HTMLElement).style.setProperty(style, value);
  }
}
