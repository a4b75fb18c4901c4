import { Injectable } from '@nestjs/common';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, notFound, type SystemActor, type VendorActor } from '#kernel';
import { CampaignCopies, type NewCampaign } from './campaign-copies.service.js';
import { CampaignsRepository } from './campaigns.repository.js';
import type { CampaignVersion } from './campaign-version.js';
import { DraftFiles } from './draft-files.service.js';
import { DraftFilesRepository } from './draft-files.repository.js';
import { openWarnings } from './version-content.js';

/** What a newsletter says now. */
export interface NewsletterContent {
  readonly version: CampaignVersion;
  readonly compiled: CompiledCampaign;
}

/** The content of newsletters: a draft of a campaign that partners cannot launch, so that the studio edits it. */
@Injectable()
export class NewsletterDrafts {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly draftFiles: DraftFiles,
    private readonly changes: DraftFilesRepository,
    private readonly copies: CampaignCopies,
    private readonly compiled: CompiledCampaigns,
    private readonly clock: Clock,
  ) {}

  /**
   * @param from the newsletter to copy; null: the shipped one.
   * @throws DomainError `package.unusable`, `package.quota-reached`.
   */
  async create(actor: VendorActor, from: CampaignId | null, wanted: NewCampaign): Promise<CampaignVersion> {
    if (from === null) return this.copies.newsletter(actor, null, wanted);
    const { number } = (await this.content(actor, from)).version;
    return this.copies.newsletter(actor, { campaignId: from, number }, wanted);
  }

  /** Its saved content. */
  async content(actor: VendorActor | SystemActor, campaignId: CampaignId): Promise<NewsletterContent> {
    const [version] = await this.database.inTransaction(actor, () => this.rows.versions(campaignId));
    if (version === undefined) throw notFound('campaign', campaignId);
    return { version, compiled: await this.compiled.load(version.compiledHash) };
  }

  /**
   * Its content with what its authors changed last. Once it is frozen, as it was then.
   * @throws DomainError `draft.unfinished` with the mistakes of the changes.
   */
  async withChanges(actor: VendorActor, campaignId: CampaignId): Promise<NewsletterContent> {
    const { frozenAt } = await this.database.inTransaction(actor, () => this.rows.campaign(campaignId));
    if (frozenAt === null) await this.draftFiles.apply(actor, campaignId);
    return this.content(actor, campaignId);
  }

  /**
   * From now on it cannot change. Joins the open transaction.
   * @throws DomainError `campaign-version.texts-open` while placeholders or unconfirmed texts are left;
   *   `newsletter.just-changed` if somebody changed it after `seen`.
   */
  async freeze(actor: VendorActor, campaignId: CampaignId, seen: CampaignVersion): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    await this.rows.lock(campaignId);
    const [newest] = await this.rows.versions(campaignId);
    const changed = await this.changes.byCampaign(campaignId);
    if (newest?.packageHash !== seen.packageHash || changed.length > 0) throw justChanged(campaignId);
    const open = openWarnings(newest.warnings, newest.confirmations);
    if (open.length > 0) throw textsOpen(newest, open);
    await this.rows.setFrozen(campaignId, this.clock.now());
  }

  /** It can change again. Joins the open transaction. */
  async unfreeze(campaignId: CampaignId): Promise<void> {
    await this.rows.setFrozen(campaignId, null);
  }

  /** Joins the open transaction. */
  async delete(campaignId: CampaignId): Promise<void> {
    await this.rows.lock(campaignId);
    for (const version of await this.rows.versions(campaignId)) await this.rows.deleteDraft(version);
    await this.rows.deleteCampaign(campaignId);
  }
}

const justChanged = (campaignId: CampaignId): DomainError =>
  new DomainError(
    'newsletter.just-changed',
    'A colleague changed this newsletter a moment ago. Look at the preview again, then send it.',
    { campaignId },
    { kind: 'stale' },
  );

const textsOpen = ({ id, number }: CampaignVersion, open: ReturnType<typeof openWarnings>): DomainError =>
  new DomainError(
    'campaign-version.texts-open',
    `Version ${number} was not submitted. Correct or confirm its texts first: ${open.length === 1 ? 'one is' : `${open.length} are`} open.`,
    { versionId: id, count: open.length, problems: open },
    { kind: 'conflict' },
  );
