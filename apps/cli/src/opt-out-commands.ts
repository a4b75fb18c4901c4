import { readFileSync } from 'node:fs';
import { ContactsModule, OptOutImports } from '#contacts';
import { DomainError, messageOf } from '#kernel';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { withInstallation, operator } from './operator-process.js';

/**
 * Imports a file of addresses that must never receive mail from this
 * installation.
 */
export async function importOptOuts(path: string, print: Print): Promise<void> {
  const file = bytesOf(path);
  await withInstallation([ContactsModule], (app) => importOptOutFile(app.get(OptOutImports), file, print));
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CommandFailure(`The file cannot be read (${messageOf(error)}).`);
  }
}

/**
 * Imports all rows or none. Only keyed hashes are stored.
 * @throws CommandFailure for a refused file.
 */
export async function importOptOutFile(imports: OptOutImports, file: Buffer, print: Print): Promise<void> {
  try {
    const { rows, suppressed, unreadable } = await imports.forPlatform(operator(), file);
    print(`${suppressed} addresses from ${rows} rows imported. They receive no more mail from this installation.`);
    if (unreadable.length > 0)
      print(
        `${unreadable.length} rows without a readable address: ${unreadable
          .slice(0, 100)
          .map(({ row }) => row)
          .join(', ')}`,
      );
  } catch (error) {
    throw error instanceof DomainError ? new CommandFailure(error.message) : error;
  }
}
