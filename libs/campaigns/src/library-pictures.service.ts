import { Injectable } from '@nestjs/common';
import { Assets, type AssetId, type CopyOrigin, LibraryCopies, type PictureChoice } from '#assets';
import type { Localised } from '#content';
import { requirePermission } from '#identity';
import { type CampaignId, DomainError, groupBy, type VendorActor } from '#kernel';
import { DraftFiles } from './draft-files.service.js';
import { type LibraryUse, LibraryUses } from './library-uses.service.js';

/** What became of a campaign that had an earlier picture. */
export interface Replacement {
  readonly campaignId: CampaignId;
  readonly title: Localised;
  /**
   * `drafted`: a new draft has the new picture. `changed`: it is among changes
   * that others have not saved yet. `refused`: nothing was changed.
   */
  readonly outcome: 'drafted' | 'changed' | 'refused';
  /** Of the draft. */
  readonly number: number | null;
  readonly refusal: DomainError | null;
}

/** Puts pictures of the library into drafts, and keeps them up to date. */
@Injectable()
export class LibraryPictures {
  constructor(
    private readonly assets: Assets,
    private readonly copies: LibraryCopies,
    private readonly uses: LibraryUses,
    private readonly files: DraftFiles,
  ) {}

  /**
   * Copies a cut of a picture into the draft, as a file of its own.
   * @throws DomainError as `LibraryCopies.copy` and `DraftFiles.upload`.
   */
  async place(
    actor: VendorActor,
    campaignId: CampaignId,
    choice: PictureChoice,
  ): Promise<{ readonly path: string; readonly width: number; readonly height: number }> {
    requirePermission(actor, 'campaigns.edit');
    const { path, bytes, width, height } = await this.copies.copy(actor, choice);
    await this.files.upload(actor, campaignId, path, bytes);
    return { path, width, height };
  }

  /** Where a picture of a draft came from; null: not from the library. */
  async originOf(actor: VendorActor, campaignId: CampaignId, path: string): Promise<CopyOrigin | null> {
    requirePermission(actor, 'campaigns.read');
    const hash = await this.uses.hashAt(actor, campaignId, path);
    return hash === null ? null : ((await this.copies.originsOf(actor, [hash])).get(hash) ?? null);
  }

  /**
   * Copies of an asset in campaigns, and whether each is of the file in use.
   * @throws DomainError `asset.not-found`.
   */
  async usesOf(actor: VendorActor, assetId: AssetId): Promise<(LibraryUse & { readonly isCurrent: boolean })[]> {
    requirePermission(actor, 'campaigns.read');
    const { file } = await this.assets.get(actor, assetId);
    const found = await this.uses.of(actor, assetId);
    const origins = await this.copies.originsOf(
      actor,
      found.map(({ hash }) => hash),
    );
    return found.map((use) => ({ ...use, isCurrent: origins.get(use.hash)?.fileNumber === file?.number }));
  }

  /**
   * Puts the file in use into each campaign whose newest files have an earlier
   * one. Published versions stay: their campaigns get a new draft. Changes that
   * others have not saved are not saved here either.
   * @throws DomainError `asset.not-found`.
   */
  async replaceEverywhere(actor: VendorActor, assetId: AssetId): Promise<Replacement[]> {
    requirePermission(actor, 'campaigns.edit');
    const outdated = (await this.usesOf(actor, assetId)).filter(({ isNewest, isCurrent }) => isNewest && !isCurrent);
    const replaced: Replacement[] = [];
    for (const [campaignId, uses] of groupBy(outdated, (use) => use.campaignId))
      replaced.push(await this.replaceIn(actor, assetId, campaignId, uses));
    return replaced;
  }

  private async replaceIn(
    actor: VendorActor,
    assetId: AssetId,
    campaignId: CampaignId,
    uses: readonly LibraryUse[],
  ): Promise<Replacement> {
    const title = uses[0]?.title ?? {};
    try {
      const before = await this.files.list(actor, campaignId);
      // A file that was changed or removed since the version is what counts.
      const changed = new Set(before.map(({ path }) => path));
      for (const { path, hash, number } of uses) {
        if (number !== null && changed.has(path)) continue;
        const origin = (await this.copies.copiesOf(actor, assetId)).find((copy) => copy.hash === hash);
        if (origin === undefined) continue;
        const { bytes } = await this.copies.renewed(actor, origin, path);
        await this.files.upload(actor, campaignId, path, bytes);
      }
      const version = before.length === 0 ? await this.files.apply(actor, campaignId) : null;
      const outcome = version === null ? 'changed' : 'drafted';
      return { campaignId, title, outcome, number: version?.number ?? null, refusal: null };
    } catch (refusal) {
      if (!(refusal instanceof DomainError)) throw refusal;
      return { campaignId, title, outcome: 'refused', number: null, refusal };
    }
  }
}
