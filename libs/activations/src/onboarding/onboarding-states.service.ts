import { Injectable } from '@nestjs/common';
import { OfferedCampaigns } from '#campaigns';
import { MEASURED_STEPS, type MeasuredStep } from '#contracts';
import { Database } from '#database';
import { Clock, type PartnerProcess, type VendorId } from '#kernel';
import { OnboardingFactsReader } from './onboarding-facts.service.js';
import { type OnboardingStepKey, onboardingSteps } from './onboarding-steps.js';

/** Where a partner is before its first launch for a vendor. */
export interface OnboardingState {
  readonly isPartner: boolean;
  readonly hasHidden: boolean;
  readonly openSteps: readonly OnboardingStepKey[];
  /** It has an open step that can be done now. */
  readonly canGoOn: boolean;
}

/** Steps that a vendor may know of. */
export const measured = (steps: readonly OnboardingStepKey[]): MeasuredStep[] =>
  MEASURED_STEPS.filter((step) => steps.includes(step));

/** Reads where partners are before their first launch. */
@Injectable()
export class OnboardingStates {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly facts: OnboardingFactsReader,
    private readonly offered: OfferedCampaigns,
  ) {}

  /** Joins the open transaction. */
  async read(actor: PartnerProcess, vendorId: VendorId): Promise<OnboardingState> {
    const openSteps = onboardingSteps(await this.facts.read(actor, vendorId))
      .filter(({ isDone }) => !isDone)
      .map(({ key }) => key);
    return {
      isPartner: await this.isPartner(actor, vendorId),
      hasHidden: await this.facts.isHidden(actor.partnerId),
      openSteps,
      canGoOn: openSteps.some((key) => key !== 'launch') || (await this.isOffered(actor, vendorId)),
    };
  }

  private async isPartner({ partnerId }: PartnerProcess, vendorId: VendorId): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM organisations.membership_view WHERE vendor_id = $1 AND partner_id = $2 AND status = 'active'`,
      [vendorId, partnerId],
    );
    return rows.length > 0;
  }

  private async isOffered(actor: PartnerProcess, vendorId: VendorId): Promise<boolean> {
    const offered = await this.offered.list(actor, this.clock.now());
    return offered.some((version) => version.vendorId === vendorId);
  }
}
