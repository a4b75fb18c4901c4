import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { DomainError, messageOf } from '#kernel';
import { dateText, isDateFormat } from './workbook-dates.js';

/** What is unpacked of one workbook: 50 MB of text in Excel's own form. */
const MAX_UNPACKED_BYTES = 400 * 1024 * 1024;
const MAX_SHEETS = 50;
const MAX_COLUMNS = 200;
const MAX_CELL = 2_000;

/** A sheet as rows of text; a row that is missing in the file is empty. */
export interface Workbook {
  readonly sheets: readonly string[];
  readonly sheet: string;
  readonly rows: string[][];
}

const refusal = (code: string, message: string, details: Record<string, unknown> = {}): DomainError =>
  new DomainError(`import.${code}`, message, { field: 'file', ...details });

const damaged = (reason: string): DomainError =>
  refusal('workbook-unreadable', `The Excel workbook cannot be read: ${reason}. Open it in Excel and save it again.`);

/** Entries of a zip by name, unpacked within a budget. */
class Archive {
  private left = MAX_UNPACKED_BYTES;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(bytes: Buffer): Promise<Archive> {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false });
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.replace(/^\//, ''), entry);
    return new Archive(zip, entries);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  close(): void {
    this.zip.close();
  }

  /** Feeds an XML file to a parser as it is unpacked; yauzl checks its size. */
  async parse(name: string, parser: SaxesParser): Promise<void> {
    const entry = this.entries.get(name);
    if (entry === undefined) return;
    this.left -= entry.uncompressedSize;
    if (this.left < 0)
      throw refusal('workbook-too-large', 'The workbook is too large when unpacked. Save the list as "CSV UTF-8".');
    const stream = await this.zip.openReadStreamPromise(entry);
    const decoder = new TextDecoder();
    for await (const chunk of stream) if (Buffer.isBuffer(chunk)) parser.write(decoder.decode(chunk, { stream: true }));
    parser.write(decoder.decode()).close();
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function parserOf(on: {
  open?: (name: string, tag: SaxesTagPlain) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}): SaxesParser {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('it has a document type');
  });
  parser.on('opentag', (tag) => on.open?.(local(tag.name), tag));
  parser.on('text', (text) => on.text?.(text));
  parser.on('closetag', (tag) => on.close?.(local(tag.name)));
  return parser;
}

/** The strings that cells refer to by number; notes on pronunciation are not read. */
async function sharedStrings(archive: Archive, name: string): Promise<string[]> {
  const strings: string[] = [];
  let [text, isText, isNote] = ['', false, false];
  await archive.parse(
    name,
    parserOf({
      open(tag) {
        if (tag === 'si') text = '';
        if (tag === 'rPh') isNote = true;
        isText = tag === 't' && !isNote;
      },
      text(part) {
        if (isText && text.length < MAX_CELL) text += part;
      },
      close(tag) {
        isText = false;
        if (tag === 'rPh') isNote = false;
        if (tag === 'si') strings.push(text);
      },
    }),
  );
  return strings;
}

/** Whether each cell style shows a date. */
async function dateStyles(archive: Archive): Promise<boolean[]> {
  const formats = new Map<number, string>();
  const styles: boolean[] = [];
  let isCellStyle = false;
  await archive.parse(
    'xl/styles.xml',
    parserOf({
      open(name, { attributes }) {
        const id = Number(attributes['numFmtId'] ?? 0);
        if (name === 'numFmt') formats.set(id, attributes['formatCode'] ?? '');
        if (name === 'cellXfs') isCellStyle = true;
        if (name === 'xf' && isCellStyle) styles.push(isDateFormat(id, formats.get(id)));
      },
      close(name) {
        if (name === 'cellXfs') isCellStyle = false;
      },
    }),
  );
  return styles;
}

interface Sheet {
  readonly name: string;
  readonly path: string;
}

/** Visible sheets in their order, and whether days count from 1904. */
async function sheetsOf(archive: Archive): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const paths = new Map<string, string>();
  await archive.parse(
    'xl/_rels/workbook.xml.rels',
    parserOf({
      open(name, { attributes }) {
        const target = attributes['Target'] ?? '';
        if (name === 'Relationship')
          paths.set(attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
      },
    }),
  );
  const sheets: Sheet[] = [];
  let from1904 = false;
  await archive.parse(
    'xl/workbook.xml',
    parserOf({
      open(name, { attributes }) {
        if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
        if (name !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible' || sheets.length >= MAX_SHEETS) return;
        const id = Object.entries(attributes).find(([key]) => local(key) === 'id' && key.includes(':'))?.[1] ?? '';
        const path = paths.get(id) ?? '';
        if (archive.has(path)) sheets.push({ name: attributes['name'] ?? '', path });
      },
    }),
  );
  return { sheets, from1904 };
}

/** Column of a reference: `A1` → 0, `AB7` → 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? 'A') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

interface Values {
  readonly strings: readonly string[];
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

/** Text of a cell by its type (ECMA-376, 18.18.11). */
function cellText(type: string, value: string, style: number, { strings, dates, from1904 }: Values): string {
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n' || value === '') return value;
  if (dates[style] === true) return dateText(Number(value), from1904);
  // 1.2E+3 and 0.30000000000000004, as Excel shows them.
  return /[.eE]/.test(value) ? String(Number(Number(value).toPrecision(15))) : value;
}

/**
 * Rows of a sheet. Of a formula the value that Excel saved is read.
 * @param most rows to read.
 */
async function sheetRows(archive: Archive, path: string, values: Values, most: number): Promise<string[][]> {
  const rows: string[][] = [];
  let row: string[] = [];
  let [type, style, column, value, isValue] = ['n', 0, 0, '', false];
  await archive.parse(
    path,
    parserOf({
      open(name, { attributes }) {
        if (name === 'row') {
          const number = Number(attributes['r'] ?? rows.length + 1);
          if (number > most || !Number.isInteger(number)) throw tooManyRows(most);
          while (rows.length < number - 1) rows.push([]);
          [row, column] = [[], -1];
        } else if (name === 'c') {
          column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
          [type, style, value] = [attributes['t'] ?? 'n', Number(attributes['s'] ?? 0), ''];
        }
        isValue = name === 'v' || name === 't';
      },
      text(part) {
        if (isValue && value.length < MAX_CELL) value += part;
      },
      close(name) {
        isValue = false;
        if (name === 'row') rows.push(row);
        if (name !== 'c' || column >= MAX_COLUMNS) return;
        const text = cellText(type, value, style, values);
        if (text === '') return;
        while (row.length < column) row.push('');
        row[column] = text;
      },
    }),
  );
  return rows;
}

const tooManyRows = (most: number): DomainError =>
  refusal('too-many-rows', `A list may have at most ${most.toLocaleString('en')} rows. Split it into several files.`);

/**
 * Reads one sheet of an Excel workbook (`.xlsx`, ECMA-376).
 * @param wanted name of the sheet; null: the first visible one with an address.
 * @param most rows of a sheet.
 * @throws DomainError `import.workbook-unreadable`, `import.workbook-too-large`,
 *   `import.too-many-rows`, `import.sheet-unknown`, `import.sheet-missing`, `import.open-document`,
 *   `import.numbers`, `import.zip` for a zip of another kind.
 */
export async function readWorkbook(bytes: Buffer, wanted: string | null, most: number): Promise<Workbook> {
  let archive: Archive | null = null;
  try {
    archive = await Archive.open(bytes);
    return await readSheets(archive, wanted, most);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw damaged(messageOf(error).slice(0, 200));
  } finally {
    archive?.close();
  }
}

/** A zip that is no Excel workbook: LibreOffice's, Apple's or another one. */
function otherArchive(archive: Archive): DomainError {
  if (archive.has('mimetype') && archive.has('content.xml'))
    return refusal(
      'open-document',
      'This is an OpenDocument file (.ods), as LibreOffice saves it. Choose "Save as" there, save the list as "Excel 2007-365 (.xlsx)", and upload that.',
    );
  if (archive.has('Index/Document.iwa'))
    return refusal(
      'numbers',
      'This is a Numbers document. In Numbers choose "File → Export To → Excel", and upload that file.',
    );
  return refusal(
    'zip',
    'This is a ZIP file and no Excel workbook. Unpack it, and upload the list as an Excel workbook (.xlsx) or as "CSV UTF-8".',
  );
}

async function readSheets(archive: Archive, wanted: string | null, most: number): Promise<Workbook> {
  if (!archive.has('xl/workbook.xml')) throw otherArchive(archive);
  const { sheets, from1904 } = await sheetsOf(archive);
  const names = sheets.map(({ name }) => name);
  const chosen = wanted === null ? sheets : sheets.filter(({ name }) => name === wanted);
  if (names.length === 0)
    throw refusal(
      'sheet-missing',
      'The workbook shows no worksheet: each is hidden, or none can be read. In Excel choose “Unhide” on the sheet tabs, or copy the list to a new workbook, save it as .xlsx, and upload that.',
    );
  if (chosen.length === 0)
    throw refusal('sheet-unknown', `The workbook has no sheet of this name. It has: ${names.join(', ')}.`, {
      sheets: names,
    });
  const strings = await sharedStrings(archive, 'xl/sharedStrings.xml');
  const values = { strings, dates: await dateStyles(archive), from1904 };
  let first: Workbook | null = null;
  for (const { name, path } of chosen) {
    const rows = await sheetRows(archive, path, values, most);
    const found = { sheets: names, sheet: name, rows };
    first ??= found;
    if (rows.some((cells) => cells.some((cell) => cell.includes('@')))) return found;
  }
  return first ?? { sheets: names, sheet: names[0] ?? '', rows: [] };
}
