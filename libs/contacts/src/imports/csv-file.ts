import { DomainError } from '#kernel';
import { type ColumnField, type ColumnMap, guessColumns, widthOf } from './csv-columns.js';
import { detectDialect } from './csv-dialect.js';
import { TextDecoding } from './csv-encoding.js';
import { type CsvDialect, CsvReader, type CsvRow, firstRows } from './csv-rows.js';
import { type ListFormat, prepareList, type PreparedList, type ReadingChoice } from './list-format.js';
import { type OptOutColumn, OptOutScan } from './opt-out-columns.js';

const MAX_COLUMNS = 200;
const SAMPLE_BYTES = 256 * 1024;
const SAMPLE_ROWS = 100;
/** Decoded and parsed at once. */
const SLICE_BYTES = 1024 * 1024;

/** How a list is to be read; what is null is found out. */
export interface InspectionChoice extends ReadingChoice {
  /** The user's choice of columns; it replaces the guess. */
  readonly mapping: ColumnMap | null;
  /** The columns that say who opted out, from 0. */
  readonly optOutColumns: readonly number[] | null;
}

export const NO_CHOICE: InspectionChoice = { encoding: null, sheet: null, mapping: null, optOutColumns: null };

/**
 * What was found out about an uploaded list before any row of it is imported.
 */
export interface CsvFile {
  readonly format: ListFormat;
  /** Encoding of the uploaded file. */
  readonly encoding: string;
  readonly dialect: CsvDialect;
  readonly columns: ColumnMap;
  /** Rows up to the names of the columns, titles and notes included; 0: none. */
  readonly headingRows: number;
  readonly headers: readonly string[];
  /** The first data rows. */
  readonly sample: readonly CsvRow[];
  /** Data rows in all. */
  readonly rows: number;
  readonly optOuts: readonly OptOutColumn[];
  /** Visible sheets of a workbook, and the one that was read. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
}

/** A list, and the CSV text to import instead of the file; null: the file. */
export interface InspectedList {
  readonly file: CsvFile;
  readonly converted: Buffer | null;
}

const refusal = (reason: string, message: string, details: Record<string, unknown> = {}): DomainError =>
  new DomainError(`import.${reason}`, message, { field: 'file', ...details });

/**
 * Inspects an uploaded list of any known format: encoding, delimiter, heading,
 * columns, first rows, and the columns that say who opted out, by all rows.
 * @throws DomainError as `prepareList`; `import.no-rows`,
 *   `import.too-many-columns`, `import.mapping-invalid`, and as `CsvReader`.
 *   Nothing was imported.
 */
export async function inspectFile(bytes: Buffer, choice: InspectionChoice): Promise<InspectedList> {
  const prepared = await prepareList(bytes, choice);
  return { file: inspectCsv(prepared, choice), converted: prepared.isConverted ? prepared.csv : null };
}

/** As `inspectFile`, for a list that is CSV already. */
export function inspectCsv(list: PreparedList, choice: InspectionChoice): CsvFile {
  const { csv, encoding } = list;
  const decoding = new TextDecoding(encoding);
  const isWholeFile = csv.length <= SAMPLE_BYTES;
  const text = decoding.decode(csv.subarray(0, SAMPLE_BYTES)) + (isWholeFile ? decoding.flush() : '');
  const dialect =
    list.isConverted && list.format !== 'csv' ? { delimiter: ',', newline: '\n' as const } : detectDialect(text);
  const rows = firstRows(text, dialect, isWholeFile).slice(0, SAMPLE_ROWS + 1);
  if (rows.length === 0) throw refusal('file-empty', 'The file has no text in it. Choose the list that you mean.');
  const width = widthOf(rows);
  if (width > MAX_COLUMNS)
    throw refusal('too-many-columns', `A list may have at most ${MAX_COLUMNS} columns; this has ${width}.`);
  const guess = guessColumns(rows);
  const columns = choice.mapping === null ? guess.columns : checkedMapping(choice.mapping, width);
  const headers = guess.headingAt === -1 ? [] : (rows[guess.headingAt]?.cells ?? []);
  const sample = rows.slice(guess.headingAt + 1);
  if (sample.length === 0)
    throw refusal('no-rows', 'The file has only a heading and no person in it. Choose the list that you mean.');
  const scanned = scanAll(csv, encoding, dialect, guess.headingAt + 1);
  return {
    format: list.format,
    encoding: list.fileEncoding,
    dialect,
    columns,
    headingRows: guess.headingAt + 1,
    headers,
    sample,
    rows: scanned.rows,
    optOuts: scanned.scan.columns(headers, choice.optOutColumns, scanned.rows),
    sheets: list.sheets,
    sheet: list.sheet,
  };
}

/** Reads the whole list once: an opt-out may stand in its last row. */
function scanAll(
  csv: Buffer,
  encoding: string,
  dialect: CsvDialect,
  headingRows: number,
): { scan: OptOutScan; rows: number } {
  const decoding = new TextDecoding(encoding);
  const reader = new CsvReader(dialect);
  const scan = new OptOutScan();
  let rows = -headingRows;
  const add = (piece: readonly CsvRow[]): void => {
    scan.add(piece.slice(Math.max(0, -rows)));
    rows += piece.length;
  };
  for (let at = 0; at < csv.length; at += SLICE_BYTES)
    for (const piece of reader.push(decoding.decode(csv.subarray(at, at + SLICE_BYTES)))) add(piece);
  for (const piece of reader.push(decoding.flush())) add(piece);
  add(reader.flush());
  return { scan, rows };
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

/**
 * A list without a known column of addresses can be shown, and not imported.
 * @throws DomainError `import.email-column-missing`.
 */
export function requireAddresses({ columns, headers, sample }: CsvFile): void {
  if (columns.email !== undefined) return;
  const shown = headers.length > 0 ? headers : (sample[0]?.cells ?? []);
  throw refusal(
    'email-column-missing',
    'No column with e-mail addresses was found. Name it "email", or say which one it is.',
    { headers: shown.slice(0, 20).map((cell) => cell.slice(0, 60)) },
  );
}
