import { Injectable } from '@nestjs/common';
import { Launch } from '#activations';
import { CampaignDrafts, CampaignEditing, CampaignPublication, CampaignReview, type CampaignVersion } from '#campaigns';
import { copyPackage, readPackage, writeZip } from '#content';
import {
  type CampaignId,
  type CampaignVersionId,
  Clock,
  DAY_MS,
  DomainError,
  notFound,
  type VendorActor,
} from '#kernel';
import { slotFromText } from '#rendering';
import { NO_CHOICES } from '#sequencing';
import { campaignFolder, type Seed } from './seed-file.js';
import type { SeededPartner } from './seed-partners.service.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/**
 * A campaign that sample partners run, and its corrected version, which is
 * published and waits for the vendor's decision. The text of one partner is too
 * long for it.
 */
@Injectable()
export class SeedUpdate {
  constructor(
    private readonly clock: Clock,
    private readonly drafts: CampaignDrafts,
    private readonly editing: CampaignEditing,
    private readonly review: CampaignReview,
    private readonly publication: CampaignPublication,
    private readonly launching: Launch,
  ) {}

  async add({ update }: Seed, vendor: SeededVendor, partners: readonly SeededPartner[]): Promise<void> {
    const marketer = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    const { campaignId, id } = await this.draft(update, marketer);
    await this.publish(vendor, campaignId, 1, update.group);
    for (const { partner, texts } of update.launches)
      await this.launch(
        id,
        partners.find((one) => one.partner.key === partner),
        texts,
      );
    const { packageHash, files } = await this.editing.files(marketer, campaignId, 1);
    const changes: Record<string, string> = {};
    for (const { file, from, to } of update.changes) {
      const text = changes[file] ?? files.find(({ path }) => path === file)?.text;
      if (text?.includes(from) !== true) throw notFound('seed-text', `${file}: ${from}`);
      changes[file] = text.replaceAll(from, to);
    }
    await this.editing.save(marketer, { campaignId, number: 1, changes, basedOn: packageHash });
    await this.publish(vendor, campaignId, 2, update.group);
  }

  /** A copy under another name: the template stays free to be used. */
  private async draft({ template, name, title }: Seed['update'], marketer: VendorActor): Promise<CampaignVersion> {
    const read = await readPackage({ folder: campaignFolder(template) });
    const copied = read.ok ? copyPackage(read.pkg, { name, title }) : read;
    if (!copied.ok)
      throw new DomainError('seed.package', `The shipped campaign ${template} has mistakes.`, {
        problems: copied.problems,
      });
    return this.drafts.create(marketer, await writeZip(copied.pkg));
  }

  private async publish(vendor: SeededVendor, campaignId: CampaignId, number: number, group: string): Promise<void> {
    const groupId = vendor.groups.get(group);
    if (groupId === undefined) throw notFound('partner-group', group);
    const marketer = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    await this.review.submit(marketer, campaignId, number);
    await this.review.approve(actorOf(vendor, 'approver', 'Arun Mehta'), campaignId, number);
    const day = (ahead: number): string =>
      new Date(this.clock.now().getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
    const launchPeriod = { opensOn: day(0), closesOn: day(180) };
    await this.publication.publish(marketer, campaignId, number, { partnerGroupIds: [groupId], ...launchPeriod });
  }

  private async launch(
    versionId: CampaignVersionId,
    partner: SeededPartner | undefined,
    texts: Readonly<Record<string, string>>,
  ): Promise<void> {
    if (partner?.listId == null) return;
    await this.launching.launch(partner.actor, {
      versionId,
      lists: { include: [partner.listId], exclude: [] },
      startAt: null,
      locale: null,
      slots: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, slotFromText(text)])),
      choices: NO_CHOICES,
      leadRule: null,
      idempotencyKey: 'seeded-update',
    });
  }
}
