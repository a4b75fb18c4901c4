import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRef,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { boxOf, markerName, markOf } from './marks.js';
import type { Report } from './source-document-check.js';

/** A filled field of the vendor, drawn as part of its page. */
export interface FieldDrawing {
  readonly page: number;
  /** The form XObject that shows it. */
  readonly appearance: PDFRef;
  /** Scale and offset to its place. */
  readonly scale: readonly [number, number];
  readonly offset: readonly [number, number];
}

/** Flags of annotations that no reader shows: Hidden, NoView. */
const UNSEEN = 2 + 32;

/**
 * The vendor's own fields as drawings, because a copy has no form. Fields that
 * mark slots are not among them.
 * Reports a field that has a value and no appearance: each reader would draw it
 * in its own way.
 */
export function fieldDrawings(document: PDFDocument, report: Report): FieldDrawing[] {
  return document
    .getPages()
    .flatMap((page, at) => widgetsOf(page).flatMap((widget) => drawingOf(widget, page, at, report)));
}

function widgetsOf(page: PDFPage): PDFDict[] {
  return (page.node.Annots()?.asArray() ?? []).flatMap((item) => {
    const annotation = page.doc.context.lookup(item);
    const isField =
      annotation instanceof PDFDict &&
      annotation.lookup(PDFName.of('Subtype')) === PDFName.of('Widget') &&
      markerName(annotation) === null &&
      (numberOf(annotation, 'F') & UNSEEN) === 0;
    return isField ? [annotation] : [];
  });
}

function drawingOf(widget: PDFDict, { doc }: PDFPage, page: number, report: Report): FieldDrawing[] {
  const rect = boxOf(widget);
  if (rect === null || rect.width === 0 || rect.height === 0) return [];
  const written = appearanceOf(widget);
  const stream = written === undefined ? undefined : doc.context.lookup(written);
  if (!(stream instanceof PDFStream)) {
    if (hasValue(widget))
      report(
        'pdf-field-appearance',
        'The field has a value, but the file does not say how it looks.',
        'Flatten the form (“Print to PDF”), or open and save it in a PDF editor.',
        { page, mark: markOf(widget), box: rect },
      );
    return [];
  }
  const bounds = boundsOf(stream.dict);
  if (bounds === null) return [];
  stream.dict.set(PDFName.of('Type'), PDFName.of('XObject'));
  stream.dict.set(PDFName.of('Subtype'), PDFName.of('Form'));
  const scale = [rect.width / bounds.width, rect.height / bounds.height] as const;
  const offset = [rect.x - bounds.x * scale[0], rect.y - bounds.y * scale[1]] as const;
  return [{ page, appearance: written instanceof PDFRef ? written : doc.context.register(stream), scale, offset }];
}

/** The normal appearance in the field's state (ISO 32000-2, 12.5.5). */
function appearanceOf(widget: PDFDict): ReturnType<PDFDict['get']> {
  const all = widget.lookup(PDFName.of('AP'));
  if (!(all instanceof PDFDict)) return undefined;
  const normal = all.lookup(PDFName.of('N'));
  if (!(normal instanceof PDFDict)) return all.get(PDFName.of('N'));
  const state = widget.lookup(PDFName.of('AS'));
  return state instanceof PDFName ? normal.get(state) : undefined;
}

/** The appearance's box after its own matrix; null without a size. */
function boundsOf(dict: PDFDict): { x: number; y: number; width: number; height: number } | null {
  const [x0, y0, x1, y1] = numbersOf(dict, 'BBox', 4) ?? [];
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return null;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(dict, 'Matrix', 6) ?? [];
  const corners = [x0, x1].flatMap((x) => [y0, y1].map((y) => [a * x + c * y + e, b * x + d * y + f] as const));
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - x, Math.max(...ys) - y];
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function numbersOf(dict: PDFDict, key: string, count: number): number[] | null {
  const value = dict.lookup(PDFName.of(key));
  if (!(value instanceof PDFArray) || value.size() !== count) return null;
  return value.asArray().map((_, at) => {
    const item = value.lookup(at);
    return item instanceof PDFNumber ? item.asNumber() : 0;
  });
}

function numberOf(dict: PDFDict, key: string): number {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFNumber ? value.asNumber() : 0;
}

/** A text or a choice, of the field or of those above it. */
function hasValue(widget: PDFDict): boolean {
  let node: PDFDict | undefined = widget;
  for (let depth = 0; node !== undefined && depth < 20; depth++) {
    const value = node.lookup(PDFName.of('V'));
    if (value instanceof PDFString || value instanceof PDFHexString) return value.decodeText().trim() !== '';
    const parent: unknown = node.lookup(PDFName.of('Parent'));
    node = parent instanceof PDFDict ? parent : undefined;
  }
  return false;
}

/** Operators that draw a field; `name` is that of its XObject. */
export function fieldOperators({ scale, offset }: FieldDrawing, name: string): string {
  const numbers = [scale[0], 0, 0, scale[1], offset[0], offset[1]].map((value) => Number(value.toFixed(4)));
  return `\nq ${numbers.join(' ')} cm /${name} Do Q`;
}
