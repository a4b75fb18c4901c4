import { Injectable } from '@nestjs/common';
import { Assets, type AssetId, type CopyOrigin, LibraryCopies, type PictureChoice } from '#assets';
import type { Localised } from '#content';
import { requirePermission } from '#identity';
import { type CampaignId, DomainError, groupBy, type VendorActor } from '#kernel';
import { DraftFiles } from './draft-files.service.js';
import { type LibraryUse, LibraryUses } from './library-uses.service.js';
import { AssetUsers } from './recalls/asset-users.service.js';

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

/** A campaign's copy of an asset, and how it was made. */
interface AssetUse extends LibraryUse {
  readonly origin: CopyOrigin;
  /** It is a copy of the file in use now. */
  readonly isCurrent: boolean;
}

/** Puts pictures of the library into drafts, and keeps them up to date. */
@Injectable()
export class LibraryPictures {
  constructor(
    private readonly assets: Assets,
    private readonly copies: LibraryCopies,
    private readonly uses: LibraryUses,
    private readonly files: DraftFiles,
    private readonly users: AssetUsers,
  ) {}

  /**
   * Copies a cut of a picture into the draft, as a file of its own.
   * @throws DomainError as `LibraryCopies.copy` and `DraftFiles.upload`;
   *   `asset.recalled`.
   */
  async place(
    actor: VendorActor,
    campaignId: CampaignId,
    choice: PictureChoice,
  ): Promise<{ readonly path: string; readonly width: number; readonly height: number }> {
    requirePermission(actor, 'campaigns.edit');
    await this.users.requireNotRecalled(actor, [choice.assetId]);
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
   * Another asset may have the same bytes: a use is of the one that was copied
   * last.
   * @throws DomainError `asset.not-found`.
   */
  async usesOf(actor: VendorActor, assetId: AssetId): Promise<AssetUse[]> {
    requirePermission(actor, 'campaigns.read');
    const { file } = await this.assets.get(actor, assetId);
    const found = await this.uses.of(actor, assetId);
    const origins = await this.copies.originsOf(
      actor,
      found.map(({ hash }) => hash),
    );
    return found.flatMap((use) => {
      const origin = origins.get(use.hash);
      if (origin?.assetId !== assetId) return [];
      return [{ ...use, origin, isCurrent: origin.fileNumber === file?.number }];
    });
  }

  /**
   * Puts the file in use into each of these campaigns whose newest files have an
   * earlier one. Published versions stay: their campaigns get a new draft.
   * Changes that others have not saved are not saved here either. Each campaign
   * is compiled, so ask for a few at a time.
   * @throws DomainError `asset.not-found`.
   */
  async replaceIn(actor: VendorActor, assetId: AssetId, campaignIds: readonly CampaignId[]): Promise<Replacement[]> {
    requirePermission(actor, 'campaigns.edit');
    const outdated = (await this.usesOf(actor, assetId)).filter(
      ({ campaignId, isNewest, isCurrent }) => isNewest && !isCurrent && campaignIds.includes(campaignId),
    );
    const replaced: Replacement[] = [];
    for (const [campaignId, uses] of groupBy(outdated, (use) => use.campaignId)) {
      const replacement = await this.replaceUses(actor, campaignId, uses);
      if (replacement !== null) replaced.push(replacement);
    }
    return replaced;
  }

  /** All pictures of a campaign or none; null: its authors have exchanged them already. */
  private async replaceUses(
    actor: VendorActor,
    campaignId: CampaignId,
    uses: readonly AssetUse[],
  ): Promise<Replacement | null> {
    const title = uses[0]?.title ?? {};
    try {
      // A file that was changed or removed since the version is what counts.
      const changed = new Set((await this.files.list(actor, campaignId)).map(({ path }) => path));
      const renewed = new Map<string, Buffer>();
      for (const { path, origin, number } of uses)
        if (number === null || !changed.has(path))
          renewed.set(path, (await this.copies.renewed(actor, origin, path)).bytes);
      if (renewed.size === 0) return null;
      const version = await this.files.putAll(actor, campaignId, renewed);
      const outcome = version === null ? 'changed' : 'drafted';
      return { campaignId, title, outcome, number: version?.number ?? null, refusal: null };
    } catch (refusal) {
      if (!(refusal instanceof DomainError)) throw refusal;
      return { campaignId, title, outcome: 'refused', number: null, refusal };
    }
  }
}
