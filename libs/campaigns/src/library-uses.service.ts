import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type AssetId, LibraryCopies } from '#assets';
import { isEditable, type Localised, unzipPackage } from '#content';
import { Database, unnestRows } from '#database';
import type { CampaignId, CampaignVersionId, VendorActor } from '#kernel';
import { CampaignsRepository } from './campaigns.repository.js';

/** A file of a package that was copied from the library. */
export interface UsedCopy {
  readonly path: string;
  readonly hash: string;
}

/** A campaign's copy of an asset. */
export interface LibraryUse extends UsedCopy {
  readonly campaignId: CampaignId;
  readonly title: Localised;
  /** Of the version; null: changes that are in no version yet. */
  readonly number: number | null;
  readonly status: string;
  /** It is in the newest version. */
  readonly isNewest: boolean;
}

/** Finds the copies of a vendor's library in its campaigns, by their bytes. */
@Injectable()
export class LibraryUses {
  constructor(
    private readonly database: Database,
    private readonly copies: LibraryCopies,
    private readonly campaigns: CampaignsRepository,
  ) {}

  /** Copies in a package that compiles. Vendors without copies cost one query. */
  async inPackage(actor: VendorActor, zip: Buffer): Promise<UsedCopy[]> {
    if (!(await this.copies.hasCopies(actor))) return [];
    const reading = await unzipPackage(zip);
    if (!reading.ok) return [];
    const files = [...reading.pkg.files]
      .filter(([path]) => !isEditable(path))
      .map(([path, bytes]) => ({ path, hash: createHash('sha256').update(bytes).digest('hex') }));
    const origins = await this.copies.originsOf(
      actor,
      files.map(({ hash }) => hash),
    );
    return files.filter(({ hash }) => origins.has(hash));
  }

  /** Records the copies of a version, in place of earlier ones. Joins the open transaction. */
  async record(actor: VendorActor, versionId: CampaignVersionId, used: readonly UsedCopy[]): Promise<void> {
    await this.database.query('DELETE FROM campaigns.library_use WHERE version_id = $1', [versionId]);
    if (used.length === 0) return;
    const given = unnestRows(used, { path: 'text', hash: 'text' }, [versionId, actor.vendorId]);
    await this.database.query(
      `INSERT INTO campaigns.library_use (version_id, vendor_id, path, hash) SELECT $1, $2, path, hash FROM ${given.from}`,
      given.parameters,
    );
  }

  /** Where campaigns have copies of an asset: in versions, and in changes that are in none yet. */
  async of(actor: VendorActor, assetId: AssetId): Promise<LibraryUse[]> {
    const hashes = (await this.copies.copiesOf(actor, assetId)).map(({ hash }) => hash);
    return this.database.inTransaction(actor, () =>
      this.database.query<LibraryUse>(
        `SELECT d.campaign_id, n.title, d.path, d.upload_hash AS hash, NULL::int AS number, 'changed' AS status, true AS is_newest
         FROM campaigns.draft_file d CROSS JOIN LATERAL (SELECT v.title FROM campaigns.campaign_version v
           WHERE v.campaign_id = d.campaign_id ORDER BY v.number DESC LIMIT 1) n
         WHERE d.upload_hash = ANY ($1)
         UNION ALL
         SELECT v.campaign_id, v.title, u.path, u.hash, v.number, v.status, v.number = (
           SELECT max(o.number) FROM campaigns.campaign_version o WHERE o.campaign_id = v.campaign_id)
         FROM campaigns.library_use u JOIN campaigns.campaign_version v ON v.id = u.version_id
         WHERE u.hash = ANY ($1) ORDER BY campaign_id DESC, number DESC NULLS FIRST, path`,
        [hashes],
      ),
    );
  }

  /** Assets of which these versions have a copy, by title. */
  async assetsOf(
    actor: VendorActor,
    versionIds: readonly CampaignVersionId[],
  ): Promise<{ readonly id: AssetId; readonly title: string }[]> {
    const used = await this.database.inTransaction(actor, () =>
      this.database.query<{ hash: string }>(
        'SELECT DISTINCT hash FROM campaigns.library_use WHERE version_id = ANY ($1)',
        [versionIds],
      ),
    );
    return this.copies.assetsOf(
      actor,
      used.map(({ hash }) => hash),
    );
  }

  /**
   * The hash of a library's copy at a path of the newest files of a campaign;
   * null: none.
   * @throws DomainError `campaign.not-found`.
   */
  async hashAt(actor: VendorActor, campaignId: CampaignId, path: string): Promise<string | null> {
    const [row] = await this.database.inTransaction(actor, async () => {
      await this.campaigns.campaign(campaignId);
      return this.database.query<{ hash: string | null }>(
        `SELECT upload_hash AS hash, 1 AS first FROM campaigns.draft_file WHERE campaign_id = $1 AND path = $2
         UNION ALL
         SELECT u.hash, 2 FROM campaigns.library_use u JOIN campaigns.campaign_version v ON v.id = u.version_id
         WHERE v.campaign_id = $1 AND u.path = $2
           AND v.number = (SELECT max(o.number) FROM campaigns.campaign_version o WHERE o.campaign_id = $1)
         ORDER BY first LIMIT 1`,
        [campaignId, path],
      );
    });
    return row?.hash ?? null;
  }
}
