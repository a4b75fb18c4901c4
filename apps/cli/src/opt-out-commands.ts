import { readFileSync } from 'node:fs';
import { ContactsModule, OptOutImports } from '#contacts';
import { DomainError } from '#kernel';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { atInstallation, operator } from './operator-process.js';

/** Opens the installation for a list of people who want no mail at all. */
export async function importOptOuts(path: string, print: Print): Promise<void> {
  await atInstallation([ContactsModule], (app) => takeOptOuts(app.get(OptOutImports), readFileSync(path), print));
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
