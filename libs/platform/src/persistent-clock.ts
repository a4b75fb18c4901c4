import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { AdjustableClock } from '#kernel';

/**
 * The clock of the demonstration. Its offset is set by hand and survives a
 * restart.
 */
export class PersistentClock extends AdjustableClock {
  /** @throws Error if the file holds no number: every due time would be invalid. */
  constructor(private readonly file: string) {
    super(existsSync(file) ? offsetIn(file) : 0);
  }

  override advance(byMs: number): Date {
    const now = super.advance(byMs);
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
