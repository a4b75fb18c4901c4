import { PDFArray, PDFDict, PDFHexString, PDFName, type PDFObject, PDFString } from 'pdf-lib';
import type { Box } from './document-slot.js';

/**
 * A link to this host marks a slot, for programs that cannot create form
 * fields. The domain can never exist (RFC 2606).
 */
const SENTINEL = /^https:\/\/slot\.invalid\/([a-z][a-z0-9-]*)\/?$/i;
const FIELD = /^tc\.([a-z][a-z0-9-]*)$/i;

/**
 * The slot that an annotation marks; null if the annotation is not a marker.
 */
export function markerName(annotation: PDFDict): string | null {
  const subtype = annotation.lookup(PDFName.of('Subtype'));
  if (subtype === PDFName.of('Widget')) return FIELD.exec(fieldName(annotation))?.[1]?.toLowerCase() ?? null;
  if (subtype !== PDFName.of('Link')) return null;
  const action = annotation.lookup(PDFName.of('A'));
  const address = action instanceof PDFDict ? textOf(action, 'URI') : '';
  return SENTINEL.exec(address)?.[1]?.toLowerCase() ?? null;
}

/**
 * A field's full name: names of parents and its own, joined by dots (ISO
 * 32000-2, 12.7.4.2).
 */
function fieldName(widget: PDFDict): string {
  const names: string[] = [];
  let node: PDFDict | undefined = widget;
  for (let depth = 0; node !== undefined && depth < 20; depth++) {
    const name = textOf(node, 'T');
    if (name !== '') names.unshift(name);
    const parent: PDFObject | undefined = node.lookup(PDFName.of('Parent'));
    node = parent instanceof PDFDict ? parent : undefined;
  }
  return names.join('.');
}

function textOf(dict: PDFDict, key: string): string {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : '';
}

/** An annotation's rectangle; null where it has none. */
export function boxOf(annotation: PDFDict): Box | null {
  const rectangle = annotation.lookup(PDFName.of('Rect'));
  if (!(rectangle instanceof PDFArray) || rectangle.size() !== 4) return null;
  const { x, y, width, height } = rectangle.asRectangle();
  return {
    x: Math.min(x, x + width),
    y: Math.min(y, y + height),
    width: Math.abs(width),
    height: Math.abs(height),
  };
}

/** Description of an annotation for the author. */
export function markOf(annotation: PDFDict): string {
  const subtype = annotation.lookup(PDFName.of('Subtype'));
  const kind = subtype instanceof PDFName ? subtype.decodeText() : 'annotation';
  if (kind === 'Widget') return `field ${fieldName(annotation) || 'without a name'}`;
  if (kind !== 'Link') return `remark (${kind})`;
  const action = annotation.lookup(PDFName.of('A'));
  const address = action instanceof PDFDict ? textOf(action, 'URI') : '';
  return address === '' ? 'link' : `link to ${address.slice(0, 60)}`;
}
