#!/usr/bin/env node
/**
 * `npm run bench:deals`: deals, attribution and sums among 2,000 deals of 40 partners and 100,000 touches.
 * `LONG=1`: 100,000 deals of 2,000 partners and 5,000,000 touches, of which one partner has a tenth.
 * The database is in memory, and made anew each time. Prints a table; with `--json`, one JSON object.
 */
import setUp from '../support/postgres.setup.mjs';
import tearDown from '../support/postgres.teardown.mjs';

const isLong = process.env['LONG'] === '1';
const scale = isLong
  ? { partners: 2_000, deals: 100_000, touches: 5_000_000 }
  : { partners: 40, deals: 2_000, touches: 100_000 };

await setUp();
const { measureDeals } = await import('./deal-figures.ts');
const { table } = await import('./figures.ts');
try {
  const figures = await measureDeals(scale, (line) => process.stderr.write(`  ${line} …\n`));
  if (process.argv.includes('--json'))
    process.stdout.write(
      `${JSON.stringify(Object.fromEntries(figures.map(({ what, ms }) => [what, Math.round(ms)])))}\n`,
    );
  else process.stdout.write(`${table([['', 'ms'], ...figures.map(({ what, ms }) => [what, ms.toFixed(0)])])}\n`);
} finally {
  await tearDown();
}
process.exit(0);
