import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The password of the database's owner, beside the folder of PostgreSQL; see
 * apps/standalone/src/database-password.ts. Without that file it is the one of
 * servers that live as long as a test run.
 * @param postgresFolder as requested, such as `.throughline/postgres`.
 */
export function databasePassword(postgresFolder) {
  const file = join(dirname(resolve(postgresFolder)), 'database-password');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'postgres';
}
