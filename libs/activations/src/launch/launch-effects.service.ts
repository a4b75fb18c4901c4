import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { PublishedVersion } from '#campaigns';
import { Jobs } from '#jobs';
import type { ActivationId, PartnerActor } from '#kernel';
import type { SequenceDefinition } from '#sequencing';
import { WebhookEvents } from '#webhooks';
import { ACTIVATION_LAUNCHED, COBRAND_ASSETS } from '../activations.jobs.js';
import { LaunchedSequences } from '../launched-sequences.js';
import { LaunchLeadRules } from './launch-lead-rules.js';
import type { LaunchRequest } from './launch-request.js';

/** What a launch brings about in its transaction. */
@Injectable()
export class LaunchEffects {
  constructor(
    private readonly audit: AuditLog,
    private readonly sequences: LaunchedSequences,
    private readonly leadRules: LaunchLeadRules,
    private readonly webhooks: WebhookEvents,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Audit entry, entry rules, the partner's lead rule, webhooks, and the jobs
   * that enrol contacts and make documents.
   * @throws DomainError `lead-rule.looser`.
   */
  async apply(
    actor: PartnerActor,
    id: ActivationId,
    { vendorId, campaignId, versionId }: PublishedVersion,
    {
      lists,
      leadRule,
      sequence,
    }: Pick<LaunchRequest, 'lists' | 'leadRule'> & { readonly sequence: SequenceDefinition },
  ): Promise<void> {
    const { partnerId } = actor;
    await this.audit.record(actor, {
      action: 'activation.launched',
      subject: { kind: 'activation', id },
      vendorId,
      details: { versionId, ...lists },
    });
    await this.sequences.store(actor, id, sequence);
    if (leadRule !== null) await this.leadRules.makeStricter(actor, id, leadRule);
    const facts = { activationId: id, campaignId, versionId, partnerId, reason: null };
    await this.webhooks.emitToBoth({ partnerId, vendorId }, 'activation.launched', facts);
    await this.jobs.enqueue(ACTIVATION_LAUNCHED, { activationId: id, partnerId });
    await this.jobs.enqueue(COBRAND_ASSETS, { activationId: id, partnerId });
  }
}
