import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How often a process has claimed, in which life of the installation. */
export interface ClaimCounter {
  readonly process: string;
  readonly epoch: number;
  readonly claims: number;
}

const SUFFIX = '.claims';
const RECORD = /^(\d+) (\d+)\n$/;

/** Pulses on the schedulers' own disk, a file for each process, in the journal's folder: what a database forgets when an old one is restored. */
export class ClaimCounterFiles {
  constructor(private readonly folder: string) {}

  /** Those of all processes that ever claimed with this disk; a torn file is none. */
  all(): ClaimCounter[] {
    const names = existsSync(this.folder) ? readdirSync(this.folder).filter((name) => name.endsWith(SUFFIX)) : [];
    return names.flatMap((name) => {
      const [, epoch, claims] = RECORD.exec(this.read(name)) ?? [];
      return epoch === undefined
        ? []
        : [{ process: name.slice(0, -SUFFIX.length), epoch: Number(epoch), claims: Number(claims) }];
    });
  }

  /** To be called once the database has it for good, and before anything follows from it. */
  save({ process, epoch, claims }: ClaimCounter): void {
    mkdirSync(this.folder, { recursive: true });
    const path = this.path(process);
    // Whole or not at all: a process may die while it writes.
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
