import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { ChangeDeal, PastDealImport, UndoObstacle } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type DealId, DomainError, notFound, type PartnerActor } from '#kernel';
import { changedDeal, type Deal } from './deal.js';
import type { DealImportId } from './deal-import.js';
import { DEAL_COLUMNS, DealRecords } from './deal-records.service.js';
import { DealWithdrawals } from './deal-withdrawals.service.js';
import { Deals } from './deals.service.js';

/** An import that changed something. */
export interface DoneDealImport extends Omit<PastDealImport, 'id' | 'at' | 'undoneAt'> {
  readonly id: DealImportId;
  readonly at: Date;
  readonly undoneAt: Date | null;
}

/** A deal of an import, and why it cannot be undone; null: it can. */
interface UndoStep {
  readonly deal: Deal;
  /** As it was before the import; null: the import added it. */
  readonly before: ChangeDeal | null;
  readonly obstacle: UndoObstacle | null;
}

/** What an undo does, or did. */
export interface UndonePlan {
  readonly withdrawn: number;
  readonly restored: number;
  readonly left: readonly { readonly deal: Deal; readonly reason: UndoObstacle }[];
}

interface StepRow {
  readonly dealId: DealId;
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Null: not recorded, or the import added the deal. */
  readonly before: ChangeDeal | null;
  readonly leadStatus: string | null;
  /** Whether another deal has the external id of `before` by now. */
  readonly isNumberTaken: boolean;
  readonly isShared: boolean;
}

const COLUMNS = 'id, source, added, changed, refused, by_name AS by, at, undone_by, undone_at';

/**
 * Imports of deals, and how to undo one. Deals that it added are withdrawn, and those that it changed are as
 * before. A deal that was changed since stays: its later change was made for the imported values.
 */
@Injectable()
export class DealImportUndos {
  // At the parameter limit: deals, their leads, shares and history are undone together.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly deals: Deals,
    private readonly records: DealRecords,
    private readonly withdrawals: DealWithdrawals,
  ) {}

  /** Newest first. */
  async list(
    actor: PartnerActor,
    page: { readonly limit: number; readonly beforeId: string | null },
  ): Promise<DoneDealImport[]> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, () =>
      this.database.query<DoneDealImport>(
        `SELECT ${COLUMNS} FROM leads.deal_import WHERE partner_id = $1 AND ($2::uuid IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3`,
        [actor.partnerId, page.beforeId, page.limit],
      ),
    );
  }

  /**
   * What an undo would do. Stores nothing.
   * @throws DomainError `deal-import.not-found`, `deal-import.undone`.
   */
  async preview(actor: PartnerActor, id: DealImportId): Promise<UndonePlan> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      await this.notUndone(id);
      return planOf(await this.steps(actor, id));
    });
  }

  /**
   * Undoes an import, once. If all of its deals stay, nothing is stored.
   * @throws DomainError as `preview`.
   */
  async undo(actor: PartnerActor, id: DealImportId): Promise<UndonePlan> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      await this.records.lockExternalIds(actor);
      await this.notUndone(id);
      await this.lockDeals(id);
      const steps = await this.steps(actor, id);
      for (const step of steps) if (step.obstacle === null) await this.undoOne(actor, step);
      const plan = planOf(steps);
      // It stays possible: a deal that stands against it may be withdrawn, or get its external id back.
      if (plan.withdrawn + plan.restored === 0) return plan;
      await this.database.query('UPDATE leads.deal_import SET undone_by = $2, undone_at = $3 WHERE id = $1', [
        id,
        actor.name,
        this.clock.now(),
      ]);
      const { withdrawn, restored, left } = plan;
      await this.audit.record(actor, {
        action: 'deals.import-undone',
        subject: { kind: 'organisation', id: actor.partnerId },
        details: { importId: id, withdrawn, restored, left: left.length },
      });
      return plan;
    });
  }

  private async undoOne(actor: PartnerActor, { deal, before }: UndoStep): Promise<void> {
    if (before === null) await this.withdrawals.withdraw(actor, deal.id, 'import-undone');
    else await this.deals.change(actor, deal.id, before);
  }

  private async notUndone(id: DealImportId): Promise<void> {
    const [found] = await this.database.query<DoneDealImport>(
      `SELECT ${COLUMNS} FROM leads.deal_import WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (found === undefined) throw notFound('deal-import', id);
    if (found.undoneAt === null) return;
    throw new DomainError(
      'deal-import.undone',
      `${found.undoneBy ?? ''} undid this import already. Deals that stayed can be changed or withdrawn one by one.`,
      { by: found.undoneBy },
      { kind: 'conflict' },
    );
  }

  private async lockDeals(id: DealImportId): Promise<void> {
    const rows = await this.database.query<{ readonly dealId: DealId }>(
      'SELECT deal_id FROM leads.deal_import_row WHERE import_id = $1',
      [id],
    );
    await this.records.lockAll(rows.map(({ dealId }) => dealId));
  }

  private async steps(actor: PartnerActor, id: DealImportId): Promise<UndoStep[]> {
    const rows = await this.database.query<StepRow>(
      `SELECT r.deal_id, r.from_version, r.to_version, l.status AS lead_status,
         CASE WHEN e.products IS NOT NULL THEN jsonb_build_object('stage', e.stage, 'amount', CASE WHEN e.amount_minor IS NULL THEN NULL
             ELSE jsonb_build_object('minorUnits', e.amount_minor, 'currency', e.currency) END,
           'expectedOn', e.expected_on, 'closedOn', e.closed_on, 'products', e.products, 'lostReason', e.lost_reason,
           'externalId', e.external_id) END AS before,
         EXISTS (SELECT FROM leads.deal o WHERE o.partner_id = r.partner_id AND o.external_id = e.external_id AND o.id <> r.deal_id
           AND o.withdrawn_at IS NULL) AS is_number_taken,
         EXISTS (SELECT FROM leads.deal_share s WHERE s.deal_id = r.deal_id AND s.revoked_at IS NULL) AS is_shared
       FROM leads.deal_import_row r JOIN leads.deal d ON d.id = r.deal_id LEFT JOIN leads.lead l ON l.id = d.lead_id
         LEFT JOIN leads.deal_event e ON e.deal_id = r.deal_id AND e.version = r.from_version
       WHERE r.import_id = $1 ORDER BY r.deal_id`,
      [id],
    );
    const deals = await this.database.query<Deal>(
      `SELECT ${DEAL_COLUMNS} FROM leads.deal WHERE id = ANY ($1::uuid[])`,
      [rows.map(({ dealId }) => dealId)],
    );
    const today = await this.records.today(actor);
    const dealOf = new Map(deals.map((deal) => [deal.id, deal]));
    return rows.flatMap((row) => {
      const deal = dealOf.get(row.dealId);
      return deal === undefined ? [] : [stepOf(deal, row, today)];
    });
  }
}

function stepOf(deal: Deal, row: StepRow, today: string): UndoStep {
  const { closedOn, ...before } = row.before ?? {};
  // An open deal has no day of closing, and a change names one or none.
  const restored = closedOn == null ? before : { ...before, closedOn };
  const isAdded = row.fromVersion === 0;
  const obstacle = obstacleOf(deal, row) ?? (isAdded || isPossible(deal, restored, today) ? null : 'values-refused');
  return { deal, before: isAdded ? null : restored, obstacle };
}

function obstacleOf(
  deal: Deal,
  { fromVersion, toVersion, before, leadStatus, isNumberTaken, isShared }: StepRow,
): UndoObstacle | null {
  if (deal.withdrawn !== null) return 'withdrawn';
  if (deal.version !== toVersion) return 'changed-since';
  // Others were told of it, which an import never does.
  if (fromVersion === 0) return isShared ? 'shared-since' : null;
  if (before === null) return 'not-recorded';
  if (leadStatus === 'withdrawn') return 'lead-withdrawn';
  return isNumberTaken ? 'external-id-taken' : null;
}

/** Rules of today may refuse what was entered before: one deal would stop the undo of all. */
function isPossible(deal: Deal, change: ChangeDeal, today: string): boolean {
  try {
    changedDeal(deal, change, today);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

function planOf(steps: readonly UndoStep[]): UndonePlan {
  const done = steps.filter(({ obstacle }) => obstacle === null);
  const withdrawn = done.filter(({ before }) => before === null).length;
  return {
    withdrawn,
    restored: done.length - withdrawn,
    left: steps.flatMap(({ deal, obstacle }) => (obstacle === null ? [] : [{ deal, reason: obstacle }])),
  };
}
