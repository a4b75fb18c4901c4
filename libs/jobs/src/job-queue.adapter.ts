import type { QueueName } from './job.js';

/** What travels: a name, ids, and for a durable job the outbox row that stands behind it. */
export interface QueueEntry {
  readonly job: string;
  readonly data: unknown;
  readonly outboxId: string | null;
  /** The row's when it was handed over: a later one makes this entry void. */
  readonly fence?: number;
}

export type Work = (entry: QueueEntry) => Promise<unknown>;

/**
 * The port to a queue. Two drivers: Bull on Redis, and one inside the process. Neither is a place of truth: losing
 * what they hold delays work and loses none.
 */
export abstract class JobQueue {
  abstract add(queue: QueueName, entries: readonly QueueEntry[]): Promise<void>;
  /** Adds and waits for the result. @throws Error when the work fails or takes longer than `timeoutMs`. */
  abstract run(queue: QueueName, entry: QueueEntry, timeoutMs: number): Promise<unknown>;
  abstract consume(queue: QueueName, concurrency: number, work: Work): void;
  abstract waiting(queue: QueueName): Promise<number>;
  /** Takes nothing new and resolves when what had been taken is done. */
  abstract drain(): Promise<void>;
  /** Whether the queue has begun anew since this was last asked by anybody: with its process, or with a Redis that was emptied. */
  abstract beganAnew(): Promise<boolean>;
}
