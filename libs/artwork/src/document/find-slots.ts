import { PDFDict, type PDFDocument, PDFName, type PDFPage, PDFRef } from 'pdf-lib';
import type { Report } from './source-document-check.js';
import { boxOf, markerName, markOf } from './marks.js';
import type { Box, DocumentSlotRule, PlacedSlot, PageRotation } from './document-slot.js';

interface SlotMarker {
  readonly name: string;
  /**
   * The author's name for the marker; null if campaign.yaml declares the box.
   */
  readonly mark: string | null;
  readonly page: number;
  readonly box: Box;
}

/** The slots, and the annotations to remove because they only mark slots. */
export interface FoundSlots {
  readonly slots: readonly PlacedSlot[];
  /** Vendor annotations to keep, by page. */
  readonly kept: readonly (readonly (PDFRef | PDFDict)[])[];
  /** Annotations to remove: they only mark slots. */
  readonly marks: readonly PDFRef[];
}

/**
 * Finds the slots of a document: form fields named `tc.<slot>`, links to
 * `https://slot.invalid/<slot>`, and boxes that campaign.yaml declares.
 * A declared box replaces fields and links of the same name.
 * Reports slots that are missing, undeclared or outside their page.
 */
export function findSlots(
  document: PDFDocument,
  slots: Readonly<Record<string, DocumentSlotRule>>,
  report: Report,
): FoundSlots {
  const pages = document.getPages();
  const kept = pages.map(() => [] as (PDFRef | PDFDict)[]);
  const marks: PDFRef[] = [];
  const markers: SlotMarker[] = pages
    .flatMap((page, at) => readAnnotations(page, at, kept[at] ?? [], marks))
    .filter(({ name }) => slots[name]?.box === undefined);
  for (const [name, { box }] of Object.entries(slots))
    if (box !== undefined) markers.push({ name, mark: null, page: box.page - 1, box });
  const places = markers.flatMap((marker) => {
    const place = placedSlot(marker, slots[marker.name], pages[marker.page], report);
    return place === null ? [] : [place];
  });
  for (const name of Object.keys(slots)) {
    if (!markers.some((marker) => marker.name === name))
      report(
        'pdf-slot-missing',
        `The document has no placeholder for ${name}.`,
        `Add a form field named tc.${name}, a link to https://slot.invalid/${name}, or box: { page, x, y, width, height } in campaign.yaml.`,
        null,
        ['slots', name],
      );
  }
  return { slots: places, kept, marks };
}

function readAnnotations(page: PDFPage, at: number, kept: (PDFRef | PDFDict)[], marks: PDFRef[]): SlotMarker[] {
  const markers: SlotMarker[] = [];
  for (const item of page.node.Annots()?.asArray() ?? []) {
    const annotation = item instanceof PDFRef ? page.doc.context.lookup(item) : item;
    if (!(annotation instanceof PDFDict)) continue;
    const name = markerName(annotation);
    const box = boxOf(annotation);
    if (name !== null && item instanceof PDFRef) marks.push(item);
    if (name !== null && box !== null) markers.push({ name, mark: markOf(annotation), page: at, box });
    // Other fields of the vendor become part of the page, without their form.
    else if (annotation.lookup(PDFName.of('Subtype')) === PDFName.of('Link'))
      kept.push(item instanceof PDFRef ? item : annotation);
  }
  return markers;
}

function placedSlot(
  { name, mark, page: at, box }: SlotMarker,
  rule: DocumentSlotRule | undefined,
  page: PDFPage | undefined,
  report: Report,
): PlacedSlot | null {
  const where = mark === null ? null : { page: at, mark, box };
  const declared = mark === null ? ['slots', name, 'box'] : undefined;
  if (rule === undefined) {
    report(
      'pdf-slot-undeclared',
      `The document has a placeholder for ${name} that campaign.yaml does not declare.`,
      `Add ${name} under slots of the document, or remove the field.`,
      where,
    );
    return null;
  }
  if (page === undefined) {
    report(
      'pdf-slot-page',
      `The box of ${name} is on page ${at + 1}, which the document does not have.`,
      'Name an existing page; the first is 1.',
      where,
      declared,
    );
    return null;
  }
  if (!isOnPage(box, page)) {
    report(
      'pdf-slot-outside',
      `The placeholder for ${name} is empty, or not completely on page ${at + 1}.`,
      'Draw it within the page, at least 4 points wide and high.',
      where,
      declared,
    );
    return null;
  }
  return { name, rule, page: at, box: rounded(box), turn: rotationOf(page) };
}

function isOnPage(box: Box, page: PDFPage): boolean {
  const sheet = page.getCropBox();
  // A field drawn at the page's edge may exceed it slightly.
  const slack = 1;
  return (
    box.width >= 4 &&
    box.height >= 4 &&
    box.x >= sheet.x - slack &&
    box.y >= sheet.y - slack &&
    box.x + box.width <= sheet.x + sheet.width + slack &&
    box.y + box.height <= sheet.y + sheet.height + slack
  );
}

function rotationOf(page: PDFPage): PageRotation {
  const angle = ((page.getRotation().angle % 360) + 360) % 360;
  return angle === 90 || angle === 180 || angle === 270 ? angle : 0;
}

/**
 * Rounded to hundredths of a point: the revision writes these, and a verifier
 * reads them.
 */
const rounded = (box: Box): Box => ({
  x: hundredths(box.x),
  y: hundredths(box.y),
  width: hundredths(box.width),
  height: hundredths(box.height),
});
const hundredths = (value: number): number => Math.round(value * 100) / 100;
