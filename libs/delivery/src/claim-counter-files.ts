import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many times a process has claimed, in which epoch. */
export interface ClaimCounter {
  readonly process: string;
  readonly epoch: number;
  readonly claims: number;
}

const SUFFIX = '.claims';
const RECORD = /^(\d+) (\d+)\n$/;

/**
 * Claim counters on the schedulers' own disk, one file per process in the
 * journal folder. A restored database does not have these numbers.
 */
export class ClaimCounterFiles {
  constructor(private readonly folder: string) {}

  /**
   * The counters of all processes that claimed with this disk. A torn file is
   * ignored.
   */
  all(): ClaimCounter[] {
    const names = existsSync(this.folder) ? readdirSync(this.folder).filter((name) => name.endsWith(SUFFIX)) : [];
    return names.flatMap((name) => {
      const [, epoch, claims] = RECORD.exec(this.read(name)) ?? [];
      return epoch === undefined
        ? []
        : [{ process: name.slice(0, -SUFFIX.length), epoch: Number(epoch), claims: Number(claims) }];
    });
  }

  /** Call it after the commit, and before anything depends on it. */
  save({ process, epoch, claims }: ClaimCounter): void {
    mkdirSync(this.folder, { recursive: true });
    const path = this.path(process);
    // Written to a new file and renamed: a process may die while it writes.
    writeFileSync(`${path}.new`, `${epoch} ${claims}\n`);
    renameSync(`${path}.new`, path);
  }

  remove(process: string): void {
    if (existsSync(this.path(process))) unlinkSync(this.path(process));
  }

  private path(process: string): string {
    return join(this.folder, `${process}${SUFFIX}`);
  }

  private read(name: string): string {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }
}
