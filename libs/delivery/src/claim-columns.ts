import type { Database } from '#database';
import type { Claim } from './send-journal.js';

/** Columns of a {@link Claim} for `unnestRows`. */
export const CLAIM_COLUMNS = { id: 'uuid', fence: 'int' } as const;

/**
 * Locks messages in the order of their ids. Every statement that changes many
 * messages does so: two of them never deadlock.
 */
export async function lockInOrder(database: Database, claims: readonly Claim[]): Promise<void> {
  await database.query('SELECT 1 FROM delivery.message WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [
    claims.map(({ id }) => id),
  ]);
}
