import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { Actor } from '#kernel';
import { camelCaseRows } from './camel-case-rows.js';

interface Unit {
  readonly scope: Scope;
  readonly manager: EntityManager;
  readonly afterCommit: (() => void)[];
}

/** What the policies of row-level security see of an actor; empty means unset. */
interface Scope {
  readonly vendorId: string;
  readonly partnerId: string;
  readonly system: 'on' | '';
}

function scopeOf(actor: Actor): Scope {
  switch (actor.kind) {
    case 'vendor':
      return { vendorId: actor.vendorId, partnerId: '', system: '' };
    case 'partner':
      return { vendorId: '', partnerId: actor.partnerId, system: '' };
    case 'system':
      return { vendorId: actor.vendorId ?? '', partnerId: actor.partnerId ?? '', system: 'on' };
  }
}

const sameScope = (a: Scope, b: Scope): boolean =>
  a.vendorId === b.vendorId && a.partnerId === b.partnerId && a.system === b.system;

/**
 * The one way to rows. Everything runs in a transaction that carries its actor's scope to PostgreSQL, so that a forgotten
 * WHERE shows nothing instead of somebody else's rows.
 */
@Injectable()
export class Database {
  private readonly logger = new Logger(Database.name);
  private readonly current = new AsyncLocalStorage<Unit>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in a transaction under the actor's scope; joins the transaction already open for the same scope.
   * @throws Error when a transaction of another scope is open: authority never changes in the middle of one.
   */
  async inTransaction<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    const scope = scopeOf(actor);
    const open = this.current.getStore();
    if (open !== undefined) {
      if (!sameScope(open.scope, scope))
        throw new Error('A transaction of another scope is open: finish it first, authority never changes within one.');
      return work();
    }
    return this.begin(scope, work);
  }

  /** Whether the caller runs within a transaction: what it reads there may yet be taken back. */
  get isInTransaction(): boolean {
    return this.current.getStore() !== undefined;
  }

  /**
   * The open transaction's entity manager, for repositories.
   * @throws Error outside a transaction, where no scope would be set.
   */
  get manager(): EntityManager {
    return this.unit().manager;
  }

  /**
   * Plans everything anew from here on, before many rows are written in the open transaction. A connection keeps the plans by which it checks
   * foreign keys: one that made them while the tables were tiny reads them whole for each row until they are analysed a minute later.
   */
  async planAnew(): Promise<void> {
    await this.query('DISCARD PLANS');
  }

  /**
   * Lets the statements of the open transaction take as long as they take: for the few that touch everybody of an activation, of whom there
   * may be a million. All others are ended after a minute, so that what went wrong holds nobody up for longer.
   */
  async withoutTimeLimit(): Promise<void> {
    await this.query('SET LOCAL statement_timeout = 0');
  }

  /**
   * Runs SQL in the open transaction.
   * @returns the rows, for UPDATE and DELETE with RETURNING too. Column names are in camel case: `due_at` is `dueAt`.
   */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.unit().manager.queryRunner?.query(sql, [...parameters], true);
    return camelCaseRows(result?.records ?? []) as Row[];
  }

  /** Registers what to do once the open transaction is durable; never runs when it rolls back. It must not throw. */
  afterCommit(work: () => void): void {
    this.unit().afterCommit.push(work);
  }

  private unit(): Unit {
    const open = this.current.getStore();
    if (open === undefined)
      throw new Error('No transaction is open: wrap the call in database.inTransaction(actor, …).');
    return open;
  }

  private async begin<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction();
      const unit: Unit = { scope, manager: runner.manager, afterCommit: [] };
      const result = await this.runScoped(runner, unit, work);
      await runner.commitTransaction();
      for (const hook of unit.afterCommit) this.runHook(hook);
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async runScoped<T>(runner: QueryRunner, unit: Unit, work: () => Promise<T>): Promise<T> {
    await runner.query(
      `SELECT set_config('throughline.vendor_id', $1, true), set_config('throughline.partner_id', $2, true), set_config('throughline.system', $3, true)`,
      [unit.scope.vendorId, unit.scope.partnerId, unit.scope.system],
    );
    return this.current.run(unit, work);
  }

  private runHook(hook: () => void): void {
    try {
      // Outside the finished unit: a hook that opens a transaction gets its own.
      this.current.exit(hook);
    } catch (error) {
      this.logger.error('A hook after commit failed; the sweep will find its work.', error);
    }
  }
}
