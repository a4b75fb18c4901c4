import { Injectable } from '@nestjs/common';
import { OpenRecalls, WaitingUpdates } from '#activations';
import { CampaignWork, OldContents } from '#campaigns';
import type { WaitingWork } from '#contracts';
import { can } from '#identity';
import { Clock, type VendorActor } from '#kernel';

type DecisionsAboutCampaigns = Pick<WaitingWork, 'versions' | 'translations' | 'updates' | 'recalls' | 'oldContents'>;

/** What a person decides about campaigns. */
@Injectable()
export class CampaignDecisions {
  constructor(
    private readonly work: CampaignWork,
    private readonly updates: WaitingUpdates,
    private readonly recalls: OpenRecalls,
    private readonly contents: OldContents,
    private readonly clock: Clock,
  ) {}

  async list(actor: VendorActor): Promise<DecisionsAboutCampaigns> {
    return {
      versions: (await this.work.waiting(actor)).map(({ kind, campaignId, number, title, dueOn }) => ({
        kind,
        campaignId,
        number,
        title: { ...title },
        dueOn,
      })),
      translations: (await this.work.translations(actor)).map(({ title, ...task }) => ({
        ...task,
        title: { ...title },
      })),
      updates: can(actor, 'campaigns.publish')
        ? (await this.updates.list(actor)).map(({ title, ...update }) => ({ ...update, title: { ...title } }))
        : [],
      recalls: can(actor, 'campaigns.retire')
        ? (await this.recalls.list(actor)).map(({ title, decidedAt, ...recall }) => ({
            ...recall,
            title: { ...title },
            decidedOn: decidedAt.toISOString().slice(0, 10),
          }))
        : [],
      oldContents: can(actor, 'campaigns.edit') ? await this.countOld(actor) : null,
    };
  }

  private async countOld(actor: VendorActor): Promise<number> {
    const today = this.clock.now().toISOString().slice(0, 10);
    const listed = await this.contents.list(actor);
    return listed.filter(({ reviewOn }) => reviewOn !== null && reviewOn <= today).length;
  }
}
