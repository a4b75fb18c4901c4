import { readFileSync } from 'node:fs';
import { ContactsModule, OptOutImports } from '#contacts';
import { DomainError } from '#kernel';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { atInstallation, operator } from './operator-process.js';

/** Opens the installation for a list of people who want no mail at all. */
export async function importOptOuts(path: string, print: Print): Promise<void> {
  const file = bytesOf(path);
  await atInstallation([ContactsModule], (app) => takeOptOuts(app.get(OptOutImports), file, print));
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CommandFailure(`The list cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  }
}

/** All rows or none; nobody can read the list afterwards. */
export async function takeOptOuts(imports: OptOutImports, file: Buffer, print: Print): Promise<void> {
  try {
    const { rows, taken, unreadable } = await imports.forPlatform(operator(), file);
    print(`${taken} addresses of ${rows} rows get no mail from this installation any more, whoever sends it.`);
    if (unreadable.length > 0)
      print(
        `No address could be read in ${unreadable.length} rows: ${unreadable
          .slice(0, 100)
          .map(({ row }) => row)
          .join(', ')}`,
      );
  } catch (error) {
    throw error instanceof DomainError ? new CommandFailure(error.message) : error;
  }
}
