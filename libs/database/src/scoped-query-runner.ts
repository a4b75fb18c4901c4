import pg from 'pg';
import type { DataSource } from 'typeorm';
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
  /** @throws Error if the data source is no PostgreSQL. */
  static on(dataSource: DataSource): ScopedQueryRunner {
    const { driver } = dataSource;
    if (!(driver instanceof PostgresDriver)) throw new Error('The database is no PostgreSQL.');
    const runner = new ScopedQueryRunner(driver, 'master');
    runner.manager = dataSource.createEntityManager(runner);
    return runner;
  }

  /** Starts a transaction, at whose end the scope ends. */
  async startScoped({ vendorId, partnerId, managerId, system }: Scope): Promise<void> {
    // What `startTransaction` records, so that repositories join it. Before the
    // statement: after an error, it is rolled back.
    this.isTransactionActive = true;
    this.transactionDepth += 1;
    await this.query(
      `START TRANSACTION; SET LOCAL throughline.vendor_id = ${literal(vendorId)}; SET LOCAL throughline.partner_id = ${literal(partnerId)}; SET LOCAL throughline.manager_id = ${literal(managerId)}; SET LOCAL throughline.system = ${literal(system)}`,
    );
  }
}

const literal = (value: string): string => pg.escapeLiteral(value);
