import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type SystemActor, systemActor } from '#kernel';

/**
 * A durable job that used up its attempts, that no process could read for an
 * hour, or that two workers died with.
 */
export interface DeadLetter {
  readonly id: string;
  readonly job: string;
  /** The payload: ids only. */
  readonly data: unknown;
  readonly attempt: number;
  readonly deadAt: Date;
  /** Error of the last attempt. */
  readonly error: string;
}

const COUNTER = systemActor('dead-letters');
const COLUMNS = `id, job, data, attempt, failed_at AS dead_at, coalesce(error, '') AS error`;

/**
 * Dead-lettered jobs: they wait until an operator retries them. They are never
 * deleted.
 */
@Injectable()
export class DeadLetters {
  constructor(private readonly database: Database) {}

  async count(): Promise<number> {
    const [row] = await this.database.inTransaction(COUNTER, () =>
      this.database.query<{ n: number }>('SELECT count(*)::int AS n FROM jobs.outbox WHERE failed_at IS NOT NULL'),
    );
    return row?.n ?? 0;
  }

  /** Oldest first. */
  async list(actor: SystemActor, limit: number): Promise<DeadLetter[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<DeadLetter>(
        `SELECT ${COLUMNS} FROM jobs.outbox WHERE failed_at IS NOT NULL ORDER BY failed_at, id LIMIT $1`,
        [limit],
      ),
    );
  }

  /**
   * Queues jobs again with a fresh number of attempts. Joins the open
   * transaction.
   * @param ids null for all.
   * @returns the dead-lettered jobs as they were before.
   */
  async retry(actor: SystemActor, ids: readonly string[] | null): Promise<DeadLetter[]> {
    return this.database.inTransaction(actor, async () => {
      const jobs = await this.database.query<DeadLetter>(
        `SELECT ${COLUMNS} FROM jobs.outbox
        WHERE failed_at IS NOT NULL AND ($1::uuid[] IS NULL OR id = ANY ($1)) ORDER BY id FOR UPDATE`,
        [ids],
      );
      await this.database.query(
        `UPDATE jobs.outbox
            SET failed_at = NULL, unread_since = NULL, leased_until = NULL, attempt = 0, unended_starts = 0, run_at = now()
          WHERE id = ANY ($1)`,
        [jobs.map(({ id }) => id)],
      );
      return jobs;
    });
  }
}
