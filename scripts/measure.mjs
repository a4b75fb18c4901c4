#!/usr/bin/env node
/**
 * `npm run measure`: figures of the structure and language of the code, before
 * the work on them (commit 34e8ed4) and now. Everything is computed from the
 * files; seconds of suites come from the last `npm test`. `--root <folder>`
 * measures another checkout, `--json` prints the figures alone.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from './measure/figures.mjs';
import { root as here } from './setup.mjs';

const { values: options } = parseArgs({
  options: { root: { type: 'string', default: here }, json: { type: 'boolean' } },
});
const now = measure(resolve(options.root));

if (options.json) {
  process.stdout.write(`${JSON.stringify(now, null, 2)}\n`);
} else {
  const { commit, figures: before } = JSON.parse(
    readFileSync(new URL('../docs/figures/structure-before.json', import.meta.url), 'utf8'),
  );
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const width = Math.max(...names.map((name) => name.length));
  const row = (name, old, current) =>
    `${name.padEnd(width)}  ${String(old).padStart(8)}  ${String(current).padStart(8)}\n`;
  process.stdout.write(row('figure', commit, 'now'));
  for (const name of names) process.stdout.write(row(name, before[name] ?? '–', now[name] ?? '–'));
}
