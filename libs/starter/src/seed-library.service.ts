import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import { type Asset, Assets, AssetSharing, dayOf } from '#assets';
import { Clock, DAY_MS, type VendorActor } from '#kernel';
import { type Seed, type SeedAsset, templateBytes } from './seed-file.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** Days for which the sample assets are shared. */
const SHARED_DAYS = 365;

/** A small library of the sample vendor, as its marketer fills it. */
@Injectable()
export class SeedLibrary {
  constructor(
    private readonly assets: Assets,
    private readonly sharing: AssetSharing,
    private readonly clock: Clock,
  ) {}

  async fill(seed: Seed, vendor: SeededVendor): Promise<void> {
    const marketer = seed.vendor.people.find(({ role }) => role === 'marketer');
    const actor = actorOf(vendor, 'marketer', marketer?.name ?? seed.vendor.name);
    const ids = new Map<string, string>();
    for (const one of seed.library) ids.set(one.title, await this.add(actor, one, ids));
  }

  /** @param ids of earlier assets, by title. */
  private async add(actor: VendorActor, one: SeedAsset, ids: ReadonlyMap<string, string>): Promise<string> {
    const asset = await this.created(actor, one, ids);
    const { title, folder, tags, alt, logo, shareAs } = one;
    const branding = logo === undefined ? null : ({ logo, contact: null, page: 'last' } as const);
    const { content, focal, crop, reviewOn, expiresOn } = asset;
    const details = { title, folder, tags, alt, content, focal, crop, branding, reviewOn, expiresOn };
    await this.assets.change(actor, asset.id, null, details);
    if (shareAs === undefined) return asset.id;
    const today = this.clock.now();
    const closesOn = dayOf(new Date(today.getTime() + SHARED_DAYS * DAY_MS));
    const share = { as: shareAs, forEveryone: true, partnerGroupIds: [], opensOn: dayOf(today), closesOn };
    await this.sharing.share(actor, asset.id, share);
    return asset.id;
  }

  private created(actor: VendorActor, one: SeedAsset, ids: ReadonlyMap<string, string>): Promise<Asset> {
    const { kind, file, title, folder, tags, texts, address, captions, poster } = one;
    if (file !== undefined) {
      const uploaded = { name: basename(file), folder, isLogo: kind === 'logo', bytes: templateBytes(file) };
      return this.assets.upload(actor, uploaded);
    }
    const content = { texts, address, captions, poster: poster === undefined ? undefined : ids.get(poster) };
    return this.assets.create(actor, { kind: kind ?? 'text', title, folder, tags, content });
  }
}
