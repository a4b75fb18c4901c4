#!/usr/bin/env node
/**
 * Part of `npm run check:dead`: names that `libs/<lib>/src/index.ts` exports
 * and no other lib or app imports.
 * knip does not report them, because an index is an entry.
 * A name that only tests need is imported by them from its own file.
 */
import { unusedExports } from './measure/front-doors.mjs';
import { readSources } from './measure/source.mjs';
import { root } from './setup.mjs';

const { unused, testOnly } = unusedExports(readSources(root));
const line = (why) => (entry) => {
  const [lib, name] = entry.split(' ');
  return `libs/${lib}/src/index.ts exports ${name}, which ${why}.\n`;
};
const faults = [
  ...unused.map(line('no other lib or app imports: remove the export')),
  ...testOnly.map(line('only tests import: remove the export and import it from its own file there')),
];
process.stderr.write(faults.join(''));
if (faults.length > 0) process.exitCode = 1;
