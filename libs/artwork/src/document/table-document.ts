import { readFileSync } from 'node:fs';
import fontkit from '@cantoo/fontkit';
import { PDFDocument, type PDFFont, type PDFPage, rgb } from 'pdf-lib';
import { type FontWeight, fontFile } from '../fonts.js';

/** A table as a document. All texts are plain. */
interface TableDocument {
  readonly title: string;
  /** Below the title: whose table it is, and of what time. */
  readonly lead: string;
  /** Names of the columns. */
  readonly headings: readonly string[];
  /** As many cells as headings. */
  readonly rows: readonly (readonly string[])[];
  /** Which columns have numbers: they end in one line. Absent: all but the first. */
  readonly isNumber?: readonly boolean[];
  /** Below each page, with its number and the number of pages. */
  readonly footer: (page: number, pages: number) => string;
  readonly at: Date;
  /** BCP 47. */
  readonly language: string;
}

/** A4, landscape, in points. */
const PAGE = { width: 842, height: 595 };
const MARGIN = 40;
const SIZE = { title: 16, text: 9 };
const ROW = 18;
const HEADING_LINE = 11;
const GAP = 8;
/** No column takes more of the page, so that one long name leaves room for numbers. */
const WIDEST = 0.4;
const INK = rgb(0.13, 0.15, 0.17);
const FAINT = rgb(0.42, 0.45, 0.48);
const LINE = rgb(0.85, 0.87, 0.89);

interface Pen {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
}

/** Draws a table on as many pages as it needs. Each page repeats the headings. */
export async function tableDocument(table: TableDocument): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const fontOf = (weight: FontWeight) => document.embedFont(readFileSync(fontFile(weight)), { subset: true });
  const pen = { regular: await fontOf('regular'), bold: await fontOf('bold') };
  document.setTitle(table.title);
  document.setLanguage(table.language);
  document.setCreationDate(table.at);
  document.setModificationDate(table.at);
  const columns = columnWidths(table, pen).map((width, at) => ({ width, isNumber: table.isNumber?.[at] ?? at > 0 }));
  const top = PAGE.height - MARGIN - 62;
  const perPage = Math.floor((top - MARGIN - 2 * ROW) / ROW);
  const pages = Math.max(1, Math.ceil(table.rows.length / perPage));
  for (let at = 0; at < pages; at++) {
    const page = document.addPage([PAGE.width, PAGE.height]);
    drawFrame(page, pen, table, table.footer(at + 1, pages));
    drawHeadings(page, pen.bold, table.headings, { columns, y: top });
    table.rows
      .slice(at * perPage, (at + 1) * perPage)
      .forEach((row, place) => drawRow(page, pen.regular, row, { columns, y: top - (place + 1) * ROW }));
  }
  return Buffer.from(await document.save());
}

function drawFrame(page: PDFPage, { regular, bold }: Pen, { title, lead }: TableDocument, footer: string): void {
  const width = PAGE.width - 2 * MARGIN;
  const y = PAGE.height - MARGIN - SIZE.title;
  const { title: titleSize, text: size } = SIZE;
  page.drawText(fitted(bold, title, titleSize, width), { x: MARGIN, y, size: titleSize, font: bold, color: INK });
  page.drawText(fitted(regular, lead, size, width), { x: MARGIN, y: y - 16, size, font: regular, color: FAINT });
  page.drawText(fitted(regular, footer, size, width), { x: MARGIN, y: MARGIN - 16, size, font: regular, color: FAINT });
}

interface DrawnColumn {
  readonly width: number;
  readonly isNumber: boolean;
}

/** In two lines where a heading has several words: long ones would take the room of the cells. */
function drawHeadings(
  page: PDFPage,
  font: PDFFont,
  headings: readonly string[],
  place: { readonly columns: readonly DrawnColumn[]; readonly y: number },
): void {
  const lines = headings.map((heading) => twoLines(font, heading));
  drawCells(
    page,
    font,
    lines.map(([first]) => first),
    { ...place, y: place.y + HEADING_LINE },
  );
  drawRow(
    page,
    font,
    lines.map(([, second]) => second),
    place,
  );
}

/** A text in two lines of about the same width; one of one word is in the second. */
function twoLines(font: PDFFont, text: string): readonly [string, string] {
  const words = drawable(font, text).split(' ');
  const splits = words
    .slice(1)
    .map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')] as const);
  const widthOf = (lines: readonly string[]): number =>
    Math.max(...lines.map((line) => font.widthOfTextAtSize(line, SIZE.text)));
  return splits.toSorted((one, other) => widthOf(one) - widthOf(other))[0] ?? ['', words.join(' ')];
}

function drawRow(
  page: PDFPage,
  font: PDFFont,
  cells: readonly string[],
  place: { readonly columns: readonly DrawnColumn[]; readonly y: number },
): void {
  drawCells(page, font, cells, place);
  const { y } = place;
  page.drawLine({ start: { x: MARGIN, y }, end: { x: PAGE.width - MARGIN, y }, thickness: 0.5, color: LINE });
}

function drawCells(
  page: PDFPage,
  font: PDFFont,
  cells: readonly string[],
  { columns, y }: { readonly columns: readonly DrawnColumn[]; readonly y: number },
): void {
  let x = MARGIN;
  const size = SIZE.text;
  for (const [at, { width, isNumber }] of columns.entries()) {
    const text = fitted(font, cells[at] ?? '', size, width - GAP);
    const indent = isNumber ? width - GAP - font.widthOfTextAtSize(text, size) : 0;
    page.drawText(text, { x: x + indent, y: y + 5, size, font, color: INK });
    x += width;
  }
}

/** Each column gets what its texts need, in the proportion in which there is room. */
function columnWidths({ headings, rows }: TableDocument, { regular, bold }: Pen): number[] {
  const room = PAGE.width - 2 * MARGIN;
  const wanted = headings.map((heading, at) => {
    const texts = rows.map((row) => regular.widthOfTextAtSize(drawable(regular, row[at] ?? ''), SIZE.text));
    const lines = twoLines(bold, heading).map((line) => bold.widthOfTextAtSize(line, SIZE.text));
    const widest = Math.max(...lines, ...texts);
    return Math.min(widest + GAP, room * WIDEST);
  });
  const sum = wanted.reduce((all, width) => all + width, 0);
  return wanted.map((width) => (width * room) / sum);
}

/** A text that is cut with an ellipsis where it is too wide. */
function fitted(font: PDFFont, text: string, size: number, width: number): string {
  const whole = drawable(font, text);
  if (font.widthOfTextAtSize(whole, size) <= width) return whole;
  let letters = [...whole];
  while (letters.length > 0 && font.widthOfTextAtSize(`${letters.join('')}…`, size) > width)
    letters = letters.slice(0, -1);
  return `${letters.join('')}…`;
}

const LETTERS = new WeakMap<PDFFont, ReadonlySet<number>>();

/** The font has no letters of some scripts: each of these is a replacement character. No line breaks. */
function drawable(font: PDFFont, text: string): string {
  const known = LETTERS.get(font) ?? new Set(font.getCharacterSet());
  LETTERS.set(font, known);
  return [...text.replace(/\s+/g, ' ')]
    .map((letter) => (known.has(letter.codePointAt(0) ?? 0) ? letter : '?'))
    .join('');
}
