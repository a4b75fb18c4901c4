import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Folders with personal data: no other account of this machine may read them.
 */
const PRIVATE = ['mailbox', 'blobs', 'journal'];

/**
 * Creates the data folder if it is missing. The rights of an existing folder
 * are not changed. Root's folder can be entered but not listed, because
 * PostgreSQL runs as another account then.
 */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/**
 * Creates the private folders inside, and removes rights of other accounts from
 * existing ones.
 */
export function makePrivateFolders(folder: string): void {
  for (const name of PRIVATE) {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
  }
}
