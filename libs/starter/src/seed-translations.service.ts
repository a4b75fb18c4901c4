import { Injectable } from '@nestjs/common';
import { TranslationDesk } from '#campaigns';
import type { CampaignId } from '#kernel';
import type { SeededCampaign } from './seed-file.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** What the sample team has said of translations: the desk shows texts in several states. */
@Injectable()
export class SeedTranslations {
  constructor(private readonly desk: TranslationDesk) {}

  async add(
    vendor: SeededVendor,
    campaignId: CampaignId,
    { locale, draft, new: unsaid, outdated }: NonNullable<SeededCampaign['translated']>,
  ): Promise<void> {
    const marketer = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    const texts = ((await this.desk.current(marketer, campaignId))[locale] ?? [])
      .filter(({ key }) => !unsaid.includes(key))
      .flatMap(({ key, source, text }) => (text === null ? [] : [{ key, source: outdated[key] ?? source, text }]));
    await this.desk.record(
      marketer,
      campaignId,
      locale,
      texts.map((text) => ({ ...text, state: 'translated' })),
    );
    await this.desk.record(
      actorOf(vendor, 'approver', 'Arun Mehta'),
      campaignId,
      locale,
      texts.filter(({ key }) => !draft.includes(key)).map((text) => ({ ...text, state: 'reviewed' })),
    );
  }
}
