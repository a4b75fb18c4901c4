import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { AdjustableClock } from '#kernel';

/**
 * The clock of the demonstration. Its offset is set by hand and survives a
 * restart.
 */
export class PersistentClock extends AdjustableClock {
  /**
   * @param behindMs how far it begins in the past, without a file. That is not stored: a start that is
   *   interrupted before the clock has caught up does not continue.
   * @throws Error if the file holds no number: every due time would be invalid.
   */
  constructor(
    private readonly file: string,
    behindMs = 0,
  ) {
    super(existsSync(file) ? offsetIn(file) : -behindMs);
  }

  override advance(byMs: number): Date {
    const now = super.advance(byMs);
    if (this.aheadMs <= 0) return now;
    writeFileSync(`${this.file}.new`, String(this.aheadMs));
    renameSync(`${this.file}.new`, this.file);
    return now;
  }
}

function offsetIn(file: string): number {
  const text = readFileSync(file, 'utf8').trim();
  const offsetMs = Number(text);
  if (text !== '' && Number.isFinite(offsetMs) && offsetMs >= 0) return offsetMs;
  throw new Error(`${file} does not hold a number of milliseconds. Delete it to go back to today's date.`);
}
