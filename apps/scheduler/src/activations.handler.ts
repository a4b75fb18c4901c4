import { Injectable } from '@nestjs/common';
import { ACTIVATION_LAUNCHED, ACTIVATION_RESUMED, ACTIVATION_STOPPED, Activations } from '#activations';
import { CAMPAIGN_RETIRED } from '#campaigns';
import { Handles } from '#jobs';
import type { ActivationId, CampaignVersionId, PartnerId } from '#kernel';
import { Enrolments, StepClaims } from '#sequences';

/** What follows when an activation begins or ends. */
@Injectable()
export class ActivationsHandler {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly claims: StepClaims,
    private readonly activations: Activations,
  ) {}

  @Handles(ACTIVATION_LAUNCHED)
  async launched(data: { activationId: string; partnerId: string }): Promise<void> {
    await this.enrolments.enrol(data.activationId as ActivationId, data.partnerId as PartnerId);
    // The first messages go now, not at the next tick.
    await this.claims.claimDue();
  }

  @Handles(ACTIVATION_RESUMED)
  async resumed(data: { activationId: string; partnerId: string }): Promise<void> {
    await this.enrolments.resume(data.activationId as ActivationId, data.partnerId as PartnerId);
    await this.claims.claimDue();
  }

  @Handles(ACTIVATION_STOPPED)
  async stopped(data: { activationId: string; partnerId: string }): Promise<void> {
    await this.enrolments.stop(data.activationId as ActivationId, data.partnerId as PartnerId);
  }

  @Handles(CAMPAIGN_RETIRED)
  async retired(data: { versionIds: string[] }): Promise<void> {
    await this.activations.stopVersions(data.versionIds as CampaignVersionId[]);
  }
}
