import { Injectable } from '@nestjs/common';
import { CampaignLibrary } from '#campaigns';
import { type CampaignId, Clock } from '#kernel';
import { ProgrammeDryRuns, ProgrammeForecasts } from '#sequences';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/**
 * A forecast with the contacts of the sample partners. It is shown at once, and
 * without the condition on partners: these are minutes old.
 */
@Injectable()
export class SeedForecast {
  constructor(
    private readonly clock: Clock,
    private readonly library: CampaignLibrary,
    private readonly programmes: ProgrammeDryRuns,
    private readonly forecasts: ProgrammeForecasts,
  ) {}

  async add(vendor: SeededVendor, campaignId: CampaignId): Promise<void> {
    const marketer = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    const version = await this.library.version(marketer, campaignId, 1);
    const { reservation } = await this.programmes.reserve(marketer, version);
    await this.forecasts.compute(
      { reservationId: reservation.id, vendorId: vendor.vendorId, campaignId },
      this.clock.now(),
    );
  }
}
