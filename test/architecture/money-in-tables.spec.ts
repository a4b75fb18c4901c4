import { readdirSync, readFileSync } from 'node:fs';

const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(?:spec|fixture)\.tsx?$/.test(name) && !name.includes('node_modules'))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(`${folder}/${name}`, 'utf8') })),
);
const pathsWith = (pattern: RegExp, among = sources): string[] =>
  among.flatMap(({ path, text }) => (pattern.test(text) ? [path] : [])).sort();

// CsvTable refuses money that is not a moneyCell. So a second format needs another writer, or text made elsewhere.
describe('money in tables', () => {
  it('is written by one function: nothing else writes CSV, but for contacts, who have no money', () => {
    expect(pathsWith(/\bcsvLines\(/)).toEqual([
      'libs/contacts/src/csv-cell.ts',
      'libs/privacy/src/organisation-export-writer.service.ts',
      'libs/tables/src/csv-table.ts',
    ]);
    const writers = pathsWith(/text\/csv/).filter((path) => path.startsWith('apps/api/') || path.startsWith('libs/'));
    for (const path of writers) {
      const text = sources.find((one) => one.path === path)?.text ?? '';
      if (!text.includes('CsvTable')) expect(text).not.toMatch(/minorUnits|amount_minor|Money/);
    }
    expect(writers).not.toEqual([]);
  });

  it('has no text, and no number of whole units, where the cells of a table are made', () => {
    const tables = sources.filter(({ text }) => /from '(?:#tables|.*\/csv-table\.js)'|\bTableCell\b/.test(text));
    expect(tables.length).toBeGreaterThan(15);
    const formats = /\b(?:moneyText|currencyDigits|formatMoney)\b|\$\{[^}]*(?:minorUnits|Minor)\b|minorUnits \//;
    expect(pathsWith(formats, tables)).toEqual([]);
    expect(pathsWith(/\bcurrencyDigits\b/).filter((path) => path.startsWith('libs/tables/'))).toEqual([
      'libs/tables/src/money-cell.ts',
    ]);
  });
});
