import type { Database } from '#database';
import { systemActor } from '#kernel';

const CHECK = systemActor('account-check');

/**
 * Finds accounts by address, for checks of the installation.
 * @returns those of the addresses that have a password, in the spelling
 *   of the account.
 */
export async function accountsAmong(database: Database, addresses: readonly string[]): Promise<string[]> {
  const rows = await database.inTransaction(CHECK, () =>
    database.query<{ email: string }>(
      `SELECT email FROM identity.user_account WHERE lower(email) = ANY ($1) AND password_hash IS NOT NULL ORDER BY email`,
      [addresses.map((address) => address.toLowerCase())],
    ),
  );
  return rows.map(({ email }) => email);
}
