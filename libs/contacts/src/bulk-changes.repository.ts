import type { Database } from '#database';
import type { PartnerId } from '#kernel';

/**
 * Whoever changes many of a partner's contacts holds this until the open transaction ends: two of them that met the same people in
 * different order would wait for each other.
 */
export async function holdContacts(database: Database, partnerId: PartnerId): Promise<void> {
  await database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`many contacts of ${partnerId}`]);
}
