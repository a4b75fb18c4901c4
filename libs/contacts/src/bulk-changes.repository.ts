import type { Database } from '#database';
import type { PartnerId } from '#kernel';

/**
 * Whoever changes many of a partner's contacts holds this until the open transaction ends: two of them that met the same people in
 * different order would wait for each other.
 */
export async function lockContacts(database: Database, partnerId: PartnerId): Promise<void> {
  await database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`many contacts of ${partnerId}`]);
}

/**
 * Reads a page in the order of an index, in the open transaction. Of a list that has just been filled PostgreSQL does not know how long
 * it is, and would read and sort all of it for every page.
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
