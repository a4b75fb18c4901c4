import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Decides the password of the sample accounts, before they exist. The known one
 * is for this machine only.
 * @param hasData whether the folder has a database already.
 * @param isOpen whether other machines reach the product.
 * @returns a new random password, for accounts that are not there yet; null for
 *   the known one.
 * @throws Error if accounts with the known password would be open to others.
 */
export function samplePassword(folder: string, hasData: boolean, isOpen: boolean): string | null {
  // Says only that the password of this folder is random. It is stored nowhere.
  const mark = join(folder, 'random-password');
  if (!existsSync(mark)) {
    if (hasData && isOpen)
      throw new Error(
        `${folder} has sample accounts whose password is known, so other machines may not reach it. ` +
          'Choose a new folder with --data, remove this one with npm run reset, or leave --host out.',
      );
    if (!isOpen) return null;
    writeFileSync(mark, '', { mode: 0o600 });
  }
  return randomBytes(12).toString('base64url');
}
