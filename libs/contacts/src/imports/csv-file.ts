import { DomainError } from '#kernel';
import { type ColumnField, type ColumnMap, guessColumns } from './csv-columns.js';
import { detectEncoding, TextDecoding } from './csv-encoding.js';
import { type CsvDialect, type CsvRow, detectDialect, firstRows } from './csv-rows.js';

/** An upload is held in memory. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;
export const MAX_ROWS = 500_000;
const MAX_COLUMNS = 200;
const SAMPLE_BYTES = 256 * 1024;
const SAMPLE_ROWS = 100;

/**
 * What was found out about an uploaded list before any row of it is imported.
 */
export interface CsvFile {
  readonly encoding: string;
  readonly dialect: CsvDialect;
  readonly columns: ColumnMap;
  readonly hasHeader: boolean;
  readonly headers: readonly string[];
  /** The first data rows. */
  readonly sample: readonly CsvRow[];
}

const refusal = (reason: string, message: string, details: Record<string, unknown> = {}): DomainError =>
  new DomainError(`import.${reason}`, message, { field: 'file', ...details });

/** Beginnings of files that people upload instead of a CSV. */
const OTHER_FORMATS: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'an Excel workbook or a zip'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel workbook'],
  ['%PDF', 'a PDF'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
  ['GIF8', 'a picture'],
];

/**
 * Inspects an uploaded list: encoding, delimiter, columns, first rows.
 * @param mapping the user's choice of columns; it replaces the guess.
 * @throws DomainError `import.file-empty`, `import.no-rows`, `import.not-csv`,
 *   `import.too-large`, `import.too-many-columns`,
 *   `import.email-column-missing` or `import.mapping-invalid`. Nothing was
 *   imported.
 */
export function inspectCsv(bytes: Buffer, mapping: ColumnMap | null = null): CsvFile {
  refuseForeignFile(bytes);
  const encoding = detectEncoding(bytes);
  const decoding = new TextDecoding(encoding);
  const isWholeFile = bytes.length <= SAMPLE_BYTES;
  const text = decoding.decode(bytes.subarray(0, SAMPLE_BYTES)) + (isWholeFile ? decoding.flush() : '');
  const dialect = detectDialect(text);
  const rows = firstRows(text, dialect, isWholeFile).slice(0, SAMPLE_ROWS + 1);
  const first = rows[0];
  if (first === undefined) throw refusal('file-empty', 'The file has no text in it. Choose the list that you mean.');
  if (first.cells.length > MAX_COLUMNS) {
    throw refusal(
      'too-many-columns',
      `A list may have at most ${MAX_COLUMNS} columns; this has ${first.cells.length}.`,
    );
  }
  const guess = guessColumns(rows);
  const columns = mapping === null ? guess.columns : checkedMapping(mapping, first.cells.length);
  const sample = guess.hasHeader ? rows.slice(1) : rows;
  refuseWithout(columns, sample, first);
  return {
    encoding,
    dialect,
    columns,
    hasHeader: guess.hasHeader,
    headers: guess.hasHeader ? first.cells : [],
    sample,
  };
}

function refuseForeignFile(bytes: Buffer): void {
  if (bytes.length === 0) throw refusal('file-empty', 'The file is empty. Choose the list that you mean.');
  if (bytes.length > MAX_FILE_BYTES) {
    throw new DomainError(
      'import.too-large',
      'A list may have at most 50 MB. Split it into several files; each adds to the same list.',
      { field: 'file', bytes: bytes.length },
      { kind: 'too-large' },
    );
  }
  const beginning = bytes.subarray(0, 8).toString('latin1');
  const other = OTHER_FORMATS.find(([mark]) => beginning.startsWith(mark));
  if (other !== undefined) {
    throw refusal('not-csv', `This is ${other[1]}, not a CSV file. Save the list as "CSV UTF-8" and upload that.`);
  }
}

function checkedMapping(mapping: ColumnMap, width: number): ColumnMap {
  for (const [field, column] of Object.entries(mapping) as [ColumnField, number][]) {
    if (column < width) continue;
    throw new DomainError(
      'import.mapping-invalid',
      `"${field}" points at column ${column + 1}, but the file has ${width}. Count columns from 0.`,
      { field: `mapping.${field}` },
    );
  }
  return mapping;
}

function refuseWithout(columns: ColumnMap, sample: readonly CsvRow[], first: CsvRow): void {
  if (sample.length === 0) {
    throw refusal('no-rows', 'The file has only a heading and no person in it. Choose the list that you mean.');
  }
  if (columns.email === undefined) {
    throw refusal(
      'email-column-missing',
      'No column with e-mail addresses was found. Name it "email", or say which one it is.',
      { headers: first.cells.slice(0, 20).map((cell) => cell.slice(0, 60)) },
    );
  }
}
