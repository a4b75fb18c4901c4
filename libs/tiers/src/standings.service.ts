import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type PartnerId, type VendorActor, type VendorId, type VendorProcess } from '#kernel';
import { PartnerAttributes } from '#organisations';
import type { RequirementContext } from './requirement.js';
import type { Standing } from './tier-move.js';
import { ranksOf, type TierRules } from './tier-rules.js';

/** Measures where partners stand. All methods join the open transaction of the vendor, or of a process for it. */
@Injectable()
export class Standings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly attributes: PartnerAttributes,
  ) {}

  /** The day of the UTC calendar on which rules are evaluated. */
  today(): string {
    return this.clock.now().toISOString().slice(0, 10);
  }

  /**
   * Partners whose tier is not the one that they earn, or about whom something
   * was decided: a manual tier, or a coming drop.
   * @param only one partner, in any case.
   */
  async list({ programmeId, tiers }: TierRules, only: PartnerId | null = null): Promise<Standing[]> {
    const today = this.today();
    return this.database.query<Standing>(
      `SELECT s.partner_id, o.name AS partner_name, s.tier, s.current_rank, s.earned_rank, s.results,
         m.tier AS manual_tier, m.until_on::text AS manual_until_on, d.to_tier AS drop_to, d.drops_on::text AS drops_on,
         d.told_at IS NOT NULL AS is_drop_told
       FROM tiers.measure($1, $2, $3, $4) s
         JOIN organisations.organisation_view o ON o.id = s.partner_id
         LEFT JOIN tiers.manual_tier m ON m.programme_id = $1 AND m.partner_id = s.partner_id
         LEFT JOIN tiers.coming_drop d ON d.programme_id = $1 AND d.partner_id = s.partner_id
       WHERE $4::uuid IS NOT NULL OR s.current_rank IS DISTINCT FROM s.earned_rank
         OR m.partner_id IS NOT NULL OR d.partner_id IS NOT NULL`,
      [programmeId, ranksOf(tiers, today), today, only],
    );
  }

  /** What requirements of these rules are named by. */
  async context(actor: VendorActor | VendorProcess, { tiers }: Pick<TierRules, 'tiers'>): Promise<RequirementContext> {
    const attributes = await this.attributes.list(actor);
    return { tiers, attributes: new Map(attributes.map((one) => [one.id, one])), today: this.today() };
  }

  /** How many active partners a vendor has. */
  async countPartners(vendorId: VendorId): Promise<number> {
    const [counted] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM organisations.membership_view WHERE vendor_id = $1 AND status = 'active'`,
      [vendorId],
    );
    return counted?.count ?? 0;
  }
}
