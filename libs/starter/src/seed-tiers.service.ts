import { Injectable } from '@nestjs/common';
import type { GroupCondition, Tier, TierFact } from '#contracts';
import { Clock, DAY_MS, notFound, type PartnerAttributeId } from '#kernel';
import { ManualTiers, PartnerTierRules } from '#tiers';
import type { Seed, SeedTier } from './seed-file.js';
import type { SeededPartner } from './seed-partners.service.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** The rules of the sample vendor's tiers, and the tiers that it has set by hand. */
@Injectable()
export class SeedTiers {
  constructor(
    private readonly rules: PartnerTierRules,
    private readonly manual: ManualTiers,
    private readonly clock: Clock,
  ) {}

  /** As the vendor's marketer does it. A partner that falls below its tier begins its grace period. */
  async add(seed: Seed, vendor: SeededVendor, partners: readonly SeededPartner[]): Promise<void> {
    const marketer = seed.vendor.people.find(({ role }) => role === 'marketer');
    const actor = actorOf(vendor, 'marketer', marketer?.name ?? seed.vendor.name);
    const { graceDays, list } = seed.tiers;
    const tiers = list.map((tier) => tierOf(vendor, tier));
    await this.rules.save(actor, vendor.programmeId, { isOn: true, graceDays, tiers }, null);
    for (const { partner, actor: ofPartner } of partners) {
      if (partner.manualTier === undefined) continue;
      const { reason, days } = partner.manualTier;
      const until = new Date(this.clock.now().getTime() + days * DAY_MS);
      const untilOn = until.toISOString().slice(0, 10);
      await this.manual.set(actor, ofPartner.partnerId, { tier: partner.tier, reason, untilOn });
    }
  }
}

function tierOf(vendor: SeededVendor, { name, about, months, facts, certified, atLeast }: SeedTier): Tier {
  const attributeId = (of: string): PartnerAttributeId => {
    const id = vendor.attributes.get(of)?.id;
    if (id === undefined) throw notFound('partner-attribute', of);
    return id;
  };
  const conditions: GroupCondition[] = Object.entries(atLeast).map(([of, from]) => ({
    on: 'attribute-number',
    attributeId: attributeId(of),
    from,
    to: null,
    not: false,
  }));
  if (certified !== undefined)
    conditions.push({ on: 'certified', attributeId: attributeId(certified), forDays: 0, not: false });
  return {
    name,
    about,
    rule: {
      period: { unit: 'months', count: months },
      facts: (Object.entries(facts) as [TierFact, number][]).map(([fact, needed]) => ({ fact, atLeast: needed })),
      conditions,
    },
  };
}
