import { Injectable } from '@nestjs/common';
import { type CampaignSlot, type CompiledCampaign, CompiledCampaigns, defaultLocale } from '#content';
import type { VendorUse } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, systemActor, type VendorActor } from '#kernel';
import { shownIn } from './small-groups.js';
import { addDays, dayOf, mondayOf } from './window.js';

interface Used {
  readonly campaignId: CampaignId;
  readonly compiledHash: string;
  readonly launched: number;
  /** Partners by slot, by `document key` and by `social key`. */
  readonly slots: Readonly<Record<string, number>>;
  readonly assets: Readonly<Record<string, number>>;
}

type CampaignUse = VendorUse['campaigns'][number];

/** What of a vendor's campaigns partners use: counts of partners, none of fewer than five, and no words of theirs. */
@Injectable()
export class VendorUses {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly compiled: CompiledCampaigns,
  ) {}

  /** Of every campaign that was ever published, the newest first; as things stood when the last week ended, as the funnel. */
  async all(actor: VendorActor): Promise<VendorUse> {
    requirePermission(actor, 'vendor-activations.read');
    const asOf = addDays(mondayOf(dayOf(this.clock.now())), -1);
    const used = await this.database.inTransaction(systemActor('insight'), () =>
      this.database.query<Used>(
        `WITH mine AS (
           SELECT id, campaign_id, partner_id, slots FROM activations.activation
           WHERE vendor_id = $1 AND (launched_at AT TIME ZONE 'UTC')::date <= $2),
         slots AS (
           SELECT campaign_id, slot AS what, count(DISTINCT partner_id)::int AS n FROM mine, jsonb_object_keys(slots) slot GROUP BY 1, 2),
         assets AS (
           SELECT m.campaign_id, u.kind || ' ' || u.key AS what, count(DISTINCT m.partner_id)::int AS n
           FROM mine m JOIN activations.asset_use u ON u.activation_id = m.id
           WHERE (u.first_at AT TIME ZONE 'UTC')::date <= $2 GROUP BY 1, 2)
         SELECT c.id AS "campaignId", v.compiled_hash AS "compiledHash",
           (SELECT count(DISTINCT partner_id)::int FROM mine WHERE campaign_id = c.id) AS launched,
           (SELECT coalesce(jsonb_object_agg(what, n), '{}') FROM slots WHERE campaign_id = c.id) AS slots,
           (SELECT coalesce(jsonb_object_agg(what, n), '{}') FROM assets WHERE campaign_id = c.id) AS assets
         FROM campaigns.campaign c
         JOIN LATERAL (SELECT compiled_hash FROM campaigns.campaign_version
                       WHERE campaign_id = c.id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1) v ON true
         WHERE c.vendor_id = $1 ORDER BY c.id DESC`,
        [actor.vendorId, asOf],
      ),
    );
    return {
      asOf,
      campaigns: await Promise.all(
        used.map(async (one) => campaignUse(one, await this.compiled.load(one.compiledHash))),
      ),
    };
  }
}

function campaignUse({ campaignId, launched, slots, assets }: Used, compiled: CompiledCampaign): CampaignUse {
  const locale = defaultLocale(compiled.definition);
  const labelOf = ({ label, name }: CampaignSlot): string => label[locale] ?? name;
  const assetUse = (kind: 'document' | 'social', key: string, title: string): CampaignUse['assets'][number] => ({
    ...{ kind, key, title },
    partners: shownIn(launched, assets[`${kind} ${key}`] ?? 0),
  });
  return {
    campaignId,
    title: compiled.definition.title[locale] ?? compiled.definition.name,
    launched: shownIn(launched, launched),
    slots: compiled.slots.map((slot) => ({
      name: slot.name,
      label: labelOf(slot),
      partners: shownIn(launched, slots[slot.name] ?? 0),
    })),
    assets: [
      ...compiled.documents.map(({ key, title }) => assetUse('document', key, title[locale] ?? key)),
      ...compiled.social.map(({ key, text }) => assetUse('social', key, text[locale] ?? key)),
    ],
  };
}
