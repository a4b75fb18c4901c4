import { createHmac, timingSafeEqual } from 'node:crypto';
import { systemActor } from '#kernel';
import type { Database } from './database.service.js';

const KEY_CHECK = systemActor('key-check');

/** @returns a keyed hash that tells whether two processes have the same key. */
export const keyCheckOf = (secretKey: string): Buffer =>
  createHmac('sha256', secretKey).update('throughline key check').digest();

/**
 * Checks that a process has the SECRET_KEY of this database, and the first that
 * it had. Under another key sealed passwords could not be opened; under another
 * first key, suppressed and erased addresses would not be recognised. The first
 * process stores a keyed hash.
 * @param earlier keys that were replaced, newest first.
 * @throws Error that names the setting and the way out.
 */
export async function checkSecretKey(
  database: Database,
  secretKey: string,
  earlier: readonly string[] = [],
): Promise<void> {
  const value = keyCheckOf(secretKey);
  const first = keyCheckOf(earlier.at(-1) ?? secretKey);
  const [stored] = await database.inTransaction(KEY_CHECK, async () => {
    await database.query('INSERT INTO database.key_check (value, first_value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      value,
      first,
    ]);
    return database.query<{ value: Buffer; firstValue: Buffer }>('SELECT value, first_value FROM database.key_check');
  });
  if (stored === undefined || !timingSafeEqual(stored.value, value))
    throw new Error(
      'SECRET_KEY is not the one that this database has. Links, suppressions and sealed passwords depend on it. ' +
        'Set the key of this database, or replace it with throughline secret-key rotate; without it, restore the ' +
        'backup that it belongs to, or begin with an empty database.',
    );
  if (!timingSafeEqual(stored.firstValue, first))
    throw new Error(
      'SECRET_KEY_PREVIOUS does not end with the first SECRET_KEY of this database. Suppressed addresses are ' +
        'recognised by it. List every SECRET_KEY that was replaced, newest first.',
    );
}
