import { createHash } from 'node:crypto';
import { EncryptedPDFError, PDFDict, PDFDocument, PDFName, type PDFPage, PDFRawStream, PDFRef } from 'pdf-lib';
import { messageOf, type SourceProblem } from '#kernel';
import { checkSourceDocument, type Report } from './source-document-check.js';
import type { DocumentSlotRule, PlacedSlot, Surface } from './document-slot.js';
import { embedSlotFont } from './font-objects.js';
import { balanceOf } from './graphics-state.js';
import { type FieldDrawing, fieldDrawings, fieldOperators } from './field-drawings.js';
import { findSlots, type FoundSlots } from './find-slots.js';
import { checkContents, contentStreams, operatorsOf } from './page-content.js';
import { pictureName } from './picture-name.js';
import { type DocumentPlan, packDocument, type ReservedObject } from './prepared-document.js';
import { linkBox } from './qr.js';
import { locationPrefix } from './document-location.js';
import { fontTable, SLOT_FONTS } from './slot-fonts.js';

export interface DocumentSource {
  readonly file: string;
  readonly bytes: Buffer;
  readonly slots: Readonly<Record<string, DocumentSlotRule>>;
}

export type PreparedDocument =
  | { readonly ok: true; readonly prepared: Buffer }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] };

/**
 * A problem in a document. A PDF has no lines, so the message begins with page
 * and location.
 */
interface DocumentProblem extends SourceProblem {
  /**
   * Path below the document's entry in campaign.yaml, if the document
   * contradicts it.
   */
  readonly declared?: readonly string[];
}

/**
 * Makes a master of a vendor's PDF. Call it in a subprocess only: 20 KB of
 * object streams can expand to gigabytes. Refuses documents that
 * cannot be filled in safely, reads the slots, removes their markers and embeds
 * the slot fonts. Encloses the vendor's drawing in q … Q and reserves an object
 * for everything that a partner's copy adds. A copy is the master's bytes and
 * one appended revision (ISO 32000-2, 7.5.6).
 */
export async function readDocument(source: DocumentSource): Promise<PreparedDocument> {
  const problems = new Map<string, DocumentProblem>();
  const report: Report = (code, message, remedy, where = null, declared) => {
    const problem: DocumentProblem = {
      code,
      severity: 'error',
      file: source.file,
      line: null,
      column: null,
      message: where === null ? message : locationPrefix(where) + message,
      remedy,
      ...(declared === undefined ? {} : { declared }),
    };
    // One problem of a kind per page is enough. A reviewed document has
    // hundreds.
    const key = `${code} ${where?.page ?? ''} ${message}`;
    if (!problems.has(key)) problems.set(key, problem);
  };
  const document = await open(source.bytes, report);
  if (document !== null) {
    const prepared = await preparedDocument(document, source, () => problems.size, report);
    if (prepared !== null) return { ok: true, prepared };
  }
  return { ok: false, problems: [...problems.values()] };
}

/**
 * The master of a document; null if there are problems. A file that breaks the
 * rules of PDF in a way that the library does not expect is one.
 */
async function preparedDocument(
  document: PDFDocument,
  source: DocumentSource,
  problems: () => number,
  report: Report,
): Promise<Buffer | null> {
  try {
    checkSourceDocument(document, report);
    const found = findSlots(document, source.slots, report);
    checkContents(document.getPages(), report);
    const fields = fieldDrawings(document, report);
    return problems() === 0 ? await new Preparation(document, found, fields).run() : null;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    report(
      'pdf-broken',
      `The document cannot be read: ${messageOf(error)}.`,
      'Export it again as PDF 1.7 without protection.',
    );
    return null;
  }
}

async function open(bytes: Buffer, report: Report): Promise<PDFDocument | null> {
  try {
    const document = await load(bytes, true);
    if (document.getPageCount() > 0) return document;
    report('pdf-empty', 'The document has no page.', 'Export it again.');
  } catch (error) {
    // Too much memory is a limit, and no damage.
    if (error instanceof RangeError) throw error;
    const isLocked = await isEncrypted(bytes);
    const at = isLocked ? undefined : /"?offset"?[:=]\s*(\d+)/.exec(messageOf(error))?.[1];
    const damage = `it is no PDF, or damaged${at === undefined ? '' : ` at byte ${at} of ${bytes.length}`}`;
    report(
      isLocked ? 'pdf-encrypted' : 'pdf-broken',
      `The document cannot be read: ${isLocked ? 'it is protected by a password' : damage}.`,
      'Export it again as PDF 1.7 without protection.',
    );
  }
  return null;
}

/**
 * Strict parsing fails on encrypted objects before it detects the encryption.
 * Lenient parsing detects it.
 */
async function isEncrypted(bytes: Buffer): Promise<boolean> {
  try {
    await load(bytes, false);
    return false;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return error instanceof EncryptedPDFError;
  }
}

const load = (bytes: Buffer, throwOnInvalidObject: boolean): Promise<PDFDocument> =>
  PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject });

class Preparation {
  private readonly reserved: ReservedObject[] = [];
  private readonly fontNames = SLOT_FONTS.map((_, at) => `TcF${at}`);

  constructor(
    private readonly document: PDFDocument,
    private readonly found: FoundSlots,
    private readonly fields: readonly FieldDrawing[],
  ) {}

  async run(): Promise<Buffer> {
    const { context } = this.document;
    const { slots: all, kept } = this.found;
    this.removeMarks();
    const tables = SLOT_FONTS.map(fontTable);
    const fonts = tables.map((table) => embedSlotFont(context, table, table.font));
    const pictures = this.reservePictures();
    for (const [at, page] of this.document.getPages().entries()) {
      const places = all.filter((place) => place.page === at);
      this.setAnnotations(page, kept[at] ?? [], places);
      const drawn = this.fields.filter((field) => field.page === at);
      if (places.length + drawn.length === 0) continue;
      this.setResources(page, places.length === 0 ? [] : fonts, places.length === 0 ? new Map() : pictures, drawn);
      this.setContents(page, at, places, drawn);
    }
    const master = Buffer.from(
      await this.document.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false }),
    );
    const fontsJson = JSON.stringify(tables);
    return packDocument(this.plan(master, sha256(fontsJson)), fontsJson, master);
  }

  /** Removes the form, its fields and all markers. A copy is only read. */
  private removeMarks(): void {
    const { catalog, context } = this.document;
    for (const mark of this.found.marks) context.delete(mark);
    catalog.delete(PDFName.of('AcroForm'));
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      const dict = object instanceof PDFRawStream ? object.dict : object;
      if (!(dict instanceof PDFDict)) continue;
      const field = dict.has(PDFName.of('FT')) || dict.get(PDFName.of('Subtype')) === PDFName.of('Widget');
      const crossReference = dict.get(PDFName.of('Type')) === PDFName.of('XRef');
      if (field || crossReference) context.delete(ref);
    }
  }

  private reservePictures(): Map<string, PDFRef> {
    const surfaces = new Set(this.found.slots.flatMap(({ rule }) => (rule.kind === 'logo' ? [rule.surface] : [])));
    return new Map([...surfaces].map((surface) => [pictureName(surface), this.reservePicture(surface)]));
  }

  private reservePicture(surface: Surface): PDFRef {
    const { context } = this.document;
    const grey = {
      Type: 'XObject',
      Subtype: 'Image',
      Width: 1,
      Height: 1,
      ColorSpace: 'DeviceGray',
      BitsPerComponent: 8,
    };
    const mask = context.register(context.stream(Uint8Array.of(0), grey));
    const picture = context.register(context.stream(Uint8Array.of(0), { ...grey, SMask: mask }));
    this.reserved.push({ kind: 'picture', object: picture.objectNumber, surface });
    this.reserved.push({ kind: 'mask', object: mask.objectNumber, surface });
    return picture;
  }

  private setAnnotations(page: PDFPage, kept: readonly (PDFRef | PDFDict)[], places: readonly PlacedSlot[]): void {
    const { context } = this.document;
    const links = places.flatMap(({ name, rule, box, turn: turn }) => {
      if (rule.kind !== 'link' && rule.kind !== 'qr') return [];
      const target = rule.kind === 'qr' ? linkBox(box, turn) : box;
      const placeholder = context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 0, 0], Border: [0, 0, 0], F: 2 });
      const ref = context.register(placeholder);
      this.reserved.push({ kind: 'link', object: ref.objectNumber, slot: name, box: target });
      return [ref];
    });
    if (kept.length + links.length === 0) page.node.delete(PDFName.of('Annots'));
    else page.node.set(PDFName.of('Annots'), context.obj([...kept, ...links]));
  }

  /**
   * A page's resources may be inherited or shared with other pages. This page
   * gets its own.
   */
  private setResources(
    page: PDFPage,
    fonts: readonly PDFRef[],
    pictures: ReadonlyMap<string, PDFRef>,
    drawn: readonly FieldDrawing[],
  ): void {
    const { context } = this.document;
    const resources = page.node.Resources()?.clone(context) ?? context.obj({});
    const own = (key: string): PDFDict => {
      const shared = resources.lookup(PDFName.of(key));
      const copy = shared instanceof PDFDict ? shared.clone(context) : context.obj({});
      resources.set(PDFName.of(key), copy);
      return copy;
    };
    const fontNames = own('Font');
    fonts.forEach((font, at) => {
      fontNames.set(PDFName.of(this.fontNames[at] ?? ''), font);
    });
    const objectNames = own('XObject');
    for (const [name, picture] of pictures) objectNames.set(PDFName.of(name), picture);
    for (const [at, { appearance }] of drawn.entries()) objectNames.set(PDFName.of(fieldName(at)), appearance);
    page.node.set(PDFName.of('Resources'), resources);
  }

  private setContents(page: PDFPage, at: number, places: readonly PlacedSlot[], drawn: readonly FieldDrawing[]): void {
    const { context } = this.document;
    const streams = contentStreams(page);
    const { missing, open } = balanceOf(operatorsOf(page));
    const before = context.register(context.stream('q\n'.repeat(1 + missing)));
    const fields = drawn.map((field, number) => fieldOperators(field, fieldName(number))).join('');
    const after = context.register(context.stream(`${'\nQ'.repeat(1 + open)}${fields}\n`));
    if (places.length === 0) {
      page.node.set(PDFName.of('Contents'), context.obj([before, ...streams, after]));
      return;
    }
    const drawing = context.register(context.stream('\n'));
    this.reserved.push({
      kind: 'drawing',
      object: drawing.objectNumber,
      page: at,
      boxes: places.map(({ box }) => box),
    });
    page.node.set(PDFName.of('Contents'), context.obj([before, ...streams, after, drawing]));
  }

  private plan(master: Buffer, fontsHash: string): DocumentPlan {
    const end = master.toString('latin1', Math.max(0, master.length - 2048));
    const trailer = /^trailer\s*<<([\s\S]*)>>\s*startxref\s+(\d+)\s+%%EOF\s*$/.exec(
      end.slice(Math.max(0, end.lastIndexOf('trailer'))),
    );
    if (trailer === null) throw new Error('The library wrote no classic cross-reference table.');
    return {
      sha256: sha256(master),
      byteLength: master.length,
      trailer: (trailer[1] ?? '').replace(/\s+/g, ' ').trim(),
      xrefOffset: Number(trailer[2]),
      reserved: this.reserved,
      places: this.found.slots,
      fontNames: this.fontNames,
      fontsHash,
    };
  }
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Name of a field's XObject among the resources of its page. */
const fieldName = (number: number): string => `TcW${number}`;
