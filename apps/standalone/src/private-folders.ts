import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Mails, files and the journal of sending name people: nobody else with an account on this machine reads them. */
const PRIVATE = ['mailbox', 'blobs', 'journal'];

/**
 * Makes the data folder where it is missing. One that is there belongs to somebody who has decided on its rights.
 * Root's can be passed through, not listed: PostgreSQL runs as another account then, in a private folder within.
 */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/** Makes the folders within that hold people's data, and takes from others what earlier runs allowed them. */
export function makePrivateFolders(folder: string): void {
  for (const name of PRIVATE) {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
  }
}
