import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, type VendorActor } from '#kernel';
import type { Campaign } from './campaign.schema.js';
import { requireUnfrozen } from './campaign-purpose.js';
import { CampaignsRepository } from './campaigns.repository.js';

/** Removes drafts, and hides campaigns that are over. */
@Injectable()
export class CampaignArchive {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Deletes a draft with its comments, and its campaign if it has no other
   * version.
   * @returns whether the campaign was deleted, too.
   * @throws DomainError `campaign-version.not-found`,
   *   `campaign-version.not-draft`, `campaign.frozen`.
   */
  async deleteDraft(actor: VendorActor, campaignId: CampaignId, number: number): Promise<boolean> {
    requirePermission(actor, 'campaigns.edit');
    return this.database.inTransaction(actor, async () => {
      await this.rows.lock(campaignId);
      const version = await this.rows.version(campaignId, number, 'to-change');
      version.requireDraft();
      const campaign = await this.rows.campaign(campaignId);
      requireUnfrozen(campaign);
      const { name } = campaign;
      await this.rows.deleteDraft(version);
      await this.audit.record(actor, {
        action: 'campaign-version.deleted',
        subject: { kind: 'campaign-version', id: version.id },
        details: { campaignId, number, name },
      });
      if ((await this.rows.versions(campaignId)).length > 0) return false;
      await this.rows.deleteCampaign(campaignId);
      await this.record(actor, 'campaign.deleted', { id: campaignId, name });
      return true;
    });
  }

  /**
   * Hides a campaign from the list, or shows it again. Idempotent.
   * @throws DomainError `campaign.not-found`; `campaign.not-over` while partners
   *   may launch a version, or a version is in work.
   */
  async setArchived(actor: VendorActor, campaignId: CampaignId, isArchived: boolean): Promise<void> {
    requirePermission(actor, 'campaigns.edit');
    await this.database.inTransaction(actor, async () => {
      await this.rows.lock(campaignId);
      const campaign = await this.rows.campaign(campaignId);
      if ((campaign.archivedAt !== null) === isArchived) return;
      const now = this.clock.now();
      if (isArchived) await this.requireOver(campaign, now);
      await this.rows.setArchived(campaignId, isArchived ? now : null);
      await this.record(actor, isArchived ? 'campaign.archived' : 'campaign.restored', campaign);
    });
  }

  private async requireOver({ id, name }: Campaign, now: Date): Promise<void> {
    const versions = await this.rows.versions(id);
    const isInWork = versions.some(({ publishedAt }) => publishedAt === null);
    const isOpen = versions.some((version) => version.mayBeLaunched(now));
    if (!isInWork && !isOpen) return;
    throw new DomainError(
      'campaign.not-over',
      isOpen
        ? `Partners can still launch "${name}". Stop new launches or retire the campaign, then archive it.`
        : `"${name}" has a version that is not published. Delete or publish that version, then archive the campaign.`,
      { campaignId: id },
      { kind: 'conflict' },
    );
  }

  private async record(
    actor: VendorActor,
    action: `campaign.${string}`,
    { id, name }: Pick<Campaign, 'id' | 'name'>,
  ): Promise<void> {
    await this.audit.record(actor, { action, subject: { kind: 'campaign', id }, details: { name } });
  }
}
