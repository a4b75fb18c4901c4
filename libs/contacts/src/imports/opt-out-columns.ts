import { lettersOf } from '../plain-letters.js';
import type { CsvRow } from './csv-rows.js';
import {
  ALLOWED_NAMES,
  IN_WORDS,
  MOMENT_NAMES,
  NO,
  OUT_WORDS,
  REFUSED_NAMES,
  STATUS_NAMES,
  YES,
} from './opt-out-words.data.js';

/** What a value of a column says about its people. */
type OptOutMeaning = 'opted-out' | 'may-be-mailed' | 'unclear';

/** A value of an opt-out column, in all of its rows. */
interface OptOutValue {
  /** As written in the first of its rows; empty: the cell is empty. */
  readonly value: string;
  readonly rows: number;
  readonly meaning: OptOutMeaning;
}

/** A column that says who wants no mail. */
export interface OptOutColumn {
  /** From 0. */
  readonly column: number;
  readonly header: string;
  readonly values: readonly OptOutValue[];
  /**
   * More different values than can be shown: dates or reasons. `values` then has
   * the empty cell and one entry `*` for all texts.
   */
  readonly hasManyValues: boolean;
}

/** The values of a column that mean an opt-out, as `valueKey` writes them. */
export interface OptOutRule {
  readonly column: number;
  /** `*` is any text. */
  readonly optedOut: readonly string[];
}

/** A flag or a status has fewer. */
const MAX_VALUES = 20;
const MAX_VALUE_LENGTH = 60;
const ANY_TEXT = '*';

type Sense = 'refused' | 'allowed' | 'status' | 'none';

const list = (words: string): readonly string[] =>
  words
    .split(' ')
    .map(lettersOf)
    .filter((word) => word !== '');
const [REFUSED, ALLOWED, STATUS, MOMENTS] = [REFUSED_NAMES, ALLOWED_NAMES, STATUS_NAMES, MOMENT_NAMES].map(list);
const [OUT, IN] = [OUT_WORDS, IN_WORDS].map((words) => new Set(list(words)));
const [YES_WORDS, NO_WORDS] = [YES, NO].map((words) => new Set(words.split(' ')));

/** Two spellings of a value are one. */
export const valueKey = (cell: string): string => cell.trim().toLowerCase().slice(0, MAX_VALUE_LENGTH);

/** What a heading says: `refused`: "yes" means no mail; `allowed`: "no" does. */
function senseOf(header: string): Sense {
  const letters = lettersOf(header.slice(0, 100));
  const has = (names: readonly string[] | undefined): boolean => names?.some((name) => letters.includes(name)) === true;
  if (letters === '' || header.length > 80) return 'none';
  if (has(REFUSED)) return 'refused';
  const isStatus = STATUS?.some((name) => letters.endsWith(name)) === true;
  if (isStatus && letters.endsWith('status')) return 'status';
  // The time of an opt-in is no permission of today.
  if (has(ALLOWED) && !isMoment(header)) return 'allowed';
  return isStatus ? 'status' : 'none';
}

const isMoment = (header: string): boolean =>
  header
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((word) => MOMENTS?.includes(lettersOf(word)) === true);

const DATE = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([ T].{0,30})?$/;

/** What a value means in a column of a sense. */
function meaningOf(value: string, sense: Sense, isTime: boolean): OptOutMeaning {
  const key = valueKey(value);
  const letters = lettersOf(key);
  if (OUT?.has(letters) === true) return 'opted-out';
  if (IN?.has(letters) === true) return 'may-be-mailed';
  if (key === '') return sense === 'allowed' ? 'unclear' : 'may-be-mailed';
  if (sense === 'refused' && (isTime || DATE.test(key) || key === ANY_TEXT)) return 'opted-out';
  if (sense === 'allowed' && DATE.test(key)) return 'may-be-mailed';
  const isYes = YES_WORDS?.has(key) === true || YES_WORDS?.has(letters) === true;
  if (!isYes && NO_WORDS?.has(key) !== true && NO_WORDS?.has(letters) !== true) return 'unclear';
  if (sense === 'refused') return isYes ? 'opted-out' : 'may-be-mailed';
  if (sense === 'allowed') return isYes ? 'may-be-mailed' : 'opted-out';
  return 'unclear';
}

/** Values of one column while a file is read. */
interface Tally {
  readonly counts: Map<string, { readonly value: string; rows: number }>;
  blank: number;
  many: number;
}

/**
 * Counts the values of every column, to find those that say who opted out.
 * Columns with many values are counted as empty or not.
 */
export class OptOutScan {
  private readonly tallies: Tally[] = [];

  /** Counts the rows of people, without the heading. */
  add(rows: readonly CsvRow[]): void {
    for (const { cells } of rows) cells.forEach((cell, column) => this.count(column, cell));
  }

  private count(column: number, cell: string): void {
    const tally = (this.tallies[column] ??= { counts: new Map(), blank: 0, many: 0 });
    const key = valueKey(cell);
    if (key === '') tally.blank += 1;
    else if (tally.many > 0) tally.many += 1;
    else {
      const known = tally.counts.get(key);
      if (known !== undefined) known.rows += 1;
      else if (tally.counts.size < MAX_VALUES)
        tally.counts.set(key, { value: cell.trim().slice(0, MAX_VALUE_LENGTH), rows: 1 });
      else tally.many = [...tally.counts.values()].reduce((sum, { rows }) => sum + rows, 1);
    }
  }

  /**
   * The columns that say who opted out: by their names, or because their values
   * say "unsubscribed" and the like.
   * @param chosen these columns instead, from 0; null: found ones.
   * @param people rows in all: short rows lack their last cells.
   */
  columns(headers: readonly string[], chosen: readonly number[] | null, people: number): OptOutColumn[] {
    return this.tallies.flatMap((tally, column) => {
      const header = headers[column] ?? '';
      const sense = senseOf(header);
      if (chosen === null ? !isOptOut(tally, sense) : !chosen.includes(column)) return [];
      return [
        columnOf({ tally, column, header, sense: sense === 'none' && chosen !== null ? 'refused' : sense, people }),
      ];
    });
  }
}

function isOptOut({ counts, many }: Tally, sense: Sense): boolean {
  const values = [...counts.keys()].map(lettersOf);
  if (many > 0) return sense === 'refused';
  if (values.length === 0) return false;
  if (sense !== 'none') return true;
  return (
    values.some((value) => /^(un|non|not)?subscribed$|^opted(in|out)/.test(value)) ||
    values.filter((value) => OUT?.has(value)).length > 1
  );
}

function columnOf(one: {
  readonly tally: Tally;
  readonly column: number;
  readonly header: string;
  readonly sense: Sense;
  readonly people: number;
}): OptOutColumn {
  const { tally, column, header, sense, people } = one;
  const isTime = isMoment(header);
  const known = [...tally.counts.values()];
  const filled = tally.many > 0 ? tally.many : known.reduce((sum, { rows }) => sum + rows, 0);
  // A time or a reason says that the person left, whatever it is.
  const isAny = tally.many > 0 || (isTime && sense === 'refused' && filled > 0);
  const texts = isAny ? [{ value: ANY_TEXT, rows: filled }] : known;
  const all = people > filled ? [...texts, { value: '', rows: people - filled }] : texts;
  return {
    column,
    header: header.slice(0, 100),
    values: all.map(({ value, rows }) => ({ value, rows, meaning: meaningOf(value, sense, isTime) })),
    hasManyValues: isAny,
  };
}

/** Whether a row says that its person opted out. */
export function isOptedOut(cells: readonly string[], rules: readonly OptOutRule[]): boolean {
  return rules.some(({ column, optedOut }) => {
    const key = valueKey(cells[column] ?? '');
    return optedOut.includes(key) || (key !== '' && optedOut.includes(ANY_TEXT));
  });
}
