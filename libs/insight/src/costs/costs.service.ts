import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { ChangeCost, CostChoices, CostFilter, CostSort, NewCost } from '#contracts';
import { Database, listOrder } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, newId, notFound, type OrganisationId, type PartnerActor, type VendorActor } from '#kernel';
import { titleIn } from '../partner-results.js';
import type { DayWindow } from '../window.js';
import { changedCost, changedCostFields, type Cost, type CostId, newCost } from './cost.js';

/** Who enters costs: its organisation bears them. */
export type CostBearer = PartnerActor | VendorActor;

/** A cost with the names of what it was spent for. */
export interface ListedCost extends Cost {
  /** By language, BCP 47; empty: no single campaign. */
  readonly titles: Readonly<Record<string, string>>;
  readonly partnerName: string | null;
  readonly by: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** What the list is sorted by; null: newest first. */
  readonly sortKey: string | null;
}

/** A page of costs. */
export interface CostListing {
  readonly limit: number;
  /** The last cost of the page before; null: the first page. */
  readonly beforeId: CostId | null;
  /** Its `sortKey`, in a sorted list. */
  readonly beforeKey?: string | null;
  /** Absent: newest first. */
  readonly sort?: CostSort | undefined;
}

/** What costs are sorted by, in SQL: whole numbers. */
const SORT_KEYS: Readonly<Record<string, string>> = {
  amount: 'c.amount_minor',
  from: `c.from_on - DATE '1970-01-01'`,
};

/** What costs of an organisation can be entered for. */
export interface KnownPurposes {
  readonly campaigns: CostChoices['campaigns'];
  readonly partners: CostChoices['partners'];
}

export const bearerOf = (actor: CostBearer): OrganisationId =>
  actor.kind === 'partner' ? actor.partnerId : actor.vendorId;

const COLUMNS = `c.id, c.owner_id, c.description, jsonb_build_object('minorUnits', c.amount_minor, 'currency', c.currency) AS amount,
  c.from_on::text AS "from", c.to_on::text AS "to", c.campaign_id, c.partner_id, c.tactic, c.reference`;

/** What a vendor or a partner pays for marketing. No other organisation sees it. */
@Injectable()
export class Costs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /** A vendor's or a partner's own costs. */
  async list(actor: CostBearer, page: CostListing, filter: CostFilter = {}): Promise<ListedCost[]> {
    requirePermission(actor, `${actor.kind}-costs.read`);
    return this.listed(actor, page, { id: null, ...filter });
  }

  /** @throws DomainError `cost.not-found`. */
  async get(actor: CostBearer, id: CostId): Promise<ListedCost> {
    requirePermission(actor, `${actor.kind}-costs.read`);
    const [found] = await this.listed(actor, { limit: 1, beforeId: null }, { id });
    if (found === undefined) throw notFound('cost', id);
    return found;
  }

  /**
   * @throws DomainError `cost.period`, `cost.reference`, `cost.campaign-unknown`,
   *   `cost.partner-unknown`.
   */
  async add(actor: CostBearer, input: NewCost): Promise<CostId> {
    requirePermission(actor, `${actor.kind}-costs.edit`);
    const cost = newCost({ id: newId<CostId>(), ownerId: bearerOf(actor) }, input);
    await this.database.inTransaction(actor, async () => {
      await this.lock(actor);
      await this.check(actor, cost);
      await this.write(actor, null, cost);
    });
    return cost.id;
  }

  /** @throws DomainError as `add`, and `cost.not-found`. */
  async change(actor: CostBearer, id: CostId, change: ChangeCost): Promise<void> {
    requirePermission(actor, `${actor.kind}-costs.edit`);
    await this.database.inTransaction(actor, async () => {
      await this.lock(actor);
      const before = await this.found(actor, id);
      const after = changedCost(before, change);
      await this.check(actor, after);
      await this.write(actor, before, after);
    });
  }

  /** @throws DomainError `cost.not-found`. */
  async remove(actor: CostBearer, id: CostId): Promise<void> {
    requirePermission(actor, `${actor.kind}-costs.edit`);
    await this.database.inTransaction(actor, async () => {
      await this.lock(actor);
      const { description, amount, from, to } = await this.found(actor, id);
      await this.database.query('DELETE FROM insight.cost WHERE id = $1', [id]);
      await this.audit.record(actor, {
        action: 'cost.removed',
        subject: { kind: 'cost', id },
        details: { description, amount, from, to },
      });
    });
  }

  /** Two changes at once could give two costs one reference. Until the end of the open transaction. */
  async lock(actor: CostBearer): Promise<void> {
    await this.database.lock(`costs of ${bearerOf(actor)}`);
  }

  /**
   * Stores a cost and its audit entry, in the open transaction. The caller has
   * the lock, and has checked the cost.
   * @param before null: a new one.
   */
  async write(actor: CostBearer, before: Cost | null, cost: Cost): Promise<void> {
    const fields = before === null ? [] : changedCostFields(before, cost);
    if (before !== null && fields.length === 0) return;
    const { id, ownerId, description, amount, from, to, campaignId, partnerId, tactic, reference } = cost;
    await this.database.query(
      `INSERT INTO insight.cost (id, owner_id, description, amount_minor, currency, from_on, to_on, campaign_id, partner_id, tactic,
         reference, by_name, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
       ON CONFLICT (id) DO UPDATE SET description = excluded.description, amount_minor = excluded.amount_minor,
         currency = excluded.currency, from_on = excluded.from_on, to_on = excluded.to_on, campaign_id = excluded.campaign_id,
         partner_id = excluded.partner_id, tactic = excluded.tactic, reference = excluded.reference, by_name = excluded.by_name,
         updated_at = excluded.updated_at`,
      [
        id,
        ownerId,
        description,
        amount.minorUnits,
        amount.currency,
        from,
        to,
        campaignId,
        partnerId,
        tactic,
        reference,
        actor.name,
        this.clock.now(),
      ],
    );
    await this.audit.record(actor, {
      action: before === null ? 'cost.added' : 'cost.changed',
      subject: { kind: 'cost', id },
      details: { fields, description, amount, from, to, ...(before === null ? {} : { before: before.amount }) },
    });
  }

  /** Campaigns that a partner has launched, or a vendor published; and the vendor's partners. */
  async choices(actor: CostBearer): Promise<KnownPurposes> {
    requirePermission(actor, `${actor.kind}-costs.read`);
    return this.database.inTransaction(actor, async () => {
      const campaigns = await this.database.query<{ id: string; titles: Record<string, string>; theme: string }>(
        `SELECT DISTINCT ON (v.campaign_id) v.campaign_id AS id, coalesce(v.title, '{}') AS titles, v.theme FROM campaigns.campaign_version_view v
         WHERE (v.vendor_id = $1 AND v.published_at IS NOT NULL) OR EXISTS (SELECT FROM activations.activation_view a
           WHERE a.campaign_id = v.campaign_id AND a.partner_id = $1)
         ORDER BY v.campaign_id DESC, v.number DESC`,
        [bearerOf(actor)],
      );
      const partners = await this.database.query<KnownPurposes['partners'][number]>(
        `SELECT o.id, o.name FROM organisations.organisation_view o
         WHERE EXISTS (SELECT FROM organisations.membership_view m WHERE m.partner_id = o.id AND m.vendor_id = $1) ORDER BY o.name, o.id`,
        [bearerOf(actor)],
      );
      return {
        campaigns: campaigns.map(({ theme, ...one }) => ({ ...one, title: titleIn(one.titles, 'en') || theme })),
        partners,
      };
    });
  }

  /** The currency of each of the newest costs. */
  async newestCurrencies(actor: CostBearer): Promise<string[]> {
    requirePermission(actor, `${actor.kind}-costs.read`);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ currency: string }>(
        'SELECT currency FROM insight.cost WHERE owner_id = $1 ORDER BY id DESC LIMIT 200',
        [bearerOf(actor)],
      ),
    );
    return rows.map(({ currency }) => currency);
  }

  /** Those that pay for a day of the window. */
  async within(actor: CostBearer, { from, to }: DayWindow): Promise<Cost[]> {
    requirePermission(actor, `${actor.kind}-costs.read`);
    return this.database.inTransaction(actor, () =>
      this.database.query<Cost>(
        `SELECT ${COLUMNS} FROM insight.cost c WHERE c.owner_id = $1 AND c.from_on <= $3::date AND c.to_on >= $2::date ORDER BY c.id`,
        [bearerOf(actor), from, to],
      ),
    );
  }

  /** Those with one of the references or ids. */
  async known(
    actor: CostBearer,
    { references, ids }: { readonly references: readonly string[]; readonly ids: readonly CostId[] },
  ): Promise<Cost[]> {
    return this.database.query<Cost>(
      `SELECT ${COLUMNS} FROM insight.cost c WHERE c.owner_id = $1 AND (c.reference = ANY ($2::text[]) OR c.id = ANY ($3::uuid[])) ORDER BY c.id`,
      [bearerOf(actor), references, ids],
    );
  }

  /** Those without a reference, by what was paid for. */
  async withoutReference(actor: CostBearer, descriptions: readonly string[]): Promise<Cost[]> {
    if (descriptions.length === 0) return [];
    return this.database.query<Cost>(
      `SELECT ${COLUMNS} FROM insight.cost c
       WHERE c.owner_id = $1 AND c.reference IS NULL AND c.description = ANY ($2::text[]) ORDER BY c.id`,
      [bearerOf(actor), descriptions],
    );
  }

  private async listed(
    actor: CostBearer,
    { limit, beforeId, beforeKey = null, sort }: CostListing,
    { id, campaignId, partnerId, tactic, from, to }: CostFilter & { readonly id: CostId | null },
  ): Promise<ListedCost[]> {
    const { key, after, orderBy } = listOrder(SORT_KEYS[sort?.replace('-', '') ?? ''], sort, ['$8', '$2'], 'c.id');
    return this.database.inTransaction(actor, () =>
      this.database.query<ListedCost>(
        `SELECT ${COLUMNS}, c.by_name AS by, c.created_at, c.updated_at, o.name AS partner_name, ${key} AS sort_key,
           coalesce((SELECT v.title FROM campaigns.campaign_version_view v WHERE v.campaign_id = c.campaign_id
             ORDER BY v.number DESC LIMIT 1), '{}') AS titles
         FROM insight.cost c LEFT JOIN organisations.organisation_view o ON o.id = c.partner_id
         WHERE c.owner_id = $1 AND ${after} AND ($4::uuid IS NULL OR c.id = $4)
           AND ($5::uuid IS NULL OR c.campaign_id = $5) AND ($6::uuid IS NULL OR c.partner_id = $6) AND ($7::text IS NULL OR c.tactic = $7)
           AND ($9::date IS NULL OR c.to_on >= $9) AND ($10::date IS NULL OR c.from_on <= $10)
         ORDER BY ${orderBy} LIMIT $3`,
        [
          bearerOf(actor),
          beforeId,
          limit,
          id,
          campaignId ?? null,
          partnerId ?? null,
          tactic ?? null,
          beforeKey,
          from ?? null,
          to ?? null,
        ],
      ),
    );
  }

  private async found(actor: CostBearer, id: CostId): Promise<Cost> {
    const [found] = await this.database.query<Cost>(
      `SELECT ${COLUMNS} FROM insight.cost c WHERE c.id = $1 AND c.owner_id = $2`,
      [id, bearerOf(actor)],
    );
    if (found === undefined) throw notFound('cost', id);
    return found;
  }

  private async check(actor: CostBearer, cost: Cost): Promise<void> {
    const { campaigns, partners } = await this.choices(actor);
    if (cost.campaignId !== null && !campaigns.some(({ id }) => id === cost.campaignId))
      throw new DomainError(
        'cost.campaign-unknown',
        'There is no such campaign among those that you have launched or published. Choose one of GET /costs/choices.',
        { field: 'campaignId', campaignId: cost.campaignId },
      );
    if (cost.partnerId !== null && !partners.some(({ id }) => id === cost.partnerId))
      throw new DomainError(
        'cost.partner-unknown',
        'There is no such partner in your programme. Choose one of GET /costs/choices.',
        { field: 'partnerId', partnerId: cost.partnerId },
      );
    if (cost.reference === null) return;
    const taken = await this.database.query(
      'SELECT 1 FROM insight.cost WHERE owner_id = $1 AND reference = $2 AND id <> $3',
      [cost.ownerId, cost.reference, cost.id],
    );
    if (taken.length === 0) return;
    throw new DomainError(
      'cost.reference',
      `Another cost has the reference “${cost.reference}” already. Change that one, or use another reference.`,
      { field: 'reference', reference: cost.reference },
      { kind: 'conflict' },
    );
  }
}
