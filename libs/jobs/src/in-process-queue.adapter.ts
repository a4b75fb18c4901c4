import { AsyncResource } from 'node:async_hooks';
import { JobQueue, type QueueEntry, type Work } from './job-queue.adapter.js';
import type { QueueName } from './job.js';

interface Waiting {
  readonly entry: QueueEntry;
  readonly settle: { resolve: (value: unknown) => void; reject: (reason: unknown) => void } | null;
  /** When the caller stops waiting, in milliseconds since 1970; null: never. */
  readonly waitsUntil: number | null;
}

class Lane {
  readonly waiting: Waiting[] = [];
  running = 0;
  consumer: { concurrency: number; work: Work } | null = null;
}

/** All in one process, for `npm start`. First in, first out. */
export class InProcessQueue extends JobQueue {
  private readonly lanes = new Map<QueueName, Lane>();
  // Work must not inherit the transaction or log context of its caller.
  private readonly root = new AsyncResource('throughline-jobs');
  private stopped = false;
  private isNew = true;
  private idle: (() => void)[] = [];

  override async add(queue: QueueName, entries: readonly QueueEntry[]): Promise<void> {
    this.lane(queue).waiting.push(...entries.map((entry) => ({ entry, settle: null, waitsUntil: null })));
    this.pump(queue);
  }

  override run(queue: QueueName, entry: QueueEntry, timeoutMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`The job ${entry.job} took longer than ${timeoutMs} ms.`));
      }, timeoutMs);
      const settle = {
        resolve: (value: unknown) => {
          clearTimeout(timer);
          resolve(value);
        },
        reject: (reason: unknown) => {
          clearTimeout(timer);
          reject(reason instanceof Error ? reason : new Error(String(reason)));
        },
      };
      this.lane(queue).waiting.push({ entry, settle, waitsUntil: Date.now() + timeoutMs });
      this.pump(queue);
    });
  }

  override consume(queue: QueueName, concurrency: number, work: Work): void {
    this.lane(queue).consumer = { concurrency, work };
    this.pump(queue);
  }

  override async waiting(queue: QueueName): Promise<number> {
    return this.lane(queue).waiting.length;
  }

  override async beganAnew(): Promise<boolean> {
    const { isNew } = this;
    this.isNew = false;
    return isNew;
  }

  override drain(): Promise<void> {
    this.stopped = true;
    return new Promise((resolve) => {
      this.idle.push(resolve);
      this.reportIdle();
    });
  }

  private lane(queue: QueueName): Lane {
    const lane = this.lanes.get(queue) ?? new Lane();
    this.lanes.set(queue, lane);
    return lane;
  }

  private pump(queue: QueueName): void {
    const lane = this.lane(queue);
    while (!this.stopped && lane.consumer !== null && lane.running < lane.consumer.concurrency) {
      const next = lane.waiting.shift();
      if (next === undefined) return;
      if (next.waitsUntil !== null && Date.now() > next.waitsUntil) continue;
      lane.running += 1;
      const { work } = lane.consumer;
      setImmediate(() => {
        this.root.runInAsyncScope(() => void this.runOne(queue, lane, next, work));
      });
    }
  }

  private async runOne(queue: QueueName, lane: Lane, { entry, settle }: Waiting, work: Work): Promise<void> {
    try {
      const result = await work(entry);
      settle?.resolve(result);
    } catch (error) {
      settle?.reject(error);
    } finally {
      lane.running -= 1;
      this.pump(queue);
      this.reportIdle();
    }
  }

  private reportIdle(): void {
    if (!this.stopped || [...this.lanes.values()].some((lane) => lane.running > 0)) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }
}
