import { checkField, type FieldProblem, EMPTY_DETAILS, withoutUnsafeCharacters } from '../contact-fields.js';
import { type ContactDetails, type ContactField, CONTACT_FIELDS } from '../contact.js';
import { type EmailProblem, parseEmail } from '#contracts';
import type { ColumnField, ColumnMap } from './csv-columns.js';
import type { CsvRow } from './csv-rows.js';

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

export type RowProblemCode = EmailProblem | FieldProblem | 'duplicate-in-file' | 'characters-removed';

/** A sentence for each code, for users who correct the file. */
export const ROW_PROBLEMS: Record<RowProblemCode, string> = {
  'email-missing': 'There is no e-mail address in this row.',
  'email-invalid': 'This is not an e-mail address that mail can be sent to. Correct it.',
  'email-not-ascii': 'The part before the "@" has letters that most mail servers do not take. Ask for another address.',
  'email-too-long': 'The e-mail address is longer than mail servers allow (64 characters before the "@", 254 in all).',
  'duplicate-in-file': 'The same address stands in an earlier row, which was imported. Nothing needs to be done.',
  'characters-removed': 'Line breaks or invisible characters were taken out of this cell.',
  'characters-unsafe': 'This cell has characters that cannot be shown safely.',
  'address-in-name': 'An e-mail address stands where a name should; the cell was left out.',
  'too-long': 'The cell is longer than 200 characters and was left out.',
  'country-unknown': 'No such country is known; the cell was left out. Use a two-letter code such as "DE".',
  'time-zone-unknown': 'No such time zone is known; the cell was left out. Use a name such as "Europe/Berlin".',
  'language-unknown': 'No such language is known; the cell was left out. Use a code such as "de".',
};

/** One data row that may become a contact. */
export interface Candidate {
  readonly email: string;
  readonly normalised: string;
  readonly details: ContactDetails;
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
 */
export function readCandidate(row: CsvRow, columns: ColumnMap): ReadRow {
  const cell = (field: ColumnField): string => {
    const column = columns[field];
    return column === undefined ? '' : (row.cells[column] ?? '');
  };
  const address = parseEmail(cell('email'));
  if (typeof address === 'string') {
    const value = shown(cell('email'));
    return {
      candidate: null,
      problems: [{ row: row.number, severity: 'error', code: address, field: 'email', value, address: null }],
    };
  }
  const problems: ProblemOfPerson[] = [];
  const details: ContactDetails = { ...EMPTY_DETAILS };
  const take = (field: ContactField, raw: string, from: ColumnField): void => {
    const warn = (code: RowProblemCode): void => {
      const { normalised } = address;
      problems.push({
        row: row.number,
        severity: 'warning',
        code,
        field: from,
        value: shown(raw),
        address: normalised,
      });
    };
    const clean = withoutUnsafeCharacters(raw);
    if (clean !== raw.normalize('NFC').trim()) warn('characters-removed');
    const checked = checkField(field, clean);
    if ('problem' in checked) warn(checked.problem);
    else details[field] = checked.value;
  };
  for (const field of CONTACT_FIELDS) if (cell(field) !== '') take(field, cell(field), field);
  if (details.firstName === null && details.lastName === null && cell('fullName').trim() !== '') {
    const [firstName, lastName] = splitName(cell('fullName'));
    take('firstName', firstName, 'fullName');
    take('lastName', lastName, 'fullName');
  }
  return { candidate: { email: address.email, normalised: address.normalised, details }, problems };
}

/**
 * "Lovelace, Ada" and "Ada King Lovelace".
 * A single name is the first name, which the greeting uses.
 */
function splitName(fullName: string): [string, string] {
  const text = fullName.trim();
  const comma = text.indexOf(',');
  if (comma > 0) return [text.slice(comma + 1), text.slice(0, comma)];
  const space = text.lastIndexOf(' ');
  return space === -1 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}
