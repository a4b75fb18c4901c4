import { PDFDict, PDFDocument, type PDFPage, PDFRef } from 'pdf-lib';
import { messageOf, type SourceProblem } from '#kernel';
import type { DocumentSlotRule } from '../document/document-slot.js';
import { markerName } from '../document/marks.js';
import { type PreparedDocument, readDocument } from '../document/read-document.js';
import { refuse, type LogoRefusal } from '../logo-refusal.js';
import { cornerBox, type LibraryBranding } from './library-branding.js';

/** What a PDF of a library is. */
export interface DocumentFacts {
  readonly pages: number;
  /** Form fields `tc.logo` and others, which a partner's copy fills. */
  readonly slots: readonly string[];
  /** Why no copy in a partner's brand can be made; null: it can. */
  readonly obstacle: DocumentObstacle | null;
}

/** Stored with the file, and translated by its code. */
export type DocumentObstacle = Pick<SourceProblem, 'code' | 'message' | 'remedy'>;

/** A document, and where its copies show the partner. */
export interface BrandedDocumentSource {
  readonly file: string;
  readonly bytes: Buffer;
  readonly branding: LibraryBranding | null;
}

/** Fields that a document of a library may have, by name. */
const FIELDS: Readonly<Record<string, DocumentSlotRule>> = {
  logo: { kind: 'logo', surface: 'light' },
  'logo-dark': { kind: 'logo', surface: 'dark' },
  contact: { kind: 'contact' },
  website: { kind: 'link', link: 'website' },
  // As brochures of campaigns have them: the call leads to the partner's website, the offer is left empty.
  cta: { kind: 'link', link: 'website' },
  qr: { kind: 'qr', link: 'website' },
  offer: { kind: 'text', slot: 'offer', size: 11, minSize: 8 },
};

/** Reads a PDF in this process, which can be killed. */
export async function documentFacts(bytes: Buffer): Promise<DocumentFacts | LogoRefusal> {
  const document = await open(bytes);
  if (!(document instanceof PDFDocument)) return document;
  const slots = markersOf(document);
  const prepared = await readDocument({ file: 'document.pdf', bytes, slots: rulesOf(slots) });
  return { pages: document.getPageCount(), slots, obstacle: prepared.ok ? null : obstacleOf(prepared.problems) };
}

function obstacleOf([problem]: readonly SourceProblem[]): DocumentObstacle {
  if (problem === undefined) throw new Error('A document that cannot be filled in has no problem.');
  const { code, message, remedy } = problem;
  return { code, message, remedy };
}

/**
 * The master of a document of a library: its form fields, and places for the
 * partner in the corners that the vendor chose. Call it in a subprocess only.
 */
export async function readBrandedDocument({ file, bytes, branding }: BrandedDocumentSource): Promise<PreparedDocument> {
  const document = await open(bytes);
  if (!(document instanceof PDFDocument))
    return { ok: false, problems: [{ ...document.problem, severity: 'error', file, line: null, column: null }] };
  return readDocument({ file, bytes, slots: { ...rulesOf(markersOf(document)), ...placesOn(document, branding) } });
}

const rulesOf = (names: readonly string[]): Record<string, DocumentSlotRule> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const rule = FIELDS[name];
      return rule === undefined ? [] : [[name, rule]];
    }),
  );

async function open(bytes: Buffer): Promise<PDFDocument | LogoRefusal> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    return document.getPageCount() > 0 ? document : refuse('file-empty', 'The PDF has no page.', 'Export it again.');
  } catch (error) {
    // Too much memory is a limit, and no damage.
    if (error instanceof RangeError) throw error;
    return /encrypt/i.test(messageOf(error))
      ? refuse('file-encrypted', 'The PDF is protected by a password.', 'Export it without protection.')
      : refuse('file-broken', 'The file cannot be read: it is damaged, or cut off.', 'Export it again.');
  }
}

function markersOf(document: PDFDocument): string[] {
  const names = document.getPages().flatMap((page) =>
    (page.node.Annots()?.asArray() ?? []).map((item) => {
      const annotation = item instanceof PDFRef ? document.context.lookup(item) : item;
      return annotation instanceof PDFDict ? markerName(annotation) : null;
    }),
  );
  return [...new Set(names.filter((name) => name !== null))].sort();
}

function placesOn(document: PDFDocument, branding: LibraryBranding | null): Record<string, DocumentSlotRule> {
  if (branding === null) return {};
  const pages = document.getPages();
  const at = branding.page === 'first' ? 0 : pages.length - 1;
  const page = pages[at];
  if (page === undefined) return {};
  const { logo, contact } = branding;
  const number = at + 1;
  return {
    ...(logo === null
      ? {}
      : { 'library-logo': { kind: 'logo', surface: 'light', box: { page: number, ...boxIn(page, logo, 'logo') } } }),
    ...(contact === null
      ? {}
      : {
          'library-contact': {
            kind: 'contact',
            align: contact.endsWith('right') ? 'end' : 'start',
            box: { page: number, ...boxIn(page, contact, 'contact') },
          },
        }),
  };
}

function boxIn(page: PDFPage, corner: NonNullable<LibraryBranding['logo']>, what: 'logo' | 'contact') {
  const sheet = page.getCropBox();
  const size =
    what === 'logo'
      ? { width: sheet.width * 0.24, height: sheet.height * 0.07 }
      : { width: sheet.width * 0.36, height: Math.max(72, sheet.height * 0.1) };
  const box = cornerBox(sheet, corner, size, Math.min(sheet.width, sheet.height) * 0.05);
  return { x: sheet.x + box.x, y: sheet.y + box.y, width: box.width, height: box.height };
}
