import { Logger } from '@nestjs/common';
import type { Job, Queue } from 'bull';
import { messageOf, newId } from '#kernel';
import { type CallerOfRequest, JobQueue, type QueueEntry, type Work } from './job-queue.adapter.js';
import type { QueueName } from './job.js';

/**
 * One attempt each: the outbox or the ledger decides about retries. Finished
 * jobs leave nothing in Redis.
 */
const OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/** A key that exists as long as Redis keeps its data. */
const MARK = 'throughline:queues-since';

/**
 * A process that waits for answers has a key in Redis. It is renewed three times
 * before it expires.
 */
const CALLER = { key: 'throughline:caller:', livesMs: 15_000, renewedMs: 5_000 } as const;

/** Bull on Redis: any number of processes share the queues. */
export class BullQueue extends JobQueue {
  private readonly logger = new Logger(BullQueue.name);
  private readonly caller: string = newId();
  private requests = 0;
  private renewal: NodeJS.Timeout | null = null;

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
    await this.beginWaiting();
    const request = { caller: this.caller, waitsUntil: Date.now() + timeoutMs, isStarted: false };
    // Kept until the answer has been read: removal on completion races with
    // Bull's own look-up of the result.
    const job = await this.queue(queue).add(
      { ...entry, request },
      { attempts: 1, removeOnComplete: { age: 60 }, removeOnFail: { age: 60 } },
    );
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
      this.endWaiting();
    }
  }

  override consume(queue: QueueName, concurrency: number, work: Work): void {
    void this.queue(queue).process(concurrency, async (job) => {
      await this.startRequest(job);
      return work(job.data);
    });
  }

  /**
   * Marks a request as started.
   * @throws Error if its caller has gone, or if the worker that started it died:
   *   the file that it opened may have killed it.
   */
  private async startRequest(job: Job<QueueEntry>): Promise<void> {
    const { request } = job.data;
    if (request === undefined) return;
    const refusal = await this.refusalOf(request);
    if (refusal !== null) {
      this.logger.error(`The request ${job.data.job} is given up: ${refusal}.`);
      throw new Error(`The request ${job.data.job} was given up: ${refusal}.`);
    }
    await job.update({ ...job.data, request: { ...request, isStarted: true } });
  }

  private async refusalOf({ isStarted, waitsUntil, caller }: CallerOfRequest): Promise<string | null> {
    if (isStarted) return 'its worker died while it ran';
    if (Date.now() > waitsUntil) return 'its caller no longer waits';
    const alive = await this.queue('delivery').client.exists(CALLER.key + caller);
    return alive === 0 ? 'the process of its caller has gone' : null;
  }

  private async beginWaiting(): Promise<void> {
    this.requests += 1;
    await this.renew();
    this.renewal ??= setInterval(() => {
      this.renew().catch((error: unknown) => this.logger.warn(`Redis does not answer: ${messageOf(error)}`));
    }, CALLER.renewedMs).unref();
  }

  private endWaiting(): void {
    this.requests -= 1;
    if (this.requests > 0 || this.renewal === null) return;
    clearInterval(this.renewal);
    this.renewal = null;
  }

  private async renew(): Promise<void> {
    await this.queue('delivery').client.set(CALLER.key + this.caller, '1', 'PX', CALLER.livesMs);
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
