import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import {
  type CampaignDefinition,
  type CampaignPackage,
  copyPackage,
  readDefinition,
  readPackage,
  unzipPackage,
  writeZip,
} from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, DomainError, notFound, packageRoot, type VendorActor } from '#kernel';
import { CampaignDrafts } from './campaign-drafts.service.js';
import { CampaignLibrary } from './campaign-library.service.js';
import { campaignNameOf, freeName } from './campaign-name.js';
import type { CampaignVersion } from './campaign-version.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { PackageQuota } from './package-quota.service.js';
import { StoredBlobs } from './stored-blobs.service.js';

/**
 * The source of a new campaign: a shipped template, or a version of the
 * vendor's.
 */
export type CopySource = { readonly template: string } | { readonly campaignId: CampaignId; readonly number: number };

const TEMPLATES = join(packageRoot(), 'templates');

/** New campaigns from an existing one. */
@Injectable()
export class CampaignCopies {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly library: CampaignLibrary,
    private readonly drafts: CampaignDrafts,
    private readonly quota: PackageQuota,
    private readonly stored: StoredBlobs,
  ) {}

  /** The shipped templates, by name. */
  async templates(actor: VendorActor): Promise<readonly CampaignDefinition[]> {
    requirePermission(actor, 'campaigns.read');
    const definitions = (await templateNames()).map(async (name) => {
      const pkg = await templatePackage(name);
      return readDefinition(pkg.files.get('campaign.yaml') ?? Buffer.alloc(0)).read?.definition;
    });
    return (await Promise.all(definitions)).filter((definition) => definition !== undefined);
  }

  /**
   * A new campaign with the content of another, as a draft; its name derives
   * from the title.
   * @throws DomainError `campaign-template.not-found`,
   *   `campaign-version.not-found`, `package.unusable`,
   *   `package.quota-reached`.
   */
  async copy(actor: VendorActor, source: CopySource, title: string): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.edit');
    const copied = copyPackage(await this.packageOf(actor, source), { name: await this.nameFor(actor, title), title });
    if (!copied.ok)
      throw new DomainError(
        'package.unusable',
        'This campaign cannot be copied: its package has problems. Correct them in the original first.',
        {
          problems: copied.problems,
        },
      );
    const zip = await writeZip(copied.pkg);
    await this.quota.requireRoom(actor, zip.length);
    return this.drafts.create(actor, zip, await this.stored.store(actor.vendorId, zip, 'package'));
  }

  private async packageOf(actor: VendorActor, source: CopySource): Promise<CampaignPackage> {
    if ('template' in source) return templatePackage(source.template);
    const reading = await unzipPackage(await this.library.packageOf(actor, source.campaignId, source.number));
    if (reading.ok) return reading.pkg;
    throw new DomainError(
      'package.unusable',
      'This campaign cannot be copied: its package has problems. Correct them in the original first.',
      {
        problems: reading.problems,
      },
    );
  }

  private async nameFor(actor: VendorActor, title: string): Promise<string> {
    const taken = new Set(await this.database.inTransaction(actor, () => this.rows.names(actor)));
    return freeName(campaignNameOf(title), (name) => taken.has(name));
  }
}

/** Every folder of templates/ that holds a campaign; `seed` holds none. */
async function templateNames(): Promise<string[]> {
  const entries = await readdir(TEMPLATES, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'seed')
    .map(({ name }) => name)
    .sort();
}

async function templatePackage(name: string): Promise<CampaignPackage> {
  // A name from the request becomes a path only if it is a shipped template.
  if (!(await templateNames()).includes(name)) throw notFound('campaign-template', name);
  const reading = await readPackage({ folder: join(TEMPLATES, name) });
  if (reading.ok) return reading.pkg;
  throw new Error(`The shipped template ${name} cannot be read: ${JSON.stringify(reading.problems)}`);
}
