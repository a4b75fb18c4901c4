import fontkit from '@cantoo/fontkit';
import { type PDFFont, PDFDocument, PDFName, type PDFPage, PDFString, rgb } from 'pdf-lib';
import qrcode from 'qrcode';
import sharp from 'sharp';
import type { SourceProblem } from '#kernel';
import { fontBytes } from './fonts.js';

/** What a vendor's document asks of a partner, by slot. */
export type DocumentSlotRule =
  | { readonly kind: 'logo'; readonly surface: 'light' | 'dark' }
  | { readonly kind: 'contact' }
  | { readonly kind: 'text'; readonly slot: string; readonly size: number; readonly minSize: number }
  | { readonly kind: 'qr'; readonly link: string }
  | { readonly kind: 'link'; readonly link: string };

export interface DocumentSource {
  readonly file: string;
  readonly bytes: Buffer;
  readonly slots: Readonly<Record<string, DocumentSlotRule>>;
}

interface Place {
  readonly name: string;
  readonly rule: DocumentSlotRule;
  readonly page: number;
  /** Points from the page's lower left. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}
interface Plan {
  readonly places: readonly Place[];
  /** The master without its form, base64. */
  readonly pdf: string;
}

export type PreparedDocument =
  | { readonly ok: true; readonly prepared: Buffer }
  | { readonly ok: false; readonly problems: readonly SourceProblem[] };

/** Reads the places from AcroForm fields named `tc.<slot>` and takes the form away. */
export async function prepareDocument(source: DocumentSource): Promise<PreparedDocument> {
  const problems: SourceProblem[] = [];
  const report = (code: string, message: string, wayOut: string): void =>
    void problems.push({ code, severity: 'error', file: source.file, line: null, column: null, message, wayOut });
  const document = await PDFDocument.load(source.bytes, { updateMetadata: false }).catch((error: unknown) => {
    report(
      'pdf-broken',
      `The document cannot be read: ${/encrypt/i.test(String(error)) ? 'it is protected by a password' : 'it is no PDF, or damaged'}.`,
      'Export it again as PDF 1.7 without protection.',
    );
    return null;
  });
  if (document === null) return { ok: false, problems };
  refuseActive(document, report);
  const places = readPlaces(document, source, report);
  if (problems.length > 0) return { ok: false, problems };
  document.catalog.delete(PDFName.of('AcroForm'));
  for (const page of document.getPages()) page.node.delete(PDFName.of('Annots'));
  const plan: Plan = { places, pdf: Buffer.from(await document.save({ useObjectStreams: false })).toString('base64') };
  return { ok: true, prepared: Buffer.from(JSON.stringify(plan)) };
}

type Report = (code: string, message: string, wayOut: string) => void;

function refuseActive(document: PDFDocument, report: Report): void {
  const { catalog } = document;
  const names = catalog.lookup(PDFName.of('Names'));
  const script = catalog.has(PDFName.of('OpenAction')) || /JavaScript|EmbeddedFiles/.test(String(names));
  if (script)
    report(
      'pdf-active',
      'The document runs something when it is opened, or carries files.',
      'Export it without actions, scripts and attachments.',
    );
  if (/\/XFA\b/.test(String(catalog.lookup(PDFName.of('AcroForm')))))
    report('pdf-xfa', 'The document is an XFA form.', 'Export it as a plain PDF with form fields.');
}

function readPlaces(document: PDFDocument, source: DocumentSource, report: Report): Place[] {
  const pages = document.getPages();
  const places = document
    .getForm()
    .getFields()
    .filter((field) => field.getName().startsWith('tc.'))
    .flatMap((field) => {
      const name = field.getName().slice(3);
      const rule = source.slots[name];
      if (rule === undefined) {
        report(
          'pdf-slot-undeclared',
          `The document has a field tc.${name}; campaign.yaml does not say what goes there.`,
          `Add ${name} under slots of the document, or remove the field.`,
        );
        return [];
      }
      return field.acroField.getWidgets().map((widget): Place => {
        const reference = widget.P();
        const onPage = pages.findIndex(
          (page) =>
            page.ref === reference ||
            page.node
              .Annots()
              ?.asArray()
              .includes(document.context.getObjectRef(widget.dict) ?? PDFName.of('none')) === true,
        );
        return { name, rule, page: Math.max(onPage, 0), box: widget.getRectangle() };
      });
    });
  for (const name of Object.keys(source.slots)) {
    if (!places.some((place) => place.name === name))
      report(
        'pdf-slot-missing',
        `The document has no field tc.${name}.`,
        `Add a form field named tc.${name} where it shall stand.`,
      );
  }
  return places;
}

export interface DocumentValues {
  readonly logos: { readonly light: Buffer; readonly dark: Buffer };
  /** Lines of the contact block. */
  readonly contact: readonly string[];
  /** Texts by slot of the campaign. */
  readonly texts: Readonly<Record<string, string>>;
  /** Addresses by link name. */
  readonly links: Readonly<Record<string, string>>;
}

export type StampedDocument =
  | { readonly ok: true; readonly pdf: Buffer }
  | {
      readonly ok: false;
      readonly problems: readonly {
        readonly code: string;
        readonly path: string;
        readonly message: string;
        readonly wayOut: string;
      }[];
    };

/** Scripts whose letters join or reorder: drawn letter by letter they would be wrong, so they are refused. */
const NEEDS_SHAPING =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Bengali}\p{Script=Tamil}]/u;

class PlaceError extends Error {
  constructor(
    readonly code: string,
    readonly path: string,
    message: string,
    readonly wayOut: string,
  ) {
    super(message);
  }
}

/** One partner's copy: every place filled within its box. A text that does not fit at its least size is refused by name. */
export async function stampDocument(prepared: Buffer, values: DocumentValues): Promise<StampedDocument> {
  const plan = JSON.parse(prepared.toString('utf8')) as Plan;
  const document = await PDFDocument.load(Buffer.from(plan.pdf, 'base64'), { updateMetadata: false });
  document.registerFontkit(fontkit);
  const font = await document.embedFont(fontBytes('regular'), { subset: true });
  const problems: { code: string; path: string; message: string; wayOut: string }[] = [];
  for (const place of plan.places) {
    try {
      await fill(document, document.getPage(place.page), place, values, font);
    } catch (error) {
      if (!(error instanceof PlaceError)) throw error;
      problems.push({ code: error.code, path: error.path, message: error.message, wayOut: error.wayOut });
    }
  }
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, pdf: Buffer.from(await document.save({ useObjectStreams: false })) };
}

async function fill(
  document: PDFDocument,
  page: PDFPage,
  { name, rule, box }: Place,
  values: DocumentValues,
  font: PDFFont,
): Promise<void> {
  switch (rule.kind) {
    case 'logo':
      return drawLogo(document, page, box, values.logos[rule.surface]);
    case 'contact': {
      drawLines(page, box, fitText(values.contact.join('\n'), box, font, 10, 7, name), font);
      return;
    }
    case 'text': {
      drawLines(page, box, fitText(values.texts[rule.slot] ?? '', box, font, rule.size, rule.minSize, rule.slot), font);
      return;
    }
    case 'qr': {
      drawQr(page, box, values.links[rule.link] ?? '');
      return;
    }
    case 'link': {
      addLink(document, page, box, values.links[rule.link] ?? '');
      return;
    }
  }
}

async function drawLogo(document: PDFDocument, page: PDFPage, box: Place['box'], png: Buffer): Promise<void> {
  const image = await document.embedPng(
    await sharp(png).resize({ width: 900, height: 900, fit: 'inside', withoutEnlargement: true }).png().toBuffer(),
  );
  const scale = Math.min(box.width / image.width, box.height / image.height);
  page.drawImage(image, {
    x: box.x,
    y: box.y + (box.height - image.height * scale) / 2,
    width: image.width * scale,
    height: image.height * scale,
  });
}

/** Breaks text into lines that fit the box, at the largest size that does. @throws PlaceError `text-does-not-fit`, `text-script`. */
function fitText(
  text: string,
  box: Place['box'],
  font: PDFFont,
  size: number,
  minSize: number,
  name: string,
): { lines: string[]; size: number } {
  if (NEEDS_SHAPING.test(text))
    throw new PlaceError(
      'text-script',
      `slot.${name}`,
      `“${name}” contains letters that documents cannot show correctly yet.`,
      'Write it in Latin, Greek or Cyrillic letters.',
    );
  const known = new Set(font.getCharacterSet());
  const unknown = [...text].find((char) => char !== '\n' && !known.has(char.codePointAt(0) ?? 0));
  if (unknown !== undefined)
    throw new PlaceError(
      'text-character',
      `slot.${name}`,
      `“${name}” contains “${unknown}”, which documents cannot show.`,
      'Leave it out.',
    );
  for (let at = size; at >= minSize; at -= 0.5) {
    const lines = text.split('\n').flatMap((line) => wrap(line, box.width, font, at));
    if (lines.length * at * 1.35 <= box.height && lines.every((line) => font.widthOfTextAtSize(line, at) <= box.width))
      return { lines, size: at };
  }
  throw new PlaceError(
    'text-does-not-fit',
    `slot.${name}`,
    `The text of “${name}” does not fit its place in the document.`,
    'Shorten it.',
  );
}

function wrap(line: string, width: number, font: PDFFont, size: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && font.widthOfTextAtSize(longer, size) > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

function drawLines(
  page: PDFPage,
  box: Place['box'],
  { lines, size }: { lines: readonly string[]; size: number },
  font: PDFFont,
): void {
  lines.forEach((line, at) => {
    page.drawText(line, {
      x: box.x,
      y: box.y + box.height - size * (1 + at * 1.35),
      size,
      font,
      color: rgb(0.12, 0.15, 0.22),
    });
  });
}

function drawQr(page: PDFPage, box: Place['box'], url: string): void {
  const { modules } = qrcode.create(url, { errorCorrectionLevel: 'M' });
  const side = Math.min(box.width, box.height);
  const module = side / (modules.size + 8);
  page.drawRectangle({ x: box.x, y: box.y, width: side, height: side, color: rgb(1, 1, 1) });
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) === 0) continue;
      page.drawRectangle({
        x: box.x + (column + 4) * module,
        y: box.y + side - (row + 5) * module,
        width: module,
        height: module,
        color: rgb(0, 0, 0),
      });
    }
  }
  // A reader of the document on a screen clicks what a reader of paper scans.
  addLink(page.doc, page, { ...box, width: side, height: side }, url);
}

function addLink(document: PDFDocument, page: PDFPage, box: Place['box'], url: string): void {
  const annotation = document.context.obj({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [box.x, box.y, box.x + box.width, box.y + box.height],
    Border: [0, 0, 0],
    A: { S: 'URI', URI: PDFString.of(url) },
  });
  page.node.addAnnot(document.context.register(annotation));
}
