import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { DomainError } from '#kernel';
import { addressListRows, isAddressList } from './address-list.js';
import { ENCODINGS } from './alphabets.data.js';
import { detectEncoding, repairUtf8 } from './csv-encoding.js';
import { htmlRows, isHtmlTable, isMarkup, statedEncoding } from './html-table.js';
import { isVcard, vcardRows } from './vcard.js';
import { readWorkbook } from './workbook.js';

/** An upload is held in memory. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;
export const MAX_ROWS = 500_000;
const BEGINNING_BYTES = 16 * 1024;

export type ListFormat = 'csv' | 'xlsx' | 'vcard' | 'html' | 'addresses';

/** How a list is to be read; null: found out. */
export interface ReadingChoice {
  /** As iconv-lite calls it. */
  readonly encoding: string | null;
  /** Name of a sheet of a workbook. */
  readonly sheet: string | null;
}

/** A list as CSV, whatever it was uploaded as. */
export interface PreparedList {
  readonly format: ListFormat;
  readonly csv: Buffer;
  /** Encoding of `csv`, as iconv-lite calls it. */
  readonly encoding: string;
  /** Encoding of the file; a workbook has none of its own: `utf-8`. */
  readonly fileEncoding: string;
  /** Whether `csv` differs from the file. */
  readonly isConverted: boolean;
  /** Visible sheets of a workbook; else none. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
}

const refusal = (reason: string, message: string, details: Record<string, unknown> = {}): DomainError =>
  new DomainError(`import.${reason}`, message, { field: 'file', ...details });

/** The first bytes of an Excel workbook of before 2007 (a compound file). */
const OLD_WORKBOOK = '\u00d0\u00cf\u0011\u00e0';

/** Beginnings of other files that people upload instead of a list. */
const OTHER_FORMATS: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF. Export the list as Excel workbook or CSV'],
  ['\u0089PNG', 'a picture. Export the list as Excel workbook or CSV'],
  ['\u00ff\u00d8\u00ff', 'a picture. Export the list as Excel workbook or CSV'],
  ['GIF8', 'a picture. Export the list as Excel workbook or CSV'],
  ['{\\rtf', 'a text document. Save the list as CSV'],
  ['\u001f\u008b', 'a compressed file. Unpack it'],
  ['PK\u0005\u0006', 'an empty ZIP file. Choose the list that you mean'],
  ['7z\u00bc\u00af', 'a compressed file. Unpack it'],
  ['Rar!', 'a compressed file. Unpack it'],
];

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
  if (beginning.startsWith(OLD_WORKBOOK))
    throw refusal(
      'old-workbook',
      'This is an old Excel workbook (.xls). Open it in Excel, save it as "Excel workbook (.xlsx)", and upload that.',
    );
  const other = OTHER_FORMATS.find(([mark]) => beginning.startsWith(mark));
  if (other !== undefined) throw refusal('not-csv', `This is ${other[1]}, and upload that.`);
}

/**
 * Recognises what a file is, and gives its rows as CSV: Excel workbooks, address
 * books (vCard), tables in HTML (Salesforce's `.xls`), and recipients copied
 * from a mail. Call it in a subprocess.
 * @throws DomainError `import.file-empty`, `import.too-large`, `import.not-csv`,
 *   `import.encoding-unknown`, and as `readWorkbook`.
 */
export async function prepareList(bytes: Buffer, choice: ReadingChoice): Promise<PreparedList> {
  refuseForeignFile(bytes);
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') {
    const { rows, sheets, sheet } = await readWorkbook(bytes, choice.sheet, MAX_ROWS);
    return {
      format: 'xlsx',
      csv: csvOf(rows),
      encoding: 'utf-8',
      fileEncoding: 'utf-8',
      isConverted: true,
      sheets,
      sheet,
    };
  }
  return prepareText(bytes, checkedEncoding(choice.encoding));
}

function checkedEncoding(encoding: string | null): string | null {
  if (encoding === null || ENCODINGS.includes(encoding)) return encoding;
  throw new DomainError(
    'import.encoding-unknown',
    `No such encoding is known. Choose one of: ${ENCODINGS.join(', ')}.`,
    {
      field: 'encoding',
    },
  );
}

function prepareText(bytes: Buffer, chosen: string | null): PreparedList {
  const fileEncoding = chosen ?? encodingOf(bytes);
  const beginning = iconv.decode(bytes.subarray(0, BEGINNING_BYTES), fileEncoding);
  const converted = (format: ListFormat, toRows: (text: string) => string[][]): PreparedList => ({
    format,
    csv: csvOf(toRows(iconv.decode(bytes, fileEncoding))),
    encoding: 'utf-8',
    fileEncoding,
    isConverted: true,
    sheets: [],
    sheet: null,
  });
  if (isVcard(beginning)) return converted('vcard', vcardRows);
  if (isMarkup(beginning)) {
    // A page may have its table far below its head.
    if (!isHtmlTable(iconv.decode(bytes, fileEncoding)))
      throw refusal(
        'not-csv',
        'This is a web page without a table. Save the list as Excel workbook or CSV, and upload that.',
      );
    return converted('html', htmlRows);
  }
  if (isJson(beginning, bytes))
    throw refusal('not-csv', 'This is a JSON file. Export the list as Excel workbook or CSV, and upload that.');
  if (isAddressList(beginning)) return converted('addresses', addressListRows);
  const csv = fileEncoding === 'utf-8' && chosen === null ? repairUtf8(bytes) : bytes;
  const isConverted = csv !== bytes;
  return { format: 'csv', csv, encoding: fileEncoding, fileEncoding, isConverted, sheets: [], sheet: null };
}

/** A list may begin with a bracket, too: only what can be parsed is JSON. */
function isJson(beginning: string, bytes: Buffer): boolean {
  const start = beginning.trimStart();
  if (!start.startsWith('{') && !start.startsWith('[')) return false;
  try {
    JSON.parse(bytes.toString('utf8').trim());
    return true;
  } catch {
    return false;
  }
}

/** HTML states its encoding. */
function encodingOf(bytes: Buffer): string {
  const beginning = bytes.subarray(0, BEGINNING_BYTES).toString('latin1');
  const stated = isMarkup(beginning) ? statedEncoding(beginning) : null;
  if (stated === null || stated.startsWith('utf-16') || !iconv.encodingExists(stated)) return detectEncoding(bytes);
  return ENCODINGS.includes(stated) ? stated : detectEncoding(bytes);
}

/** Each cell in one line, so that rows keep their numbers. */
const csvOf = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(
    Papa.unparse(
      rows.map((cells) => cells.map(inOneLine)),
      { delimiter: ',', newline: '\n' },
    ),
  );

const inOneLine = (cell: string | undefined): string => (cell ?? '').replace(/[\r\n]+/g, ' ');
