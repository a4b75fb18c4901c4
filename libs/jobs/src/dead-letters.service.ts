import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type SystemActor, systemActor } from '#kernel';

/** A durable job that failed as often as it may, or that no process could read for an hour: it waits for an operator. */
export interface DeadLetter {
  readonly id: string;
  readonly job: string;
  /** Ids, as every job's. */
  readonly data: unknown;
  readonly attempt: number;
  readonly deadAt: Date;
  /** What the last try ended with. */
  readonly error: string;
}

const COUNTER = systemActor('dead-letters');
const LEFT = `id, job, data, attempt, failed_at AS "deadAt", coalesce(error, '') AS error`;

/** What nobody tries any more, for whoever mends its cause. Nothing is thrown away here: a job that is left is work that somebody was promised. */
@Injectable()
export class DeadLetters {
  constructor(private readonly database: Database) {}

  async count(): Promise<number> {
    const [row] = await this.database.inTransaction(COUNTER, () =>
      this.database.query<{ n: number }>('SELECT count(*)::int AS n FROM jobs.outbox WHERE failed_at IS NOT NULL'),
    );
    return row?.n ?? 0;
  }

  /** Those that were left first. */
  async list(actor: SystemActor, limit: number): Promise<DeadLetter[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<DeadLetter>(
        `SELECT ${LEFT} FROM jobs.outbox WHERE failed_at IS NOT NULL ORDER BY failed_at, id LIMIT $1`,
        [limit],
      ),
    );
  }

  /**
   * Lets jobs be tried again, as often as a new one; handlers are safe to run twice. Joins the open transaction; the next look of any process finds them.
   * @param ids null: all that are left. @returns the jobs that were left until now, as they stood.
   */
  async retry(actor: SystemActor, ids: readonly string[] | null): Promise<DeadLetter[]> {
    return this.database.inTransaction(actor, async () => {
      const left = await this.database.query<DeadLetter>(
        `SELECT ${LEFT} FROM jobs.outbox WHERE failed_at IS NOT NULL AND ($1::uuid[] IS NULL OR id = ANY ($1)) ORDER BY id FOR UPDATE`,
        [ids],
      );
      await this.database.query(
        `UPDATE jobs.outbox SET failed_at = NULL, unread_since = NULL, leased_until = NULL, attempt = 0, run_at = now() WHERE id = ANY ($1)`,
        [left.map(({ id }) => id)],
      );
      return left;
    });
  }
}
