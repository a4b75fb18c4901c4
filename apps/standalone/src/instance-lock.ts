import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder, makePrivateFolders } from './private-folders.js';

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * Makes this process the only one on a data folder.
 * @returns a function that releases the lock.
 * @throws Error if the folder is not writable, or another instance holds it.
 */
export function lockInstance(folder: string): () => void {
  const file = join(folder, 'instance.lock');
  try {
    makeDataFolder(folder);
    makePrivateFolders(folder);
    writeFileSync(join(folder, '.writable'), '');
    rmSync(join(folder, '.writable'));
  } catch (cause) {
    throw new Error(
      `The folder ${folder} is not writable (${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'}). ` +
        'Change its rights, or choose another: npm start -- --data /path/to/folder',
      { cause },
    );
  }
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (cause) {
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder !== process.pid && Number.isInteger(holder) && holder > 0 && alive(holder)) {
      throw new Error(
        `Throughline already runs on ${folder} (process ${holder}). Use that one, stop it, or choose another ` +
          'folder and port: npm start -- --data /path --port 3001. ' +
          `If that process is another program, delete ${file}.`,
        { cause },
      );
    }
    // A killed process left its lock.
    writeFileSync(file, String(process.pid));
  }
  return () => {
    rmSync(file, { force: true });
  };
}
