import { DomainError } from '#kernel';

/** Requests of one organisation that may wait for their turn. */
const MOST_WAITING = 20;

/**
 * Runs the work of each organisation one after the other. One that sends many
 * heavy files waits for itself, and others do not wait for it.
 */
export class OneAtATime {
  private readonly tails = new Map<string, { last: Promise<unknown>; count: number }>();

  /**
   * @throws DomainError `job.too-many-waiting`.
   */
  async run<Result>(owner: string, work: () => Promise<Result>): Promise<Result> {
    const line = this.tails.get(owner) ?? { last: Promise.resolve(), count: 0 };
    if (line.count > MOST_WAITING)
      throw new DomainError(
        'job.too-many-waiting',
        `Your organisation has ${MOST_WAITING} files waiting already. Wait until they are done, then send this again.`,
        {},
        { kind: 'too-many' },
      );
    this.tails.set(owner, line);
    line.count += 1;
    const result = line.last.then(work, work);
    line.last = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      line.count -= 1;
      if (line.count === 0) this.tails.delete(owner);
    }
  }
}
