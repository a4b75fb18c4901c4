import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { makeDataFolder, makePrivateFolders } from './private-folders.js';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const LOCK = /^instance\.lock\.(\d+)$/;

/** A lock file: its generation, and the process that wrote it (0: released). */
interface Lock {
  readonly generation: number;
  readonly pid: number;
}

/**
 * Makes this process the only one on a data folder.
 *
 * Each holder has a lock file of the next generation. Its name is given to a
 * complete file by one link(2), which fails if the name exists: of several
 * starts only one gets it. The highest generation is never deleted, so that no
 * start can bring an old one back. One file that is replaced when its process
 * is dead let two of four simultaneous starts in. Node has no flock(2).
 *
 * @returns a function that releases the lock.
 * @throws Error if the folder is not writable, or another instance holds it.
 */
export function lockInstance(folder: string): () => void {
  refuseUnwritable(folder);
  for (;;) {
    const locks = locksIn(folder);
    const holder = locks.find(({ pid }) => pid !== process.pid && pid > 0 && isAlive(pid));
    if (holder !== undefined) throw inUse(folder, holder);
    const generation = Math.max(0, ...locks.map((lock) => lock.generation)) + 1;
    if (!writeLock(folder, generation)) continue;
    // While this start was slow, another one may have gone on from here.
    if (locksIn(folder).some((lock) => lock.generation > generation)) {
      rmSync(fileOf(folder, generation), { force: true });
      continue;
    }
    for (const lock of locks) rmSync(fileOf(folder, lock.generation), { force: true });
    return () => {
      writeFileSync(fileOf(folder, generation), '0');
    };
  }
}

const fileOf = (folder: string, generation: number): string => join(folder, `instance.lock.${generation}`);

function locksIn(folder: string): Lock[] {
  return readdirSync(folder).flatMap((name) => {
    const generation = Number(LOCK.exec(name)?.[1] ?? 0);
    if (generation === 0) return [];
    try {
      const pid = Number(readFileSync(join(folder, name), 'utf8'));
      return [{ generation, pid: Number.isInteger(pid) ? pid : 0 }];
    } catch {
      // The next holder has just deleted it.
      return [];
    }
  });
}

/** @returns false if another process was first. */
function writeLock(folder: string, generation: number): boolean {
  const draft = join(folder, `.instance.${randomUUID()}`);
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, fileOf(folder, generation));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

function refuseUnwritable(folder: string): void {
  try {
    makeDataFolder(folder);
    makePrivateFolders(folder);
    writeFileSync(join(folder, '.writable'), '');
    rmSync(join(folder, '.writable'), { force: true });
  } catch (cause) {
    throw new Error(
      `The folder ${folder} is not writable (${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'}). ` +
        'Change its rights, or choose another: npm start -- --data /path/to/folder',
      { cause },
    );
  }
}

const inUse = (folder: string, { generation, pid }: Lock): Error =>
  new Error(
    `Throughline already runs on ${folder} (process ${pid}). Use that one, stop it, or choose another ` +
      'folder and port: npm start -- --data /path --port 3001. ' +
      `If that process is another program, delete ${fileOf(folder, generation)}.`,
  );
