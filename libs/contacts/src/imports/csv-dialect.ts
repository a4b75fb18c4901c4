import Papa from 'papaparse';
import { countColumnNames } from './csv-columns.js';
import type { CsvDialect } from './csv-rows.js';

const DELIMITERS = [',', ';', '\t', '|'];
/** Rows among which the heading is; what is above are titles and notes. */
const LOOKED_AT = 50;

/**
 * Guesses cell and row separators from the beginning of a file. Excel's hint, a
 * first line `sep=;`, has priority; then the one that gives a row of known names
 * of columns, because titles and notes above it mislead statistics.
 */
export function detectDialect(sample: string): CsvDialect {
  const newline = sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r';
  const hint = /^sep=([,;\t|])\r?(\n|$)/i.exec(sample)?.[1];
  if (hint !== undefined) return { delimiter: hint, newline };
  const guess = Papa.parse<string[]>(sample, {
    preview: LOOKED_AT,
    skipEmptyLines: 'greedy',
    delimitersToGuess: DELIMITERS,
  }).meta.delimiter;
  const usual = DELIMITERS.includes(guess) ? guess : ',';
  let best = { delimiter: usual, names: namesBy(sample, usual) };
  for (const delimiter of DELIMITERS) {
    const names = namesBy(sample, delimiter);
    if (names >= 2 && names > best.names) best = { delimiter, names };
  }
  return { delimiter: best.delimiter, newline };
}

/** The most known names of columns in a row, if cells are separated so. */
function namesBy(sample: string, delimiter: string): number {
  if (!sample.includes(delimiter)) return 0;
  const { data } = Papa.parse<string[]>(sample, { preview: LOOKED_AT, skipEmptyLines: 'greedy', delimiter });
  return Math.max(0, ...data.map(countColumnNames));
}
