import type { Database } from '#database';
import type { PartnerId } from '#kernel';

/**
 * Locks a partner's contacts for a bulk change until the transaction ends.
 * Without it, two bulk changes of the same contacts in different order would
 * deadlock.
 */
export async function lockContacts(database: Database, partnerId: PartnerId): Promise<void> {
  await database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`many contacts of ${partnerId}`]);
}

/**
 * Reads a page in index order, in the open transaction.
 * PostgreSQL has no statistics for a list that was just filled.
 * It would read and sort the whole list for every page.
 */
export async function pageByIndex<Row>(
  database: Database,
  sql: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  await database.query(`SELECT set_config('enable_sort', 'off', true)`);
  const page = await database.query<Row>(sql, parameters);
  await database.query(`SELECT set_config('enable_sort', 'on', true)`);
  return page;
}
