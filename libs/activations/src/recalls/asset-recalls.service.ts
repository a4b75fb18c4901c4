import { Injectable } from '@nestjs/common';
import { AssetSharing, Assets, type AssetId, SharedCopies } from '#assets';
import { AssetUsers, type Recall, Recalls } from '#campaigns';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import { type CampaignId, DomainError, type VendorActor } from '#kernel';
import { TELL_OF_RECALLED_ASSET } from '../activations.jobs.js';

/** What a recall of an asset took in. */
export interface AssetRecall {
  /** One for each campaign that shows it. */
  readonly recalls: readonly Recall[];
  /** Whether partners could download it. */
  readonly isWithdrawn: boolean;
}

/** Recalls assets of the library wherever they are: in campaigns and in the library of partners. */
@Injectable()
export class AssetRecalls {
  constructor(
    private readonly database: Database,
    private readonly gate: ReleaseGate,
    private readonly recalls: Recalls,
    private readonly users: AssetUsers,
    private readonly assets: Assets,
    private readonly sharing: AssetSharing,
    private readonly copies: SharedCopies,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Recalls what shows the asset, and withdraws it from partners, also where the
   * library has the same file under another title: it must not come out by another
   * link. From the return of this method on nothing of it comes out.
   * @throws DomainError `asset.not-found`, `asset.not-used`.
   */
  async recall(actor: VendorActor, assetId: AssetId, reason: string): Promise<AssetRecall> {
    requirePermission(actor, 'campaigns.retire');
    requirePermission(actor, 'assets.edit');
    const recalled = await this.database.inTransaction(actor, async () => {
      const { title } = await this.assets.get(actor, assetId);
      // Releases that have begun come before, later ones read the recalls.
      await this.gate.close();
      let isWithdrawn = false;
      const recalls: Recall[] = [];
      for (const id of [assetId, ...(await this.copies.sameFile(actor, assetId))]) {
        if (await this.withdraw(actor, id, reason)) isWithdrawn = true;
        for (const campaignId of await this.users.campaignsShowing(actor, id))
          recalls.push(await this.recalls.decide(actor, everything(campaignId, id, reason)));
      }
      if (recalls.length === 0 && !isWithdrawn) throw notUsed(title);
      return { recalls, isWithdrawn };
    });
    await this.gate.waitForSubmissions({ vendorId: actor.vendorId });
    return recalled;
  }

  private async withdraw(actor: VendorActor, assetId: AssetId, reason: string): Promise<boolean> {
    const { share, withdrawn } = await this.assets.get(actor, assetId);
    if (share === null || withdrawn !== null) return false;
    await this.sharing.withdraw(actor, assetId, reason);
    await this.jobs.enqueue(TELL_OF_RECALLED_ASSET, { assetId, vendorId: actor.vendorId });
    return true;
  }
}

const everything = (campaignId: CampaignId, assetId: AssetId, reason: string) =>
  ({
    campaignId,
    assetId,
    reason,
    versionNumber: null,
    tactic: null,
    locale: null,
    groupId: null,
    mode: 'stop',
    replacementNumber: null,
  }) as const;

const notUsed = (title: string): DomainError =>
  new DomainError(
    'asset.not-used',
    `“${title}” is not shared with partners, and no published campaign shows it, or it is recalled already. There is nothing to recall.`,
    { title },
    { kind: 'conflict' },
  );
