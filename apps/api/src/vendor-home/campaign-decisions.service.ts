import { Injectable } from '@nestjs/common';
import { Activations, OpenRecalls, WaitingUpdates } from '#activations';
import { CampaignWork, OldContents, OpenCampaigns } from '#campaigns';
import type { WaitingWork } from '#contracts';
import { can } from '#identity';
import { DecidableTests } from '#insight';
import { Clock, type VendorActor } from '#kernel';

type DecisionsAboutCampaigns = Pick<
  WaitingWork,
  'versions' | 'translations' | 'updates' | 'recalls' | 'tests' | 'oldContents'
>;

/** What a person decides about campaigns. */
@Injectable()
export class CampaignDecisions {
  constructor(
    private readonly work: CampaignWork,
    private readonly updates: WaitingUpdates,
    private readonly recalls: OpenRecalls,
    private readonly contents: OldContents,
    private readonly tests: DecidableTests,
    private readonly campaigns: OpenCampaigns,
    private readonly activations: Activations,
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
      // An analyst reads results and applies none, and an author the other way round.
      tests: can(actor, 'campaigns.publish') && can(actor, 'vendor-insight.read') ? await this.decidable(actor) : [],
      oldContents: can(actor, 'campaigns.edit') ? await this.countOld(actor) : null,
    };
  }

  /** Of campaigns that contacts still enter: whatever is applied is for those. */
  private async decidable(actor: VendorActor): Promise<WaitingWork['tests']> {
    const found = await this.tests.list(actor);
    if (found.length === 0) return [];
    const published = new Map((await this.campaigns.list(actor)).map((one) => [one.campaignId, one]));
    const running = await this.activations.partnersRunning(
      actor,
      found.map(({ campaignId }) => campaignId),
    );
    const today = this.clock.now().toISOString().slice(0, 10);
    return found.flatMap((test) => {
      const campaign = published.get(test.campaignId);
      if (campaign === undefined || campaign.number !== test.number) return [];
      return running.has(test.campaignId) || today <= campaign.closesOn
        ? [{ ...test, title: { ...campaign.title } }]
        : [];
    });
  }

  private async countOld(actor: VendorActor): Promise<number> {
    const today = this.clock.now().toISOString().slice(0, 10);
    const listed = await this.contents.list(actor);
    return listed.filter(({ reviewOn }) => reviewOn !== null && reviewOn <= today).length;
  }
}
