import { lettersOf } from './plain-letters.js';

/** Whether the day or the month stands first in dates such as 03/04/2027. */
export type DayOrder = 'day-first' | 'month-first';

type ReadDate = { readonly value: string } | { readonly problem: 'date-invalid' | 'date-ambiguous' };

const INVALID: ReadDate = { problem: 'date-invalid' };

/** A time of day after a date, as spreadsheets and systems write it. */
const TIME = /[T ,]+\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?[ap]\.?m\.?)?(Z| ?[+-]\d{2}:?\d{2})?$/i;
const YEAR_FIRST = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-./]) ?(\d{1,2})[-./] ?(\d{4}|\d{2})$/;
const MONTH_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'da', 'cs'];

/** Names of months, long and short, by their letters. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_LANGUAGES.flatMap((language) =>
    (['long', 'short'] as const).flatMap((style) => {
      // With a day, because some languages decline the name.
      const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' });
      return Array.from({ length: 12 }, (_, at): [string, number] => {
        const parts = format.formatToParts(Date.UTC(2027, at, 1));
        return [lettersOf(parts.find(({ type }) => type === 'month')?.value ?? ''), at + 1];
      });
    }),
  ),
);

/**
 * A day as people write it: 2027-03-31, 31.03.2027, 31/3/27, 31 March 2027,
 * March 31, 2027. A time of day after it is left out.
 * @param order null: 03/04/2027 is ambiguous. With points, the day is first.
 * @returns `2027-03-31`.
 */
export function dateIn(text: string, order: DayOrder | null = null): ReadDate {
  if (text.length > 60) return INVALID;
  const day = text.trim().replace(TIME, '');
  const [, year, month, date] = YEAR_FIRST.exec(day) ?? [];
  if (year !== undefined) return dateOf(Number(year), Number(month), Number(date));
  const numbers = numbersIn(day);
  return numbers === null ? namedDate(day) : numericDate(numbers, order);
}

/**
 * The order that dates show in which only one order is possible; null: they
 * show none, or both.
 */
export function dayOrderOf(texts: Iterable<string>): DayOrder | null {
  const shown = new Set<DayOrder>();
  for (const text of texts) {
    const numbers = text.length > 60 ? null : numbersIn(text.trim().replace(TIME, ''));
    if (numbers === null || numbers.sign === '.') continue;
    if (numbers.first > 12 && numbers.second <= 12) shown.add('day-first');
    if (numbers.second > 12 && numbers.first <= 12) shown.add('month-first');
  }
  return shown.size === 1 ? ([...shown][0] ?? null) : null;
}

interface Numbers {
  readonly first: number;
  readonly second: number;
  readonly year: number;
  readonly sign: string;
}

function numbersIn(day: string): Numbers | null {
  const [, first, sign = '', second, year] = YEAR_LAST.exec(day) ?? [];
  if (first === undefined) return null;
  return { first: Number(first), second: Number(second), year: fullYear(Number(year)), sign };
}

function numericDate({ first, second, year, sign }: Numbers, order: DayOrder | null): ReadDate {
  if (first === 0 || second === 0) return INVALID;
  const isDayFirst = sign === '.' || first > 12 || order === 'day-first' || first === second;
  if (!isDayFirst && second <= 12 && order === null) return { problem: 'date-ambiguous' };
  return isDayFirst ? dateOf(year, second, first) : dateOf(year, first, second);
}

/** `31 March 2027`, `March 31st, 2027`, `31-Mar-27`. */
function namedDate(day: string): ReadDate {
  const words = day.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '' && !/^(de|del|of)$/i.test(word));
  if (words.length !== 3) return INVALID;
  const at = words.findIndex((word) => MONTHS.has(lettersOf(word)));
  const numbers = words
    .filter((_, place) => place !== at)
    .map((word) => /^(\d{1,4})(st|nd|rd|th|er|º)?$/i.exec(word)?.[1]);
  const [first, second] = numbers;
  if (at === -1 || first === undefined || second === undefined) return INVALID;
  const [year, date] = first.length === 4 ? [first, second] : [second, first];
  return dateOf(fullYear(Number(year)), MONTHS.get(lettersOf(words[at] ?? '')) ?? 0, Number(date));
}

/** Two digits are of this century: the dates of contacts are of today's contracts. */
const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);

function dateOf(year: number, month: number, date: number): ReadDate {
  const at = new Date(Date.UTC(year, month - 1, date));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return isReal && year >= 1900 && year < 2200 ? { value: at.toISOString().slice(0, 10) } : INVALID;
}
