import type { QueueName } from './job.js';

/** An entry of a queue: job name, ids, and the outbox row of a durable job. */
export interface QueueEntry {
  readonly job: string;
  readonly data: unknown;
  readonly outboxId: string | null;
  /**
   * The fence of the outbox row when it was queued. A later fence makes this
   * entry void.
   */
  readonly fence?: number;
  /** Set if a caller waits for the answer. */
  readonly request?: CallerOfRequest;
}

/** The caller of a request, and whether a worker has started on it. */
export interface CallerOfRequest {
  /** The process of the caller. */
  readonly caller: string;
  /** When it stops waiting, in milliseconds since 1970. */
  readonly waitsUntil: number;
  readonly isStarted: boolean;
}

export type Work = (entry: QueueEntry) => Promise<unknown>;

/**
 * Port to a queue, with two drivers: Bull on Redis and an in-process one.
 * Losing a queue delays work and loses none.
 */
export abstract class JobQueue {
  abstract add(queue: QueueName, entries: readonly QueueEntry[]): Promise<void>;
  /**
   * Adds and waits for the result. The work is started once at most, and not
   * after the caller has gone.
   * @throws Error when the work fails or takes longer than `timeoutMs`.
   */
  abstract run(queue: QueueName, entry: QueueEntry, timeoutMs: number): Promise<unknown>;
  abstract consume(queue: QueueName, concurrency: number, work: Work): void;
  abstract waiting(queue: QueueName): Promise<number>;
  /** Stops accepting work, and resolves when the running work is done. */
  abstract drain(): Promise<void>;
  /**
   * Whether the queue was emptied since the last call of any process: the
   * process restarted, or Redis lost its data.
   */
  abstract beganAnew(): Promise<boolean>;
}
