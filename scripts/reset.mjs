#!/usr/bin/env node
/**
 * `npm run reset`: deletes the local database, files and mailbox.
 * The next `npm start` begins empty.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { databasePassword } from './database-password.mjs';
import { endPredecessor } from './postgres-predecessor.mjs';
import { dataFolder } from './postgres-server.mjs';
import { isAlive } from './process-alive.mjs';
import { fail, root } from './setup.mjs';
import { USAGE } from './usage.mjs';

function readArguments() {
  try {
    return parseArgs({ options: { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch {
    // A mistyped --data must not delete the default folder.
    return fail(
      'npm run reset takes one flag, --data. For example: npm run reset -- --data /some/folder. Nothing was removed.',
    );
  }
}

/** Lock files of instances; see apps/standalone/src/instance-lock.ts. */
function locksIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /^instance\.lock\.\d+$/.test(name));
}

function runningOn(folder) {
  const pids = locksIn(folder).map((name) => Number(readFileSync(join(folder, name), 'utf8')));
  return pids.find((pid) => pid > 0 && isAlive(pid)) ?? null;
}

const { data, help } = readArguments();
if (help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const folder = resolve(root, data ?? (process.env.DATA_FOLDER || '.throughline'));
const pid = runningOn(folder);
if (pid !== null) fail(`Throughline is running on this data (process ${pid}). Stop it with Ctrl-C first.`);
if (!existsSync(folder)) {
  process.stdout.write(`There is no ${folder}; nothing was removed.\n`);
  process.exit(0);
}
const known = locksIn(folder).length > 0 || existsSync(join(folder, 'secret'));
if (!known) fail(`${folder} does not look like Throughline's data; nothing was removed.`);
const postgres = dataFolder(join(folder, 'postgres'));
await endPredecessor(postgres, databasePassword(join(folder, 'postgres'))).catch((error) => fail(error.message));
rmSync(postgres, { recursive: true, force: true });
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`Removed ${folder}. The next npm start seeds a new installation.\n`);
