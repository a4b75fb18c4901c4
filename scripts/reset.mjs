#!/usr/bin/env node
/** `npm run reset`: wipes the local database, files and mailbox, so that the next `npm start` begins anew. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dataFolder } from './postgres-server.mjs';
import { fail, root } from './setup.mjs';

const at = process.argv.indexOf('--data');
const folder = resolve(root, at === -1 ? (process.env.DATA_FOLDER ?? '.throughline') : process.argv[at + 1]);

function running() {
  try {
    const pid = Number(readFileSync(join(folder, 'instance.lock'), 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

const pid = running();
if (pid !== null) fail(`Throughline is running on this data (process ${pid}). Stop it with Ctrl-C first.`);
const known = existsSync(join(folder, 'instance.lock')) || existsSync(join(folder, 'secret'));
if (existsSync(folder) && !known) fail(`${folder} does not look like Throughline's data; nothing was removed.`);
rmSync(dataFolder(join(folder, 'postgres')), { recursive: true, force: true });
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`Removed ${folder}. The next npm start begins anew.\n`);
