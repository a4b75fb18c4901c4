import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from './process-alive.mjs';

/**
 * Time limit for ending: the last checkpoint writes everything in memory to
 * disk.
 */
const ENDING_MS = 50_000;
/**
 * Without an answer for this long, a lock file counts as stale: its process id
 * may belong to another process.
 */
const SILENT_MS = 5_000;

/**
 * Ends a PostgreSQL that outlived its product on a data folder, for example
 * after `kill -9`. Waits for one that is ending.
 * @param password of the database's owner.
 * @throws Error if it does not end.
 */
export async function endPredecessor(folder, password) {
  const startedAt = Date.now();
  let heardAt = startedAt;
  let told = false;
  for (let lock = readLock(folder); lock !== null; lock = readLock(folder)) {
    // PostgreSQL itself cleans up after a dead process.
    if (!isAlive(lock.pid)) return;
    const state = await stateOf(lock.port, folder, password);
    if (state !== 'silent') heardAt = Date.now();
    if (state === 'serving' && !told) {
      process.kill(lock.pid, 'SIGINT');
      told = true;
    }
    if (Date.now() - heardAt > SILENT_MS) rmSync(lock.file, { force: true });
    if (Date.now() - startedAt > ENDING_MS)
      throw new Error(`An older PostgreSQL (process ${lock.pid}) does not end. End it, then try again.`);
    await pause(50);
  }
}

function readLock(folder) {
  const file = join(folder, 'postmaster.pid');
  try {
    const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
    return { file, pid: Number(pid), port: Number(port) };
  } catch {
    return null;
  }
}

/**
 * Whether a PostgreSQL on this port reports this data folder. A process id
 * alone proves nothing.
 */
async function stateOf(port, folder, password) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query('SHOW data_directory');
    return realpathSync(rows[0].data_directory) === realpathSync(folder) ? 'serving' : 'silent';
  } catch (error) {
    // cannot_connect_now: it is starting or ending.
    return error.code === '57P03' ? 'busy' : 'silent';
  } finally {
    await client.end().catch(() => undefined);
  }
}
