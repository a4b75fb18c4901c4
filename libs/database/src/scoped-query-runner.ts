import pg from 'pg';
import { type DataSource, QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';

/**
 * What the row-level security policies see of an actor. An empty string means
 * unset.
 */
export interface Scope {
  readonly vendorId: string;
  readonly partnerId: string;
  /** The channel manager of the vendor; all else sees all of the vendor's partners. */
  readonly managerId: string;
  readonly system: 'on' | '';
}

/**
 * A connection whose transactions begin with their scope, in one message to
 * PostgreSQL. `START TRANSACTION` and `set_config` took two round trips: most
 * transactions have two or three statements of their own.
 */
export class ScopedQueryRunner extends PostgresQueryRunner {
  /** The beginning of the transaction, until something was sent behind it. */
  private beginning: Promise<unknown> | null = null;

  /** @throws Error if the data source is no PostgreSQL. */
  static on(dataSource: DataSource): ScopedQueryRunner {
    const { driver } = dataSource;
    if (!(driver instanceof PostgresDriver)) throw new Error('The database is no PostgreSQL.');
    const runner = new ScopedQueryRunner(driver, 'master');
    runner.manager = dataSource.createEntityManager(runner);
    return runner;
  }

  /**
   * Starts a transaction, at whose end the scope ends. The next statement does not wait for the answer
   * (`pipeline` of `DatabaseModule`). If it follows at once, both leave in one write.
   */
  async startScoped({ vendorId, partnerId, managerId, system }: Scope): Promise<void> {
    const connection = await this.connected();
    // What `startTransaction` records, so that repositories join it. Before the
    // statement: after an error, it is rolled back.
    this.isTransactionActive = true;
    this.transactionDepth += 1;
    const { stream } = connection.connection;
    stream.cork();
    // Behind all that follows at once.
    process.nextTick(() => stream.uncork());
    this.beginning = connection.query(
      `START TRANSACTION READ WRITE; SET LOCAL throughline.vendor_id = ${literal(vendorId)}; SET LOCAL throughline.partner_id = ${literal(partnerId)}; SET LOCAL throughline.manager_id = ${literal(managerId)}; SET LOCAL throughline.system = ${literal(system)}`,
    );
    // The statement behind it throws its error.
    this.beginning.catch(() => undefined);
  }

  /** What repositories send. */
  override query(...sent: Parameters<PostgresQueryRunner['query']>): ReturnType<PostgresQueryRunner['query']> {
    return this.behindBeginning(super.query(...sent));
  }

  /**
   * Sends a statement. Unlike `query`, it does not call subscribers and loggers: the product has none.
   * @throws QueryFailedError with the code of PostgreSQL.
   */
  async run(text: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
    if (this.isReleased) throw new QueryRunnerAlreadyReleasedError();
    const connection = await this.connected();
    try {
      const answer = connection.query<Record<string, unknown>>(text, [...values]);
      const { rows } = await this.behindBeginning(answer);
      return rows;
    } catch (error) {
      throw error instanceof Error ? new QueryFailedError(text, [...values], error) : error;
    }
  }

  private async connected(): Promise<pg.PoolClient> {
    return this.connect() as Promise<pg.PoolClient>;
  }

  private async behindBeginning<T>(answer: Promise<T>): Promise<T> {
    const { beginning } = this;
    if (beginning === null) return answer;
    this.beginning = null;
    const [, answered] = await Promise.all([beginning, answer]);
    return answered;
  }
}

const literal = (value: string): string => pg.escapeLiteral(value);
