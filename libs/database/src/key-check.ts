import { createHmac, timingSafeEqual } from 'node:crypto';
import { systemActor } from '#kernel';
import type { Database } from './database.service.js';

const KEY_CHECK = systemActor('key-check');

/**
 * Checks that a process has the SECRET_KEY that this database began with. Under
 * another key, suppressed and erased addresses would not be recognised, and
 * links and sealed passwords could not be opened. The first process stores a
 * keyed hash.
 * @throws Error that names the setting and the way out.
 */
export async function checkSecretKey(database: Database, secretKey: string): Promise<void> {
  const value = createHmac('sha256', secretKey).update('throughline key check').digest();
  const [stored] = await database.inTransaction(KEY_CHECK, async () => {
    await database.query('INSERT INTO database.key_check (value) VALUES ($1) ON CONFLICT DO NOTHING', [value]);
    return database.query<{ value: Buffer }>('SELECT value FROM database.key_check');
  });
  if (stored !== undefined && timingSafeEqual(stored.value, value)) return;
  throw new Error(
    'SECRET_KEY is not the one that this database began with. Links, suppressions and sealed passwords depend on it. ' +
      'Set the earlier key; without it, restore the backup that it belongs to, or begin with an empty database.',
  );
}
