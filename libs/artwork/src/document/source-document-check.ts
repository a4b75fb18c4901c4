import {
  PDFArray,
  PDFDict,
  PDFName,
  type PDFDocument,
  type PDFObject,
  PDFStream,
  PDFString,
  PDFHexString,
} from 'pdf-lib';
import { boxOf, markOf } from './marks.js';
import type { DocumentLocation } from './document-location.js';

/**
 * Adds a problem.
 * @param where the location in the document; omitted if the problem concerns
 *   the whole document.
 * @param declared path below the document's entry in campaign.yaml, if the
 *   document contradicts it.
 */
export type Report = (
  code: string,
  message: string,
  remedy: string,
  where?: DocumentLocation | null,
  declared?: readonly string[],
) => void;

const ACTIONS =
  /^\/(?:JavaScript|Launch|SubmitForm|ResetForm|ImportData|Rendition|Movie|Sound|GoToR|GoToE|Hide|RichMediaExecute|GoTo3DView)$/;
const REVIEW_ANNOTATION =
  /^\/(?:Text|FreeText|Highlight|Underline|Squiggly|StrikeOut|Stamp|Caret|Ink|Popup|Line|Square|Circle|Polygon|PolyLine|Redact)$/;

/**
 * Refuses a vendor's PDF that does more than show pages. Our changes would
 * break a signature. A partner must not send scripts or embedded files under
 * its name. Checks every object, referenced or not.
 */
export function checkSourceDocument(document: PDFDocument, report: Report): void {
  const { catalog, context } = document;
  const form = catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict);
  if (form?.has(PDFName.of('XFA')) === true)
    report('pdf-xfa', 'The document is an XFA form.', 'Export it as a plain PDF with form fields.');
  if (catalog.has(PDFName.of('Perms'))) reportSigned(report);
  checkOpening(catalog, report);
  const locations = locationsByObject(document);
  for (const [, object] of context.enumerateIndirectObjects()) visit(object, { report, locations, where: null });
}

/** The object that is inspected, and its location if it belongs to a page. */
interface InspectedObject {
  readonly report: Report;
  readonly locations: ReadonlyMap<PDFObject, DocumentLocation>;
  readonly where: DocumentLocation | null;
}

/** Locations of annotations and of their actions. */
function locationsByObject(document: PDFDocument): Map<PDFObject, DocumentLocation> {
  const locations = new Map<PDFObject, DocumentLocation>();
  for (const [page, { node, doc }] of document.getPages().entries()) {
    locations.set(node, { page, mark: 'the page itself', box: null });
    for (const item of node.Annots()?.asArray() ?? []) {
      const annotation = doc.context.lookup(item);
      if (!(annotation instanceof PDFDict)) continue;
      const location = { page, mark: markOf(annotation), box: boxOf(annotation) };
      for (const part of [annotation, ...['A', 'AA'].map((key) => annotation.lookup(PDFName.of(key)))])
        if (part !== undefined) locations.set(part, location);
    }
  }
  return locations;
}

const reportSigned = (report: Report, where: DocumentLocation | null = null): void =>
  report(
    'pdf-signed',
    'The document is signed or certified. Filling it in would break the signature.',
    'Use the version from before it was signed.',
    where,
  );

const reportActive = (report: Report, where: DocumentLocation | null = null): void =>
  report(
    'pdf-active',
    'The document has actions, scripts, media or attachments.',
    'Export it without actions, scripts, media and attachments.',
    where,
  );

/**
 * An action that opens a page is harmless. Every other open action is refused.
 */
function checkOpening(catalog: PDFDict, report: Report): void {
  const opening = catalog.lookup(PDFName.of('OpenAction'));
  if (opening instanceof PDFDict && opening.lookup(PDFName.of('S')) !== PDFName.of('GoTo')) reportActive(report);
}

function visit(object: PDFObject, above: InspectedObject): void {
  const looking = { ...above, where: above.locations.get(object) ?? above.where };
  if (object instanceof PDFArray) for (const item of object.asArray()) visit(item, looking);
  if (object instanceof PDFStream) visit(object.dict, looking);
  if (!(object instanceof PDFDict)) return;
  checkDict(object, looking);
  for (const [, value] of object.entries()) visit(value, looking);
}

function checkDict(dict: PDFDict, { report, where }: InspectedObject): void {
  const name = (key: string): string => {
    const value = dict.get(PDFName.of(key));
    return value instanceof PDFName ? value.toString() : '';
  };
  const has = (key: string): boolean => dict.has(PDFName.of(key));
  if (has('JS') || has('AA') || has('EF') || has('EmbeddedFiles') || ACTIONS.test(name('S')))
    reportActive(report, where);
  if (name('Type') === '/Sig' || has('ByteRange') || (name('FT') === '/Sig' && has('V'))) reportSigned(report, where);
  if (name('S') === '/URI' && has('URI')) checkAddress(dict, report, where);
  if (has('Rect') && name('Subtype') !== '') checkAnnotation(name('Subtype'), report, where);
}

function checkAnnotation(subtype: string, report: Report, where: DocumentLocation | null): void {
  if (subtype === '/Link' || subtype === '/Widget') return;
  if (REVIEW_ANNOTATION.test(subtype))
    report('pdf-remarks', 'The document contains review comments.', 'Delete the comments, or export it again.', where);
  else reportActive(report, where);
}

function checkAddress(action: PDFDict, report: Report, where: DocumentLocation | null): void {
  const address = action.lookup(PDFName.of('URI'));
  const text = address instanceof PDFString || address instanceof PDFHexString ? address.decodeText() : '';
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(text))
    report(
      'pdf-link',
      `The document links to “${text.slice(0, 60)}”.`,
      'Link to addresses that begin with https://, mailto: or tel:.',
      where,
    );
}
