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

export type Report = (code: string, message: string, wayOut: string) => void;

const ACTIONS =
  /^\/(?:JavaScript|Launch|SubmitForm|ResetForm|ImportData|Rendition|Movie|Sound|GoToR|GoToE|Hide|RichMediaExecute|GoTo3DView)$/;
const REMARK =
  /^\/(?:Text|FreeText|Highlight|Underline|Squiggly|StrikeOut|Stamp|Caret|Ink|Popup|Line|Square|Circle|Polygon|PolyLine|Redact)$/;

/**
 * Refuses a vendor's document that does more than show pages: what is signed would be broken by us, what runs or carries
 * files must not go out under a partner's name. Every object is looked at, wherever it hangs.
 */
export function checkBase(document: PDFDocument, report: Report): void {
  const { catalog, context } = document;
  const form = catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict);
  if (form?.has(PDFName.of('XFA')) === true)
    report('pdf-xfa', 'The document is an XFA form.', 'Export it as a plain PDF with form fields.');
  if (catalog.has(PDFName.of('Perms'))) reportSigned(report);
  checkOpening(catalog, report);
  for (const [, object] of context.enumerateIndirectObjects()) visit(object, report);
}

const reportSigned = (report: Report): void =>
  report(
    'pdf-signed',
    'The document is signed or certified; filling it in would break the signature.',
    'Use the version from before it was signed.',
  );

const reportActive = (report: Report): void =>
  report(
    'pdf-active',
    'The document runs something, or carries files.',
    'Export it without actions, scripts, media and attachments.',
  );

/** Opening at a page is harmless; anything else is not. */
function checkOpening(catalog: PDFDict, report: Report): void {
  const opening = catalog.lookup(PDFName.of('OpenAction'));
  if (opening instanceof PDFDict && opening.lookup(PDFName.of('S')) !== PDFName.of('GoTo')) reportActive(report);
}

function visit(object: PDFObject, report: Report): void {
  if (object instanceof PDFArray) for (const item of object.asArray()) visit(item, report);
  if (object instanceof PDFStream) visit(object.dict, report);
  if (!(object instanceof PDFDict)) return;
  checkDict(object, report);
  for (const [, value] of object.entries()) visit(value, report);
}

function checkDict(dict: PDFDict, report: Report): void {
  const name = (key: string): string => {
    const value = dict.get(PDFName.of(key));
    return value instanceof PDFName ? value.toString() : '';
  };
  const has = (key: string): boolean => dict.has(PDFName.of(key));
  if (has('JS') || has('AA') || has('EF') || has('EmbeddedFiles') || ACTIONS.test(name('S'))) reportActive(report);
  if (name('Type') === '/Sig' || has('ByteRange') || (name('FT') === '/Sig' && has('V'))) reportSigned(report);
  if (name('S') === '/URI' && has('URI')) checkAddress(dict, report);
  if (has('Rect') && name('Subtype') !== '') checkAnnotation(name('Subtype'), report);
}

function checkAnnotation(subtype: string, report: Report): void {
  if (subtype === '/Link' || subtype === '/Widget') return;
  if (REMARK.test(subtype))
    report('pdf-remarks', 'The document carries remarks of its reviewers.', 'Delete the comments, or export it again.');
  else reportActive(report);
}

function checkAddress(action: PDFDict, report: Report): void {
  const address = action.lookup(PDFName.of('URI'));
  const text = address instanceof PDFString || address instanceof PDFHexString ? address.decodeText() : '';
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(text))
    report(
      'pdf-link',
      `The document links to “${text.slice(0, 60)}”.`,
      'Link to addresses that begin with https://, mailto: or tel:.',
    );
}
