import { Injectable } from '@nestjs/common';
import { SavedViews } from '#saved-views';
import type { Seed } from './seed-file.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** Views that the marketer of the sample vendor shares; the first comes by e-mail. */
@Injectable()
export class SeedSavedViews {
  constructor(private readonly views: SavedViews) {}

  async add(seed: Seed, vendor: SeededVendor): Promise<void> {
    const marketer = seed.vendor.people.find(({ role }) => role === 'marketer');
    const actor = actorOf(vendor, 'marketer', marketer?.name ?? seed.vendor.name);
    if (actor.userId === null) return;
    const { vendorId: organisationId, userId } = actor;
    const reader = { actor, userId, organisationId, timeZone: seed.vendor.timeZone, wantsMails: true };
    for (const { mail, ...view } of seed.savedViews) {
      const id = await this.views.save(reader, { ...view, isShared: true });
      if (mail !== null) await this.views.schedule(reader, id, mail);
    }
  }
}
