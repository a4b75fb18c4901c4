import { checkField, type FieldProblem, EMPTY_DETAILS, withoutUnsafeCharacters } from '../contact-fields.js';
import { type ContactDetails, type ContactField, CONTACT_FIELDS } from '../contact.js';
import type { EmailProblem } from '#contracts';
import type { DayOrder } from '../date-text.js';
import { addressOfCell } from './address-cell.js';
import type { ColumnField, ColumnMap } from './csv-columns.js';
import type { CsvRow } from './csv-rows.js';
import { isOptedOut, type OptOutRule } from './opt-out-columns.js';
import { splitName, withoutTitles } from './person-name.js';
import { isPlaceholder } from './placeholder.js';

/**
 * A problem of one row.
 * Error: the row was not imported.
 * Warning: a cell was dropped or cleaned.
 */
export interface RowProblem {
  readonly row: number;
  readonly severity: 'error' | 'warning';
  readonly code: RowProblemCode;
  readonly field: ColumnField | null;
  /** The cell, cut to a length that can be shown. */
  readonly value: string | null;
}

/** A problem, with the normalised address of its row; null if it has none. */
export interface ProblemOfPerson extends RowProblem {
  readonly address: string | null;
}

export type RowProblemCode =
  | EmailProblem
  | FieldProblem
  | 'duplicate-in-file'
  | 'erased'
  | 'characters-removed'
  | 'placeholder';

/** A sentence for each code, for users who correct the file. */
export const ROW_PROBLEMS: Record<RowProblemCode, string> = {
  'email-missing': 'There is no e-mail address in this row.',
  'email-invalid': 'This is not an e-mail address that mail can be sent to. Correct it.',
  'email-not-ascii': 'The part before the "@" has letters that most mail servers do not take. Ask for another address.',
  'email-too-long': 'The e-mail address is longer than mail servers allow (64 characters before the "@", 254 in all).',
  'duplicate-in-file': 'The same address stands in an earlier row, which was imported. Nothing needs to be done.',
  erased: 'This person had their data erased. They are not imported again; add them by hand if they ask for it.',
  'characters-removed': 'Line breaks or invisible characters were taken out of this cell.',
  'characters-unsafe': 'This cell has characters that cannot be shown safely.',
  'address-in-name': 'An e-mail address stands where a name should; the cell was left out.',
  'too-long': 'The cell is longer than 200 characters and was left out.',
  'country-unknown': 'No such country is known; the cell was left out. Use a two-letter code such as "DE".',
  'time-zone-unknown': 'No such time zone is known; the cell was left out. Use a name such as "Europe/Berlin".',
  'phone-invalid': 'This is no telephone number; the cell was left out. Use digits, such as "+49 30 1234567".',
  'date-invalid': 'This is no day; the cell was left out. Write it such as "2027-03-31".',
  'date-ambiguous':
    'Day and month can be confused, and no other row shows their order; the cell was left out. Write the year first, such as "2027-03-31".',
  placeholder: 'The cell says that nothing is known; the field was left empty.',
  'language-unknown': 'No such language is known; the cell was left out. Use a code such as "de".',
};

/** One data row that may become a contact. */
export interface Candidate {
  /** Row of the file as a spreadsheet counts it, from 1. */
  readonly row: number;
  readonly email: string;
  readonly normalised: string;
  readonly details: ContactDetails;
  /** The row says that the person wants no mail. */
  readonly isOptedOut: boolean;
}

export interface ReadRow {
  /** Null when the row is rejected; the error among the problems says why. */
  readonly candidate: Candidate | null;
  readonly problems: readonly ProblemOfPerson[];
}

const shown = (cell: string): string => withoutUnsafeCharacters(cell).slice(0, 100);

/**
 * Reads one row by the column map.
 * A bad address rejects the row; a bad detail is dropped with a warning.
 * @param dayOrder of the dates of the file; null: unknown.
 */
export function readCandidate(
  row: CsvRow,
  columns: ColumnMap,
  optOuts: readonly OptOutRule[] = [],
  dayOrder: DayOrder | null = null,
): ReadRow {
  const emailCell = cellOf(row, columns, 'email');
  const address = addressOfCell(emailCell);
  if (typeof address === 'string') {
    const value = shown(emailCell);
    return {
      candidate: null,
      problems: [{ row: row.number, severity: 'error', code: address, field: 'email', value, address: null }],
    };
  }
  const details = new DetailsReader(row, columns, address.normalised, dayOrder);
  for (const field of CONTACT_FIELDS) details.read(field);
  details.readFullName();
  const { email, normalised } = address;
  return {
    candidate: {
      row: row.number,
      email,
      normalised,
      details: details.found,
      isOptedOut: isOptedOut(row.cells, optOuts),
    },
    problems: details.problems,
  };
}

function cellOf(row: CsvRow, columns: ColumnMap, field: ColumnField): string {
  const column = columns[field];
  return column === undefined ? '' : (row.cells[column] ?? '');
}

/** The fields of one row, and what was dropped of them. */
class DetailsReader {
  readonly found: ContactDetails = { ...EMPTY_DETAILS };
  readonly problems: ProblemOfPerson[] = [];

  constructor(
    private readonly row: CsvRow,
    private readonly columns: ColumnMap,
    private readonly address: string,
    private readonly dayOrder: DayOrder | null,
  ) {}

  read(field: ContactField): void {
    const cell = this.filled(field);
    if (cell === '') return;
    const isName = field === 'firstName' || field === 'lastName';
    // Our own exports write '+49, so that a spreadsheet runs no formula.
    const text = field === 'phone' && cell.startsWith("'+") ? cell.slice(1) : cell;
    this.store(field, isName ? withoutTitles(cell) : text, field, cell);
  }

  /** A whole name gives what no column of its own gives. */
  readFullName(): void {
    const { firstName, lastName } = this.found;
    if (firstName !== null || lastName !== null) return;
    const cell = this.filled('fullName');
    if (cell === '') return;
    const name = splitName(cell);
    this.store('firstName', name.firstName, 'fullName', cell);
    this.store('lastName', name.lastName, 'fullName', cell);
    if (this.found.salutation === null) this.store('salutation', name.salutation, 'fullName', cell);
  }

  /** The cell without characters that nothing can show; placeholders are empty. */
  private filled(field: ColumnField): string {
    const raw = cellOf(this.row, this.columns, field);
    if (raw === '') return '';
    const clean = withoutUnsafeCharacters(raw);
    if (clean !== raw.normalize('NFC').trim()) this.warn('characters-removed', field, raw);
    if (!isPlaceholder(clean, field)) return clean;
    // "-" says nothing; "unknown" may be a surprise.
    if (/[\p{L}\p{N}]/u.test(clean)) this.warn('placeholder', field, raw);
    return '';
  }

  private store(field: ContactField, text: string, from: ColumnField, cell: string): void {
    const checked = checkField(field, text, this.dayOrder);
    if ('problem' in checked) this.warn(checked.problem, from, cell);
    else this.found[field] = checked.value;
  }

  private warn(code: RowProblemCode, field: ColumnField, cell: string): void {
    const { row, address } = this;
    this.problems.push({ row: row.number, severity: 'warning', code, field, value: shown(cell), address });
  }
}
