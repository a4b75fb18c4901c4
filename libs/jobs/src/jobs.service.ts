import { Injectable, Logger } from '@nestjs/common';
import { Database } from '#database';
import { DomainError, type ErrorKind, type Id, newId, systemActor } from '#kernel';
import { JobQueue, type QueueEntry, type Urgency } from './job-queue.adapter.js';
import { jobNamed, type Job, type QueueName } from './job.js';

const RELAY = systemActor('jobs');
/** Rows that are handed to the queue in one go; the sweep finds what is left. */
const RELAYED = 1_000;

/** What a handler's answer looks like on its way back: a refusal is an answer too, a surprise is a failed job. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly code: `${string}.${string}`;
      readonly message: string;
      readonly details: Record<string, unknown>;
      readonly kind: ErrorKind;
    };

/** Asks for work to be done. Three ways, by who would notice if the queue lost it. */
@Injectable()
export class Jobs {
  private readonly logger = new Logger(Jobs.name);

  constructor(
    private readonly database: Database,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Durable: joins the open transaction, runs after its commit, is tried again until it succeeds or its attempts are
   * spent. The outbox row is the truth; the queue only makes it fast.
   * @returns the outbox id.
   */
  async enqueue<Data>(job: Job<Data, unknown>, data: Data, delayMs = 0): Promise<string> {
    const [id = ''] = await this.enqueueAll(job, [data], delayMs);
    return id;
  }

  /** The same for many in one statement, which are handed to the queue together. @returns their outbox ids, in order. */
  async enqueueAll<Data>(job: Job<Data, unknown>, all: readonly Data[], delayMs = 0): Promise<string[]> {
    if (all.length === 0) return [];
    const ids = all.map(() => newId<Id<'job'>>());
    await this.database.query(
      `INSERT INTO jobs.outbox (id, job, data, run_at)
       SELECT j.id, $2, j.data, now() + $4 * interval '1 millisecond' FROM unnest($1::uuid[], $3::jsonb[]) j (id, data)`,
      [ids, job.name, all.map((data) => JSON.stringify(job.data.parse(data))), delayMs],
    );
    if (delayMs === 0) {
      this.database.afterCommit(() => {
        this.relay(ids).catch((error: unknown) =>
          this.logger.warn(`Job ${job.name} waits for the sweep: ${String(error)}`),
        );
      });
    }
    return ids;
  }

  /** Fire and forget, for work whose own rows are swept anyway (a ledger's leases): nothing is written. */
  async dispatch<Data>(job: Job<Data, unknown>, batches: readonly Data[], urgency: Urgency = 'in-turn'): Promise<void> {
    if (batches.length === 0) return;
    await this.queue.add(
      job.queue,
      batches.map((data) => ({ job: job.name, data: job.data.parse(data), outboxId: null })),
      urgency,
    );
  }

  /**
   * Request and response: the caller waits.
   * @throws DomainError the handler's refusal, or `job.unavailable` when no process answers in time.
   */
  async request<Data, Result>(job: Job<Data, Result>, data: Data, timeoutMs = 60_000): Promise<Result> {
    const answer = await this.ask(job, data, timeoutMs);
    if (answer.ok) return job.result.parse(answer.value);
    throw new DomainError(answer.code, answer.message, answer.details, { kind: answer.kind });
  }

  private async ask<Data>(job: Job<Data, unknown>, data: Data, timeoutMs: number): Promise<Answer> {
    try {
      return (await this.queue.run(
        job.queue,
        { job: job.name, data: job.data.parse(data), outboxId: null },
        timeoutMs,
      )) as Answer;
    } catch (cause) {
      throw new DomainError(
        'job.unavailable',
        'No process answered in time. Nothing was changed; try again in a minute.',
        { job: job.name },
        { cause, kind: 'unavailable' },
      );
    }
  }

  /**
   * Whether what had been handed to the queue is gone: it began with this process, or Redis was emptied. One process is told so, once;
   * the outbox is freed already, and leases of its own the caller frees.
   */
  async queueBeganAnew(): Promise<boolean> {
    if (!(await this.queue.beganAnew())) return false;
    await this.database.inTransaction(RELAY, () =>
      this.database.query(
        'UPDATE jobs.outbox SET leased_until = NULL WHERE failed_at IS NULL AND leased_until IS NOT NULL',
      ),
    );
    return true;
  }

  /** How many entries wait in a queue, for back-pressure. */
  async waiting(job: { readonly queue: QueueName }): Promise<number> {
    return this.queue.waiting(job.queue);
  }

  /** Resolves when the queue answers. @throws Error when it does not. */
  async reachable(): Promise<void> {
    await this.queue.waiting('scheduling');
  }

  /** Hands outbox rows that may run to the queue: the given ones, or the oldest that nobody holds. @returns how many. */
  async relay(ids: readonly string[] | null = null): Promise<number> {
    const rows = await this.database.inTransaction(RELAY, () =>
      this.database.query<{ id: string; job: string; data: unknown }>(
        `UPDATE jobs.outbox o SET leased_until = now() + interval '1 minute', attempt = attempt + 1
         WHERE o.id IN (
           SELECT id FROM jobs.outbox
           WHERE failed_at IS NULL AND run_at <= now() AND (leased_until IS NULL OR leased_until < now())
             AND ($1::uuid[] IS NULL OR id = ANY ($1))
           ORDER BY run_at, id LIMIT ${RELAYED} FOR UPDATE SKIP LOCKED)
         RETURNING o.id, o.job, o.data`,
        [ids],
      ),
    );
    const entries = new Map<QueueName, QueueEntry[]>();
    for (const { id, job: name, data } of rows) {
      const job = jobNamed(name);
      if (job === undefined) this.logger.error(`The outbox holds a job that this version does not know: ${name}`);
      else entries.set(job.queue, [...(entries.get(job.queue) ?? []), { job: name, data, outboxId: id }]);
    }
    for (const [queue, ofQueue] of entries) await this.queue.add(queue, ofQueue);
    return rows.length;
  }
}
