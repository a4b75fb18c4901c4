import Papa from 'papaparse';
import { DomainError } from '#kernel';

export interface CsvDialect {
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
}

export interface CsvRow {
  /**
   * The row number of a spreadsheet, from 1; a line break in quotes starts no
   * new row.
   */
  readonly number: number;
  readonly cells: readonly string[];
}

/** A longer record means an unclosed quotation mark, or no list at all. */
const MAX_RECORD_LENGTH = 256 * 1024;
/**
 * A postal address or a note has fewer lines. A stray quotation mark would
 * otherwise swallow the contacts up to the next one.
 */
const MAX_CELL_LINES = 20;
/**
 * Parsed at once: well under a millisecond, so other work of the process is not
 * blocked.
 */
const PIECE_LENGTH = 32 * 1024;

/**
 * Splits text chunks into rows (RFC 4180, and what spreadsheets write in
 * practice): line breaks in quotes, doubled quotes, stray quotes inside a cell.
 * Blank rows and Excel's `sep=` hint are skipped but counted. Cells are without the apostrophe of exports.
 */
export class CsvReader {
  private readonly parser: Papa.Parser;
  private rest = '';
  private rows = 0;
  /**
   * Line breaks passed so far, those within quotes too: an editor counts them.
   */
  private lines = 0;

  constructor(dialect: CsvDialect) {
    this.parser = new Papa.Parser({ delimiter: dialect.delimiter, newline: dialect.newline });
  }

  /**
   * The rows completed so far.
   * @throws DomainError `import.quote-not-closed`, `import.row-too-long`.
   */
  *push(text: string): Generator<CsvRow[]> {
    for (let at = 0; at < text.length; at += PIECE_LENGTH) {
      yield this.parse(this.rest + text.slice(at, at + PIECE_LENGTH), true);
      if (this.rest.length > MAX_RECORD_LENGTH) this.refuseRest();
    }
  }

  /**
   * Refuses a row without an end within the limit.
   * @throws DomainError as `push` does.
   */
  refuseRest(): void {
    if (this.rest !== '') throw this.isQuoteOpen() ? this.quoteNotClosed() : this.rowTooLong();
  }

  /**
   * The last row, if the file does not end in a line break.
   * @throws DomainError `import.quote-not-closed`.
   */
  flush(): CsvRow[] {
    if (this.isQuoteOpen()) throw this.quoteNotClosed();
    return this.parse(this.rest, false);
  }

  private parse(text: string, isPartial: boolean): CsvRow[] {
    if (text === '') return [];
    const { data, meta, errors } = this.parser.parse(text, 0, isPartial) as Papa.ParseResult<string[]>;
    this.rest = text.slice(meta.cursor);
    const strayQuotes = new Set(errors.flatMap(({ code, row }) => (code === 'InvalidQuotes' ? [row] : [])));
    const rows: CsvRow[] = [];
    for (const [at, cells] of data.entries()) {
      this.rows += 1;
      const last = cells.length - 1;
      if (cells[last]?.endsWith('\r') === true) cells[last] = cells[last].slice(0, -1);
      const breaks = cells.map(lineBreaks);
      const swallows = (cell: string, n: number): boolean =>
        (breaks[n] ?? 0) >= MAX_CELL_LINES || ((breaks[n] ?? 0) > 0 && strayQuotes.has(at) && cell.includes('"'));
      if (cells.some(swallows)) throw this.cellSwallowsRows();
      const isHint = this.rows === 1 && /^sep=/i.test(cells[0] ?? '');
      if (!isHint && cells.some((cell) => cell.trim() !== ''))
        rows.push({ number: this.rows, cells: cells.map(withoutGuard) });
      this.lines += 1 + breaks.reduce((sum, count) => sum + count, 0);
    }
    return rows;
  }

  /** Whether what is left so far ends within quotes. */
  private isQuoteOpen(): boolean {
    const { errors } = this.parser.parse(this.rest, 0, false) as Papa.ParseResult<string[]>;
    return errors.some(({ code }) => code === 'MissingQuotes');
  }

  private quoteNotClosed(): DomainError {
    return new DomainError(
      'import.quote-not-closed',
      `Line ${this.lines + 1} opens a quotation mark that is never closed. Close it and upload the file again; nothing was imported.`,
      { row: this.rows + 1, line: this.lines + 1 },
    );
  }

  /** A later row's quotation mark closed the cell by accident. */
  private cellSwallowsRows(): DomainError {
    return new DomainError(
      'import.quote-not-closed',
      `From line ${this.lines + 1} on, one cell goes over several lines and seems to hold whole rows: a quotation mark is missing there. Close it and upload the file again; nothing was imported.`,
      { row: this.rows, line: this.lines + 1 },
    );
  }

  private rowTooLong(): DomainError {
    return new DomainError(
      'import.row-too-long',
      `Line ${this.lines + 1} is longer than ${MAX_RECORD_LENGTH / 1024} KB, the limit of a row. Check that the file is a list with one line per contact.`,
      { row: this.rows + 1, line: this.lines + 1 },
    );
  }
}

/** Text without the apostrophe that exports set before what a spreadsheet would run as a formula. */
const withoutGuard = (cell: string): string => cell.replace(/^'(?='*[=+\-@])/, '');

const lineBreaks = (cell: string): number => (cell.match(/\r\n|\r|\n/g) ?? []).length;

/**
 * The first rows of a file, from its beginning.
 * Drops the last row if the beginning may cut through it.
 */
export function firstRows(sample: string, dialect: CsvDialect, isWholeFile: boolean): CsvRow[] {
  const reader = new CsvReader(dialect);
  const rows = [...reader.push(sample)].flat();
  if (isWholeFile) return [...rows, ...reader.flush()];
  if (rows.length < 2) reader.refuseRest();
  return rows;
}
