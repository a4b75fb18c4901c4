import { Injectable } from '@nestjs/common';
import { WavePlans } from '#activations';
import { CampaignDrafts, CampaignPublication, CampaignReview, CampaignTags, Lifetimes } from '#campaigns';
import { readPackage, writeZip } from '#content';
import { type CampaignId, Clock, DAY_MS, DomainError, type PartnerGroupId } from '#kernel';
import { campaignFolder, type SeededCampaign } from './seed-file.js';
import { withExperiment } from './seed-experiment.js';
import { SeedTranslations } from './seed-translations.service.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** Publishes the campaigns that are shipped with the product. */
@Injectable()
export class SeedCampaigns {
  constructor(
    private readonly clock: Clock,
    private readonly drafts: CampaignDrafts,
    private readonly review: CampaignReview,
    private readonly publication: CampaignPublication,
    private readonly tags: CampaignTags,
    private readonly translations: SeedTranslations,
    private readonly waves: WavePlans,
    private readonly lifetimes: Lifetimes,
  ) {}

  async publish(
    vendor: SeededVendor,
    { name, groups, tags, translated, waveInDays, lifetime, experiment }: SeededCampaign,
  ): Promise<CampaignId> {
    const read = await readPackage({ folder: campaignFolder(name) });
    if (!read.ok)
      throw new DomainError('seed.package', `The shipped campaign ${name} has mistakes.`, { problems: read.problems });
    const pkg = experiment === undefined ? read.pkg : withExperiment(read.pkg, experiment);
    const marketer = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    const { campaignId } = await this.drafts.create(marketer, await writeZip(pkg));
    await this.review.submit(marketer, campaignId, 1);
    await this.review.approve(actorOf(vendor, 'approver', 'Arun Mehta'), campaignId, 1);
    const day = (ahead: number): string =>
      new Date(this.clock.now().getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
    await this.publication.publish(marketer, campaignId, 1, {
      partnerGroupIds: groups.map((group) => groupNamed(vendor, group)),
      opensOn: day(0),
      closesOn: day(180),
    });
    if (waveInDays !== undefined) {
      const plan = {
        opensOn: day(waveInDays),
        groupIds: [],
        sharePercent: null,
        forEveryone: true,
        mostStoppedPartners: 0,
        rateLimits: { bounced: null, complained: null, unsubscribed: null },
      };
      await this.waves.add(marketer, { campaignId, number: 1 }, plan);
    }
    if (lifetime !== undefined)
      await this.lifetimes.save(marketer, campaignId, {
        reviewOn: day(lifetime.reviewInDays),
        expiresOn: day(lifetime.endsInDays),
        pagesAfterEnd: 'leads',
      });
    await this.tags.change(marketer, campaignId, { add: tags, remove: [] });
    if (translated !== undefined) await this.translations.add(vendor, campaignId, translated);
    return campaignId;
  }
}

/** @throws Error if the seed names a group that it does not define. */
function groupNamed({ groups }: SeededVendor, name: string): PartnerGroupId {
  const id = groups.get(name);
  if (id === undefined)
    throw new Error(`A campaign of the seed names the partner group "${name}", which it does not make.`);
  return id;
}
