import { Injectable } from '@nestjs/common';
import { CompiledCampaigns, stepNames } from '#content';
import type { AttributionChannel, StepName } from '#contracts';
import type { CampaignId, PartnerActor } from '#kernel';
import { type LaunchedCampaign, PartnerCounts } from '../partner-counts.service.js';
import { titleIn } from '../partner-results.js';
import type { DealTouch } from './deal-touches.service.js';

type ChannelOf = (touch: DealTouch) => AttributionChannel;

/** What campaigns and their steps are called. */
@Injectable()
export class ChannelNames {
  constructor(
    private readonly counts: PartnerCounts,
    private readonly compiled: CompiledCampaigns,
  ) {}

  /** Names the channels of touches, by the version that the partner launched last. */
  async of(actor: PartnerActor, touches: readonly DealTouch[]): Promise<ChannelOf> {
    const launched = await this.counts.launched(actor, actor.partnerId);
    const names = new Map<CampaignId, readonly StepName[]>();
    for (const id of new Set(touches.map(({ campaignId }) => campaignId)))
      names.set(id, await this.stepsOf(launched.get(id)));
    return ({ channel: id, campaignId, stepKey, source }) => {
      const { titles = {}, locale = '' } = launched.get(campaignId) ?? {};
      const name = names.get(campaignId)?.find((one) => one.stepKey === stepKey) ?? null;
      return { id, campaignId, title: titleIn(titles, locale), titles: { ...titles }, stepKey, name, source };
    };
  }

  private async stepsOf(launched: LaunchedCampaign | undefined): Promise<readonly StepName[]> {
    return launched === undefined ? [] : stepNames(await this.compiled.load(launched.compiledHash), launched.locale);
  }
}
