import { Injectable } from '@nestjs/common';
import { CampaignAudiences } from '#campaigns';
import { CompiledCampaigns } from '#content';
import type { StepName, VendorCampaignInsight } from '#contracts';
import { Database } from '#database';
import { type CampaignId, groupBy, type PartnerId, systemActor, type VendorId } from '#kernel';

export interface CampaignFunnel {
  readonly campaignId: CampaignId;
  readonly title: string;
  /** By language, BCP 47. */
  readonly titles: Readonly<Record<string, string>>;
  /** What the steps of the newest published version are called. */
  readonly names: readonly StepName[];
  readonly funnel: VendorCampaignInsight['funnel'];
}

const INSIGHT = systemActor('insight');

/**
 * How far a vendor's partners have come with each campaign. Exact, as of now:
 * the vendor's lists name the same partners.
 */
@Injectable()
export class Funnels {
  constructor(
    private readonly database: Database,
    private readonly audiences: CampaignAudiences,
    private readonly compiled: CompiledCampaigns,
  ) {}

  /** Every campaign ever published, newest first. */
  async forVendor(vendorId: VendorId): Promise<CampaignFunnel[]> {
    const campaigns = await this.audiences.ofVendor(INSIGHT, vendorId);
    const launched = await this.launched(vendorId);
    const branded = await this.branded(vendorId);
    const titles = await this.titles(vendorId);
    const digests = await this.compiled.digestsOf(campaigns.map(({ compiledHash }) => compiledHash));
    return campaigns.flatMap(({ campaignId, compiledHash, partnerIds }) => {
      const digest = digests.get(compiledHash);
      if (digest === undefined) return [];
      const own = launched.get(campaignId) ?? new Set();
      const offered = [...new Set([...partnerIds, ...own])];
      const brandComplete = offered.filter((id) => branded.has(id)).length;
      const funnel = { offered: offered.length, brandComplete, launched: own.size };
      return [{ campaignId, title: digest.title, titles: titles.get(campaignId) ?? {}, names: digest.steps, funnel }];
    });
  }

  /** The day in UTC on which the vendor published its first campaign; null: none yet. */
  async firstPublishedOn(vendorId: VendorId): Promise<string | null> {
    const [first] = await this.database.inTransaction(INSIGHT, () =>
      this.database.query<{ day: string | null }>(
        `SELECT (min(v.published_at) AT TIME ZONE 'UTC')::date::text AS day FROM campaigns.campaign_version_view v
         WHERE v.vendor_id = $1`,
        [vendorId],
      ),
    );
    return first?.day ?? null;
  }

  /** Titles of the newest published version of each campaign. */
  private async titles(vendorId: VendorId): Promise<ReadonlyMap<CampaignId, Readonly<Record<string, string>>>> {
    const rows = await this.database.inTransaction(INSIGHT, () =>
      this.database.query<{ campaignId: CampaignId; titles: Record<string, string> }>(
        `SELECT DISTINCT ON (campaign_id) campaign_id, coalesce(title, '{}') AS titles FROM campaigns.campaign_version_view
         WHERE vendor_id = $1 AND published_at IS NOT NULL ORDER BY campaign_id, number DESC`,
        [vendorId],
      ),
    );
    return new Map(rows.map(({ campaignId, titles }) => [campaignId, titles]));
  }

  /** Partners whose brand profile is complete, or was. */
  private async branded(vendorId: VendorId): Promise<ReadonlySet<PartnerId>> {
    const rows = await this.database.inTransaction(INSIGHT, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `SELECT b.partner_id FROM insight.brand_completion b
         WHERE EXISTS (SELECT FROM organisations.membership_view m WHERE m.partner_id = b.partner_id AND m.vendor_id = $1)`,
        [vendorId],
      ),
    );
    return new Set(rows.map(({ partnerId }) => partnerId));
  }

  private async launched(vendorId: VendorId): Promise<ReadonlyMap<CampaignId, ReadonlySet<PartnerId>>> {
    const rows = await this.database.inTransaction(INSIGHT, () =>
      this.database.query<{ campaignId: CampaignId; partnerId: PartnerId }>(
        'SELECT DISTINCT campaign_id, partner_id FROM activations.activation_view WHERE vendor_id = $1',
        [vendorId],
      ),
    );
    return new Map(
      [...groupBy(rows, ({ campaignId }) => campaignId)].map(([id, own]) => [
        id,
        new Set(own.map(({ partnerId }) => partnerId)),
      ]),
    );
  }
}
