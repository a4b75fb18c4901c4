import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { BrandProfiles } from '#brand';
import type { ChangeDeal } from '#contracts';
import { Database, unlessTaken } from '#database';
import { Clock, type DealId, type Id, type LeadId, newId, type PartnerActor } from '#kernel';
import { WebhookEvents } from '#webhooks';
import type { Lead, LeadStatus } from '../lead.js';
import { changedDeal, changedFields, type Deal, externalIdTaken, isOpen, newDeal } from './deal.js';

/** A deal's columns. */
export const DEAL_COLUMNS = `id, partner_id, lead_id, contact_id, activation_id, external_id, stage,
  CASE WHEN amount_minor IS NULL THEN NULL ELSE jsonb_build_object('minorUnits', amount_minor, 'currency', currency) END AS amount,
  refunded_minor::float8 AS refunded_minor, expected_on::text, closed_on::text, products, lost_reason, created_at, updated_at,
  CASE WHEN EXISTS (SELECT FROM leads.deal_share s
    WHERE s.deal_id = deal.id AND s.role = 'sourced' AND s.accepted_at IS NOT NULL AND s.revoked_at IS NULL)
    THEN 'fulfilled' ELSE 'sourced' END AS role, version,
  CASE WHEN withdrawn_at IS NULL THEN NULL
    ELSE jsonb_build_object('at', withdrawn_at, 'by', withdrawn_by, 'reason', withdrawn_reason) END AS withdrawn`;

type EventKind = 'stage' | 'change' | 'refund' | 'withdrawal';

const ACTIONS = {
  stage: 'deal.changed',
  change: 'deal.changed',
  refund: 'deal.refunded',
  withdrawal: 'deal.withdrawn',
} as const satisfies Record<EventKind, string>;

/**
 * Rows of deals and of their history. Everything that changes a deal writes it
 * here, within its own transaction of the partner's scope.
 */
@Injectable()
export class DealRecords {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly webhooks: WebhookEvents,
    private readonly profiles: BrandProfiles,
  ) {}

  /** Today in the time zone of the partner: `2026-11-17`. */
  today(actor: PartnerActor): Promise<string> {
    return this.profiles.today(actor);
  }

  /**
   * A transaction that sets an external id waits here first, before it locks a lead or deal. An import locks many
   * of them: without this order it and a change of one deal could wait for each other.
   */
  async lockExternalIds({ partnerId }: PartnerActor): Promise<void> {
    await this.database.lock(`external ids of deals ${partnerId}`);
  }

  /** The deal of a lead, locked; null: it has none that counts. */
  async lockOfLead(leadId: LeadId): Promise<Deal | null> {
    const [deal] = await this.database.query<Deal>(
      `SELECT ${DEAL_COLUMNS} FROM leads.deal WHERE lead_id = $1 AND withdrawn_at IS NULL FOR UPDATE`,
      [leadId],
    );
    return deal ?? null;
  }

  /**
   * Locks leads in the order in which clicks are evaluated, then deals: in that of a file, two changes could wait
   * for each other.
   * @param dealIds deals, whose leads are locked, too.
   */
  async lockAll(dealIds: readonly DealId[], leadIds: readonly LeadId[] = []): Promise<void> {
    await this.database.query(
      `SELECT FROM leads.lead WHERE id IN (SELECT unnest($1::uuid[]) UNION SELECT d.lead_id FROM leads.deal d WHERE d.id = ANY ($2::uuid[]))
       ORDER BY contact_id, id FOR UPDATE`,
      [leadIds, dealIds],
    );
    await this.database.query('SELECT FROM leads.deal WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [dealIds]);
  }

  /** A new deal of a lead, not stored yet. */
  newOf({ id: leadId, partnerId, contactId, activationId }: Lead): Deal {
    return newDeal({ id: newId<DealId>(), partnerId, leadId, contactId, activationId }, this.clock.now());
  }

  /**
   * Writes what the new status of a lead means for its deal. A won lead has a
   * deal. A lost one, and one that is worked on, has one only if it had one or
   * the change says something of it.
   * @returns the deal afterwards; null: the lead has none.
   */
  async followLead(actor: PartnerActor, lead: Lead, to: LeadStatus, change: ChangeDeal): Promise<Deal | null> {
    const before = await this.lockOfLead(lead.id);
    const isNamed = Object.values(change).some((value) => value != null);
    if (before === null && to !== 'won' && !isNamed) return null;
    const deal = before ?? this.newOf(lead);
    return this.change(actor, deal, { ...change, ...stageFor(to, deal, change) }, before === null);
  }

  /**
   * Stores a change, unless it changes nothing of a known deal.
   * @throws DomainError as `changedDeal`.
   */
  async change(actor: PartnerActor, before: Deal, change: ChangeDeal, isNew: boolean): Promise<Deal> {
    const after = changedDeal(before, change, await this.today(actor));
    const fields = changedFields(before, after);
    if (!isNew && fields.length === 0) return before;
    return this.write(actor, after, isNew || fields.includes('stage') ? 'stage' : 'change', fields);
  }

  /**
   * Stores a deal with its event, audit entry and webhook.
   * @param fields what has changed.
   * @throws DomainError `deal.external-id` if another request has taken the number meanwhile.
   */
  async write(actor: PartnerActor, changed: Deal, kind: EventKind, fields: readonly string[]): Promise<Deal> {
    const now = this.clock.now();
    const deal = { ...changed, version: changed.version + 1 };
    await this.upsert(deal, now);
    await this.updateShares(deal);
    await this.insertEvent(actor, deal, kind, now);
    const { id, stage, amount, refundedMinor, withdrawn } = deal;
    await this.emit(deal);
    await this.audit.record(actor, {
      action: ACTIONS[kind],
      subject: { kind: 'deal', id },
      details: {
        fields: [...fields],
        stage,
        amount,
        refundedMinor,
        ...(withdrawn === null ? {} : { reason: withdrawn.reason }),
      },
    });
    return { ...deal, updatedAt: now };
  }

  private async emit({ id: dealId, partnerId, withdrawn, ...deal }: Deal): Promise<void> {
    const { leadId, contactId, stage, amount, refundedMinor } = deal;
    const to = { kind: 'partner', id: partnerId } as const;
    if (withdrawn === null)
      await this.webhooks.emit(to, 'deal.changed', { dealId, leadId, contactId, stage, amount, refundedMinor });
    else await this.webhooks.emit(to, 'deal.withdrawn', { dealId, leadId, contactId, reason: withdrawn.reason });
  }

  private async upsert(deal: Deal, now: Date): Promise<void> {
    await unlessTaken(
      () =>
        this.database.query(
          `INSERT INTO leads.deal (id, partner_id, lead_id, contact_id, activation_id, external_id, stage, amount_minor, currency,
             refunded_minor, expected_on, closed_on, products, lost_reason, created_at, updated_at, version)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16)
           ON CONFLICT (id) DO UPDATE SET external_id = excluded.external_id, stage = excluded.stage, amount_minor = excluded.amount_minor,
             currency = excluded.currency, refunded_minor = excluded.refunded_minor, expected_on = excluded.expected_on,
             closed_on = excluded.closed_on, products = excluded.products, lost_reason = excluded.lost_reason, updated_at = excluded.updated_at,
             version = excluded.version, withdrawn_at = $17, withdrawn_by = $18, withdrawn_reason = $19`,
          [
            deal.id,
            deal.partnerId,
            deal.leadId,
            deal.contactId,
            deal.activationId,
            deal.externalId,
            deal.stage,
            deal.amount?.minorUnits ?? null,
            deal.amount?.currency ?? null,
            deal.refundedMinor,
            deal.expectedOn,
            deal.closedOn,
            deal.products,
            deal.lostReason,
            now,
            deal.version,
            deal.withdrawn?.at ?? null,
            deal.withdrawn?.by ?? null,
            deal.withdrawn?.reason ?? null,
          ],
        ),
      (cause) => externalIdTaken(deal.externalId ?? '', cause),
    );
  }

  /** The copies that a vendor and participants see: `DealShares`, which locks them in the same order. */
  private async updateShares({ id, stage, amount, refundedMinor, expectedOn, closedOn }: Deal): Promise<void> {
    await this.database.query(
      `WITH locked AS (SELECT s.id FROM leads.deal_share s WHERE s.deal_id = $1 AND s.revoked_at IS NULL ORDER BY s.id FOR UPDATE)
       UPDATE leads.deal_share SET stage = $2, amount_minor = $3, currency = $4, refunded_minor = $5, expected_on = $6, closed_on = $7
       FROM locked WHERE deal_share.id = locked.id AND revoked_at IS NULL`,
      [id, stage, amount?.minorUnits ?? null, amount?.currency ?? null, refundedMinor, expectedOn, closedOn],
    );
  }

  private async insertEvent(actor: PartnerActor, deal: Deal, kind: EventKind, at: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO leads.deal_event (id, deal_id, partner_id, kind, stage, amount_minor, currency, refunded_minor, expected_on,
         closed_on, lost_reason, by_name, at, version, external_id, products)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        newId<Id<'deal-event'>>(),
        deal.id,
        deal.partnerId,
        kind,
        deal.stage,
        deal.amount?.minorUnits ?? null,
        deal.amount?.currency ?? null,
        deal.refundedMinor,
        deal.expectedOn,
        deal.closedOn,
        deal.lostReason,
        actor.name,
        at,
        deal.version,
        deal.externalId,
        deal.products,
      ],
    );
  }
}

/** The stage that a status of the lead asks for, unless the change has one that fits. */
function stageFor(to: LeadStatus, deal: Deal, { stage }: ChangeDeal): Pick<ChangeDeal, 'stage'> {
  if (to === 'won' || to === 'lost') return { stage: to };
  if (stage !== undefined && isOpen(stage)) return { stage };
  return { stage: isOpen(deal.stage) ? deal.stage : 'qualified' };
}
