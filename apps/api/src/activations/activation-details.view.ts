import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import { stepNames } from '#content';
import type { ActivationDetail } from '#contracts';
import { Halts } from '#delivery';
import { HumanInteractions } from '#engagement';
import { type ActivationId, Clock, type PartnerActor } from '#kernel';
import { clickedLink } from '#leads';
import { NextEmails, reasonSentence, StepRecords } from '#sequences';
import { ActivationViews } from './activations.view.js';
import { VendorActs } from './vendor-acts.service.js';

/** One activation with its progress, and with what waits, halts or ends it. */
@Injectable()
export class ActivationDetailViews {
  constructor(
    private readonly views: ActivationViews,
    private readonly activations: Activations,
    private readonly halts: Halts,
    private readonly nextEmails: NextEmails,
    private readonly vendorActs: VendorActs,
    private readonly records: StepRecords,
    private readonly interactions: HumanInteractions,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `activation.not-found` */
  async of(actor: PartnerActor, id: ActivationId): Promise<ActivationDetail> {
    const activation = await this.activations.get(actor, id);
    const { contacts, waiting, completed, steps, reasons } = await this.records.progress(actor, id);
    const clicks = await this.interactions.clicksByLink(actor, id);
    const [summary] = await this.views.summaries(actor, [activation]);
    if (summary === undefined) throw new Error(`Activation ${activation.id} has no summary.`);
    const nextAt = await this.nextEmails.ofActivation(actor, activation.id);
    const waits = await this.nextEmails.waits(actor, activation.id);
    const campaign = await this.activations.campaign(actor, activation);
    const isOver = activation.endedAt !== null;
    const haltedSince = isOver
      ? null
      : (await this.halts.inForce()).since({ ...activation, activationId: activation.id });
    return {
      ...summary,
      ...(await this.vendorActs.of(actor, activation)),
      haltedSince: haltedSince?.toISOString() ?? null,
      hasPage: campaign.pages.length > 0,
      names: stepNames(campaign, activation.locale),
      contacts,
      waiting,
      completed,
      nextAt: nextAt?.toISOString() ?? null,
      asOf: this.clock.now().toISOString(),
      postponements: activation.postponements.map(({ fromMs, untilMs, days }) => ({
        from: new Date(fromMs).toISOString(),
        until: new Date(untilMs).toISOString(),
        days,
      })),
      steps: steps.map(({ stepKey, sent, pending, skipped, failed, unknown }) => ({
        stepKey,
        sent,
        pending,
        skipped,
        failed,
        unknown,
      })),
      reasons: reasons.map(({ reason, count }) => ({ reason, sentence: reasonSentence(reason), count })),
      waits: waits.map(({ reason, count }) => ({ reason, sentence: reasonSentence(reason), count })),
      clicks: clicks.map(({ link, clicks: count }) => ({
        link: clickedLink(campaign, link, activation.locale),
        clicks: count,
      })),
    };
  }
}
