import { CONTACT_COLUMN_FIELDS } from '#contracts';
import { lettersOf } from '../plain-letters.js';
import { COLUMN_NAMES, QUALIFIERS } from './column-names.data.js';
import type { CsvRow } from './csv-rows.js';
import { isSalutation } from './person-name.js';
import { addressOfCell } from './address-cell.js';

export type ColumnField = (typeof CONTACT_COLUMN_FIELDS)[number];
/** Field → column, from 0. */
export type ColumnMap = Partial<Record<ColumnField, number>>;

export interface ColumnGuess {
  readonly columns: ColumnMap;
  /**
   * Index of the row that names the columns; what is above are titles and notes.
   * -1: the first row is a person.
   */
  readonly headingAt: number;
}

/** Rows above the heading: titles, notes, dates. */
const MAX_NOTE_ROWS = 30;

const FIELD_OF = new Map(
  CONTACT_COLUMN_FIELDS.flatMap((field) => COLUMN_NAMES[field].split(' ').map((name) => [name, field] as const)),
);
/** Names of columns that mean a first name as well as a whole one. */
const NAME_OR_FIRST_NAME = new Set('nombre nome имя імя име ime imie meno jmeno ad adi isim nume'.split(' '));
/** A name that only looks qualified: not the name of a person. */
const NO_FIELD = new Set(['username', 'userid', 'leadname1']);

/** Field of a column by its whole name. */
const fieldOf = (header: string): ColumnField | undefined => FIELD_OF.get(lettersOf(header));

/** `Person - Email - Work`, `MailingCountry`, `First Name *`, `E-Mail (business)`. */
function qualifiedFieldOf(header: string): ColumnField | undefined {
  if (header.length > 80 || NO_FIELD.has(lettersOf(header))) return undefined;
  const words = header
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(lettersOf);
  return FIELD_OF.get(words.filter((word) => !QUALIFIERS.has(word)).join(''));
}

/** How many cells of a row are known names of columns. */
export const countColumnNames = (cells: readonly string[]): number =>
  cells.filter((cell) => (fieldOf(cell) ?? qualifiedFieldOf(cell)) !== undefined).length;

const isAddress = (cell: string | undefined): boolean =>
  cell?.includes('@') === true && typeof addressOfCell(cell) !== 'string';

/** The share of rows whose cell in a column is an address. */
function addressShare(rows: readonly CsvRow[], column: number): number {
  return rows.length === 0 ? 0 : rows.filter(({ cells }) => isAddress(cells[column])).length / rows.length;
}

/** The number of columns: that of the longest row. */
export const widthOf = (rows: readonly CsvRow[]): number =>
  rows.reduce((width, { cells }) => Math.max(width, cells.length), 0);

const filled = (row: CsvRow | undefined): number => row?.cells.filter((cell) => cell.trim() !== '').length ?? 0;

/**
 * The row with the names of the columns: of the rows above the first address the
 * one with most known names, else the first that is as wide as the people are.
 */
function headingIndex(rows: readonly CsvRow[]): number {
  const firstPerson = rows.findIndex(({ cells }) => cells.some(isAddress));
  if (firstPerson === 0) return -1;
  const above = rows.slice(0, firstPerson === -1 ? MAX_NOTE_ROWS : Math.min(firstPerson, MAX_NOTE_ROWS));
  const known = above.map(({ cells }) => countColumnNames(cells));
  const most = Math.max(0, ...known);
  // A note of one cell, such as "Company", is no heading of several columns.
  if (most > 0 && (most > 1 || widthOf(rows) === 1 || filled(above[known.indexOf(most)]) > 1))
    return known.indexOf(most);
  const width = firstPerson === -1 ? 0 : filled(rows[firstPerson]);
  return Math.max(
    0,
    above.findIndex((row) => filled(row) * 2 > width),
  );
}

/**
 * Finds the row with the names of the columns, and the meaning of each column.
 * The address column is found by its values, whatever its name is. Without any
 * address, `columns.email` may stay unset.
 */
export function guessColumns(rows: readonly CsvRow[]): ColumnGuess {
  if (rows.length === 0) return { columns: {}, headingAt: -1 };
  const headingAt = headingIndex(rows);
  const people = rows.slice(headingAt + 1);
  const columns = headingAt === -1 ? {} : namedColumns(rows[headingAt]?.cells ?? [], people);
  const email = emailColumn(people, widthOf(rows), columns.email);
  // What holds the addresses holds nothing else, whatever its name says.
  const guess: ColumnMap = {};
  for (const field of CONTACT_COLUMN_FIELDS) {
    const column = columns[field];
    if (column !== undefined && column !== email) guess[field] = column;
  }
  if (email !== undefined) guess.email = email;
  return { columns: guess, headingAt };
}

/** Whole names first: "Country" before "Mailing Country". */
function namedColumns(headers: readonly string[], people: readonly CsvRow[]): ColumnMap {
  const columns: ColumnMap = {};
  const taken = new Set<number>();
  for (const look of [fieldOf, qualifiedFieldOf]) {
    headers.forEach((header, column) => {
      if (taken.has(column)) return;
      const found = look(header);
      // Outlook's "Title" is "Mr", Salesforce's is a job.
      const field = found === 'persona' && holdsSalutations(people, column) ? 'salutation' : found;
      if (field === undefined || columns[field] !== undefined) return;
      columns[field] = column;
      taken.add(column);
    });
  }
  return withLastName(columns, headers, people);
}

/**
 * "Prénom, Nom" and "First name, Name": beside a first name, "name" is the last
 * one, unless its cells have the first name in them. "Nome" and "Nombre" alone
 * mean both: with several words in most cells they are whole names.
 */
function withLastName(
  { fullName, ...columns }: ColumnMap,
  headers: readonly string[],
  people: readonly CsvRow[],
): ColumnMap {
  const { firstName, lastName, ...others } = columns;
  const cells = (column: number): string[] => people.map((row) => (row.cells[column] ?? '').trim());
  if (firstName === undefined || lastName !== undefined)
    return fullName === undefined ? columns : Object.assign(columns, { fullName });
  if (fullName === undefined) {
    if (!NAME_OR_FIRST_NAME.has(lettersOf(headers[firstName] ?? ''))) return columns;
    const filledCells = cells(firstName).filter((cell) => cell !== '');
    const whole = filledCells.filter((cell) => cell.includes(' ')).length;
    return whole * 2 > filledCells.length ? Object.assign(others, { fullName: firstName }) : columns;
  }
  const first = cells(firstName);
  const isWhole = cells(fullName).some((cell, row) => first[row] !== '' && cell.includes(first[row] ?? ' '));
  return Object.assign(columns, isWhole ? { fullName } : { lastName: fullName });
}

function holdsSalutations(people: readonly CsvRow[], column: number): boolean {
  const values = people.flatMap(({ cells }) => cells[column]?.trim() || []);
  return values.length > 0 && values.filter(isSalutation).length * 2 > values.length;
}

function emailColumn(rows: readonly CsvRow[], width: number, named: number | undefined): number | undefined {
  let best = named;
  let share = named === undefined ? 0 : addressShare(rows, named);
  // A column named as address stays, unless it has few addresses and another
  // one has many.
  const needed = named === undefined ? 0 : 0.5;
  if (share >= 0.5) return named;
  for (let column = 0; column < width; column += 1) {
    const found = addressShare(rows, column);
    if (found > share && found >= needed) [best, share] = [column, found];
  }
  return best;
}
