import type { INestApplicationContext } from '@nestjs/common';
import { ConfigError } from '#config';
import { Database } from '#database';
import { accountsAmong } from '#identity';
import { demoAddresses } from './seed-file.js';

/**
 * Refuses a database that `npm start` filled: the passwords of its sample people
 * are in the documents.
 * @throws ConfigError that names one of them, and the way out.
 */
export async function refuseDemoAccounts(application: INestApplicationContext): Promise<void> {
  const [first] = await accountsAmong(application.get(Database, { strict: false }), demoAddresses());
  if (first === undefined) return;
  throw new ConfigError([
    `The database has the sample accounts of npm start (${first}), whose password is known. Use another database, or delete them`,
  ]);
}
