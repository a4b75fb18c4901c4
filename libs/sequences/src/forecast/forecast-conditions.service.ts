import { Injectable } from '@nestjs/common';
import { Activations, UpdateAudience } from '#activations';
import type { CampaignVersion } from '#campaigns';
import { Clock, DAY_MS, type VendorActor } from '#kernel';
import { Memberships } from '#organisations';

/** A partner counts from this age of its membership. */
const LEAST_DAYS = 30;
/** Partners that a forecast needs. */
export const LEAST_PARTNERS = 5;

type RunningVersion = Pick<CampaignVersion, 'campaignId' | 'id' | 'number' | 'publishedAt'>;

/**
 * Whether a programme is large enough for forecasts. It makes partners of a
 * vendor's own making expensive; it is no protection by itself. The vendor sees
 * by name who has joined when and who has launched, so the answer reveals
 * nothing.
 */
@Injectable()
export class ForecastConditions {
  constructor(
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly activations: Activations,
    private readonly audience: UpdateAudience,
  ) {}

  /**
   * @returns whether five active partners joined at least 30 days ago and have
   *   launched a campaign.
   */
  async hasEnoughPartners(actor: VendorActor): Promise<boolean> {
    const joinedBefore = new Date(this.clock.now().getTime() - LEAST_DAYS * DAY_MS);
    const partners = await this.memberships.activePartners(actor, joinedBefore);
    const launched = new Set(await this.activations.partnersThatLaunched(actor));
    return partners.filter((id) => launched.has(id)).length >= LEAST_PARTNERS;
  }

  /** @returns whether five partners run earlier versions as well, and may run this one. */
  async hasEnoughRunning(
    actor: VendorActor,
    { campaignId, id: versionId, number: versionNumber, publishedAt }: RunningVersion,
  ): Promise<boolean> {
    if (publishedAt === null || !(await this.hasEnoughPartners(actor))) return false;
    const running = await this.audience.running({ campaignId, versionId, versionNumber });
    return new Set(running.map(({ partnerId }) => partnerId)).size >= LEAST_PARTNERS;
  }
}
