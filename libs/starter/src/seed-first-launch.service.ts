import { Injectable } from '@nestjs/common';
import { Launch, type LaunchRequest } from '#activations';
import { OfferedCampaigns } from '#campaigns';
import { Clock } from '#kernel';
import { NO_CHOICES } from '#sequencing';
import { SeedDeals } from './seed-deals.service.js';
import type { Seed } from './seed-file.js';
import type { SeededPartner } from './seed-partners.service.js';
import { SeedSharedDeals } from './seed-shared-deals.service.js';
import { SeedSharedLead } from './seed-shared-lead.service.js';
import { SeedUpdate } from './seed-update.service.js';
import type { SeededVendor } from './seeded-vendor.js';

/** Campaigns that sample partners run: one with a shared lead, one with a newer version. And deals of others. */
@Injectable()
export class SeedFirstLaunch {
  constructor(
    private readonly clock: Clock,
    private readonly offered: OfferedCampaigns,
    private readonly launching: Launch,
    private readonly sharedLead: SeedSharedLead,
    private readonly deals: SeedDeals,
    private readonly sharedDeals: SeedSharedDeals,
    private readonly update: SeedUpdate,
  ) {}

  async add(seed: Seed, vendor: SeededVendor, partners: readonly SeededPartner[]): Promise<void> {
    for (const partner of partners) await this.deals.add(seed, partner);
    await this.sharedDeals.add(partners);
    await this.update.add(seed, vendor, partners);
    const first = partners.find(({ partner }) => partner.key === 'cascade');
    if (first?.listId == null) return;
    const [version] = await this.offered.list(first.actor, this.clock.now());
    if (version === undefined) return;
    const request: LaunchRequest = {
      versionId: version.versionId,
      lists: { include: [first.listId], exclude: [] },
      startAt: null,
      locale: null,
      slots: {},
      choices: NO_CHOICES,
      leadRule: null,
      idempotencyKey: 'seeded-first-launch',
    };
    const { id } = await this.launching.launch(first.actor, request);
    await this.sharedLead.add(first.actor, id);
  }
}
