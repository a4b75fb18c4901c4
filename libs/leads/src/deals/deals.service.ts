import { Injectable } from '@nestjs/common';
import {
  type ChangeDeal,
  DEAL_STAGES,
  type DealFilter,
  type DealHistory,
  type DealListSums,
  type DealSort,
} from '#contracts';
import { Database, listOrder, lowerCase } from '#database';
import { requirePermission } from '#identity';
import { type DealId, type LeadId, notFound, type PartnerActor } from '#kernel';
import { LeadMoves } from '../lead-moves.service.js';
import { type Lead, statusesBetween } from '../lead.js';
import { Leads } from '../leads.service.js';
import { type Deal, externalIdTaken, leadStatusOf, refundedDeal, requireNotWithdrawn } from './deal.js';
import { DEAL_COLUMNS, DealRecords } from './deal-records.service.js';
import { DealVersions } from './deal-versions.service.js';

type DealListFilter = Omit<DealFilter, 'stage'> & { readonly stage?: DealFilter['stage'] | null };

/** A page of deals. */
export interface DealListing extends Omit<DealFilter, 'stage'> {
  readonly limit: number;
  /** The last deal of the page before; null: the first page. */
  readonly beforeId: string | null;
  /** Its `sortKey`, in a sorted list. */
  readonly beforeKey?: string | null;
  /** Null: all. `overdue`: open, and expected to be decided before today. */
  readonly stage: NonNullable<DealFilter['stage']> | null;
  /** Absent: newest first. */
  readonly sort?: DealSort | undefined;
}

/** A deal of a list, with what the list is sorted by. Null: newest first. */
export interface ListedDeal extends Deal {
  readonly sortKey: string | null;
}

/** What deals are sorted by, in SQL: whole numbers. */
const SORT_KEYS: Readonly<Record<string, string>> = {
  amount: 'amount_minor',
  closedOn: `closed_on - DATE '1970-01-01'`,
  expectedOn: `expected_on - DATE '1970-01-01'`,
  stage: `array_position(ARRAY[${DEAL_STAGES.map((stage) => `'${stage}'`).join(', ')}], stage)`,
  updatedAt: 'extract(epoch FROM updated_at) * 1000000',
};

type DealEvent = DealHistory['items'][number];
type ShareEvent = DealHistory['shares'][number];

/** `isOverdue` in SQL, on the day of a parameter. */
const overdueOn = (today: `$${number}`): string =>
  `(withdrawn_at IS NULL AND closed_on IS NULL AND expected_on < ${today}::date)`;

const withInstant = <Event extends { readonly at: Date }>(event: Event) => ({ ...event, at: event.at.toISOString() });

/** The deal's number, products or contact has the text of the parameter. The contact is read for each deal that no other text has. */
const HAS_TEXT = `(strpos(${lowerCase(`concat_ws(' ', external_id, array_to_string(products, ' '))`)}, ${lowerCase('$11')}) > 0
  OR (SELECT strpos(c.search_text, ${lowerCase('$11')}) > 0 FROM contacts.contact_text_view c WHERE c.id = deal.contact_id))`;

/** Which deals are in a list, by the parameters of `filterOf`. */
const IN_LIST = `partner_id = $1
  AND ($2::text IS NULL OR CASE $2 WHEN 'open' THEN closed_on IS NULL WHEN 'overdue' THEN ${overdueOn('$3')}
    WHEN 'withdrawn' THEN true ELSE stage = $2 END)
  AND (withdrawn_at IS NOT NULL) = ($2::text IS NOT DISTINCT FROM 'withdrawn')
  AND ($4::uuid IS NULL OR activation_id IN (SELECT a.id FROM activations.activation_view a
    WHERE a.partner_id = $1 AND a.campaign_id = $4))
  AND (NOT $5::boolean OR activation_id IS NULL)
  AND ($6::text IS NULL OR currency = $6)
  AND ($7::date IS NULL OR closed_on >= $7) AND ($8::date IS NULL OR closed_on <= $8)
  AND ($9::date IS NULL OR expected_on >= $9) AND ($10::date IS NULL OR expected_on <= $10)
  AND ($11::text IS NULL OR ${HAS_TEXT})`;

/** A partner's deals. */
@Injectable()
export class Deals {
  constructor(
    private readonly database: Database,
    private readonly leads: Leads,
    private readonly moves: LeadMoves,
    private readonly records: DealRecords,
    private readonly versions: DealVersions,
  ) {}

  async list(actor: PartnerActor, listing: DealListing): Promise<ListedDeal[]> {
    requirePermission(actor, 'leads.read');
    const { limit, beforeId, beforeKey = null, sort } = listing;
    const { key, after, orderBy } = listOrder(SORT_KEYS[sort?.replace('-', '') ?? ''], sort, ['$14', '$12']);
    return this.database.inTransaction(actor, async () =>
      this.database.query<ListedDeal>(
        `SELECT ${DEAL_COLUMNS}, ${key} AS sort_key FROM leads.deal WHERE ${IN_LIST} AND ${after}
         ORDER BY ${orderBy} LIMIT $13`,
        [...(await this.filterOf(actor, listing)), beforeId, limit, beforeKey],
      ),
    );
  }

  /** What all deals of a list add up to, less refunds. */
  async sums(actor: PartnerActor, filter: DealFilter): Promise<DealListSums> {
    requirePermission(actor, 'leads.read');
    const rows = await this.database.inTransaction(actor, async () =>
      this.database.query<{ currency: string | null; minorUnits: number; deals: number }>(
        `SELECT currency, coalesce(sum(amount_minor - refunded_minor), 0)::float8 AS minor_units, count(*)::int AS deals
         FROM leads.deal WHERE ${IN_LIST} GROUP BY currency ORDER BY currency`,
        [...(await this.filterOf(actor, filter))],
      ),
    );
    return {
      deals: rows.reduce((sum, { deals }) => sum + deals, 0),
      amounts: rows.flatMap(({ currency, minorUnits }) => (currency === null ? [] : [{ minorUnits, currency }])),
    };
  }

  /** The parameters of `IN_LIST`. */
  private async filterOf(
    actor: PartnerActor,
    { stage, campaignId, currency, closedFrom, closedTo, expectedFrom, expectedTo, q }: DealListFilter,
  ): Promise<readonly unknown[]> {
    const days = [closedFrom, closedTo, expectedFrom, expectedTo].map((day) => day ?? null);
    return [
      actor.partnerId,
      stage ?? null,
      await this.records.today(actor),
      campaignId === undefined || campaignId === 'none' ? null : campaignId,
      campaignId === 'none',
      currency ?? null,
      ...days,
      q ?? null,
    ];
  }

  /** The currency of each of the newest deals that have an amount. */
  async newestCurrencies(actor: PartnerActor): Promise<string[]> {
    requirePermission(actor, 'leads.read');
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ currency: string | null }>(
        'SELECT currency FROM leads.deal WHERE partner_id = $1 AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 200',
        [actor.partnerId],
      ),
    );
    return rows.flatMap(({ currency }) => currency ?? []);
  }

  /** How many deals are overdue. */
  async countOverdue(actor: PartnerActor): Promise<number> {
    requirePermission(actor, 'leads.read');
    const [found] = await this.database.inTransaction(actor, async () =>
      this.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM leads.deal WHERE partner_id = $1 AND ${overdueOn('$2')}`,
        [actor.partnerId, await this.records.today(actor)],
      ),
    );
    return found?.count ?? 0;
  }

  /** Today in the time zone of the partner, `2026-11-17`: deals are overdue by it, and none has closed after it. */
  async today(actor: PartnerActor): Promise<string> {
    requirePermission(actor, 'leads.read');
    return this.records.today(actor);
  }

  /** @throws DomainError `deal.not-found`. */
  async get(actor: PartnerActor, id: DealId): Promise<Deal> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, () => this.found(id, ''));
  }

  /**
   * The deal, which nobody else changes until the open transaction ends.
   * @throws DomainError `deal.not-found`, `deal.withdrawn`.
   */
  async locked(id: DealId): Promise<Deal> {
    const deal = await this.found(id, 'FOR UPDATE');
    requireNotWithdrawn(deal);
    return deal;
  }

  /**
   * The same, after its lead: in the order in which all changes of a lead's deal wait for each other.
   * @throws DomainError `deal.not-found`, `deal.withdrawn`.
   */
  async lockedWithLead(id: DealId): Promise<{ readonly deal: Deal; readonly lead: Lead | null }> {
    const { leadId } = await this.found(id, '');
    const lead = leadId === null ? null : await this.leads.locked(leadId);
    return { deal: await this.locked(id), lead };
  }

  /** The deal after each change, and who could see it. */
  async history(actor: PartnerActor, id: DealId): Promise<DealHistory> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, async () => {
      await this.found(id, '');
      const events = await this.database.query<Omit<DealEvent, 'at'> & { at: Date }>(
        `SELECT id, kind, stage, CASE WHEN amount_minor IS NULL THEN NULL
             ELSE jsonb_build_object('minorUnits', amount_minor, 'currency', currency) END AS amount,
           refunded_minor::float8 AS refunded_minor, expected_on::text, closed_on::text, lost_reason, by_name AS by, at
         FROM leads.deal_event WHERE deal_id = $1 ORDER BY id`,
        [id],
      );
      return { items: events.map(withInstant), shares: await this.shareEvents(id) };
    });
  }

  /** From the shares themselves, which keep who began and ended them. People of another partner are not named. */
  private async shareEvents(id: DealId): Promise<ShareEvent[]> {
    const events = await this.database.query<Omit<ShareEvent, 'at'> & { at: Date }>(
      `SELECT s.id AS share_id, e.kind, s.role, s.participant_name, e.by, e.at FROM leads.deal_share s, LATERAL (VALUES
         (CASE WHEN s.role IS NULL THEN 'shown' ELSE 'invited' END, s.shared_by, s.shared_at),
         ('joined', s.participant_name, s.accepted_at), ('ended', s.revoked_by, s.revoked_at)) AS e (kind, by, at)
       WHERE s.deal_id = $1 AND e.at IS NOT NULL ORDER BY e.at, s.id`,
      [id],
    );
    return events.map(withInstant);
  }

  /**
   * Makes a lead a deal, or changes its deal. The lead follows the stage, over
   * the statuses that are between.
   * @throws DomainError `lead.not-found`; `lead.withdrawn` if its clicks were
   *   a program's; `deal.closed-later`, `deal.lost-reason`, `deal.refunded`,
   *   `deal.external-id`; `deal.stale` if others have changed the same since `basedOn`,
   *   `deal.withdrawn` if the deal that the user saw is withdrawn.
   */
  async saveOfLead(
    actor: PartnerActor,
    leadId: LeadId,
    change: ChangeDeal,
    basedOn: number | null = null,
  ): Promise<Deal> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      if (change.externalId != null) await this.records.lockExternalIds(actor);
      const lead = await this.leads.locked(leadId);
      const deal = await this.records.lockOfLead(leadId);
      if (deal === null) await this.versions.checkNoDeal(leadId, basedOn);
      else await this.versions.checkChange(deal, change, basedOn);
      await this.checkExternalId(deal, change);
      return this.moveWithLead(actor, lead, deal, change);
    });
  }

  /**
   * Changes a deal, and the status of its lead.
   * @param basedOn the version that the user saw; null: change whatever is stored.
   * @throws DomainError as `saveOfLead`, and `deal.not-found`.
   */
  async change(actor: PartnerActor, id: DealId, change: ChangeDeal, basedOn: number | null = null): Promise<Deal> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      if (change.externalId != null) await this.records.lockExternalIds(actor);
      const { deal, lead } = await this.lockedWithLead(id);
      if (lead !== null) return this.saveOfLead(actor, lead.id, change, basedOn);
      await this.versions.checkChange(deal, change, basedOn);
      await this.checkExternalId(deal, change);
      return this.records.change(actor, deal, change, false);
    });
  }

  /**
   * Takes back a part of a won deal, as a row of its own in its history.
   * @throws DomainError `deal.not-found`, `deal.not-won`, `deal.no-amount`, `deal.refund`.
   */
  async refund(actor: PartnerActor, id: DealId, minorUnits: number): Promise<Deal> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const deal = await this.locked(id);
      return this.records.write(actor, refundedDeal(deal, minorUnits), 'refund', ['refunded']);
    });
  }

  private async moveWithLead(actor: PartnerActor, lead: Lead, deal: Deal | null, change: ChangeDeal): Promise<Deal> {
    const before = deal ?? this.records.newOf(lead);
    const to = leadStatusOf(change.stage ?? before.stage);
    if (lead.status === to) return this.records.change(actor, before, change, deal === null);
    const steps = statusesBetween(lead.status, to);
    for (const step of steps) await this.moves.move(actor, lead.id, step, step === to ? change : {});
    const moved = await this.records.lockOfLead(lead.id);
    // A change that names nothing moves the lead alone.
    return moved ?? this.records.change(actor, before, change, true);
  }

  private async found(id: DealId, lock: '' | 'FOR UPDATE'): Promise<Deal> {
    const [deal] = await this.database.query<Deal>(`SELECT ${DEAL_COLUMNS} FROM leads.deal WHERE id = $1 ${lock}`, [
      id,
    ]);
    if (deal === undefined) throw notFound('deal', id);
    return deal;
  }

  private async checkExternalId(deal: Deal | null, { externalId }: ChangeDeal): Promise<void> {
    if (externalId == null) return;
    const taken = await this.database.query(
      'SELECT 1 FROM leads.deal WHERE external_id = $1 AND withdrawn_at IS NULL AND id IS DISTINCT FROM $2::uuid',
      [externalId, deal?.id ?? null],
    );
    if (taken.length > 0) throw externalIdTaken(externalId);
  }
}
