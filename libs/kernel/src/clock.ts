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
 * A clock beside the system's by an offset that only grows: going back would
 * undo recorded decisions. It may begin behind, where nothing is recorded yet.
 */
export class AdjustableClock extends Clock {
  constructor(private offsetMs = 0) {
    super();
  }

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Negative: it is behind. */
  get aheadMs(): number {
    return this.offsetMs;
  }

  /** @throws RangeError if asked to go back. */
  advance(byMs: number): Date {
    if (!Number.isFinite(byMs) || byMs < 0) throw new RangeError('Time can only be moved forward.');
    this.offsetMs += byMs;
    return this.now();
  }

  /** Moves to a time; one in the past changes nothing. */
  reach(at: Date): Date {
    return this.advance(Math.max(0, at.getTime() - this.now().getTime()));
  }
}
