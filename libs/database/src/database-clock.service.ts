import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock, systemActor } from '#kernel';
import { Database } from './database.service.js';

/** A good quartz drifts by less than a millisecond in this time. */
const EVERY_MS = 10_000;
/** A slower answer does not say precisely enough when it was given. */
const SLOWEST_MS = 250;
const LOOK = systemActor('clock');

/**
 * The time of the PostgreSQL that all processes share, continued by each
 * process's monotonic clock. A machine whose wall clock is wrong, or is
 * corrected meanwhile, sends nothing too early and records the same times as
 * the others.
 */
@Injectable()
export class DatabaseClock extends Clock implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DatabaseClock.name);
  private aheadMs = Date.now() - performance.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {
    super();
  }

  override now(): Date {
    return new Date(performance.now() + this.aheadMs);
  }

  /**
   * @throws Error when PostgreSQL does not answer: the process must not start
   *   without the time.
   */
  async onModuleInit(): Promise<void> {
    await this.set(Number.POSITIVE_INFINITY);
    this.timer = setInterval(() => {
      this.set(SLOWEST_MS).catch((error: unknown) =>
        this.logger.warn(`PostgreSQL was not asked for the time; it is carried on. ${String(error)}`),
      );
    }, EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async set(slowestMs: number): Promise<void> {
    const asked = await this.database.inTransaction(LOOK, async () => {
      const before = performance.now();
      const [row] = await this.database.query<{ ms: number }>(
        'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
      );
      return { before, after: performance.now(), ms: row?.ms };
    });
    const { before, after, ms } = asked;
    if (ms === undefined || after - before > slowestMs) return;
    const aheadMs = ms - (before + after) / 2;
    // A difference within the round trip's uncertainty is no difference.
    if (Math.abs(aheadMs - this.aheadMs) > (after - before) / 2) this.aheadMs = aheadMs;
  }
}
