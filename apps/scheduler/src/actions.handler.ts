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
  async perform({
    partnerId,
    actions,
  }: {
    partnerId: string;
    actions: readonly { enrolmentId: string; stepKey: string; round: number }[];
  }): Promise<void> {
    const refs = actions.map(({ enrolmentId, ...action }) => ({ ...action, enrolmentId: enrolmentId as EnrolmentId }));
    await this.actions.perform(partnerId as PartnerId, refs, (actor, lead) => this.leads.fromSequence(actor, lead));
  }
}
