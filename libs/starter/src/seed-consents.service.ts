import { Injectable } from '@nestjs/common';
import { TOTALS_WORDING } from '#contracts';
import { Clock, type PartnerActor } from '#kernel';
import { CountedDeals, SharedTotals } from '#organisations';
import type { SeedPartner } from './seed-file.js';
import type { SeededVendor } from './seeded-vendor.js';

/** What sample partners agree to: exact totals with their name, or deals in sums without names. */
@Injectable()
export class SeedConsents {
  constructor(
    private readonly clock: Clock,
    private readonly sharedTotals: SharedTotals,
    private readonly countedDeals: CountedDeals,
  ) {}

  async give(actor: PartnerActor, { vendorId }: SeededVendor, partner: SeedPartner): Promise<void> {
    if (partner.sharesTotals) await this.sharedTotals.set(actor, vendorId, true, TOTALS_WORDING);
    const today = this.clock.now().toISOString().slice(0, 10);
    if (partner.countsDeals) await this.countedDeals.set(actor, vendorId, true, today);
  }
}
