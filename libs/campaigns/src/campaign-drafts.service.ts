import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { COMPILE_PACKAGE, CompiledCampaigns } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import { type CampaignId, type CampaignVersionId, Clock, DomainError, newId, type VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import { CampaignVersion, type Deed, type VersionContent } from './campaign-version.js';
import { CampaignRows } from './campaigns.repository.js';

/** A package that compiles, ready to become a draft. */
interface Uploaded {
  readonly name: string;
  readonly content: VersionContent;
}

const COMPILE_TIMEOUT_MS = 180_000;

/** From an uploaded package to a draft. What does not compile becomes nothing: all its problems go back instead. */
@Injectable()
export class CampaignDrafts {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignRows,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly blobs: BlobStore,
    private readonly compilation: PackageCompilations,
  ) {}

  /**
   * A new campaign from a zip.
   * @throws DomainError `package.unusable` with `details.problems`; `campaign.name-taken` when the vendor has one of that name.
   */
  async create(actor: VendorActor, zip: Buffer): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.edit');
    const uploaded = await this.upload(zip);
    return this.database.inTransaction(actor, async () => {
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
      });
      return this.addDraft(actor, campaignId, 1, uploaded.content);
    });
  }

  /**
   * The next version of a campaign; while its newest version is a draft, that draft with new content.
   * @param basedOn package hash of the draft that the author saw; null to replace whatever is there.
   * @throws DomainError `package.unusable`, `campaign.name-differs`, `campaign-version.in-review`, `draft.stale`.
   */
  async next(
    actor: VendorActor,
    campaignId: CampaignId,
    zip: Buffer,
    basedOn: string | null = null,
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.edit');
    // Before the work of compiling: whose campaign it is.
    const campaign = await this.database.inTransaction(actor, () => this.rows.campaign(campaignId));
    const uploaded = await this.upload(zip);
    if (uploaded.name !== campaign.name) {
      throw new DomainError(
        'campaign.name-differs',
        `This package is named "${uploaded.name}", the campaign "${campaign.name}". Set the name in campaign.yaml, or upload it as a new campaign.`,
        { field: 'package' },
      );
    }
    return this.database.inTransaction(actor, async () => {
      await this.rows.hold(campaignId);
      const [newest] = await this.rows.versions(campaignId);
      if (newest === undefined || newest.publishedAt !== null)
        return this.addDraft(actor, campaignId, (newest?.number ?? 0) + 1, uploaded.content);
      if (basedOn !== null && basedOn !== newest.packageHash) {
        throw new DomainError(
          'draft.stale',
          'Somebody uploaded another package since you looked at this draft. Look at it again, then upload.',
          { versionId: newest.id },
          { kind: 'stale' },
        );
      }
      return this.replaceDraft(actor, newest, uploaded.content);
    });
  }

  private async upload(zip: Buffer): Promise<Uploaded> {
    return this.compilation.compile(await this.blobs.put(zip));
  }

  private async addDraft(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    content: VersionContent,
  ): Promise<CampaignVersion> {
    const ids = { id: newId<CampaignVersionId>(), campaignId, vendorId: actor.vendorId, number };
    const version = CampaignVersion.draft(ids, content, deedOf(actor, this.clock.now()));
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
    version.replaceContent(content);
    await this.rows.save(version);
    await this.record(actor, 'campaign-version.redrafted', version);
    return version;
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

/** Asks the renderer to compile, and turns its answer into a draft's content. */
@Injectable()
export class PackageCompilations {
  constructor(
    private readonly jobs: Jobs,
    private readonly compiled: CompiledCampaigns,
  ) {}

  /** @throws DomainError `package.unusable` with every problem of the package. */
  async compile(packageHash: string): Promise<Uploaded> {
    const answer = await this.jobs.request(COMPILE_PACKAGE, { packageHash }, COMPILE_TIMEOUT_MS);
    if ('problemsHash' in answer) {
      const problems = await this.compiled.problems(answer.problemsHash);
      const errors = problems.filter(({ severity }) => severity === 'error').length;
      throw new DomainError(
        'package.unusable',
        `The package has ${errors === 1 ? 'one mistake' : `${errors} mistakes`}. Correct what is listed and upload it again.`,
        { field: 'package', problems },
      );
    }
    const { compiledHash } = answer;
    const { definition } = await this.compiled.load(compiledHash);
    const { name, title, summary, theme, locales } = definition;
    const warnings = (await this.compiled.warnings(compiledHash)).map(
      ({ code, file, line, column, message, wayOut }) => ({ code, file, line, column, message, wayOut }),
    );
    return { name, content: { packageHash, compiledHash, title, summary, theme, locales, warnings } };
  }
}

/** On whose word, and when. */
export function deedOf(actor: VendorActor, at: Date): Deed {
  return { userId: actor.userId, name: actor.name, at };
}
