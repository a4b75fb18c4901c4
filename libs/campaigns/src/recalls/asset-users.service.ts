import { Injectable } from '@nestjs/common';
import { Assets, type AssetId } from '#assets';
import { CompiledCampaigns, unzipPackage } from '#content';
import { Database } from '#database';
import { type CampaignId, type CampaignVersionId, DomainError, type VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import type { CampaignVersion } from '../campaign-version.js';
import { CampaignsRepository } from '../campaigns.repository.js';
import { LibraryUses } from '../library-uses.service.js';
import { tacticsShowing } from './asset-tactics.js';
import type { Recall, Tactic } from './recall.js';

/** What shows copies of the library's assets. */
@Injectable()
export class AssetUsers {
  constructor(
    private readonly database: Database,
    private readonly assets: Assets,
    private readonly uses: LibraryUses,
    private readonly compiled: CompiledCampaigns,
    private readonly blobs: BlobStore,
    private readonly campaigns: CampaignsRepository,
  ) {}

  /** @throws DomainError `asset.not-found`. */
  async titleOf(actor: VendorActor, id: AssetId): Promise<NonNullable<Recall['asset']>> {
    const { title } = await this.assets.get(actor, id);
    return { id, title };
  }

  /** What shows the asset; versions without anything are left out. */
  async tacticsOf(
    actor: VendorActor,
    assetId: AssetId,
    versions: readonly CampaignVersion[],
  ): Promise<ReadonlyMap<CampaignVersionId, readonly Tactic[]>> {
    const uses = await this.uses.of(actor, assetId);
    const found = new Map<CampaignVersionId, readonly Tactic[]>();
    for (const version of versions) {
      const own = uses.filter(
        ({ campaignId, number }) => campaignId === version.campaignId && number === version.number,
      );
      const tactics = own.length === 0 ? [] : await this.showing(version, new Set(own.map(({ path }) => path)));
      if (tactics.length > 0) found.set(version.id, tactics);
    }
    return found;
  }

  /**
   * Campaigns of which a published or retired version shows the asset, and no
   * recall of it for all partners is in force. In one order, for their locks.
   */
  async campaignsShowing(actor: VendorActor, assetId: AssetId): Promise<CampaignId[]> {
    const recalled = await this.recalledCampaigns(actor, assetId);
    const uses = (await this.uses.of(actor, assetId)).filter(({ campaignId }) => !recalled.has(campaignId));
    const showing: CampaignId[] = [];
    for (const campaignId of [...new Set(uses.map((use) => use.campaignId))].sort()) {
      const versions = await this.database.inTransaction(actor, () => this.campaigns.versions(campaignId));
      const out = versions.filter(({ status }) => status === 'published' || status === 'retired');
      if ((await this.tacticsOf(actor, assetId, out)).size > 0) showing.push(campaignId);
    }
    return showing;
  }

  private async recalledCampaigns(actor: VendorActor, assetId: AssetId): Promise<ReadonlySet<CampaignId>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: CampaignId }>(
        `SELECT campaign_id AS id FROM campaigns.recall WHERE asset_id = $1 AND reversed_at IS NULL
           AND version_number IS NULL AND partner_ids IS NULL AND locale IS NULL AND mode = 'stop'`,
        [assetId],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Assets of which versions have a copy, by title. */
  async assetsIn(actor: VendorActor, versions: readonly CampaignVersion[]): Promise<NonNullable<Recall['asset']>[]> {
    return this.uses.assetsOf(
      actor,
      versions.map(({ id }) => id),
    );
  }

  /** @throws DomainError `asset.recalled` if a version shows an asset of which a recall is in force. */
  async requireNoneRecalled(actor: VendorActor, version: CampaignVersion): Promise<void> {
    const shown = await this.assetsIn(actor, [version]);
    await this.requireNotRecalled(
      actor,
      shown.map(({ id }) => id),
    );
  }

  /** @throws DomainError `asset.recalled` while a recall of one of them is in force. */
  async requireNotRecalled(actor: VendorActor, assetIds: readonly AssetId[]): Promise<void> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ title: string }>(
        'SELECT asset_title AS title FROM campaigns.recall WHERE asset_id = ANY ($1) AND reversed_at IS NULL LIMIT 1',
        [assetIds],
      ),
    );
    if (found !== undefined) throw recalled(found.title);
  }

  private async showing(version: CampaignVersion, paths: ReadonlySet<string>): Promise<Tactic[]> {
    const compiled = await this.compiled.load(version.compiledHash);
    const reading = await unzipPackage(await this.blobs.get(version.packageHash));
    return tacticsShowing(compiled, paths, { files: reading.ok ? reading.pkg.files : new Map() });
  }
}

const recalled = (title: string): DomainError =>
  new DomainError(
    'asset.recalled',
    `“${title}” was recalled, so no campaign may show it. Choose another picture, or reverse the recall first.`,
    { title },
    { kind: 'conflict' },
  );
