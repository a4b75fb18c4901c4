import { ConfigError } from '#config';
import type { Database } from '#database';
import { accountsAmong } from '#identity';
import { demoAddresses } from '#starter';

/**
 * Refuses a database that `npm start` filled: the passwords of its sample people
 * are in the documents.
 * @throws ConfigError that names one of them, and the way out.
 */
export async function refuseDemoAccounts(database: Database): Promise<void> {
  const [first] = await accountsAmong(database, demoAddresses());
  if (first === undefined) return;
  throw new ConfigError([
    `The database has the sample accounts of npm start (${first}), whose password is known. Use another database, or delete them`,
  ]);
}
