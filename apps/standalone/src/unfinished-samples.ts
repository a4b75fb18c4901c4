import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const markIn = (folder: string): string => join(folder, 'unfinished-samples');

/** Notes that sample data is being made. An interruption leaves the note. */
export const beginSamples = (folder: string): void => writeFileSync(markIn(folder), '');

/** Notes that all of it is there. */
export const endSamples = (folder: string): void => rmSync(markIn(folder), { force: true });

/**
 * Campaigns and partners that an interrupted start has not made are made by no
 * later one: the sample vendor would seem to have none.
 * @throws Error that names the way out.
 */
export function refuseUnfinishedSamples(folder: string): void {
  if (!existsSync(markIn(folder))) return;
  throw new Error(
    `The first start on ${folder} was interrupted while it made the sample data, so parts of it are missing. ` +
      'Remove the folder with npm run reset and start again, or choose a new one with --data.',
  );
}
