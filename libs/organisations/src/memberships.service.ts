import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, unlessTaken } from '#database';
import {
  type Actor,
  notFound,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  type UserId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { Membership, MembershipStatus } from './membership.js';
import { distinctTraits } from './partner-group.js';
import { externalIdTaken } from './external-id-taken.js';
import { MembershipTiers } from './membership-tiers.service.js';

/** The columns of a membership, of `JOINED`. */
export const MEMBERSHIP = `m.id, m.programme_id, m.vendor_id, m.partner_id, o.name AS partner_name,
  o.country_code, m.tier, m.region, m.status, m.external_id, m.manager_id,
  m.brings_partners, m.brought_tier, m.brought_region,
  (SELECT d.partner_id FROM organisations.membership d WHERE d.id = m.parent_id) AS distributor_id, m.invited_at, m.joined_at,
  m.end_by, m.end_by_name, m.end_announced_at, m.ends_at, m.campaigns_end_at, m.ended_reason,
  m.return_offered_at`;
export const MEMBERSHIP_SOURCE = 'organisations.membership m JOIN organisations.organisation o ON o.id = m.partner_id';

export interface MembershipFilter {
  readonly query?: string | undefined;
  readonly status?: MembershipStatus | undefined;
  /** Only those of this channel manager; null: only those without one. */
  readonly managerId?: UserId | null | undefined;
  readonly limit: number;
  readonly afterId: string | null;
  /** Only those among these partners, or only those not among them. */
  readonly among?: { readonly partnerIds: readonly PartnerId[]; readonly is: boolean } | undefined;
}

/** What a vendor changes of a partner; what is absent stays. */
interface MembershipChange {
  readonly tier?: string | undefined;
  readonly region?: string | undefined;
  /** Null takes it away. */
  readonly externalId?: string | null | undefined;
}

/** How far a vendor's partners have come, in partners. */
export interface ProgressCounts {
  readonly invited: number;
  /** In the programme, and nothing launched. */
  readonly accepted: number;
  readonly launched: number;
  readonly ended: number;
}

/** The name of the lock between the end of a partnership and what it must find. */
export const endOf = (partnerId: PartnerId, vendorId: VendorId): string =>
  `end of partnership ${vendorId} ${partnerId}`;

const escapedPattern = (query: string | null | undefined): string | null => query?.replace(/[\\%_]/g, '\\$&') ?? null;

/** Partners in programmes. */
@Injectable()
export class Memberships {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly tiers: MembershipTiers,
  ) {}

  /**
   * A vendor's partners, or a partner's memberships, by the actor's scope, in
   * id order.
   */
  async list(actor: Actor, filter: MembershipFilter): Promise<Membership[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Membership>(
        `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE}
         WHERE ($1::uuid IS NULL OR m.id > $1) AND ($2::text IS NULL OR o.name ILIKE '%' || $2 || '%') AND ($3::text IS NULL OR m.status = $3)
           AND ($5::boolean IS NULL OR (m.partner_id = ANY ($6::uuid[])) = $5)
           AND ($7 OR m.manager_id IS NOT DISTINCT FROM $8::uuid)
         ORDER BY m.id LIMIT $4`,
        [
          filter.afterId,
          escapedPattern(filter.query),
          filter.status ?? null,
          filter.limit,
          filter.among?.is ?? null,
          filter.among?.partnerIds ?? [],
          filter.managerId === undefined,
          filter.managerId ?? null,
        ],
      ),
    );
  }

  /** Names of a vendor's active partners, in id order. @param query a part of the name; null: all. */
  async activeNames(
    actor: VendorActor,
    query: string | null,
  ): Promise<readonly Pick<Membership, 'id' | 'partnerId' | 'partnerName'>[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Pick<Membership, 'id' | 'partnerId' | 'partnerName'>>(
        `SELECT m.id, m.partner_id, o.name AS partner_name FROM ${MEMBERSHIP_SOURCE}
         WHERE m.status = 'active' AND ($1::text IS NULL OR o.name ILIKE '%' || $1 || '%') ORDER BY m.id`,
        [escapedPattern(query)],
      ),
    );
  }

  /** Every membership of the vendor's partners, in id order, without invitations that were withdrawn. */
  async allOfVendor(actor: VendorActor): Promise<Membership[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Membership>(
        `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE}
         WHERE m.vendor_id = $1 AND (m.status <> 'ended' OR m.joined_at IS NOT NULL) ORDER BY m.id`,
        [actor.vendorId],
      ),
    );
  }

  /**
   * Ids of the active partners in the vendor's programme, in no order, for
   * totals.
   * @param joinedBefore only those that joined by then; absent: all.
   */
  async activePartners(
    actor: VendorActor | (SystemActor & { readonly vendorId: VendorId }),
    joinedBefore: Date | null = null,
  ): Promise<PartnerId[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: PartnerId }>(
        `SELECT DISTINCT partner_id AS id FROM organisations.membership WHERE vendor_id = $1 AND status = 'active'
           AND ($2::timestamptz IS NULL OR joined_at <= $2)`,
        [actor.vendorId, joinedBefore],
      ),
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Tiers and regions of the vendor's partners, each once.
   * Those of partners that have left are not among them.
   */
  async traits(actor: VendorActor): Promise<{ readonly tiers: string[]; readonly regions: string[] }> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ tier: string; region: string }>(
        `SELECT tier, region FROM organisations.membership WHERE status <> 'ended' ORDER BY id`,
      ),
    );
    return {
      tiers: distinctTraits(rows.map(({ tier }) => tier)),
      regions: distinctTraits(rows.map(({ region }) => region)),
    };
  }

  /** @param launched the partners that have launched something. */
  async progress(actor: VendorActor, launched: readonly PartnerId[]): Promise<ProgressCounts> {
    const [counts] = await this.database.inTransaction(actor, () =>
      this.database.query<ProgressCounts>(
        `SELECT count(*) FILTER (WHERE status = 'invited')::int AS invited,
           count(*) FILTER (WHERE status = 'active' AND partner_id <> ALL ($1::uuid[]))::int AS accepted,
           count(*) FILTER (WHERE status = 'active' AND partner_id = ANY ($1::uuid[]))::int AS launched,
           count(*) FILTER (WHERE status = 'ended')::int AS ended
         FROM organisations.membership`,
        [launched],
      ),
    );
    return counts ?? { invited: 0, accepted: 0, launched: 0, ended: 0 };
  }

  /**
   * @throws DomainError `partner.not-found` also for a partner of other
   *   vendors.
   */
  async ofPartner(actor: Actor, partnerId: PartnerId): Promise<Membership> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Membership>(
        `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE} WHERE m.partner_id = $1 ORDER BY m.id LIMIT 1`,
        [partnerId],
      ),
    );
    if (found === undefined) throw notFound('partner', partnerId);
    return found;
  }

  /** Every membership of one partner: it may work with several vendors. */
  async allOfPartner(actor: PartnerActor | SystemActor, partnerId: PartnerId): Promise<Membership[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Membership>(
        `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE} WHERE m.partner_id = $1 ORDER BY m.id`,
        [partnerId],
      ),
    );
  }

  /** Whether a partner is in the programme of a vendor now. */
  async isMember(actor: PartnerActor | SystemActor, partnerId: PartnerId, vendorId: VendorId): Promise<boolean> {
    const own = await this.allOfPartner(actor, partnerId);
    return own.some((one) => one.vendorId === vendorId && one.status === 'active');
  }

  /**
   * Locks the partner's memberships that the open transaction sees, until it
   * ends.
   */
  async lockOf(partnerId: PartnerId): Promise<void> {
    await this.database.query('SELECT 1 FROM organisations.membership WHERE partner_id = $1 ORDER BY id FOR UPDATE', [
      partnerId,
    ]);
  }

  /**
   * Lets no membership of the two end until the open transaction ends. What it
   * has stored by then, the end finds. A partner cannot lock the row, which is
   * the vendor's to change.
   */
  async postponeEnd(partnerId: PartnerId, vendorId: VendorId): Promise<void> {
    await this.database.lockShared(endOf(partnerId, vendorId));
  }

  /** Whether rules decide the tiers of the vendor's active partners. */
  haveTiersByRule(actor: VendorActor): Promise<boolean> {
    return this.tiers.areByRule(actor);
  }

  /**
   * @throws DomainError `partner.not-found`; `membership.tier-by-rule` for the
   *   tier of an active partner if rules decide it; `membership.external-id-taken`
   *   for one that another partner of the vendor has.
   */
  async change(actor: VendorActor, partnerId: PartnerId, change: MembershipChange): Promise<Membership> {
    return this.database.inTransaction(actor, async () => {
      const before = await this.ofPartner(actor, partnerId);
      const isOtherTier = change.tier !== undefined && change.tier !== before.tier;
      if (isOtherTier && before.status === 'active') await this.tiers.requireByHand(actor);
      await this.write(before, change);
      await this.audit.record(actor, {
        action: 'membership.changed',
        subject: { kind: 'membership', id: before.id },
        details: { ...change },
      });
      return this.ofPartner(actor, partnerId);
    });
  }

  private async write({ id }: Membership, { tier, region, externalId }: MembershipChange): Promise<void> {
    await unlessTaken(
      () =>
        this.database.query(
          `UPDATE organisations.membership SET tier = coalesce($2, tier), region = coalesce($3, region),
             external_id = CASE WHEN $5 THEN $4 ELSE external_id END WHERE id = $1`,
          [id, tier ?? null, region ?? null, externalId ?? null, externalId !== undefined],
        ),
      (cause) => externalIdTaken(externalId ?? '', cause),
    );
  }
}
