import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import { isEditable, unzipPackage } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, DomainError, notFound, type VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import { CampaignsRepository } from './campaigns.repository.js';
import type { CampaignVersion } from './campaign-version.js';
import type { Campaign } from './campaign.schema.js';
import { DraftFilesRepository } from './draft-files.repository.js';

export interface CurrentTexts {
  readonly campaign: Campaign;
  readonly newest: CampaignVersion;
  /** Text files by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Text files of a campaign as its authors see them: the newest version with the changes to it. */
@Injectable()
export class CampaignTexts {
  constructor(
    private readonly database: Database,
    private readonly campaigns: CampaignsRepository,
    private readonly draftFiles: DraftFilesRepository,
    private readonly blobs: BlobStore,
  ) {}

  /** @throws DomainError `campaign.not-found`, `package.unusable`. */
  async current(actor: VendorActor, campaignId: CampaignId): Promise<CurrentTexts> {
    requirePermission(actor, 'campaigns.read');
    const { campaign, newest, changed } = await this.database.inTransaction(actor, async () => {
      const found = await this.campaigns.campaign(campaignId);
      const [version] = await this.campaigns.versions(campaignId);
      return { campaign: found, newest: version, changed: await this.draftFiles.byCampaign(campaignId) };
    });
    if (newest === undefined) throw notFound('campaign', campaignId);
    const reading = await unzipPackage(await this.blobs.get(newest.packageHash));
    if (!reading.ok)
      throw new DomainError(
        'package.unusable',
        'The files of this campaign cannot be read. Upload its package again.',
        {
          problems: reading.problems,
        },
      );
    const files: Record<string, string> = {};
    for (const [path, bytes] of reading.pkg.files)
      if (isEditable(path) && isUtf8(bytes)) files[path] = bytes.toString('utf8');
    for (const { path, text, uploadHash, packageHash } of changed) {
      if (packageHash !== newest.packageHash) continue;
      if (text !== null) files[path] = text;
      else if (uploadHash === null) Reflect.deleteProperty(files, path);
    }
    return { campaign, newest, files };
  }
}
