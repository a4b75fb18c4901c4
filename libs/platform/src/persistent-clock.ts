import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { AdjustableClock } from '#kernel';

/**
 * The clock of the demonstration. Its offset is set by hand and survives a
 * restart.
 */
export class PersistentClock extends AdjustableClock {
  constructor(private readonly file: string) {
    super(existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
  }

  override advance(byMs: number): Date {
    const now = super.advance(byMs);
    writeFileSync(this.file, String(this.aheadMs));
    return now;
  }
}
