import { DomainError } from '#kernel';
import { withoutUnsafeCharacters } from '../contact-fields.js';
import { type EmailAddress, type EmailProblem, parseEmail } from '#contracts';
import { TextDecoding } from './csv-encoding.js';
import { type CsvFile, inspectCsv } from './csv-file.js';
import { CsvReader, type CsvRow } from './csv-rows.js';

/** A row in which no address could be read. */
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
 * Each address once, in file order. Call it in a subprocess: it does not yield.
 * @throws DomainError as `inspectCsv`, `import.quote-not-closed`,
 *   `import.opt-outs-too-large`.
 */
export function readOptOutList(bytes: Buffer, column: number | null): ReadList {
  if (bytes.length > MAX_OPT_OUT_BYTES)
    throw new DomainError(
      'import.opt-outs-too-large',
      'A list of people who opted out may have at most 10 MB. Split it into several files; each adds to the others.',
      { field: 'file', bytes: bytes.length },
      { kind: 'too-large' },
    );
  const file = inspectCsv(bytes, column === null ? null : { email: column });
  const { encoding, dialect, columns, hasHeader } = file;
  const decoding = new TextDecoding(encoding);
  const reader = new CsvReader(dialect);
  const found = new Map<string, EmailAddress>();
  const unreadable: UnreadableRow[] = [];
  let unreadableRows = 0;
  // A heading is the first row, and no address.
  let rows = hasHeader ? -1 : 0;
  const readRows = (piece: readonly CsvRow[]): void => {
    for (const { number, cells } of piece) {
      rows += 1;
      if (rows === 0) continue;
      const cell = cells[columns.email ?? 0] ?? '';
      const address = parseEmail(cell);
      if (typeof address !== 'string') found.set(address.normalised, address);
      else if (++unreadableRows <= MAX_UNREADABLE)
        unreadable.push({ row: number, problem: address, value: withoutUnsafeCharacters(cell).slice(0, SHOWN_CHARS) });
    }
  };
  for (const piece of reader.push(decoding.decode(bytes) + decoding.flush())) readRows(piece);
  readRows(reader.flush());
  return { file, rows, addresses: [...found.values()], unreadable, unreadableRows };
}
