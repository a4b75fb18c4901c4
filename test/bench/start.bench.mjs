#!/usr/bin/env node
/**
 * `npm run bench:start`: a first and a second start of the built product, and a campaign from a
 * template and its publication, by the clock and in processor time. Prints the medians of five runs (`--runs 1` for one);
 * with `--json`, its last line is one JSON object.
 */
import { loadavg } from 'node:os';
import '../support/typescript.mjs';
import { buildPortal, buildServer } from '../../scripts/setup.mjs';

const { measureStart } = await import('./start-figures.ts');
const { median, table } = await import('./figures.ts');

const flag = process.argv.indexOf('--runs');
const runs = flag === -1 ? 5 : Number(process.argv[flag + 1]);
await buildServer();
await buildPortal();
const found = [];
for (let run = 1; run <= runs; run += 1) {
  process.stderr.write(`  run ${run} of ${runs}, load ${loadavg()[0].toFixed(1)} …\n`);
  found.push(await measureStart());
}

const TITLES = {
  firstStart: 'First start, without the build',
  secondStart: 'Second start',
  firstCopy: 'First campaign from a template',
  secondCopy: 'Second one',
  firstPublication: 'Publication, first of a process',
  secondPublication: 'Second one, of another campaign',
};
const of = (what, unit) => median(found.map((run) => run[what][unit]));
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
process.stdout.write(
  `\n${table([
    ['', 'by the clock', 'processor time'],
    ...Object.entries(TITLES).map(([what, title]) => [title, seconds(of(what, 'wallMs')), seconds(of(what, 'cpuMs'))]),
  ])}\n`,
);
if (process.argv.includes('--json'))
  process.stdout.write(
    `${JSON.stringify(Object.fromEntries(Object.keys(TITLES).map((what) => [what, { wallMs: Math.round(of(what, 'wallMs')), cpuMs: Math.round(of(what, 'cpuMs')) }])))}\n`,
  );
