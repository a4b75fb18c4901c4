import { DomainError } from '#kernel';
import { withoutUnsafeCharacters } from '../contact-fields.js';
import { type EmailAddress, type EmailProblem, parseEmail } from '#contracts';
import { TextDecoding } from './csv-encoding.js';
import { addressesOfCell } from './address-cell.js';
import { type CsvFile, inspectCsv, NO_CHOICE, requireAddresses } from './csv-file.js';
import { CsvReader, type CsvRow } from './csv-rows.js';
import { prepareList } from './list-format.js';

/** A row, or a text of it, in which no address could be read. */
export interface UnreadableRow {
  /** As a spreadsheet counts. */
  readonly row: number;
  readonly problem: EmailProblem;
  /** The value in the file. */
  readonly value: string;
}

/** The request is read at once, while the caller waits. */
export const MAX_OPT_OUT_BYTES = 10 * 1024 * 1024;
const SHOWN_CHARS = 100;
/** More are counted only: a file of other content has millions. */
const MAX_UNREADABLE = 1_000;

/** The addresses of a list. */
export interface ReadList {
  readonly file: CsvFile;
  readonly rows: number;
  readonly addresses: readonly EmailAddress[];
  /** The first ones. */
  readonly unreadable: readonly UnreadableRow[];
  /** All of them. */
  readonly unreadableRows: number;
}

/**
 * Each address once, in file order. Of a row every address counts, in every cell
 * and several in one cell. A row without any, and a text with an `@` that is no
 * address, are reported. Call it in a subprocess: it does not yield.
 * @param column the only column to read; null: all.
 * @throws DomainError as `inspectFile` and `requireAddresses`,
 *   `import.opt-outs-too-large`.
 */
export async function readOptOutList(bytes: Buffer, column: number | null): Promise<ReadList> {
  if (bytes.length > MAX_OPT_OUT_BYTES)
    throw new DomainError(
      'import.opt-outs-too-large',
      'A list of people who opted out may have at most 10 MB. Split it into several files; each adds to the others.',
      { field: 'file', bytes: bytes.length },
      { kind: 'too-large' },
    );
  const prepared = await prepareList(bytes, NO_CHOICE);
  const file = inspectCsv(prepared, { ...NO_CHOICE, mapping: column === null ? null : { email: column } });
  requireAddresses(file);
  const { dialect, columns, headingRows } = file;
  const decoding = new TextDecoding(prepared.encoding);
  const reader = new CsvReader(dialect);
  const found = new Addresses();
  let rows = -headingRows;
  const readRows = (piece: readonly CsvRow[]): void => {
    for (const { number, cells } of piece) {
      rows += 1;
      if (rows <= 0) continue;
      const meant = column === null ? cells : [cells[column] ?? ''];
      found.add(number, meant, cells[columns.email ?? 0] ?? '');
    }
  };
  for (const piece of reader.push(decoding.decode(prepared.csv) + decoding.flush())) readRows(piece);
  readRows(reader.flush());
  return {
    file,
    rows,
    addresses: found.addresses(),
    unreadable: found.unreadable,
    unreadableRows: found.unreadableRows,
  };
}

/** Collects the addresses of rows, and what is none. */
class Addresses {
  private readonly found = new Map<string, EmailAddress>();
  /** The first ones. */
  readonly unreadable: UnreadableRow[] = [];
  unreadableRows = 0;

  /** @param usual the cell to report of a row without any address. */
  add(row: number, cells: readonly string[], usual: string): void {
    const meant = cells.flatMap((cell) => (cell.includes('@') ? addressesOfCell(cell) : []));
    for (const one of meant) {
      if ('problem' in one) this.report(row, one.problem, one.text);
      else this.found.set(one.normalised, one);
    }
    if (meant.length > 0) return;
    const problem = parseEmail(usual);
    this.report(row, typeof problem === 'string' ? problem : 'email-missing', usual);
  }

  addresses(): EmailAddress[] {
    return [...this.found.values()];
  }

  private report(row: number, problem: EmailProblem, value: string): void {
    this.unreadableRows += 1;
    if (this.unreadableRows > MAX_UNREADABLE) return;
    this.unreadable.push({ row, problem, value: withoutUnsafeCharacters(value).slice(0, SHOWN_CHARS) });
  }
}
