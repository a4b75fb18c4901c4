import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot, HOUR_MS } from '#kernel';
import type { FaultSite } from './fault-site.js';

const PRELOAD = pathToFileURL(join(packageRoot(), 'test/faults/moved-clock.mjs')).href;
/**
 * For two machines, one after the other: forward, back by twice as much, and
 * correct again.
 */
const JUMPS = [
  [1, 0],
  [-1, 1],
  [0, -1],
  [0, 0],
] as const;

/** Schedulers whose wall clocks can be set while they send. */
export class MovedClocks {
  private constructor(
    private readonly faults: FaultSite,
    private readonly names: readonly string[],
  ) {}

  /** Restarts the schedulers of these names, with clocks that can be set. */
  static async start(faults: FaultSite, names: readonly string[]): Promise<MovedClocks> {
    const clocks = new MovedClocks(faults, names);
    for (const name of names) {
      clocks.move(name, 0);
      await faults.kill(name);
      await faults.start(name, { NODE_OPTIONS: `--import=${PRELOAD}`, MOVED_CLOCK: clocks.fileOf(name) });
    }
    return clocks;
  }

  /** Sets all clocks off by this much. */
  ahead(hours: number): void {
    for (const name of this.names) this.move(name, hours * HOUR_MS);
  }

  /**
   * An hour forward and an hour back, on each of them.
   * @param betweenMs how long each jump lasts.
   */
  async jump(betweenMs: number): Promise<void> {
    for (const hours of JUMPS) {
      this.names.forEach((name, at) => this.move(name, (hours[at % 2] ?? 0) * HOUR_MS));
      await this.faults.hurry();
      await new Promise((resolve) => setTimeout(resolve, betweenMs));
    }
  }

  private move(name: string, aheadMs: number): void {
    writeFileSync(this.fileOf(name), String(aheadMs));
  }

  private fileOf(name: string): string {
    return join(this.faults.site.folder, `${name}.clock`);
  }
}
