import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Counter, Histogram } from 'prom-client';
import { Database } from '#database';
import { DomainError, systemActor, withLogContext, messageOf, maskAddresses } from '#kernel';
import { HANDLES, type Handler } from './handles.js';
import { JobQueue, type QueueEntry } from './job-queue.adapter.js';
import { type Job, jobsOf, backOffSeconds, type QueueName } from './job.js';
import type { Answer } from './jobs.service.js';
import { BackgroundWork } from './background-work.service.js';

/** The queues of this process, and how many entries of each run at once. */
export type Consumption = Partial<Record<QueueName, number>>;
export const CONSUMPTION = Symbol('Consumption');

const RUNNER = systemActor('jobs');
/** Deaths of workers with one job, after which it is dead-lettered. */
const MOST_DEATHS = 2;
/**
 * A job that this process cannot read is offered again after this time. After
 * an hour without a process that can, it is dead-lettered.
 */
const PASS_ON = { afterSeconds: 3, forSeconds: 3_600 } as const;

const seconds = new Histogram({
  name: 'throughline_job_seconds',
  help: 'Time that a job took, by job and outcome.',
  labelNames: ['job', 'outcome'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600],
});
const exhausted = new Counter({
  name: 'throughline_jobs_exhausted_total',
  help: 'Durable jobs that wait for an operator.',
  labelNames: ['job'],
});

interface DurableEntry {
  readonly outboxId: string;
  readonly fence: number | null;
  readonly data: unknown;
}

/**
 * Runs jobs. The process does not start unless every job of its queues has
 * exactly one handler.
 */
/** An error for the database: servers quote addresses in their replies. */
const storable = (error: string): string => maskAddresses(error, '[address]').slice(0, 2000);

@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(JobRunner.name);
  private readonly handlers = new Map<string, Handler>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly database: Database,
    private readonly queue: JobQueue,
    private readonly backgroundWork: BackgroundWork,
    @Inject(CONSUMPTION) private readonly consumption: Consumption,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.collectHandlers();
    this.checkHandlers();
    for (const [queue, concurrency] of Object.entries(this.consumption) as [QueueName, number][]) {
      this.queue.consume(queue, concurrency, (entry) => this.runEntry(entry));
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    // A running scheduled task may still put work into a queue.
    await this.backgroundWork.stop();
    await this.queue.drain();
  }

  private collectHandlers(): void {
    for (const wrapper of this.discovery.getProviders()) {
      const instance: unknown = wrapper.isDependencyTreeStatic() ? wrapper.instance : null;
      if (instance === null || typeof instance !== 'object') continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown> | null;
      for (const method of this.scanner.getAllMethodNames(prototype)) {
        const implementation = (instance as Record<string, unknown>)[method];
        if (typeof implementation !== 'function') continue;
        const job = Reflect.getMetadata(HANDLES, implementation) as Job<unknown, unknown> | undefined;
        if (job === undefined) continue;
        if (this.handlers.has(job.name)) throw new Error(`The job ${job.name} has two handlers; one must go.`);
        this.handlers.set(job.name, {
          job,
          run: (data) => Promise.resolve(implementation.call(instance, data) as unknown),
        });
      }
    }
  }

  private checkHandlers(): void {
    const consumed = Object.keys(this.consumption) as QueueName[];
    const missing = consumed.flatMap(jobsOf).filter((job) => !this.handlers.has(job.name));
    if (missing.length > 0) {
      throw new Error(
        `This process consumes ${consumed.join(', ')} but has no handler for: ` +
          `${missing.map((job) => job.name).join(', ')}.`,
      );
    }
  }

  private async runEntry(entry: QueueEntry): Promise<Answer> {
    const { job, outboxId, data, fence = null } = entry;
    const handler = this.handlers.get(job);
    return withLogContext({ job, ...(outboxId === null ? {} : { jobId: outboxId }) }, () => {
      const unread = handler === undefined ? 'there is no handler for it' : handler.job.data.safeParse(data).error;
      if (outboxId !== null && unread !== undefined) return this.passOn(job, outboxId, String(unread));
      if (handler === undefined) throw new Error(`No handler for ${job}.`);
      return outboxId === null ? this.answer(handler, data) : this.runDurable(handler, { outboxId, fence, data });
    });
  }

  private async answer(handler: Handler, data: unknown): Promise<Answer> {
    const stop = seconds.startTimer({ job: handler.job.name });
    try {
      const value = await handler.run(handler.job.data.parse(data));
      const took = stop({ outcome: 'done' });
      this.logger.debug(`${handler.job.name} done in ${Math.round(took * 1000)} ms`);
      return { ok: true, value };
    } catch (error) {
      stop({ outcome: error instanceof DomainError ? 'refused' : 'failed' });
      if (error instanceof DomainError)
        return { ok: false, code: error.code, message: error.message, details: error.details, kind: error.kind };
      this.logger.error(`Job ${handler.job.name} failed.`, error);
      throw error;
    }
  }

  private async runDurable(handler: Handler, { outboxId, fence, data }: DurableEntry): Promise<Answer> {
    if (!(await this.lease(handler, outboxId, fence))) {
      await this.holdBack(handler, outboxId, fence);
      return { ok: true, value: undefined };
    }
    try {
      const answer = await this.answer(handler, data);
      if (answer.ok) await this.finish(outboxId);
      else await this.postpone(handler, outboxId, `${answer.code}: ${answer.message}`);
      return answer;
    } catch (error) {
      await this.postpone(handler, outboxId, messageOf(error));
      return { ok: true, value: undefined };
    }
  }

  /**
   * Counts starts without an end: a worker that dies leaves one. Jobs that a
   * worker died with run one at a time, so that a harmless one does not die with
   * a harmful one again.
   * @returns false when the row is done, deferred or queued again (the queue has
   *   a duplicate entry), or when it is held back.
   */
  private async lease(handler: Handler, outboxId: string, fence: number | null): Promise<boolean> {
    const rows = await this.database.inTransaction(RUNNER, () =>
      this.database.query(
        `UPDATE jobs.outbox SET attempt = attempt + 1, unended_starts = unended_starts + 1,
           leased_until = now() + $2 * interval '1 millisecond'
         WHERE id = $1 AND failed_at IS NULL AND run_at <= now() AND fence = coalesce($3, fence)
           AND (unended_starts = 0 OR unended_starts < $4 AND NOT EXISTS (
             SELECT 1 FROM jobs.outbox o WHERE o.id <> $1 AND o.unended_starts > 1 AND o.leased_until > now()
               AND o.failed_at IS NULL))
         RETURNING id`,
        [outboxId, handler.job.leaseMs, fence, MOST_DEATHS],
      ),
    );
    return rows.length > 0;
  }

  /**
   * Dead-letters a job that two workers died with, and defers one that waits for
   * another such job. Other rows are not changed.
   */
  private async holdBack(handler: Handler, outboxId: string, fence: number | null): Promise<void> {
    const error = `${MOST_DEATHS} workers died while they ran this job, so it is not started again.`;
    const rows = await this.database.inTransaction(RUNNER, () =>
      this.database.query<{ failed: boolean }>(
        `UPDATE jobs.outbox SET leased_until = NULL,
           failed_at = CASE WHEN unended_starts >= $3 THEN now() END,
           error = CASE WHEN unended_starts >= $3 THEN $4 ELSE error END,
           run_at = now() + interval '5 seconds'
         WHERE id = $1 AND failed_at IS NULL AND run_at <= now() AND fence = coalesce($2, fence) AND unended_starts > 0
         RETURNING failed_at IS NOT NULL AS failed`,
        [outboxId, fence, MOST_DEATHS, error],
      ),
    );
    if (rows[0]?.failed !== true) return;
    exhausted.inc({ job: handler.job.name });
    this.logger.error(`Job ${handler.job.name} waits for an operator: ${error}`);
  }

  private async finish(outboxId: string): Promise<void> {
    await this.database.inTransaction(RUNNER, () =>
      this.database.query('DELETE FROM jobs.outbox WHERE id = $1', [outboxId]),
    );
  }

  /**
   * Returns a durable job that this process cannot read. During a rolling
   * update, old processes meet jobs of the new version. This is no failure, and
   * a growing back-off would delay the job long after a new process has room.
   */
  private async passOn(job: string, outboxId: string, why: string): Promise<Answer> {
    const error = `Not to be read by this version: ${why}`;
    const rows = await this.database.inTransaction(RUNNER, () =>
      this.database.query<{ failed: boolean }>(
        `UPDATE jobs.outbox SET leased_until = NULL, error = $2, unended_starts = 0,
           run_at = now() + $3 * interval '1 second',
           unread_since = coalesce(unread_since, now()),
           failed_at = CASE WHEN unread_since < now() - $4 * interval '1 second' THEN now() END
         WHERE id = $1 AND failed_at IS NULL RETURNING failed_at IS NOT NULL AS failed`,
        [outboxId, storable(error), PASS_ON.afterSeconds, PASS_ON.forSeconds],
      ),
    );
    if (rows[0]?.failed === true) exhausted.inc({ job });
    this.logger.warn(`Job ${job} is returned for another process. ${error}`);
    return { ok: true, value: undefined };
  }

  private async postpone(handler: Handler, outboxId: string, error: string): Promise<void> {
    const rows = await this.database.inTransaction(RUNNER, () =>
      this.database.query<{ attempt: number; failed: boolean }>(
        `UPDATE jobs.outbox SET leased_until = NULL, error = $2, unread_since = NULL, unended_starts = 0,
           failed_at = CASE WHEN attempt >= $3 THEN now() END,
           run_at = now() + least(2 * 4 ^ greatest(0, attempt - 1), 900) * interval '1 second'
         WHERE id = $1 RETURNING attempt, failed_at IS NOT NULL AS failed`,
        [outboxId, storable(error), handler.job.attempts],
      ),
    );
    const row = rows[0];
    if (row === undefined) return;
    if (row.failed) exhausted.inc({ job: handler.job.name });
    this.logger.warn(
      row.failed
        ? `Job ${handler.job.name} failed ${row.attempt} times and waits for an operator: ${error}`
        : `Job ${handler.job.name} failed and is tried again in ${backOffSeconds(row.attempt)} s: ${error}`,
    );
  }
}
