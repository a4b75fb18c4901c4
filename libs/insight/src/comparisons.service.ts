import { Injectable } from '@nestjs/common';
import type { InsightRates, PartnerComparison } from '#contracts';
import { Database } from '#database';
import { type CampaignId, Clock, type PartnerActor, type PartnerGroupId, type PartnerId, systemActor } from '#kernel';
import { type GroupRule, matches, type Membership } from '#organisations';
import { compare, type PeerGroup } from './comparison.js';
import { type Counts, ratesOf } from './numbers.js';
import { addDays, dayOf, type DayWindow, finishedWeeks, mondayOf } from './window.js';

type Member = Pick<Membership, 'programmeId' | 'partnerId' | 'tier' | 'region' | 'countryCode' | 'status'>;

interface RuledGroup extends PeerGroup<PartnerGroupId> {
  readonly rule: GroupRule;
}

/** A partner compared with its group: medians, without names. */
@Injectable()
export class Comparisons {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Over the whole past weeks of the window.
   * A day more or less would reveal the partners that sent on it.
   */
  async compare(actor: PartnerActor, campaignId: CampaignId, window: DayWindow): Promise<PartnerComparison> {
    const weeks = finishedWeeks(window, dayOf(this.clock.now()));
    const [from, last] = [weeks[0] ?? mondayOf(window.from), weeks.at(-1)];
    const to = last === undefined ? addDays(from, -1) : addDays(last, 6);
    return this.database.inTransaction(systemActor('insight'), async () => {
      const rates = await this.rates(campaignId, { from, to });
      const groups = await this.groups(campaignId);
      const { groupId, median } = compare(actor.partnerId, groups, rates);
      return {
        from,
        to,
        group: groupOf(groups.find(({ id }) => id === groupId)?.rule ?? null),
        own: rates.get(actor.partnerId) ?? null,
        median,
      };
    });
  }

  /** Of all partners that sent the campaign. */
  private async rates(campaignId: CampaignId, { from, to }: DayWindow): Promise<Map<PartnerId, InsightRates>> {
    const rows = await this.database.query<{ partnerId: PartnerId; counts: Counts }>(
      `SELECT partner_id, jsonb_object_agg(metric, n) AS counts FROM (
         SELECT f.partner_id, f.metric, sum(f.n)::int AS n
         FROM activations.activation_view a JOIN insight.fact f ON f.activation_id = a.id
         WHERE a.campaign_id = $1 AND f.on_day BETWEEN $2 AND $3 GROUP BY 1, 2) per_partner GROUP BY partner_id`,
      [campaignId, from, to],
    );
    return new Map(
      rows.flatMap(({ partnerId, counts }) => {
        const rates = ratesOf(counts);
        return rates === null ? [] : [[partnerId, rates] as const];
      }),
    );
  }

  /** The groups of the campaign's vendor, with who belongs to them now. */
  private async groups(campaignId: CampaignId): Promise<RuledGroup[]> {
    const groups = await this.database.query<{ id: PartnerGroupId; programmeId: string; rule: GroupRule }>(
      `SELECT g.id, g.programme_id, g.rule FROM organisations.partner_group_view g
       JOIN campaigns.campaign_view c ON c.vendor_id = g.vendor_id WHERE c.id = $1 ORDER BY g.id`,
      [campaignId],
    );
    const members = await this.database.query<Member>(
      `SELECT m.programme_id, m.partner_id, m.tier, m.region, m.status, o.country_code
       FROM organisations.membership_view m JOIN organisations.organisation_view o ON o.id = m.partner_id
       JOIN campaigns.campaign_view c ON c.vendor_id = m.vendor_id WHERE c.id = $1 AND m.status = 'active'`,
      [campaignId],
    );
    return groups.map(({ id, programmeId, rule }) => ({
      id,
      rule,
      members: new Set(
        members
          .filter((member) => member.programmeId === programmeId && matches(rule, member))
          .map(({ partnerId }) => partnerId),
      ),
    }));
  }
}

/**
 * The criteria of a rule, without group name and named partners.
 * Those are internal to the vendor.
 */
function groupOf(rule: GroupRule | null): PartnerComparison['group'] {
  if (rule === null) return null;
  const { tiers = [], regions = [], countries = [], partnerIds = [] } = rule;
  return { tiers: [...tiers], regions: [...regions], countries: [...countries], isHandPicked: partnerIds.length > 0 };
}
