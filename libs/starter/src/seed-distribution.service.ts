import { Injectable } from '@nestjs/common';
import { notFound } from '#kernel';
import { Distributors } from '#organisations';
import type { SeededPartner } from './seed-partners.service.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** Sample partners that bring partners. */
@Injectable()
export class SeedDistribution {
  constructor(private readonly distributors: Distributors) {}

  /** As the vendor's marketer chooses: distributors first, then the partners that they have brought. */
  async fill(vendor: SeededVendor, seeded: readonly SeededPartner[]): Promise<void> {
    const maya = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    for (const { partner, actor } of seeded.filter((one) => one.partner.isDistributor)) {
      const { tier, region } = partner;
      const terms = { approval: 'approved', tier, region } as const;
      await this.distributors.change(maya, actor.partnerId, { terms, distributorId: null });
    }
    for (const { partner, actor } of seeded) {
      if (partner.distributor === undefined) continue;
      const above = seeded.find((one) => one.partner.key === partner.distributor);
      if (above === undefined) throw notFound('partner', partner.distributor);
      await this.distributors.change(maya, actor.partnerId, { terms: null, distributorId: above.actor.partnerId });
    }
  }
}
