#!/usr/bin/env node
/**
 * `npm run bench:portal`: the built product and its portal with 200 campaigns, 2,000 partners,
 * 500,000 contacts of one partner, more than 5,000,000 step executions and 100,000 deals.
 * Measures every list of the API, every screen in Chromium, the browser's heap, and long
 * imports.
 *
 * The database is made once (15 minutes) and stored in `.throughline/`. A run takes 10 minutes.
 * `--quick`: a fiftieth of the rows. `--only lists,screens,imports`: a part of it.
 * Prints tables. With `--json`, the last line is one JSON object.
 */
import '../support/typescript.mjs';
import { parseArgs } from 'node:util';
import { buildPortal, buildServer } from '../../scripts/setup.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: 'lists,screens,imports' },
  },
});
const say = (line) => line !== '' && process.stderr.write(`  ${line} …\n`);
const { growth, measurePortal, slowest } = await import('./portal-figures.ts');
const { median, table } = await import('./figures.ts');
const { percentile } = await import('./cpu.mjs');

await buildServer();
await buildPortal();
const { lists, screens, imports } = await measurePortal(options.quick, options.only.split(','), say);

const ms = (figure) => `${figure.toFixed(0)} ms`;
const byMedian = (figures) => figures.toSorted((a, b) => median(b.ms) - median(a.ms));
const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
const print = (rows) => process.stdout.write(`\n${table(rows)}\n`);
const missing = [...(lists?.unmeasured ?? []), ...(screens?.unmeasured ?? [])];
const summary = {};
if (lists !== undefined) {
  print([
    ['list', 'side', 'items', 'median', 'p95'],
    ...byMedian(lists.lists).map(({ side, request, items, ms: took }) => [
      request,
      side,
      String(items),
      ms(median(took)),
      ms(percentile(took, 0.95)),
    ]),
  ]);
  const { contacts, looksMs } = lists.audience;
  const allMs = looksMs.reduce((sum, one) => sum + one, 0);
  print([
    ['audience of the longest list', 'contacts', 'looks', 'first', 'median', 'all'],
    ['', String(contacts), String(looksMs.length), ms(looksMs[0]), ms(median(looksMs)), ms(allMs)],
  ]);
  const worst = slowest(lists.lists);
  Object.assign(summary, {
    audienceFirstMs: Math.round(looksMs[0]),
    audienceAllMs: Math.round(allMs),
    lists: lists.lists.length,
    listsOver150Ms: lists.lists.filter((one) => median(one.ms) > 150).length,
    slowestList: worst?.request,
    slowestListMs: Math.round(median(worst?.ms ?? [])),
  });
}
if (screens !== undefined) {
  print([
    ['screen', 'side', 'median', 'worst'],
    ...byMedian(screens.screens).map(({ side, path, ms: took }) => [
      path,
      side,
      ms(median(took)),
      ms(Math.max(...took)),
    ]),
  ]);
  print([
    ['heap after each round of all screens', ''],
    ...Object.entries(screens.heapBytes).map(([side, bytes]) => [
      `${side}, first, tenth part, last`,
      [bytes[0], bytes[Math.floor(bytes.length / 10)], bytes.at(-1)].map((one) => megabytes(one ?? 0)).join(', '),
    ]),
    ['scripts of the partner’s home, compressed', `${(screens.homeScriptBytes / 1024).toFixed(0)} KB`],
  ]);
  const worst = slowest(screens.screens);
  Object.assign(summary, {
    screens: screens.screens.length,
    screensOver1S: screens.screens.filter((one) => median(one.ms) > 1000).length,
    slowestScreen: worst?.path,
    slowestScreenMs: Math.round(median(worst?.ms ?? [])),
    homeScriptKb: Math.round(screens.homeScriptBytes / 1024),
    partnerHeapGrowth: Number(growth(screens.heapBytes.partner).toFixed(2)),
    vendorHeapGrowth: Number(growth(screens.heapBytes.vendor).toFixed(2)),
  });
}
if (imports !== undefined) {
  print([
    [
      'import through the portal',
      'preview',
      'until done',
      'rows/s',
      'memory before, highest',
      'longest stop of the page',
      'other requests, median',
    ],
    ...imports.map((one) => [
      `${one.rows} rows, ${megabytes(one.bytes)}`,
      ms(one.previewMs),
      ms(one.doneMs),
      Math.round(one.rows / (one.doneMs / 1000)).toLocaleString('en'),
      `${megabytes(one.memoryBefore)}, ${megabytes(one.memoryHighest)}`,
      ms(one.longestStopMs),
      ms(median(one.besideMs)),
    ]),
  ]);
  Object.assign(summary, {
    imports: imports.map(({ rows, doneMs, memoryHighest, longestStopMs, cancelMs }) => ({
      rows,
      doneMs: Math.round(doneMs),
      memoryMb: Math.round(memoryHighest / 1024 / 1024),
      longestStopMs: Math.round(longestStopMs),
      cancelMs: Math.round(cancelMs),
    })),
  });
}
if (missing.length > 0) {
  process.stdout.write(`\nNobody knows how to ask for: ${missing.join(', ')}\n`);
  summary.unmeasured = missing;
}
if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
