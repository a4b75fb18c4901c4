import { timingSafeEqual } from 'node:crypto';
import pg from 'pg';
import { type SealedColumns, SecretSealer } from '#kernel';
import { keyCheckOf } from './key-check.js';

/** The new key, and those that it replaces, newest first. */
export interface SecretKeys {
  readonly current: string;
  readonly previous: readonly string[];
}

interface SealedRow {
  readonly ctid: string;
  readonly owner: string;
  readonly sealed: Buffer;
}

/**
 * Seals every secret of the database anew under a new SECRET_KEY, in one
 * transaction. A second call with the same keys changes nothing.
 * @param ownerUrl of a role that row-level security does not hold back.
 * @returns how many secrets were sealed.
 * @throws Error if the keys are not those of the database, if processes still
 *   use it, or if the role does not see all rows.
 */
export async function rotateSecretKey(
  ownerUrl: string,
  keys: SecretKeys,
  sealed: readonly SealedColumns[],
): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    const from = await keyToReplace(client, keys);
    let count = 0;
    if (from !== null) {
      await requireNoProcess(client);
      for (const one of sealed) count += await sealAnew(client, one, from, keys.current);
      await client.query('UPDATE database.key_check SET value = $1', [keyCheckOf(keys.current)]);
    }
    await client.query('COMMIT');
    return count;
  } finally {
    // Without COMMIT, the end of the connection undoes everything.
    await client.end();
  }
}

/** @returns the key in use; null if it is the new one already. */
async function keyToReplace(client: pg.Client, { current, previous }: SecretKeys): Promise<string | null> {
  await requireAllRows(client, 'database.key_check');
  const { rows } = await client.query<{ value: Buffer; first: Buffer }>(
    'SELECT value, first_value AS first FROM database.key_check FOR UPDATE',
  );
  const [stored] = rows;
  if (stored === undefined)
    throw new Error('No process has used this database yet. Start one with the SECRET_KEY that you want.');
  const [from] = previous;
  const first = previous.at(-1);
  if (from === undefined || first === undefined)
    throw new Error('SECRET_KEY_PREVIOUS is missing: set it to the key that SECRET_KEY replaces.');
  if (!timingSafeEqual(stored.first, keyCheckOf(first)))
    throw new Error(
      'SECRET_KEY_PREVIOUS does not end with the first SECRET_KEY of this database. Nothing was changed.',
    );
  if (timingSafeEqual(stored.value, keyCheckOf(current))) return null;
  if (!timingSafeEqual(stored.value, keyCheckOf(from)))
    throw new Error(
      'SECRET_KEY_PREVIOUS does not begin with the SECRET_KEY that this database has now. Nothing was changed.',
    );
  return from;
}

/** A process with the earlier key would go on sealing under it. */
async function requireNoProcess(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT usename AS name FROM pg_stat_activity
     WHERE datname = current_database() AND usename LIKE 'throughline\\_%' ORDER BY 1`,
  );
  if (rows.length > 0)
    throw new Error(
      `Stop all processes first: ${rows.map(({ name }) => name).join(', ')} are connected. Nothing was changed.`,
    );
}

async function requireAllRows(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query<{ active: boolean }>('SELECT row_security_active($1) AS active', [table]);
  if (rows[0]?.active !== false)
    throw new Error(
      `The role of DATABASE_OWNER_URL does not see all rows of ${table}. Use a superuser, or a role with BYPASSRLS.`,
    );
}

async function sealAnew(
  client: pg.Client,
  { table, columns, owner, purpose }: SealedColumns,
  from: string,
  to: string,
): Promise<number> {
  await requireAllRows(client, table);
  const [opener, sealer] = [new SecretSealer(from, purpose), new SecretSealer(to, purpose)];
  let count = 0;
  for (const column of columns) {
    const { rows } = await client.query<SealedRow>(
      `SELECT ctid::text, ${owner}::text AS owner, ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL FOR UPDATE`,
    );
    for (const row of rows)
      await client.query(`UPDATE ${table} SET ${column} = $2 WHERE ctid = $1::tid`, [
        row.ctid,
        sealer.seal(row.owner, opener.open(row.owner, row.sealed)),
      ]);
    count += rows.length;
  }
  return count;
}
