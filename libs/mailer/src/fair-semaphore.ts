/**
 * A semaphore that serves its streams round-robin: ten messages of one stream
 * do not wait behind a thousand of another.
 */
export class FairSemaphore {
  private readonly waiting = new Map<string, (() => void)[]>();
  private taken = 0;

  constructor(private readonly places: number) {}

  /**
   * Resolves when the caller has a place; it must call `release`.
   * @param stream the queue to wait in.
   */
  async acquire(stream: string): Promise<void> {
    if (this.taken < this.places) {
      this.taken += 1;
      return;
    }
    await new Promise<void>((resolve) => {
      const others = this.waiting.get(stream);
      if (others === undefined) this.waiting.set(stream, [resolve]);
      else others.push(resolve);
    });
  }

  /** Gives the place to the first waiter of the next stream. */
  release(): void {
    const [turn] = this.waiting;
    if (turn === undefined) {
      this.taken -= 1;
      return;
    }
    const [stream, line] = turn;
    const first = line.shift();
    // A stream with more waiters goes to the end.
    this.waiting.delete(stream);
    if (line.length > 0) this.waiting.set(stream, line);
    first?.();
  }
}
