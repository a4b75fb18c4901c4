import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

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
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  // One after the other: below /proc, `recursive` of Node tries without end.
  const missing: string[] = [];
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.unshift(path);
  for (const path of missing) makeFolder(path, mode);
}

function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another start may have been first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Creates the private folders inside, and removes rights of other accounts from
 * existing ones.
 */
export function makePrivateFolders(folder: string): void {
  for (const name of PRIVATE) {
    const path = join(folder, name);
    makeFolder(path, 0o700);
    chmodSync(path, 0o700);
  }
}
