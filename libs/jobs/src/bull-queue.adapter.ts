import { Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { JobQueue, type QueueEntry, type Work } from './job-queue.adapter.js';
import type { QueueName } from './job.js';

/**
 * One attempt each: the outbox or the ledger decides about retries. Finished
 * jobs leave nothing in Redis.
 */
const OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/** A key that exists as long as Redis keeps its data. */
const MARK = 'throughline:queues-since';

/** Bull on Redis: any number of processes share the queues. */
export class BullQueue extends JobQueue {
  private readonly logger = new Logger(BullQueue.name);

  constructor(private readonly queues: ReadonlyMap<QueueName, Queue<QueueEntry>>) {
    super();
    for (const [name, queue] of queues) {
      queue.on('error', (error) => {
        this.logger.warn(`Queue ${name}: ${error.message}. Work waits in PostgreSQL until Redis answers.`);
      });
    }
  }

  override async add(queue: QueueName, entries: readonly QueueEntry[]): Promise<void> {
    await this.queue(queue).addBulk(entries.map((data) => ({ data, opts: OPTIONS })));
  }

  override async run(queue: QueueName, entry: QueueEntry, timeoutMs: number): Promise<unknown> {
    // Kept until the answer has been read: removal on completion races with
    // Bull's own look-up of the result.
    const job = await this.queue(queue).add(entry, {
      attempts: 1,
      removeOnComplete: { age: 60 },
      removeOnFail: { age: 60 },
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`The job ${entry.job} took longer than ${timeoutMs} ms.`));
      }, timeoutMs);
    });
    try {
      return await Promise.race([job.finished() as Promise<unknown>, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  override consume(queue: QueueName, concurrency: number, work: Work): void {
    void this.queue(queue).process(concurrency, (job) => work(job.data));
  }

  override async waiting(queue: QueueName): Promise<number> {
    return this.queue(queue).getWaitingCount();
  }

  /** Exactly one process finds the key missing, and sets it. */
  override async beganAnew(): Promise<boolean> {
    return (await this.queue('delivery').client.set(MARK, new Date().toISOString(), 'NX')) === 'OK';
  }

  override async drain(): Promise<void> {
    // `close` stops taking jobs and waits for the running ones.
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  private queue(name: QueueName): Queue<QueueEntry> {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`The queue ${name} is not registered.`);
    return queue;
  }
}
