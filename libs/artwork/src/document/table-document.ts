import { readFileSync } from 'node:fs';
import fontkit from '@cantoo/fontkit';
import { PDFDocument, type PDFFont, type PDFPage, rgb } from 'pdf-lib';
import { type FontWeight, fontFile } from '../fonts.js';
import { fitted, GAP, type Pen, tableLayout, wrapped } from './table-layout.js';

/** A table as a document. All texts are plain. */
interface TableDocument {
  readonly title: string;
  /** Below the title: whose table it is, and of what time. */
  readonly lead: string;
  /** Names of the columns. */
  readonly headings: readonly string[];
  /** As many cells as headings. */
  readonly rows: readonly (readonly string[])[];
  /** Which columns have numbers: they end at one edge, and are never cut. Absent: all but the first. */
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
/** Of a row with one line, and of each further line. */
const ROW = 18;
const LINE_HEIGHT = 11;
/** A longer text is cut. */
const MOST_LINES = 4;
const INK = rgb(0.13, 0.15, 0.17);
const FAINT = rgb(0.42, 0.45, 0.48);
const LINE = rgb(0.85, 0.87, 0.89);

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
  const isNumber = table.headings.map((_, at) => table.isNumber?.[at] ?? at > 0);
  const { size, widths } = tableLayout({ ...table, isNumber }, pen, PAGE.width - 2 * MARGIN);
  const columns = widths.map((width, at) => ({ width, isNumber: isNumber[at] ?? false }));
  const heading = linesOf(
    pen.bold,
    table.headings,
    columns.map(({ width }) => ({ width, isNumber: false })),
    size,
  );
  const top = PAGE.height - MARGIN - 62 - Math.max(0, heightOf(heading) - ROW - LINE_HEIGHT);
  const rows = table.rows.map((row) => linesOf(pen.regular, row, columns, size));
  const pages = onPages(rows, top - MARGIN - 2 * ROW);
  for (const [at, own] of pages.entries()) {
    const page = document.addPage([PAGE.width, PAGE.height]);
    drawFrame(page, pen, table, table.footer(at + 1, pages.length));
    drawRow(page, pen.bold, heading, { columns, size, y: top });
    let y = top;
    for (const row of own) {
      y -= heightOf(row);
      drawRow(page, pen.regular, row, { columns, size, y });
    }
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

/** The lines of each cell of a row. */
type RowLines = readonly (readonly string[])[];

/** Texts are cut where they do not fit; numbers never are. */
const linesOf = (font: PDFFont, cells: readonly string[], columns: readonly DrawnColumn[], size: number): RowLines =>
  columns.map(({ width: outer, isNumber }, at) => {
    const width = outer - GAP;
    const lines = wrapped(font, cells[at] ?? '', { size, width, isNumber });
    if (isNumber) return lines;
    const kept = [...lines.slice(0, MOST_LINES - 1), lines.slice(MOST_LINES - 1).join(' ')];
    return kept.filter((line) => line !== '').map((line) => fitted(font, line, size, width));
  });

const heightOf = (row: RowLines): number => ROW + (Math.max(1, ...row.map((lines) => lines.length)) - 1) * LINE_HEIGHT;

/** Rows by page, at least one page. */
function onPages(rows: readonly RowLines[], room: number): RowLines[][] {
  const pages: RowLines[][] = [[]];
  let left = room;
  for (const row of rows) {
    if (heightOf(row) > left && left < room) {
      pages.push([]);
      left = room;
    }
    pages.at(-1)?.push(row);
    left -= heightOf(row);
  }
  return pages;
}

/** Cells begin in the first line of their row; `y` is its lower edge. */
function drawRow(
  page: PDFPage,
  font: PDFFont,
  row: RowLines,
  { columns, size, y }: { readonly columns: readonly DrawnColumn[]; readonly size: number; readonly y: number },
): void {
  const first = y + heightOf(row) - ROW + 5;
  let x = MARGIN;
  for (const [at, { width, isNumber }] of columns.entries()) {
    for (const [place, text] of (row[at] ?? []).entries()) {
      const indent = isNumber ? width - GAP - font.widthOfTextAtSize(text, size) : 0;
      page.drawText(text, { x: x + indent, y: first - place * LINE_HEIGHT, size, font, color: INK });
    }
    x += width;
  }
  page.drawLine({ start: { x: MARGIN, y }, end: { x: PAGE.width - MARGIN, y }, thickness: 0.5, color: LINE });
}
