/**
 * A few places that are taken in turns: who waits stands behind others of its stream, and each stream's first goes before any stream's
 * second, so that ten messages do not wait behind somebody's thousand.
 */
export class FairSemaphore {
  private readonly waiting = new Map<string, (() => void)[]>();
  private taken = 0;

  constructor(private readonly places: number) {}

  /** Resolves when a place is the caller's, who gives it back. @param stream behind whom it waits. */
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

  /** The place goes to the first of the stream that has waited longest for a turn. */
  release(): void {
    const [turn] = this.waiting;
    if (turn === undefined) {
      this.taken -= 1;
      return;
    }
    const [stream, line] = turn;
    const first = line.shift();
    // A stream that goes on waiting does so behind all others.
    this.waiting.delete(stream);
    if (line.length > 0) this.waiting.set(stream, line);
    first?.();
  }
}
