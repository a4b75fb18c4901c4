import { SEALED_DKIM_KEYS } from '#brand';
import { ConfigError, readConfig } from '#config';
import { rotateSecretKey } from '#database';
import { SEALED_LOOK_UP_KEYS, SEALED_RELAY_PASSWORDS } from '#delivery';
import { SEALED_PROVIDER_SECRETS } from '#engagement';
import { SEALED_TOTP_SECRETS } from '#identity';
import type { SealedColumns } from '#kernel';
import { SEALED_SIGNING_KEYS } from '#seal';
import { SEALED_WEBHOOK_SECRETS } from '#webhooks';
import type { Print } from './commands.js';

/** Every column that is sealed under SECRET_KEY. */
export const SEALED: readonly SealedColumns[] = [
  ...SEALED_DKIM_KEYS,
  SEALED_LOOK_UP_KEYS,
  SEALED_PROVIDER_SECRETS,
  SEALED_RELAY_PASSWORDS,
  SEALED_SIGNING_KEYS,
  SEALED_TOTP_SECRETS,
  SEALED_WEBHOOK_SECRETS,
];

/**
 * Replaces SECRET_KEY_PREVIOUS by SECRET_KEY in the database.
 * @throws ConfigError without DATABASE_OWNER_URL; Error as `rotateSecretKey`.
 */
export async function rotateKey(environment: NodeJS.ProcessEnv, print: Print): Promise<void> {
  const config = readConfig(environment);
  if (config.DATABASE_OWNER_URL === '')
    throw new ConfigError(['DATABASE_OWNER_URL is missing (PostgreSQL with the owner role)']);
  const keys = { current: config.SECRET_KEY, previous: config.SECRET_KEY_PREVIOUS };
  const count = await rotateSecretKey(config.DATABASE_OWNER_URL, keys, SEALED);
  print(`Secrets sealed under the new SECRET_KEY: ${count}. Start all processes with both settings.`);
}
