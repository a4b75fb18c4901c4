import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Contacts } from '#contacts';
import { Database, unnestRows } from '#database';
import { requirePermission } from '#identity';
import {
  Clock,
  type ContactId,
  type DealId,
  DomainError,
  editVersion,
  type LeadId,
  newId,
  type PartnerActor,
} from '#kernel';
import type { Lead } from '../lead.js';
import { Leads } from '../leads.service.js';
import { type Deal, newDeal } from './deal.js';
import {
  type DealImportContext,
  type DealImportId,
  type ImportedDeal,
  type PlannedDeal,
  type PlannedDeals,
  planDeals,
} from './deal-import.js';
import { DEAL_COLUMNS, DealRecords } from './deal-records.service.js';
import { Deals } from './deals.service.js';

/** What a row changes. */
function changedBy({ outcome, deal, lead }: PlannedDeal): { readonly dealId?: DealId; readonly leadId?: LeadId } {
  if (outcome === 'changed' && deal !== null) return { dealId: deal.id };
  return outcome === 'new' && lead !== null ? { leadId: lead.id } : {};
}

/** What an import did with a deal. */
interface ImportedVersion {
  readonly dealId: DealId;
  /** 0: the import added it. */
  readonly fromVersion: number;
  readonly toVersion: number;
}

/** Whether a person chose the rows. */
export type DealImportSource = 'file' | 'program';

/**
 * Adds and changes deals of a partner from a list. The same list twice changes
 * nothing the second time.
 */
@Injectable()
export class DealImports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly contacts: Contacts,
    private readonly leads: Leads,
    private readonly deals: Deals,
    private readonly records: DealRecords,
  ) {}

  /** What the rows would do. Stores nothing. */
  async preview(actor: PartnerActor, rows: readonly ImportedDeal[]): Promise<PlannedDeals> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, () => this.plan(actor, rows));
  }

  /**
   * Does what the rows ask for, in one transaction. Refused rows are left out.
   * @param basedOn `version` of the preview that a person saw; null: whatever it
   *   would be now.
   * @param source who is told as its origin in the list of imports.
   * @throws DomainError `deal-import.stale` if it would do something else.
   */
  async apply(
    actor: PartnerActor,
    rows: readonly ImportedDeal[],
    basedOn: string | null,
    source: DealImportSource = 'file',
  ): Promise<PlannedDeals> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      await this.records.lockExternalIds(actor);
      const plan = await this.lockedPlan(actor, rows);
      if (basedOn !== null && basedOn !== plan.version)
        throw new DomainError(
          'deal-import.stale',
          'Your deals were changed after this preview, so the import would do something else now. Nothing was stored. Look at the new preview, and import again.',
          { version: plan.version },
          { kind: 'stale' },
        );
      const versions: ImportedVersion[] = [];
      for (const planned of plan.rows) {
        const after = await this.write(actor, planned);
        if (after !== null)
          versions.push({ dealId: after.id, fromVersion: planned.deal?.version ?? 0, toVersion: after.version });
      }
      return { ...plan, importId: await this.record(actor, plan.rows, versions, source) };
    });
  }

  /** @returns null: nothing was added or changed, so that nothing can be undone. */
  private async record(
    actor: PartnerActor,
    rows: readonly PlannedDeal[],
    versions: readonly ImportedVersion[],
    source: DealImportSource,
  ): Promise<DealImportId | null> {
    const count = (outcome: PlannedDeal['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
    const counts = { added: count('new'), changed: count('changed'), refused: count('refused') };
    await this.audit.record(actor, {
      action: 'deals.imported',
      subject: { kind: 'organisation', id: actor.partnerId },
      details: { rows: rows.length, ...counts },
    });
    if (versions.length === 0) return null;
    const id = newId<DealImportId>();
    await this.database.query(
      `INSERT INTO leads.deal_import (id, partner_id, source, added, changed, refused, by_name, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, actor.partnerId, source, counts.added, counts.changed, counts.refused, actor.name, this.clock.now()],
    );
    const { from, parameters } = unnestRows(versions, { dealId: 'uuid', fromVersion: 'int', toVersion: 'int' }, [
      id,
      actor.partnerId,
    ]);
    await this.database.query(
      `INSERT INTO leads.deal_import_row (import_id, deal_id, partner_id, from_version, to_version)
       SELECT $1, deal_id, $2, from_version, to_version FROM ${from}`,
      parameters,
    );
    return id;
  }

  /**
   * A plan whose leads and deals no other request changes any more. What they are is known from a plan, and the one
   * before the locks may be of an older state: an undo would take it for that before the import.
   * @param locked what an earlier plan has locked.
   */
  private async lockedPlan(
    actor: PartnerActor,
    rows: readonly ImportedDeal[],
    locked: ReadonlySet<string> = new Set(),
  ): Promise<PlannedDeals> {
    const plan = await this.plan(actor, rows);
    const changed = plan.rows.map(changedBy);
    const [dealIds, leadIds] = [
      changed.flatMap(({ dealId }) => dealId ?? []),
      changed.flatMap(({ leadId }) => leadId ?? []),
    ];
    const ids: readonly string[] = [...dealIds, ...leadIds];
    if (ids.every((id) => locked.has(id))) return plan;
    await this.records.lockAll(dealIds, leadIds);
    return this.lockedPlan(actor, rows, new Set([...locked, ...ids]));
  }

  /** @returns null: the row changes nothing. */
  private async write(actor: PartnerActor, { outcome, row, deal, contactId, lead }: PlannedDeal): Promise<Deal | null> {
    const change = { ...row.change, ...(row.externalId === '' ? {} : { externalId: row.externalId }) };
    if (outcome === 'changed' && deal !== null) return this.deals.change(actor, deal.id, change);
    if (outcome !== 'new' || contactId === null) return null;
    if (lead !== null) return this.deals.saveOfLead(actor, lead.id, change);
    return this.records.change(actor, this.newWithoutLead(actor, contactId), change, true);
  }

  private newWithoutLead({ partnerId }: PartnerActor, contactId: ContactId): Deal {
    const of = { id: newId<DealId>(), partnerId, leadId: null, contactId, activationId: null };
    return newDeal(of, this.clock.now());
  }

  private async plan(actor: PartnerActor, rows: readonly ImportedDeal[]): Promise<PlannedDeals> {
    const planned = planDeals(rows, await this.context(actor, rows));
    const version = editVersion([
      actor.partnerId,
      planned.map(({ row, outcome, deal, lead, changes, faults }) => [
        row,
        outcome,
        deal,
        lead?.id ?? null,
        changes,
        faults,
      ]),
    ]);
    return { rows: planned, version, importId: null };
  }

  private async context(actor: PartnerActor, rows: readonly ImportedDeal[]): Promise<DealImportContext> {
    const deals = await this.database.query<Deal>(
      `SELECT ${DEAL_COLUMNS} FROM leads.deal
       WHERE (external_id = ANY ($1::text[]) AND withdrawn_at IS NULL) OR id = ANY ($2::uuid[])`,
      [rows.map(({ externalId }) => externalId), rows.flatMap(({ id }) => id ?? [])],
    );
    const contacts = await this.contacts.idsByEmail(
      actor,
      rows.flatMap(({ email }) => email ?? []),
    );
    const statuses = await this.database.query<{ id: string; status: Lead['status'] }>(
      'SELECT id, status FROM leads.lead WHERE id = ANY ($1::uuid[])',
      [deals.flatMap(({ leadId }) => leadId ?? [])],
    );
    return {
      byExternalId: new Map(
        deals.flatMap((deal) =>
          // The number of a withdrawn deal is free.
          deal.externalId === null || deal.withdrawn !== null ? [] : [[deal.externalId, deal] as const],
        ),
      ),
      byId: new Map(deals.map((deal) => [deal.id, deal])),
      contacts,
      freeLeads: await this.leads.withoutDeal([...contacts.values()]),
      leadStatuses: new Map(statuses.map(({ id, status }) => [id, status])),
      today: await this.records.today(actor),
      now: this.clock.now(),
    };
  }
}
