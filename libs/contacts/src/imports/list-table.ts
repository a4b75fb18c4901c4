import { DomainError } from '#kernel';
import { withoutUnsafeCharacters } from '../contact-fields.js';
import { detectDialect } from './csv-dialect.js';
import { TextDecoding } from './csv-encoding.js';
import { NO_CHOICE } from './csv-file.js';
import { CsvReader, type CsvRow } from './csv-rows.js';
import { prepareList } from './list-format.js';

/** The request is read at once, while the caller waits. */
export const MAX_TABLE_BYTES = 10 * 1024 * 1024;
const MAX_TABLE_ROWS = 5_000;
const MAX_CELL = 2_000;

/** A list of any known format as a heading and rows. */
export interface ListTable {
  readonly headings: readonly string[];
  /** Numbers of a workbook have a point; null: whoever wrote the list decided. */
  readonly decimalSign: '.' | null;
  /** With the row numbers of a spreadsheet. */
  readonly rows: readonly CsvRow[];
}

/**
 * Reads a list that is not about contacts: its first row with text has the names
 * of the columns. Encodings, separators and workbooks are as in an import of
 * contacts. Call it in a subprocess: it does not yield.
 * @throws DomainError as `prepareList` and `CsvReader`; `import.table-too-large`,
 *   `import.file-empty`, `import.no-rows`.
 */
export async function readListTable(bytes: Buffer): Promise<ListTable> {
  if (bytes.length > MAX_TABLE_BYTES) throw tooLarge();
  const prepared = await prepareList(bytes, NO_CHOICE);
  const decoding = new TextDecoding(prepared.encoding);
  const text = decoding.decode(prepared.csv) + decoding.flush();
  const isOwnCsv = prepared.isConverted && prepared.format !== 'csv';
  const reader = new CsvReader(isOwnCsv ? { delimiter: ',', newline: '\n' } : detectDialect(text));
  const found = [...reader.push(text)].flat();
  const [heading, ...rows] = [...found, ...reader.flush()].map(({ number, cells }) => ({
    number,
    cells: cells.map((cell) => withoutUnsafeCharacters(cell).trim().slice(0, MAX_CELL)),
  }));
  if (heading === undefined)
    throw new DomainError('import.file-empty', 'The file has no text in it. Choose the list that you mean.', {
      field: 'file',
    });
  if (rows.length === 0)
    throw new DomainError(
      'import.no-rows',
      'The file has only one row of text. The first row must name the columns, and each other row is one entry. Choose the list that you mean.',
      { field: 'file' },
    );
  if (rows.length > MAX_TABLE_ROWS) throw tooLarge();
  return { headings: heading.cells, decimalSign: prepared.format === 'xlsx' ? '.' : null, rows };
}

const tooLarge = (): DomainError =>
  new DomainError(
    'import.table-too-large',
    'A list may have at most 10 MB and 5,000 rows here. Split it into several files.',
    { field: 'file', most: MAX_TABLE_ROWS },
    { kind: 'too-large' },
  );
