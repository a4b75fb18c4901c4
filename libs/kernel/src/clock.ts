/**
 * The only source of "now". Injected, so that tests and demonstrations can move
 * time.
 */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/**
 * A clock ahead of the system's by an offset that only grows: going back would
 * undo recorded decisions.
 */
export class AdjustableClock extends Clock {
  constructor(private offsetMs = 0) {
    super();
  }

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  get aheadMs(): number {
    return this.offsetMs;
  }

  /** @throws RangeError if asked to go back. */
  advance(byMs: number): Date {
    if (!Number.isFinite(byMs) || byMs < 0) throw new RangeError('Time can only be moved forward.');
    this.offsetMs += byMs;
    return this.now();
  }
}
