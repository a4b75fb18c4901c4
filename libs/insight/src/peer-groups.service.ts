import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { CampaignId, PartnerGroupId, VendorId } from '#kernel';
import { type GroupRule, PartnerGroups } from '#organisations';
import type { PeerGroup } from './comparison.js';

export interface RuledGroup extends PeerGroup<PartnerGroupId> {
  readonly rule: GroupRule;
}

/** The partner groups of a vendor, with who belongs to them now. */
@Injectable()
export class PeerGroups {
  constructor(
    private readonly database: Database,
    private readonly groups: PartnerGroups,
  ) {}

  async ofVendor(vendorId: VendorId): Promise<RuledGroup[]> {
    const groups = await this.groups.withMembers(vendorId);
    return groups.map(({ id, rule, members }) => ({ id, rule, members: new Set(members) }));
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
