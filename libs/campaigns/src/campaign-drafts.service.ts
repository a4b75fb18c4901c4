import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, type CampaignVersionId, Clock, DomainError, newId, type VendorActor } from '#kernel';
import type { BlobHash } from '#storage';
import { actionBy } from './action.js';
import { CampaignVersion } from './campaign-version.js';
import type { CampaignPurpose } from './campaign.schema.js';
import { requireUnfrozen } from './campaign-purpose.js';
import type { VersionContent } from './version-content.js';
import { CampaignsRepository } from './campaigns.repository.js';
import type { DraftFile } from './draft-file.js';
import { DraftFilesRepository } from './draft-files.repository.js';
import { LibraryUses, type UsedCopy } from './library-uses.service.js';
import { PackageCompilations } from './package-compilations.service.js';
import { PackageQuota } from './package-quota.service.js';
import { answeredWarnings } from './translation.js';

/**
 * From an uploaded package to a draft.
 * A package that does not compile is refused with all its problems.
 */
@Injectable()
export class CampaignDrafts {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly compilation: PackageCompilations,
    private readonly quota: PackageQuota,
    private readonly draftFiles: DraftFilesRepository,
    private readonly library: LibraryUses,
  ) {}

  /**
   * A new campaign from a zip.
   * @param templateHash of the package that it is a copy of; null: no copy.
   * @throws DomainError `package.unusable` with `details.problems`;
   *   `package.quota-reached`;
   *   `campaign.name-taken` if the vendor has a campaign of that name.
   */
  async create(
    actor: VendorActor,
    zip: Buffer,
    templateHash: BlobHash | null = null,
    purpose: CampaignPurpose = 'campaign',
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.edit');
    await this.quota.requireRoom(actor, zip.length);
    const uploaded = await this.compilation.compile(actor.vendorId, zip, templateHash);
    const used = await this.library.inPackage(actor, zip);
    return this.database.inTransaction(actor, async () => {
      await this.rows.lock(actor.vendorId);
      const known = await this.rows.campaignNamed(actor, uploaded.name);
      if (known !== null) {
        throw new DomainError(
          'campaign.name-taken',
          `You have a campaign "${uploaded.name}" already. Upload this package as its next version, or change the name in campaign.yaml.`,
          { campaignId: known.id, field: 'package' },
          { kind: 'conflict' },
        );
      }
      const campaignId = newId<CampaignId>();
      await this.rows.add({
        id: campaignId,
        vendorId: actor.vendorId,
        name: uploaded.name,
        createdAt: this.clock.now(),
        archivedAt: null,
        templateHash,
        tags: [],
        purpose,
        frozenAt: null,
      });
      return this.withCopies(actor, used, await this.addDraft(actor, campaignId, 1, uploaded.content));
    });
  }

  /**
   * Creates the next version of a campaign, or replaces the content of its
   * draft.
   * @param basedOn package hash of the draft that the author saw; null: replace
   *   any.
   * @param applied changed files that the zip contains.
   * @throws DomainError `package.unusable`, `campaign.name-differs`,
   *   `campaign-version.in-review`, `campaign.frozen`, `draft.stale`.
   */
  async next(
    actor: VendorActor,
    campaignId: CampaignId,
    zip: Buffer,
    basedOn: string | null = null,
    applied: readonly DraftFile[] = [],
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.edit');
    // Checked before compiling: the owner of the campaign.
    const campaign = await this.database.inTransaction(actor, () => this.rows.campaign(campaignId));
    requireUnfrozen(campaign);
    if (campaign.archivedAt !== null) {
      throw new DomainError(
        'campaign.archived',
        `"${campaign.name}" is archived. Restore it, then change it.`,
        { campaignId },
        { kind: 'conflict' },
      );
    }
    await this.quota.requireRoom(actor, zip.length);
    const uploaded = await this.compilation.compile(actor.vendorId, zip, campaign.templateHash);
    if (uploaded.name !== campaign.name) {
      throw new DomainError(
        'campaign.name-differs',
        `This package is named "${uploaded.name}", the campaign "${campaign.name}". Set the name in campaign.yaml, or upload it as a new campaign.`,
        { field: 'package' },
      );
    }
    const used = await this.library.inPackage(actor, zip);
    return this.database.inTransaction(actor, async () => {
      await this.rows.lock(campaignId);
      // Again: it may have been frozen while this was compiled.
      requireUnfrozen(await this.rows.campaign(campaignId));
      const [newest] = await this.rows.versions(campaignId);
      await this.draftFiles.settle(applied, uploaded.content.packageHash);
      if (newest === undefined || newest.publishedAt !== null) {
        const number = (newest?.number ?? 0) + 1;
        return this.withCopies(actor, used, await this.addDraft(actor, campaignId, number, uploaded.content, newest));
      }
      if (basedOn !== null && basedOn !== newest.packageHash) {
        throw new DomainError(
          'draft.stale',
          `${newest.savedByName} saved other files after you opened this draft. Reload the draft, then upload again.`,
          { versionId: newest.id, by: newest.savedByName, at: newest.savedAt.toISOString() },
          { kind: 'stale' },
        );
      }
      return this.withCopies(actor, used, await this.replaceDraft(actor, newest, uploaded.content));
    });
  }

  private async withCopies(
    actor: VendorActor,
    used: readonly UsedCopy[],
    version: CampaignVersion,
  ): Promise<CampaignVersion> {
    await this.library.record(actor, version.id, used);
    return version;
  }

  private async addDraft(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    content: VersionContent,
    before?: CampaignVersion,
  ): Promise<CampaignVersion> {
    const ids = { id: newId<CampaignVersionId>(), campaignId, vendorId: actor.vendorId, number };
    const version = CampaignVersion.draft(ids, content, actionBy(actor, this.clock.now()), before?.confirmations);
    await this.confirmAnswered(actor, version);
    await this.rows.save(version);
    await this.record(actor, 'campaign-version.drafted', version);
    return version;
  }

  private async replaceDraft(
    actor: VendorActor,
    draft: CampaignVersion,
    content: VersionContent,
  ): Promise<CampaignVersion> {
    const version = await this.rows.version(draft.campaignId, draft.number, 'to-change');
    version.replaceContent(content, actionBy(actor, this.clock.now()));
    await this.confirmAnswered(actor, version);
    await this.rows.save(version);
    await this.record(actor, 'campaign-version.redrafted', version);
    return version;
  }

  /** What a translator has said to be right needs no second confirmation. */
  private async confirmAnswered(actor: VendorActor, version: CampaignVersion): Promise<void> {
    const answered = answeredWarnings(await this.rows.sameTexts(version.campaignId));
    if (answered.length > 0) version.confirm(answered, actionBy(actor, this.clock.now()));
  }

  private async record(
    actor: VendorActor,
    action: `campaign-version.${string}`,
    version: CampaignVersion,
  ): Promise<void> {
    const { campaignId, number, packageHash } = version;
    await this.audit.record(actor, {
      action,
      subject: { kind: 'campaign-version', id: version.id },
      details: { campaignId, number, packageHash },
    });
  }
}
