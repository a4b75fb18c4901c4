import { blockClass, type SourceElement } from '#template-source';
import type { CSSProperties } from 'react';

/** Where a block is on the canvas, in CSS pixels of the e-mail. */
export interface BlockBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** An empty column and a picture that is loading have no height. */
const LEAST_HEIGHT = 16;

/**
 * The root element. Read through the prototype, because an element named
 * `documentElement` would shadow the property.
 */
export const rootOf = (document: Document): HTMLElement =>
  Reflect.get<Document, 'documentElement'>(Document.prototype, 'documentElement', document);

/**
 * Boxes of the blocks of a rendering; null for those that it does not show.
 * A condition or lock has the box of what stands in it.
 */
export function boxesIn(document: Document, blocks: readonly SourceElement[]): (BlockBox | null)[] {
  const root = rootOf(document);
  const origin = root.getBoundingClientRect();
  const numbers = new Map(blocks.map((block, number) => [block, number]));
  const elements = elementsByNumber(root);
  const boxOf = (block: SourceElement): BlockBox | null => {
    const element = elements.get(numbers.get(block) ?? -1);
    if (element === undefined) return union(block.children.flatMap((child) => boxOf(child) ?? []));
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width === 0 && height === 0) return null;
    return { left: left - origin.left, top: top - origin.top, width, height: Math.max(height, LEAST_HEIGHT) };
  };
  return blocks.map(boxOf);
}

/**
 * The elements of the blocks of a rendering by their numbers, the first of each.
 * One search of the document: one for each block takes as long as all else.
 */
export function elementsByNumber(root: Element): Map<number, Element> {
  const found = new Map<number, Element>();
  for (const element of root.querySelectorAll(`[class*="${blockClass('')}"]`))
    for (const name of element.classList) {
      const number = name.startsWith(blockClass('')) ? Number(name.slice(blockClass('').length)) : Number.NaN;
      if (Number.isInteger(number) && !found.has(number)) found.set(number, element);
    }
  return found;
}

function union(boxes: readonly BlockBox[]): BlockBox | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.left + box.width));
  const bottom = Math.max(...boxes.map((box) => box.top + box.height));
  return { left, top, width: right - left, height: bottom - top };
}

/** Height of a document in its CSS pixels. */
export function heightOf(document: Document): number {
  const root = rootOf(document);
  return Math.ceil(
    Math.max(root.getBoundingClientRect().height, root.querySelector<HTMLElement>(':scope > body')?.scrollHeight ?? 0),
  );
}

/**
 * What has the look of the text of a block: in a cell of a table, which e-mails
 * are made of, the element within.
 */
export const innerOf = (element: Element): Element =>
  (element.localName === 'td' ? element.querySelector('a, p, div') : null) ?? element;

/** Place and look of the text of a block, to edit it where it stands. */
export function textLook(document: Document, number: number): { box: BlockBox; look: CSSProperties } | null {
  const root = rootOf(document);
  const cell = root.querySelector(`.${blockClass(number)}`);
  const text = cell === null ? null : innerOf(cell);
  const view = document.defaultView;
  if (text === null || view === null) return null;
  const origin = root.getBoundingClientRect();
  const { left, top, width, height } = text.getBoundingClientRect();
  const style = view.getComputedStyle(text);
  return {
    box: { left: left - origin.left, top: top - origin.top, width, height },
    look: {
      color: style.color,
      background: backgroundOf(text, view),
      fontFamily: style.fontFamily,
      fontSize: style.fontSize,
      fontWeight: style.fontWeight,
      fontStyle: style.fontStyle,
      lineHeight: style.lineHeight,
      textAlign: style.textAlign === 'center' ? 'center' : style.textAlign === 'right' ? 'right' : 'start',
      padding: style.padding,
    },
  };
}

function backgroundOf(element: Element, view: Window): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const colour = view.getComputedStyle(at).backgroundColor;
    if (colour !== 'rgba(0, 0, 0, 0)' && colour !== 'transparent') return colour;
  }
  return '#ffffff';
}
