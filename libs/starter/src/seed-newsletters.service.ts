import { Injectable } from '@nestjs/common';
import { parseDocument } from 'yaml';
import { CampaignEditing, DraftFiles } from '#campaigns';
import type { VendorActor } from '#kernel';
import { Newsletters } from '#newsletters';
import type { Seed } from './seed-file.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** Newsletters of the sample vendor: the first is sent, the second is a draft. */
@Injectable()
export class SeedNewsletters {
  constructor(
    private readonly newsletters: Newsletters,
    private readonly editing: CampaignEditing,
    private readonly draftFiles: DraftFiles,
  ) {}

  async add(seed: Seed, vendor: SeededVendor): Promise<void> {
    const marketer = seed.vendor.people.find(({ role }) => role === 'marketer');
    const actor = actorOf(vendor, 'marketer', marketer?.name ?? seed.vendor.name);
    for (const one of seed.newsletters) await this.addOne(actor, one);
  }

  private async addOne(actor: VendorActor, one: Seed['newsletters'][number]): Promise<void> {
    const id = await this.newsletters.create(actor, {
      title: one.title,
      languages: Object.keys(one.texts),
      from: null,
    });
    const { campaignId, versionNumber } = await this.newsletters.get(actor, id);
    const { packageHash, files } = await this.editing.files(actor, campaignId, versionNumber);
    const edit = (path: string, change: (before: string) => string) => {
      const before = files.find((file) => file.path === path)?.text ?? '';
      return { path, change: { kind: 'text' as const, text: change(before) }, revision: null };
    };
    const changes = Object.entries(one.texts).map(([locale, texts]) =>
      edit(`locales/${locale}.yaml`, (before) => withTexts(before, texts)),
    );
    changes.push(edit('campaign.yaml', (before) => withLink(before, one.link)));
    await this.draftFiles.save(actor, campaignId, { basedOn: packageHash, files: changes });
    await this.draftFiles.apply(actor, campaignId);
    const change = { groupIds: [], roles: [], senderAddress: one.senderAddress };
    await this.newsletters.change(actor, id, change, null);
    if (one.isSent) await this.newsletters.schedule(actor, id, null);
  }
}

/** Replaces the address behind the button. */
function withLink(campaign: string, address: string): string {
  const document = parseDocument(campaign);
  document.setIn(['links', 'more', 'target'], address);
  return document.toString({ lineWidth: 0 });
}

/** Replaces the placeholders of these keys. */
const withTexts = (catalogue: string, texts: Readonly<Record<string, string>>): string =>
  catalogue
    .split('\n')
    .map((line) => {
      const key = line.slice(0, line.indexOf(':')).trim();
      const text = texts[key];
      return text === undefined || !line.startsWith('  ') ? line : `  ${key}: ${JSON.stringify(text)}`;
    })
    .join('\n');
