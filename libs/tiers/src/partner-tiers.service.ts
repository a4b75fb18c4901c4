import { Injectable } from '@nestjs/common';
import type { TierRequirement } from '#contracts';
import { Database } from '#database';
import {
  type Id,
  type PartnerActor,
  type PartnerId,
  type ProgrammeId,
  type VendorActor,
  type VendorId,
  vendorProcess,
  type VendorProcess,
} from '#kernel';
import { type Membership, Memberships } from '#organisations';
import { type RequirementContext, requirementsOf } from './requirement.js';
import { Standings } from './standings.service.js';
import type { Standing } from './tier-move.js';
import type { TierRules } from './tier-rules.js';
import { TierRulesStore } from './tier-rules-store.service.js';

type TierChangeId = Id<'tier-change'>;

/** A tier that a person has set. */
export interface SetManually {
  readonly tier: string;
  readonly reason: string;
  readonly untilOn: string | null;
  readonly setBy: string;
  readonly setAt: Date;
}

export interface ComingDrop {
  readonly partnerId: PartnerId;
  readonly partnerName: string;
  readonly from: string;
  readonly to: string;
  readonly announcedOn: string;
  /** The first day of the lower tier. */
  readonly dropsOn: string;
  readonly requirements: readonly TierRequirement[];
}

export interface TierChangeEntry {
  readonly id: TierChangeId;
  readonly partnerId: PartnerId;
  readonly partnerName: string;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  /** Null: a person set the tier. */
  readonly rulesVersion: number | null;
  readonly byName: string | null;
  readonly reason: string | null;
  readonly untilOn: string | null;
  readonly requirements: readonly TierRequirement[];
}

/** A tier, and what a partner has of what it needs. */
export interface TierAim {
  readonly tier: string;
  readonly about: string;
  readonly requirements: readonly TierRequirement[];
}

/** Where a partner stands with a vendor. */
export interface TierStanding {
  readonly tier: string;
  readonly isByRule: boolean;
  readonly manual: SetManually | null;
  readonly comingDrop: ComingDrop | null;
  /** Null: the tier has no rule. */
  readonly present: TierAim | null;
  /** Null: it has the highest one. */
  readonly next: TierAim | null;
}

const HISTORY = 50;

const DROP = `SELECT d.partner_id, o.name AS partner_name, d.from_tier AS "from", d.to_tier AS "to",
    d.announced_on::text AS announced_on, d.drops_on::text AS drops_on, d.requirements
  FROM tiers.coming_drop d JOIN organisations.organisation_view o ON o.id = d.partner_id
  WHERE d.vendor_id = $1 AND ($2::uuid IS NULL OR d.partner_id = $2)`;

/** Where partners stand, and how they came there, for both sides. */
@Injectable()
export class PartnerTiers {
  constructor(
    private readonly database: Database,
    private readonly memberships: Memberships,
    private readonly store: TierRulesStore,
    private readonly standings: Standings,
  ) {}

  /** @throws DomainError `partner.not-found`. */
  async ofPartner(actor: VendorActor, partnerId: PartnerId): Promise<TierStanding> {
    const member = await this.memberships.ofPartner(actor, partnerId);
    return this.standingOf(actor, member);
  }

  /**
   * Where a partner stands with each vendor whose tiers have rules. Conditions
   * may ask about attributes that the partner itself must not read: a process
   * for the vendor measures them, and answers only whether they hold.
   */
  async ofOwn(actor: PartnerActor): Promise<(TierStanding & { readonly vendorId: VendorId })[]> {
    const own = await this.memberships.allOfPartner(actor, actor.partnerId);
    const found: (TierStanding & { readonly vendorId: VendorId })[] = [];
    for (const member of own.filter(({ status }) => status === 'active')) {
      const standing = await this.standingOf(vendorProcess('own-tier', member.vendorId), member);
      if (standing.isByRule) found.push({ ...standing, vendorId: member.vendorId });
    }
    return found;
  }

  private async standingOf(actor: VendorActor | VendorProcess, member: Membership): Promise<TierStanding> {
    const { programmeId, partnerId, tier } = member;
    return this.database.inTransaction(actor, async () => {
      const rules = await this.store.current(actor, programmeId);
      const none = { tier, isByRule: rules.isOn, manual: null, comingDrop: null, present: null, next: null };
      if (!rules.isOn) return none;
      const [standing] = await this.standings.list(rules, partnerId);
      if (standing === undefined) return none;
      const [comingDrop = null] = await this.database.query<ComingDrop>(DROP, [actor.vendorId, partnerId]);
      return {
        ...none,
        comingDrop,
        manual: await this.manualOf(programmeId, partnerId),
        ...aimsOf(standing, rules, await this.standings.context(actor, rules)),
      };
    });
  }

  /** Partners that keep their tier for the grace period, the first to drop first. */
  async comingDrops(actor: VendorActor): Promise<ComingDrop[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<ComingDrop>(`${DROP} ORDER BY d.drops_on, o.name, d.partner_id`, [actor.vendorId, null]),
    );
  }

  /** Changes of all partners of a vendor, the newest first. */
  async changes(
    actor: VendorActor,
    page: { readonly limit: number; readonly beforeId: string | null },
  ): Promise<TierChangeEntry[]> {
    return this.readChanges(actor, { ...page, vendorId: actor.vendorId, partnerId: null });
  }

  /** The last changes of one partner with a vendor, the newest first. */
  async historyOf(
    actor: VendorActor | PartnerActor,
    vendorId: VendorId,
    partnerId: PartnerId,
  ): Promise<TierChangeEntry[]> {
    return this.readChanges(actor, { limit: HISTORY, beforeId: null, vendorId, partnerId });
  }

  private async readChanges(
    actor: VendorActor | PartnerActor,
    {
      vendorId,
      partnerId,
      beforeId,
      limit,
    }: {
      readonly vendorId: VendorId;
      readonly partnerId: PartnerId | null;
      readonly beforeId: string | null;
      readonly limit: number;
    },
  ): Promise<TierChangeEntry[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<TierChangeEntry>(
        `SELECT c.id, c.partner_id, o.name AS partner_name, c.from_tier AS "from", c.to_tier AS "to", c.at, c.rules_version,
           c.by_name, c.reason, c.until_on::text AS until_on, c.requirements
         FROM tiers.change c JOIN organisations.organisation_view o ON o.id = c.partner_id
         WHERE c.vendor_id = $1 AND ($2::uuid IS NULL OR c.partner_id = $2) AND ($3::uuid IS NULL OR c.id < $3)
         ORDER BY c.id DESC LIMIT $4`,
        [vendorId, partnerId, beforeId, limit],
      ),
    );
  }

  private async manualOf(programmeId: ProgrammeId, partnerId: PartnerId): Promise<SetManually | null> {
    const [manual = null] = await this.database.query<SetManually>(
      `SELECT tier, reason, until_on::text AS until_on, set_by, set_at FROM tiers.manual_tier
       WHERE programme_id = $1 AND partner_id = $2 AND (until_on IS NULL OR until_on >= $3)`,
      [programmeId, partnerId, this.standings.today()],
    );
    return manual;
  }
}

/** What the present tier needs, and the one above. A tier without a rule has the lowest one above it. */
function aimsOf(
  standing: Standing,
  { tiers }: TierRules,
  context: RequirementContext,
): Pick<TierStanding, 'present' | 'next'> {
  const aim = (rank: number): TierAim | null => {
    const tier = tiers[rank - 1];
    if (tier === undefined) return null;
    return { tier: tier.name, about: tier.about, requirements: requirementsOf(standing, rank, context) };
  };
  const { currentRank } = standing;
  return { present: currentRank === null ? null : aim(currentRank), next: aim((currentRank ?? tiers.length + 1) - 1) };
}
