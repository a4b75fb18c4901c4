import Papa from 'papaparse';
import { DomainError } from '#kernel';

export interface CsvDialect {
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
}

export interface CsvRow {
  /** As a spreadsheet counts it, from 1; a line break within quotes starts no new row. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** A longer record means a quotation mark that is never closed, which would swallow the rest of the file. */
const MAX_RECORD_LENGTH = 256 * 1024;
/** Parsed at once: well under a millisecond, so that other work of the process is not held up. */
const PIECE_LENGTH = 32 * 1024;

const DELIMITERS = [',', ';', '\t', '|'];

/** Guesses how a file separates cells and rows from its beginning. Excel's own hint, a first line `sep=;`, wins. */
export function detectDialect(sample: string): CsvDialect {
  const newline = sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r';
  const hint = /^sep=([,;\t|])\r?(\n|$)/i.exec(sample)?.[1];
  if (hint !== undefined) return { delimiter: hint, newline };
  const guess = Papa.parse<string[]>(sample, {
    preview: 50,
    skipEmptyLines: 'greedy',
    delimitersToGuess: DELIMITERS,
  }).meta.delimiter;
  return { delimiter: DELIMITERS.includes(guess) ? guess : ',', newline };
}

/**
 * Splits text that comes in pieces into rows (RFC 4180, with what spreadsheets really write: line breaks in quotes, doubled
 * quotes, stray quotes in mid-cell). Blank rows and Excel's `sep=` hint are passed over but counted.
 */
export class CsvReader {
  private readonly parser: Papa.Parser;
  private rest = '';
  private rows = 0;

  constructor(dialect: CsvDialect) {
    this.parser = new Papa.Parser({ delimiter: dialect.delimiter, newline: dialect.newline });
  }

  /** The rows that are complete by now. @throws DomainError `import.quote-not-closed`. */
  *write(text: string): Generator<CsvRow[]> {
    for (let at = 0; at < text.length; at += PIECE_LENGTH) {
      yield this.parse(this.rest + text.slice(at, at + PIECE_LENGTH), true);
      if (this.rest.length > MAX_RECORD_LENGTH) throw quoteNotClosed(this.rows + 1);
    }
  }

  /** The last row, where the file does not end in a line break. */
  end(): CsvRow[] {
    return this.parse(this.rest, false);
  }

  private parse(text: string, isPartial: boolean): CsvRow[] {
    if (text === '') return [];
    const { data, meta } = this.parser.parse(text, 0, isPartial) as Papa.ParseResult<string[]>;
    this.rest = text.slice(meta.cursor);
    const rows: CsvRow[] = [];
    for (const cells of data) {
      this.rows += 1;
      const last = cells.length - 1;
      if (cells[last]?.endsWith('\r') === true) cells[last] = cells[last].slice(0, -1);
      const isHint = this.rows === 1 && /^sep=/i.test(cells[0] ?? '');
      if (!isHint && cells.some((cell) => cell.trim() !== '')) rows.push({ number: this.rows, cells });
    }
    return rows;
  }
}

function quoteNotClosed(row: number): DomainError {
  return new DomainError(
    'import.quote-not-closed',
    `From row ${row} on there is no end to a cell: a quotation mark is opened and never closed. Close it and upload the file again.`,
    { row },
  );
}

/** The first rows of a file, from its beginning alone; the last is left out when the beginning may cut through it. */
export function firstRows(sample: string, dialect: CsvDialect, isWholeFile: boolean): CsvRow[] {
  const reader = new CsvReader(dialect);
  const rows = [...reader.write(sample)].flat();
  return isWholeFile ? [...rows, ...reader.end()] : rows;
}
