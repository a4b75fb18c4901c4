/** Time, as whoever waits sees it. */
export interface RetryTiming {
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

const FIRST_WAIT_MS = 100;
/** Between two tries, once several were in vain. */
export const LONGEST_WAIT_MS = 5_000;
/** A process that was told to stop waits no longer than this: its journal tells the rest at the next start. */
export const STOPPING_MS = 10_000;

/**
 * Tries to write down what is known already until PostgreSQL takes it, however long that is. A process that lives never reads its own journal,
 * so that whoever gave up would lose what a relay has answered. Nothing grows meanwhile: what waits is what was in hand, of which no more is
 * begun while nothing can be claimed, and a vendor whose chunks do not end begins no more than two.
 */
export class RetryUntilWritten {
  private endsAtMs = Infinity;

  constructor(private readonly time: RetryTiming) {}

  /** The process was told to stop. */
  stopSoon(): void {
    this.endsAtMs = Math.min(this.endsAtMs, this.time.nowMs() + STOPPING_MS);
  }

  /**
   * @param failed told of each try in vain.
   * @returns what the work returned, or null when the process has to end before.
   */
  async run<T>(work: () => Promise<T>, failed: (error: unknown) => void): Promise<T | null> {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        return await work();
      } catch (error) {
        failed(error);
        if (this.time.nowMs() >= this.endsAtMs) return null;
        await this.time.pause(waitMs);
      }
    }
  }
}
