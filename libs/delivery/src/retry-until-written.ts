/** Clock and sleep, replaced in tests. */
export interface RetryTiming {
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

const FIRST_WAIT_MS = 100;
/** Longest wait between two attempts. */
export const LONGEST_WAIT_MS = 5_000;
/**
 * A process that is stopping waits no longer. Its next start reads the rest
 * from its journal.
 */
export const STOPPING_MS = 10_000;

/**
 * Retries a write until PostgreSQL accepts it, without a limit. A live process
 * never reads its own journal, so giving up would lose the relay's answers.
 * Memory stays bounded: only released messages wait, and nothing can be claimed
 * meanwhile.
 */
export class RetryUntilWritten {
  private endsAtMs = Infinity;

  constructor(private readonly time: RetryTiming) {}

  /** Call it when the process begins to stop. */
  stopSoon(): void {
    this.endsAtMs = Math.min(this.endsAtMs, this.time.nowMs() + STOPPING_MS);
  }

  /**
   * @param failed called after each failed attempt.
   * @returns the result of `work`, or null if the process had to end first.
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
