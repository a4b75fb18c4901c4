#!/usr/bin/env node
/**
 * `npm start`: installs and builds everything with Node alone, then runs the
 * product in one process.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, fail, root, setUp } from './setup.mjs';
import { USAGE } from './usage.mjs';

checkNode();
if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
  process.stdout.write(USAGE);
  process.exit(0);
}
process.stdout.write('\nThroughline\n');
const { portal } = await setUp().catch((error) =>
  fail(
    `The set-up did not finish: ${error.message}\nCorrect that and run npm start again. It continues where it stopped.`,
  ),
);
const { start } = await import(pathToFileURL(join(root, 'dist/apps/standalone/src/start.js')).href);
await start(portal);
