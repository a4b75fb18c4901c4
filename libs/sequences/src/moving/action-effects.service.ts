import { Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import { Database } from '#database';
import { Clock, type ContactId, type EnrolmentId, type PartnerId, type SystemActor } from '#kernel';
import { isAction, stepOf } from '#sequencing';
import { WebhookEvents } from '#webhooks';
import type { ReasonCode } from '../enrolment/reason.js';
import { LeadCreation } from './lead-creation.js';
import { PartnerNotices } from './partner-notices.service.js';

/** Names one execution of an action of a partner's contact. */
export interface ActionRef {
  readonly enrolmentId: EnrolmentId;
  readonly stepKey: string;
  readonly round: number;
}

/** An action that is carried out now. */
export interface ActionContext {
  readonly actor: SystemActor;
  readonly partnerId: PartnerId;
  readonly ref: ActionRef;
  readonly running: RunningActivation;
  readonly contactId: ContactId;
}

/**
 * What each type of step does that is not an e-mail: a post, a notice, a lead,
 * a webhook.
 */
@Injectable()
export class ActionEffects {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly notices: PartnerNotices,
    private readonly leads: LeadCreation,
    private readonly webhooks: WebhookEvents,
  ) {}

  /**
   * In the open transaction.
   * @returns the reason code of what was done.
   * @throws Error if the step is no such action.
   */
  async apply({ actor, partnerId, ref, running, contactId }: ActionContext): Promise<ReasonCode> {
    const activationId = running.activation.id;
    const step = stepOf(running.sequence, ref.stepKey);
    if (step === undefined || !isAction(step) || step.kind === 'email')
      throw new Error(`The step ${ref.stepKey} is no action that is done here.`);
    switch (step.kind) {
      case 'post':
        await this.makePostReady(actor, partnerId, running, step.post);
        return 'post-ready';
      case 'notify':
        await this.notices.sendNotice(actor, partnerId, running, { notice: step.notify, contactId });
        return 'people-notified';
      case 'createLead':
        await this.leads.create(actor, { contactId, activationId });
        return 'lead-made';
      case 'webhook': {
        const { enrolmentId, stepKey } = ref;
        const data = { activationId, enrolmentId, contactId, stepKey, name: step.webhook };
        await this.webhooks.emit({ kind: 'partner', id: partnerId }, 'sequence.step-reached', data);
        return 'webhook-emitted';
      }
    }
  }

  /**
   * The first contact that reaches the post makes it ready for the whole
   * activation.
   */
  private async makePostReady(
    actor: SystemActor,
    partnerId: PartnerId,
    running: RunningActivation,
    post: string,
  ): Promise<void> {
    const ready = await this.database.query(
      `INSERT INTO sequences.ready_post (activation_id, post_key, partner_id, ready_at)
       VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1`,
      [running.activation.id, post, partnerId, this.clock.now()],
    );
    if (ready.length > 0) await this.notices.sendPostReady(actor, partnerId, running);
  }
}
