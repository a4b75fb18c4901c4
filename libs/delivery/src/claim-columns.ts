import type { Database } from '#database';
import type { MessageId } from '#kernel';
import type { Claim } from './send-journal.js';

/** Claims as two columns for `unnest`. */
export const columnsOf = (claims: readonly Claim[]): [MessageId[], number[]] => [
  claims.map(({ id }) => id),
  claims.map(({ fence }) => fence),
];

/** Messages are locked in the order of their ids by whoever changes many: two that meet wait for each other, and never both. */
export async function lockInOrder(database: Database, claims: readonly Claim[]): Promise<void> {
  await database.query('SELECT 1 FROM delivery.message WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [
    claims.map(({ id }) => id),
  ]);
}
