import { Injectable } from '@nestjs/common';
import { type CampaignDigest, CompiledCampaigns } from '#content';
import type { VendorUse, ArtworkType } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, systemActor, type VendorActor } from '#kernel';
import type { BlobHash } from '#storage';
import { type ThresholdedCount, thresholded, type Cohort } from './thresholded-counts.js';
import { addDays, dayOf, mondayIn, mondayOf } from './window.js';

interface CampaignUsage {
  readonly campaignId: CampaignId;
  readonly compiledHash: BlobHash;
  readonly titles: CampaignUse['titles'];
  /**
   * Partners by launch time and first use of `slot key`, `document key` or
   * `social key`. The empty name: all that launched it.
   */
  readonly uses: readonly (Cohort & { readonly what: string })[];
}

type CampaignUse = VendorUse['campaigns'][number];

/**
 * Which parts of a vendor's campaigns partners use: counts that change by five
 * or more. Never the partners' texts.
 */
@Injectable()
export class VendorUsage {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly compiled: CompiledCampaigns,
  ) {}

  /**
   * Every campaign ever published, newest first, as of the end of last week
   * like the funnel.
   */
  async all(actor: VendorActor): Promise<VendorUse> {
    requirePermission(actor, 'vendor-insight.read');
    const asOf = addDays(mondayOf(dayOf(this.clock.now())), -1);
    const used = await this.database.inTransaction(systemActor('insight'), () =>
      this.database.query<CampaignUsage>(
        `WITH mine AS (
           SELECT id, campaign_id, partner_id, slots, launched_at AS at FROM activations.activation_view
           WHERE vendor_id = $1 AND (launched_at AT TIME ZONE 'UTC')::date <= $2),
         launched AS (
           SELECT campaign_id, partner_id, min(at) AS at FROM mine GROUP BY 1, 2),
         used AS (
           SELECT campaign_id, partner_id, what, min(at) AS at FROM (
             SELECT campaign_id, partner_id, 'slot ' || slot AS what, at FROM mine, jsonb_object_keys(slots) slot
             UNION ALL
             SELECT m.campaign_id, m.partner_id, u.kind || ' ' || u.key, u.first_at FROM mine m JOIN activations.asset_use_view u ON u.activation_id = m.id) one
           GROUP BY 1, 2, 3),
         counted AS (
           SELECT campaign_id, '' AS what, ${mondayIn('at')} AS since, NULL AS did, count(*)::int AS partners FROM launched GROUP BY 1, 2, 3
           UNION ALL
           SELECT u.campaign_id, u.what, ${mondayIn('l.at')}, ${mondayIn('u.at')}, count(*)::int
           FROM used u JOIN launched l ON l.campaign_id = u.campaign_id AND l.partner_id = u.partner_id GROUP BY 1, 2, 3, 4),
         uses AS (
           SELECT campaign_id, jsonb_agg(jsonb_build_object('what', what, 'since', since, 'did', did, 'partners', partners)) AS uses FROM counted GROUP BY 1)
         SELECT c.id AS campaign_id, v.compiled_hash, v.title AS titles, coalesce(u.uses, '[]') AS uses
         FROM campaigns.campaign_view c LEFT JOIN uses u ON u.campaign_id = c.id
         JOIN LATERAL (SELECT compiled_hash, title FROM campaigns.campaign_version_view
                       WHERE campaign_id = c.id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1) v ON true
         WHERE c.vendor_id = $1 ORDER BY c.id DESC`,
        [actor.vendorId, asOf],
      ),
    );
    const digests = await this.compiled.digestsOf(used.map(({ compiledHash }) => compiledHash));
    return {
      asOf,
      campaigns: used.flatMap((one) => {
        const digest = digests.get(one.compiledHash);
        return digest === undefined ? [] : [campaignUse(one, asOf, digest)];
      }),
    };
  }
}

function campaignUse({ campaignId, titles, uses }: CampaignUsage, asOf: string, digest: CampaignDigest): CampaignUse {
  const all = uses.filter(({ what }) => what === '');
  const counted = (name: string): ThresholdedCount => {
    const users = uses.filter(({ what }) => what === name);
    const others = all.map(({ partners, since }) => {
      const own = users.filter((one) => one.since === since).reduce((total, one) => total + one.partners, 0);
      return { since, did: null, partners: partners - own };
    });
    return thresholded([...users, ...others], asOf);
  };
  const assetUse =
    (kind: ArtworkType) =>
    ({ key, title }: CampaignDigest['documents'][number]): CampaignUse['assets'][number] => ({
      kind,
      key,
      title,
      partners: counted(`${kind} ${key}`).did,
    });
  return {
    campaignId,
    title: digest.title,
    titles: { ...titles },
    launched: thresholded(all, asOf).of,
    slots: digest.slots.map(({ name, label }) => ({ name, label, partners: counted(`slot ${name}`).did })),
    assets: [...digest.documents.map(assetUse('document')), ...digest.posts.map(assetUse('social'))],
  };
}
