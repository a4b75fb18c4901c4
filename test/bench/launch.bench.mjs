#!/usr/bin/env node
/**
 * `npm run bench:launch`: how soon a launch is felt, alone and beside a big import, and how fast a
 * big import is. Prints a table; with `--json`, its last line is one JSON object of the medians.
 */
import '../support/typescript.mjs';
import { buildServer } from '../../scripts/setup.mjs';

const say = (line) => process.stderr.write(`  ${line} …\n`);
const { measureLaunches } = await import('./launch-figures.ts');
const { median, table } = await import('./figures.ts');

await buildServer();
const found = await measureLaunches(say);

const ms = (figure) => `${figure.toFixed(0)} ms`;
const rows = (figure) => `${Math.round(figure).toLocaleString('en')} rows/s`;
const spread = (title, figures) => [title, ms(median(figures)), ms(Math.max(...figures))];
process.stdout.write(
  `\n${table([
    ['', 'median', 'worst'],
    spread('Launch to first mail in the inbox', found.launchesMs),
    spread(`The same beside ${found.importsBeside} imports of 40,000 rows`, found.launchesBehindImportMs),
    spread('Reference: bare SMTP hand-over of the same mail', found.submissionsMs),
    ['Import of 40,000 rows', rows(median(found.importRowsPerSecond)), rows(Math.min(...found.importRowsPerSecond))],
    ['Reference: bare insert of the same rows', rows(found.insertedRowsPerSecond), ''],
    ['Reference: bare parse of the same rows', rows(found.parsedRowsPerSecond), ''],
  ])}\n`,
);
if (process.argv.includes('--json')) {
  const summary = {
    launchToFirstMailMs: Math.round(median(found.launchesMs)),
    launchBehindImportMs: Math.round(median(found.launchesBehindImportMs)),
    importRowsPerSecond: Math.round(median(found.importRowsPerSecond)),
  };
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}
