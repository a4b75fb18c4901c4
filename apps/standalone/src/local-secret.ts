import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MIN_CHARACTERS = 32;

/**
 * The secret of this installation, created at the first run and kept.
 * Links and keyed hashes depend on it.
 * @param hasData whether the folder has a database already.
 * @throws Error if the file is missing beside a database, or is too short:
 *   another secret would forget all suppressions.
 */
export function localSecret(folder: string, hasData: boolean): string {
  const file = join(folder, 'secret');
  if (!existsSync(file)) {
    if (hasData)
      throw new Error(
        `${file} is missing, and the database beside it depends on it. Restore the file from a backup, or set SECRET_KEY. ` +
          'To begin without data, run npm run reset.',
      );
    // Written whole or not at all: a full disk must not leave half a secret.
    const draft = `${file}.new`;
    writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
    renameSync(draft, file);
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < MIN_CHARACTERS)
    throw new Error(
      `${file} has ${secret.length} characters instead of ${MIN_CHARACTERS} or more: it is damaged. Restore it from a backup.`,
    );
  return secret;
}
