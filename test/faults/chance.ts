import { randomInt } from 'node:crypto';

/**
 * Reproducible random numbers: the same seed gives the same draws.
 * mulberry32, with a period of 2^32, is enough for a test.
 * A seed repeats the faults, not the timing of real processes.
 */
export class Chance {
  constructor(private state: number) {}

  /**
   * From `SEED`, or a new one. Printed in either case, so that a run can be
   * repeated.
   */
  static ofRun(what: string): Chance {
    const asked = process.env['SEED'];
    const seed = asked === undefined || asked === '' ? randomInt(2 ** 31) : Number(asked);
    if (!Number.isSafeInteger(seed)) throw new Error(`SEED is a whole number, not "${asked}".`);
    process.stdout.write(`${what}: SEED=${seed}\n`);
    return new Chance(seed);
  }

  /**
   * An independent generator: the number of draws of one does not change
   * another.
   */
  branch(): Chance {
    return new Chance(Math.floor(this.next() * 2 ** 32));
  }

  /** A number from 0 up to, but not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.next() * from.length)];
    if (picked === undefined) throw new Error('There is nothing to pick from.');
    return picked;
  }

  /** A shuffled copy (Fisher-Yates). */
  shuffled<T>(all: readonly T[]): T[] {
    const left = [...all];
    return all.map(() => left.splice(Math.floor(this.next() * left.length), 1)[0] as T);
  }
}
