import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Of data folders that are older than the file. */
export const KNOWN_PASSWORD = 'postgres';

/**
 * The random password of the database's owner, created at the first run and
 * kept beside the folder of PostgreSQL, readable by its owner alone. PostgreSQL
 * listens on loopback, where every account of the machine could sign in with a
 * known one. `scripts/database-password.mjs` reads it too.
 */
export function databasePassword(postgresFolder: string): string {
  const file = join(dirname(postgresFolder), 'database-password');
  if (!existsSync(file)) {
    // Written whole or not at all.
    const draft = `${file}.new`;
    writeFileSync(draft, randomBytes(24).toString('hex'), { mode: 0o600, flush: true });
    renameSync(draft, file);
  }
  return readFileSync(file, 'utf8').trim();
}
