import { Injectable, Logger } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { DomainError, type ErrorKind, type Id, newId, systemActor } from '#kernel';
import { JobQueue, type QueueEntry } from './job-queue.adapter.js';
import { jobNamed, type Job, type QueueName } from './job.js';
import { OneAtATime } from './one-at-a-time.js';

const RELAY = systemActor('jobs');
/**
 * A queue is filled up to this number, once half of it is gone. More entries
 * would only wait in the queue instead of the outbox.
 */
const QUEUED = 1_000;
/**
 * A queued row that no process has started is queued again after this time: the
 * queue may have lost it.
 */
const QUEUED_MS = 60_000;

/**
 * The answer of a handler. A refusal is an answer, too; any other error is a
 * failed job.
 */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly code: `${string}.${string}`;
      readonly message: string;
      readonly details: Record<string, unknown>;
      readonly kind: ErrorKind;
    };

/**
 * Enqueues work, in three ways that differ in what finds the work again if the
 * queue loses it.
 */
@Injectable()
export class Jobs {
  private readonly logger = new Logger(Jobs.name);
  private readonly owners = new OneAtATime();

  constructor(
    private readonly database: Database,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Durable: joins the open transaction and runs after its commit, until it
   * succeeds or its attempts are used up. The outbox row is the truth; the
   * queue only makes it fast.
   * @returns the outbox id.
   */
  async enqueue<Data>(job: Job<Data, unknown>, data: Data, delayMs = 0): Promise<string> {
    const [id = ''] = await this.enqueueAll(job, [data], delayMs);
    return id;
  }

  /**
   * The same for many in one statement; they are queued together.
   * @returns their outbox ids, in order.
   */
  async enqueueAll<Data>(job: Job<Data, unknown>, all: readonly Data[], delayMs = 0): Promise<string[]> {
    if (all.length === 0) return [];
    const ids = all.map(() => newId<Id<'job'>>());
    const jobs = ids.map((id, index): { id: string; data: unknown } => ({ id, data: job.data.parse(all[index]) }));
    const rows = unnestRows(jobs, { id: 'uuid', data: 'jsonb' }, [job.name, delayMs]);
    await this.database.query(
      `INSERT INTO jobs.outbox (id, job, data, run_at)
       SELECT given.id, $1, given.data, now() + $2 * interval '1 millisecond' FROM ${rows.from}`,
      rows.parameters,
    );
    if (delayMs === 0) {
      this.database.afterCommit(() => {
        this.relayNew(job, ids).catch((error: unknown) =>
          this.logger.warn(`Job ${job.name} waits for the sweep: ${String(error)}`),
        );
      });
    }
    return ids;
  }

  /**
   * Fire and forget, for work whose own rows are swept anyway (leases of the
   * ledger). Nothing is written.
   */
  async dispatch<Data>(job: Job<Data, unknown>, batches: readonly Data[]): Promise<void> {
    if (batches.length === 0) return;
    await this.queue.add(
      job.queue,
      batches.map((data) => ({ job: job.name, data: job.data.parse(data), outboxId: null })),
    );
  }

  /**
   * Request and response: the caller waits. It is not run again if its worker
   * dies.
   * @param owner the organisation that sent the file the job opens. Requests of
   *   one owner run one after the other.
   * @throws DomainError the handler's refusal; `job.unavailable` when no process
   *   answers in time; `job.too-many-waiting`.
   */
  async request<Data, Result>(
    job: Job<Data, Result>,
    data: Data,
    timeoutMs = 60_000,
    owner: string | null = null,
  ): Promise<Result> {
    const send = (): Promise<Answer> => this.send(job, data, timeoutMs);
    const answer = await (owner === null ? send() : this.owners.run(owner, send));
    if (answer.ok) return job.result.parse(answer.value);
    throw new DomainError(answer.code, answer.message, answer.details, { kind: answer.kind });
  }

  private async send<Data>(job: Job<Data, unknown>, data: Data, timeoutMs: number): Promise<Answer> {
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
   * Whether the queue was emptied: it started with this process, or Redis lost
   * its data. One process gets `true`, once. The outbox is freed already; the
   * caller frees leases of its own.
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

  /** Number of waiting entries of a queue, for back-pressure. */
  async waiting(job: { readonly queue: QueueName }): Promise<number> {
    return this.queue.waiting(job.queue);
  }

  /** Resolves when the queue answers. @throws Error when it does not. */
  async reachable(): Promise<void> {
    await this.queue.waiting('scheduling');
  }

  /**
   * Moves runnable outbox rows into their queues as far as these have room: the
   * given rows, or the oldest free rows of each job. A row that waits for room
   * uses no attempt and delays no other queue.
   * @returns how many.
   */
  async relay(ids: readonly string[] | null = null): Promise<number> {
    const room = new Map<QueueName, number>();
    const roomIn = async (queue: QueueName): Promise<number> => {
      const known = room.get(queue);
      if (known !== undefined) return known;
      const left = await this.roomIn(queue);
      room.set(queue, left);
      return left;
    };
    let relayed = 0;
    for (const { name, job } of await this.runnable(ids)) {
      // Rows of unknown jobs are leased, too, so that this is logged once a
      // minute and not once a second.
      const limit = job === undefined ? QUEUED : await roomIn(job.queue);
      if (limit <= 0) continue;
      const entries = await this.leaseRows(name, ids, limit);
      if (job === undefined) {
        if (entries.length > 0) this.logger.error(`The outbox has a job that this version does not know: ${name}`);
        continue;
      }
      room.set(job.queue, limit - entries.length);
      if (entries.length > 0) await this.queue.add(job.queue, entries);
      relayed += entries.length;
    }
    return relayed;
  }

  /** Rows of one job that were just written, as far as its queue has room. */
  private async relayNew(
    { name, queue }: Pick<Job<never, unknown>, 'name' | 'queue'>,
    ids: readonly string[],
  ): Promise<void> {
    const limit = await this.roomIn(queue);
    if (limit <= 0) return;
    const entries = await this.leaseRows(name, ids, limit);
    if (entries.length > 0) await this.queue.add(queue, entries);
  }

  /** How many entries a queue takes now. */
  private async roomIn(queue: QueueName): Promise<number> {
    const waiting = await this.queue.waiting(queue);
    return waiting > QUEUED / 2 ? 0 : QUEUED - waiting;
  }

  /**
   * Jobs with runnable rows, by skip scan of an index; the job with the oldest
   * row first.
   */
  private async runnable(
    ids: readonly string[] | null,
  ): Promise<{ readonly name: string; readonly job: Job<never, unknown> | undefined }[]> {
    const rows = await this.database.inTransaction(RELAY, () =>
      this.database.query<{ name: string }>(
        ids === null
          ? `WITH RECURSIVE waiting AS (
               (SELECT job, run_at FROM jobs.outbox WHERE failed_at IS NULL ORDER BY job, run_at LIMIT 1)
               UNION ALL SELECT n.* FROM waiting w CROSS JOIN LATERAL (
                 SELECT job, run_at FROM jobs.outbox WHERE failed_at IS NULL AND job > w.job ORDER BY job, run_at LIMIT 1) n)
             SELECT job AS name FROM waiting WHERE run_at <= now() ORDER BY run_at`
          : 'SELECT job AS name FROM jobs.outbox WHERE id = ANY ($1) GROUP BY job',
        ids === null ? [] : [ids],
      ),
    );
    return rows.map(({ name }) => ({ name, job: jobNamed(name) }));
  }

  private async leaseRows(name: string, ids: readonly string[] | null, limit: number): Promise<QueueEntry[]> {
    const rows = await this.database.inTransaction(RELAY, () =>
      this.database.query<{ id: string; data: unknown; fence: number }>(
        `UPDATE jobs.outbox o SET fence = fence + 1, leased_until = now() + $4 * interval '1 millisecond'
         WHERE o.id IN (
           SELECT id FROM jobs.outbox
           WHERE job = $1 AND failed_at IS NULL AND run_at <= now() AND (leased_until IS NULL OR leased_until < now())
             AND ($2::uuid[] IS NULL OR id = ANY ($2))
           ORDER BY run_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING o.id, o.data, o.fence`,
        [name, ids, limit, QUEUED_MS],
      ),
    );
    return rows.map(({ id, data, fence }) => ({ job: name, data, outboxId: id, fence }));
  }
}
