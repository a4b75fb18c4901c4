import { Injectable } from '@nestjs/common';
import { Handles } from '#jobs';
import type { EnrolmentId, PartnerId } from '#kernel';
import { Leads } from '#leads';
import { PERFORM_ACTION, StepActions } from '#sequences';

/** What a sequence does besides e-mails. */
@Injectable()
export class ActionsHandler {
  constructor(
    private readonly actions: StepActions,
    private readonly leads: Leads,
  ) {}

  @Handles(PERFORM_ACTION)
  async perform(data: { partnerId: string; enrolmentId: string; stepKey: string; round: number }): Promise<void> {
    const ref = { ...data, partnerId: data.partnerId as PartnerId, enrolmentId: data.enrolmentId as EnrolmentId };
    await this.actions.perform(ref, (actor, lead) => this.leads.fromSequence(actor, lead));
  }
}
