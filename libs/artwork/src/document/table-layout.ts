import type { PDFFont } from 'pdf-lib';

/** The fonts of a table. */
export interface Pen {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
}

interface Columns {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly isNumber: readonly boolean[];
}

/** How a table fits a page. Lengths are in points. */
interface TableLayout {
  /** Of all its texts. */
  readonly size: number;
  readonly widths: readonly number[];
}

/** Between two columns. */
export const GAP = 8;
const SIZES = [9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5] as const;
const LEAST_SIZE = 5;
/** No column of texts takes more of the page, so that one long name leaves room for numbers. */
const WIDEST = 0.4;
/** What a column of texts keeps of its longest word, as a multiple of the size. */
const LONGEST_WORD = 9;
const LEAST_TEXT = 4;
/** Widths are added and divided: what just fits still fits. */
const TOLERANCE = 0.01;

/**
 * The largest size at which each column has room for its widest number and the
 * words of its heading. If there is none, texts are shortened, and numbers only get
 * smaller: one that is cut would read as another number.
 */
export function tableLayout(columns: Columns, pen: Pen, room: number): TableLayout {
  const needs = columns.headings.map((_, at) => needsOf(columns, pen, at));
  for (const size of SIZES) {
    const least = needs.map((need) => need.least * size + GAP);
    if (sumOf(least) <= room) return { size, widths: spread(needs, least, { size, room }) };
  }
  const gaps = needs.length * GAP;
  const size = Math.min(LEAST_SIZE, (room - gaps) / sumOf(needs.map(({ whole }) => whole)));
  const least = needs.map(({ whole }) => whole * size + GAP);
  return { size, widths: spread(needs, least, { size, room }) };
}

/** Of a column, at size 1. */
interface Needs {
  readonly isNumber: boolean;
  /** What must not be cut. */
  readonly whole: number;
  /** With its words, too. */
  readonly least: number;
  /** With each cell in one line. */
  readonly wanted: number;
}

function needsOf({ headings, rows, isNumber }: Columns, { regular, bold }: Pen, at: number): Needs {
  const isNumberColumn = isNumber[at] ?? false;
  const cells = rows.map((row) => row[at] ?? '');
  const heading = widest(bold, wordsOf(headings[at] ?? ''));
  const piece = widest(
    regular,
    cells.flatMap((cell) => piecesOf(cell, isNumberColumn)),
  );
  const least = Math.max(heading, isNumberColumn ? piece : Math.min(piece, LONGEST_WORD));
  return {
    isNumber: isNumberColumn,
    whole: isNumberColumn ? piece : LEAST_TEXT,
    least,
    wanted: Math.max(least, widest(bold, twoLines(bold, headings[at] ?? '')), widest(regular, cells)),
  };
}

/** What is left goes to numbers first, then to texts, and what is left then to all. */
function spread(needs: readonly Needs[], least: readonly number[], page: { size: number; room: number }): number[] {
  const { size, room } = page;
  let widths = [...least];
  for (const isNumber of [true, false]) {
    const missing = needs.map((need, at) => {
      const most = isNumber ? need.wanted * size + GAP : Math.min(need.wanted * size + GAP, room * WIDEST);
      return need.isNumber === isNumber ? Math.max(0, most - (widths[at] ?? 0)) : 0;
    });
    const part = Math.min(1, Math.max(0, room - sumOf(widths)) / Math.max(sumOf(missing), TOLERANCE));
    widths = widths.map((width, at) => width + (missing[at] ?? 0) * part);
  }
  const stretch = Math.max(1, room / sumOf(widths));
  return widths.map((width) => width * stretch);
}

/** A text in lines of a width, broken at spaces: amounts only between two amounts. */
export function wrapped(
  font: PDFFont,
  text: string,
  { size, width, isNumber }: { readonly size: number; readonly width: number; readonly isNumber: boolean },
): string[] {
  const lines: string[] = [];
  for (const piece of piecesOf(text, isNumber)) {
    const longer = [...lines.slice(-1), drawable(font, piece)].join(' ');
    const fits = font.widthOfTextAtSize(longer, size) <= width + TOLERANCE;
    if (fits && lines.length > 0) lines[lines.length - 1] = longer;
    else lines.push(drawable(font, piece));
  }
  return lines;
}

/** A text that is cut with an ellipsis where it is too wide. */
export function fitted(font: PDFFont, text: string, size: number, width: number): string {
  const whole = drawable(font, text);
  const isWide = (line: string): boolean => font.widthOfTextAtSize(line, size) > width + TOLERANCE;
  if (!isWide(whole)) return whole;
  let letters = [...whole];
  while (letters.length > 0 && isWide(`${letters.join('')}…`)) letters = letters.slice(0, -1);
  return `${letters.join('')}…`;
}

const piecesOf = (text: string, isNumber: boolean): string[] => (isNumber ? text.split(/(?<=;)\s+/) : wordsOf(text));

/** A space that does not break keeps its words together. */
const wordsOf = (text: string): string[] => text.split(/[ \t\r\n]+/);

/** A text in two lines of about the same width. */
function twoLines(font: PDFFont, text: string): readonly string[] {
  const words = wordsOf(text);
  const splits = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]);
  return splits.toSorted((one, other) => widest(font, one) - widest(font, other))[0] ?? words;
}

/** At size 1. */
const widest = (font: PDFFont, texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, font.widthOfTextAtSize(drawable(font, text), 1)), 0);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const LETTERS = new WeakMap<PDFFont, ReadonlySet<number>>();

/** The font has no letters of some scripts: each of these is a replacement character. No line breaks. */
function drawable(font: PDFFont, text: string): string {
  const known = LETTERS.get(font) ?? new Set(font.getCharacterSet());
  LETTERS.set(font, known);
  return [...text.replace(/\s+/g, ' ')]
    .map((letter) => (known.has(letter.codePointAt(0) ?? 0) ? letter : '?'))
    .join('');
}
