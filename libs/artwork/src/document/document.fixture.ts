import { degrees, PDFDocument, PDFName, PDFString } from 'pdf-lib';
import sharp from 'sharp';
import type { DocumentSlotRule } from './document-slot.js';
import { getDocument } from './pdf-reader.fixture.js';
import { prepareDocument } from './prepare-document.js';
import type { DocumentValues } from './stamp-document.js';

/** One slot of each kind. */
export const RULES = {
  logo: { kind: 'logo', surface: 'light' },
  contact: { kind: 'contact' },
  offer: { kind: 'text', slot: 'offer', size: 11, minSize: 8 },
  qr: { kind: 'qr', link: 'page' },
  cta: { kind: 'link', link: 'page' },
} as const satisfies Record<string, DocumentSlotRule>;

export interface BaseChanges {
  readonly fields?: readonly string[];
  /** Markers as link annotations instead of form fields. */
  readonly links?: readonly string[];
  readonly turn?: number;
  /** Page content of the vendor, in PDF operators. */
  readonly content?: string;
  readonly change?: (document: PDFDocument) => void;
}

/** A vendor's document of two pages. Each test changes what it tests. */
export async function aBase({ fields, links = [], turn = 0, content, change }: BaseChanges = {}): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.setCreationDate(new Date('2026-01-01T00:00:00Z'));
  document.setModificationDate(new Date('2026-01-01T00:00:00Z'));
  const pages = [document.addPage([595, 842]), document.addPage([595, 842])] as const;
  for (const page of pages) {
    page.setRotation(degrees(turn));
    page.drawText('Figures were measured in our laboratory.', { x: 40, y: 30, size: 8 });
  }
  if (content !== undefined)
    pages[0].node.addContentStream(document.context.register(document.context.stream(content)));
  const boxOf = (at: number) => ({ x: 40, y: 100 + at * 120, width: 200, height: 90 });
  const names = fields ?? Object.keys(RULES).filter((name) => !links.includes(name));
  const form = names.length > 0 ? document.getForm() : null;
  names.forEach((name, at) => form?.createTextField(`tc.${name}`).addToPage(pages[at % 2 === 0 ? 0 : 1], boxOf(at)));
  links.forEach((name, at) => {
    const { x, y, width, height } = boxOf(at);
    const annotation = document.context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: [x, y, x + width, y + height],
      A: { S: 'URI', URI: PDFString.of(name.includes('://') ? name : `https://slot.invalid/${name}`) },
    });
    pages[0].node.addAnnot(document.context.register(annotation));
  });
  change?.(document);
  return Buffer.from(await document.save({ updateFieldAppearances: false }));
}

/** A dictionary below the catalogue, for documents that must be refused. */
export const withCatalogEntry =
  (key: string, value: object) =>
  (document: PDFDocument): void => {
    document.catalog.set(PDFName.of(key), document.context.register(document.context.obj(value as never)));
  };

export async function prepared(
  changes: BaseChanges = {},
  slots: Record<string, DocumentSlotRule> = RULES,
): Promise<Buffer> {
  const result = await prepareDocument({ file: 'documents/a.pdf', bytes: await aBase(changes), slots });
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.prepared;
}

/** Codes of the problems that prevent publishing. */
export async function refusals(
  changes: BaseChanges,
  slots: Record<string, DocumentSlotRule> = RULES,
): Promise<string[]> {
  const result = await prepareDocument({ file: 'documents/a.pdf', bytes: await aBase(changes), slots });
  return result.ok ? [] : result.problems.map(({ code }) => code);
}

/**
 * A logo of flat colours: a blue bar with a white dot, transparent around it.
 */
const logoPng = (): Promise<Buffer> =>
  sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="320"><rect y="60" width="620" height="200" rx="40" fill="#0b5cad"/><circle cx="120" cy="160" r="70" fill="#fff"/></svg>',
    ),
  )
    .png()
    .toBuffer();

export async function values(
  changes: Partial<DocumentValues> & { readonly offer?: string } = {},
): Promise<DocumentValues> {
  const logo = await logoPng();
  const { offer = 'Free assessment until the end of March', ...rest } = changes;
  return {
    logos: { light: logo, dark: logo },
    contact: ['Brightwater IT Ltd', 'Ann O’Neil', 'Λάρισα · Київ · Łódź'],
    texts: { offer },
    links: { page: 'https://go.northwind.example/p/brightwater' },
    ...rest,
  };
}

/**
 * Text by page (in file order) and links that PDF.js, an independent reader,
 * finds.
 */
export async function readPdf(pdf: Buffer): Promise<{ text: string[]; links: string[] }> {
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 }).promise;
  const [text, links]: [string[], string[]] = [[], []];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    text.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    for (const annotation of (await page.getAnnotations()) as { url?: string }[])
      if (annotation.url !== undefined) links.push(annotation.url);
  }
  await document.loadingTask.destroy();
  return { text, links };
}
