import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { CampaignId, PartnerGroupId, VendorId } from '#kernel';
import { type GroupRule, matches, type Membership } from '#organisations';
import type { PeerGroup } from './comparison.js';

type Member = Pick<Membership, 'programmeId' | 'partnerId' | 'tier' | 'region' | 'countryCode' | 'status'>;

export interface RuledGroup extends PeerGroup<PartnerGroupId> {
  readonly rule: GroupRule;
}

/** The partner groups of a vendor, with who belongs to them now. */
@Injectable()
export class PeerGroups {
  constructor(private readonly database: Database) {}

  async ofVendor(vendorId: VendorId): Promise<RuledGroup[]> {
    const groups = await this.database.query<{ id: PartnerGroupId; programmeId: string; rule: GroupRule }>(
      'SELECT id, programme_id, rule FROM organisations.partner_group_view WHERE vendor_id = $1 ORDER BY id',
      [vendorId],
    );
    const members = await this.database.query<Member>(
      `SELECT m.programme_id, m.partner_id, m.tier, m.region, m.status, o.country_code
       FROM organisations.membership_view m JOIN organisations.organisation_view o ON o.id = m.partner_id
       WHERE m.vendor_id = $1 AND m.status = 'active'`,
      [vendorId],
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

  /** Of the vendor of a campaign; empty if there is no such campaign. */
  async ofCampaign(campaignId: CampaignId): Promise<RuledGroup[]> {
    const [campaign] = await this.database.query<{ vendorId: VendorId }>(
      'SELECT vendor_id FROM campaigns.campaign_view WHERE id = $1',
      [campaignId],
    );
    return campaign === undefined ? [] : this.ofVendor(campaign.vendorId);
  }
}
