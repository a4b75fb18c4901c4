import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, messageOf, type VendorActor } from '#kernel';
import { camelCaseRows } from './camel-case-rows.js';
import { type Scope, ScopedQueryRunner } from './scoped-query-runner.js';

/** An open transaction. */
interface Unit {
  readonly database: Database;
  readonly scope: Scope;
  readonly runner: ScopedQueryRunner;
  readonly afterCommit: (() => void)[];
}

/**
 * One for all databases of the process: Node.js 20 visits every storage that
 * was ever used at each promise. With one per product, suites that start 19
 * products spent a tenth of their time there.
 */
const openUnit = new AsyncLocalStorage<Unit>();

/** Nobody has this id: a channel manager who is not known sees no partner. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const managerOf = ({ role, userId }: VendorActor): string => (role === 'channel-manager' ? (userId ?? NOBODY) : '');

function scopeOf(actor: Actor): Scope {
  switch (actor.kind) {
    case 'vendor':
      return { vendorId: actor.vendorId, partnerId: '', managerId: managerOf(actor), system: '' };
    case 'partner':
      return { vendorId: '', partnerId: actor.partnerId, managerId: '', system: '' };
    case 'system':
      return { vendorId: actor.vendorId ?? '', partnerId: actor.partnerId ?? '', managerId: '', system: 'on' };
  }
}

const sameScope = (a: Scope, b: Scope): boolean =>
  a.vendorId === b.vendorId && a.partnerId === b.partnerId && a.managerId === b.managerId && a.system === b.system;

/**
 * The only access to rows. Each transaction carries its actor's scope to
 * PostgreSQL, so that a forgotten WHERE returns nothing instead of rows of
 * another organisation.
 */
@Injectable()
export class Database {
  private readonly logger = new Logger(Database.name);

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in a transaction under the actor's scope, or joins the open
   * transaction of the same scope.
   * @throws Error when a transaction of another scope is open.
   */
  async inTransaction<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    const scope = scopeOf(actor);
    const { open } = this;
    if (open !== undefined) {
      if (!sameScope(open.scope, scope))
        throw new Error('A transaction of another scope is open: finish it first, authority never changes within one.');
      return work();
    }
    return this.begin(scope, work);
  }

  /**
   * Whether a transaction is open. What is read in it may yet be rolled back.
   */
  get isInTransaction(): boolean {
    return this.open !== undefined;
  }

  /**
   * The open transaction's entity manager, for repositories.
   * @throws Error outside a transaction, where no scope would be set.
   */
  get manager(): EntityManager {
    return this.unit().runner.manager;
  }

  /**
   * Discards cached query plans, before many rows are written in the open
   * transaction. A connection caches the plans of its foreign key checks. Plans
   * made while tables were tiny read the whole table for each row, until
   * autovacuum analyses it a minute later.
   */
  async discardPlans(): Promise<void> {
    await this.query('DISCARD PLANS');
  }

  /**
   * Makes transactions that lock the same name take turns, until the open one
   * ends. For a row that may not exist yet; else lock the row.
   */
  async lock(name: string): Promise<void> {
    await this.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  }

  /**
   * Like `lock`, but only transactions that `lock` the name wait, and are
   * waited for.
   */
  async lockShared(name: string): Promise<void> {
    await this.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [name]);
  }

  /**
   * Lifts the statement timeout of one minute in the open transaction, for the
   * few statements that change all contacts of an activation (there may be a
   * million).
   */
  async withoutTimeLimit(): Promise<void> {
    await this.query('SET LOCAL statement_timeout = 0');
  }

  /**
   * Runs `work` in the open transaction. If it throws, what it wrote is undone,
   * and the caller may catch the error and go on.
   */
  async inSavepoint<T>(work: () => Promise<T>): Promise<T> {
    await this.query('SAVEPOINT attempt');
    try {
      const result = await work();
      await this.query('RELEASE SAVEPOINT attempt');
      return result;
    } catch (error) {
      await this.query('ROLLBACK TO SAVEPOINT attempt');
      throw error;
    }
  }

  /**
   * Runs SQL in the open transaction.
   * @returns the rows, for UPDATE and DELETE with RETURNING too. Column names
   *   are in camel case: `due_at` is `dueAt`.
   */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return camelCaseRows(await this.unit().runner.run(sql, parameters)) as Row[];
  }

  /**
   * Registers work to do after the commit. It does not run after a rollback. It
   * must not throw.
   */
  afterCommit(work: () => void): void {
    this.unit().afterCommit.push(work);
  }

  private get open(): Unit | undefined {
    const unit = openUnit.getStore();
    return unit?.database === this ? unit : undefined;
  }

  private unit(): Unit {
    const { open } = this;
    if (open === undefined)
      throw new Error('No transaction is open: wrap the call in database.inTransaction(actor, …).');
    return open;
  }

  private async begin<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    const runner = ScopedQueryRunner.on(this.dataSource);
    try {
      await runner.connect();
      await runner.startScoped(scope);
      const unit: Unit = { database: this, scope, runner, afterCommit: [] };
      const result = await openUnit.run(unit, work);
      await runner.commitTransaction();
      for (const hook of unit.afterCommit) this.runHook(hook);
      return result;
    } catch (error) {
      if (runner.isTransactionActive)
        await runner
          .rollbackTransaction()
          .catch((failure: unknown) => this.logger.warn(`A rollback failed: ${messageOf(failure)}`));
      throw error;
    } finally {
      await runner.release();
    }
  }

  private runHook(hook: () => void): void {
    try {
      // Outside the finished unit: a hook that opens a transaction gets its
      // own.
      openUnit.exit(hook);
    } catch (error) {
      this.logger.error('A hook after commit failed; the sweep will find its work.', error);
    }
  }
}
