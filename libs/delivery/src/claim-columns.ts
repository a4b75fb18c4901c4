import type { Database } from '#database';
import type { MessageId } from '#kernel';
import type { Claim } from './send-journal.js';

/** Claims as two arrays for `unnest`. */
export const columnsOf = (claims: readonly Claim[]): [MessageId[], number[]] => [
  claims.map(({ id }) => id),
  claims.map(({ fence }) => fence),
];

/**
 * Locks messages in the order of their ids. Every statement that changes many
 * messages does so: two of them never deadlock.
 */
export async function lockInOrder(database: Database, claims: readonly Claim[]): Promise<void> {
  await database.query('SELECT 1 FROM delivery.message WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [
    claims.map(({ id }) => id),
  ]);
}
