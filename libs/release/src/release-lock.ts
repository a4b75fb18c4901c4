import type { Database } from '#database';
import type { VendorId } from '#kernel';

/**
 * Locks a vendor's reservations and releases until the transaction ends. Two
 * requests at once cannot both get the last reservation, or draw two tables.
 */
export async function lockReleases(database: Database, vendorId: VendorId): Promise<void> {
  await database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`releases of ${vendorId}`]);
}
