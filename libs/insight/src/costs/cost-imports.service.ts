import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { DomainError, editVersion, newId } from '#kernel';
import type { CostId } from './cost.js';
import { type ImportedCost, type PlannedCost, type PlannedCosts, planCosts } from './cost-import.js';
import { bearerOf, type CostBearer, Costs } from './costs.service.js';

/**
 * Adds and changes costs from a list, by their references or ids; rows
 * without both only add what there is not yet. The same list twice
 * changes nothing the second time.
 */
@Injectable()
export class CostImports {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly costs: Costs,
  ) {}

  /** What the rows would do. Stores nothing. */
  async preview(actor: CostBearer, rows: readonly ImportedCost[]): Promise<PlannedCosts> {
    requirePermission(actor, `${actor.kind}-costs.edit`);
    return this.database.inTransaction(actor, () => this.plan(actor, rows));
  }

  /**
   * Does what the rows ask for, in one transaction. Refused rows are left out.
   * @param basedOn `version` of the preview that a person saw; null: whatever it
   *   would be now.
   * @throws DomainError `cost-import.stale` if it would do something else.
   */
  async apply(actor: CostBearer, rows: readonly ImportedCost[], basedOn: string | null): Promise<PlannedCosts> {
    requirePermission(actor, `${actor.kind}-costs.edit`);
    return this.database.inTransaction(actor, async () => {
      await this.costs.lock(actor);
      const plan = await this.plan(actor, rows);
      if (basedOn !== null && basedOn !== plan.version)
        throw new DomainError(
          'cost-import.stale',
          'Your costs were changed after this preview, so the import would do something else now. Nothing was stored. Look at the new preview, and import again.',
          { version: plan.version },
          { kind: 'stale' },
        );
      for (const { before, after } of plan.rows)
        if (after !== null)
          await this.costs.write(actor, before, before === null ? { ...after, id: newId<CostId>() } : after);
      const count = (outcome: PlannedCost['outcome']): number =>
        plan.rows.filter((row) => row.outcome === outcome).length;
      await this.audit.record(actor, {
        action: 'costs.imported',
        subject: { kind: 'organisation', id: bearerOf(actor) },
        details: { rows: rows.length, added: count('new'), changed: count('changed'), refused: count('refused') },
      });
      return plan;
    });
  }

  private async plan(actor: CostBearer, rows: readonly ImportedCost[]): Promise<PlannedCosts> {
    const known = await this.costs.known(actor, {
      references: rows.map(({ reference }) => reference),
      ids: rows.flatMap(({ id }) => id ?? []),
    });
    const planned = planCosts(rows, {
      ...(await this.costs.choices(actor)),
      ownerId: bearerOf(actor),
      byReference: new Map(known.flatMap((cost) => (cost.reference === null ? [] : [[cost.reference, cost] as const]))),
      byId: new Map(known.map((cost) => [cost.id, cost])),
      withoutReference: await this.costs.withoutReference(
        actor,
        rows.flatMap(({ reference, change }) => (reference === '' ? (change.description ?? []) : [])),
      ),
    });
    return { rows: planned, version: editVersion([bearerOf(actor), planned]) };
  }
}
