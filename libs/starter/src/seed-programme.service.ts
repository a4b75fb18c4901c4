import { Injectable } from '@nestjs/common';
import { SeedCosts } from './seed-costs.service.js';
import { SeedAttributes } from './seed-attributes.service.js';
import { SeedDistribution } from './seed-distribution.service.js';
import type { Seed } from './seed-file.js';
import { SeedNewsletters } from './seed-newsletters.service.js';
import type { SeededPartner } from './seed-partners.service.js';
import { SeedTerms } from './seed-terms.service.js';
import { SeedTiers } from './seed-tiers.service.js';
import type { SeededVendor } from './seeded-vendor.js';

/** What the sample vendor has agreed with its partners, and writes to them. */
@Injectable()
export class SeedProgramme {
  constructor(
    private readonly attributes: SeedAttributes,
    private readonly terms: SeedTerms,
    private readonly tiers: SeedTiers,
    private readonly distribution: SeedDistribution,
    private readonly newsletters: SeedNewsletters,
    private readonly costs: SeedCosts,
  ) {}

  async add(seed: Seed, vendor: SeededVendor, partners: readonly SeededPartner[]): Promise<void> {
    for (const { partner, actor } of partners) await this.attributes.fill(vendor, partner, actor.partnerId);
    await this.terms.add(seed, vendor, partners);
    await this.tiers.add(seed, vendor, partners);
    await this.distribution.fill(vendor, partners);
    await this.newsletters.add(seed, vendor);
    await this.costs.addForVendor(seed, vendor);
    for (const partner of partners) await this.costs.addForPartner(partner);
  }
}
