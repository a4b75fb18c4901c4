import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import {
  type Actor,
  type CampaignId,
  type CampaignVersionId,
  Clock,
  DomainError,
  newId,
  notFound,
  type SystemActor,
  type VendorActor,
} from '#kernel';
import { WebhookEvents } from '#webhooks';
import type { CampaignVersion, EndedStatus } from '../campaign-version.js';
import { CampaignsRepository, changesOf } from '../campaigns.repository.js';
import { CARRY_OUT_RECALL } from '../campaigns.jobs.js';
import { type Recall, type RecallId, stopsEverything, type Tactic } from './recall.js';
import { RECALL_COLUMNS } from './recalls-in-force.service.js';
import { RecallScopes, type RecallRequest, type ScopedRecall } from './recall-scopes.service.js';

/** Recalls of campaigns: decides, reverses and lists them. */
@Injectable()
export class Recalls {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly jobs: Jobs,
    private readonly webhooks: WebhookEvents,
    private readonly rows: CampaignsRepository,
    private readonly scopes: RecallScopes,
  ) {}

  /** @throws DomainError `recall.not-found`. */
  async get(actor: Actor, id: RecallId): Promise<Recall> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Recall>(`SELECT ${RECALL_COLUMNS}, NULL AS tactics FROM campaigns.recall r WHERE id = $1`, [
        id,
      ]),
    );
    if (found === undefined) throw notFound('recall', id);
    return found;
  }

  /**
   * As it is now. Lets nobody reverse it until the open transaction ends.
   * @throws DomainError `recall.not-found`.
   */
  async postponeReversal(actor: SystemActor, campaignId: CampaignId, id: RecallId): Promise<Recall> {
    await this.database.lockShared(changesOf(campaignId));
    return this.get(actor, id);
  }

  /** Of a campaign, newest first. */
  async ofCampaign(actor: VendorActor, campaignId: CampaignId): Promise<Recall[]> {
    return this.database.inTransaction(actor, async () => {
      await this.rows.campaign(campaignId);
      return this.database.query<Recall>(
        `SELECT ${RECALL_COLUMNS}, NULL AS tactics FROM campaigns.recall r WHERE campaign_id = $1 ORDER BY decided_at DESC, id DESC`,
        [campaignId],
      );
    });
  }

  /**
   * Recalls, in the open transaction, which has closed the release gate.
   * @throws DomainError `campaign.not-published`, `recall.replacement-unusable`,
   *   `recall.locale-unknown`, `recall.tactic-unknown`, `recall.asset-unused`,
   *   `partner-group.not-found`.
   */
  async decide(actor: VendorActor, request: RecallRequest): Promise<Recall> {
    requirePermission(actor, 'campaigns.retire');
    await this.rows.lock(request.campaignId);
    const scoped = await this.scopes.resolve(actor, request);
    const recall = this.recallOf(actor, request, scoped);
    await this.insert(recall);
    for (const version of scoped.versions)
      await this.recallVersion(recall, version, scoped.tacticsOf.get(version.id) ?? null);
    await this.tell(actor, recall, scoped.versions, 'recalled', recall.reason);
    return recall;
  }

  /**
   * Lets everything out again that no other recall forbids. In the open
   * transaction.
   * @throws DomainError `recall.not-found`, `recall.reversed`.
   */
  async reverse(actor: VendorActor, id: RecallId, reason: string): Promise<Recall> {
    requirePermission(actor, 'campaigns.retire');
    const { campaignId } = await this.get(actor, id);
    await this.rows.lock(campaignId);
    const recall = await this.get(actor, id);
    if (recall.reversedAt !== null)
      throw new DomainError('recall.reversed', 'This recall is reversed already.', {}, { kind: 'conflict' });
    await this.database.query(
      'UPDATE campaigns.recall SET reversed_at = $2, reversed_by = $3, reversal_reason = $4 WHERE id = $1',
      [id, this.clock.now(), actor.name, reason],
    );
    const versions = await this.reinstateVersions(recall);
    await this.tell(actor, recall, versions, 'recall-reversed', reason);
    return this.get(actor, id);
  }

  private recallOf(actor: VendorActor, request: RecallRequest, { asset, group, replacementId }: ScopedRecall): Recall {
    const { campaignId, versionNumber, tactic, locale, mode, reason } = request;
    return {
      id: newId<RecallId>(),
      vendorId: actor.vendorId,
      campaignId,
      versionNumber,
      tactic,
      asset,
      tactics: null,
      locale,
      group: group && { id: group.id, name: group.name },
      partnerIds: group?.partnerIds ?? null,
      mode,
      replacementId,
      reason,
      decidedAt: this.clock.now(),
      decidedBy: actor.name,
      reversedAt: null,
      reversedBy: null,
      reversalReason: null,
    };
  }

  private async insert(recall: Recall): Promise<void> {
    const { tactic, asset, group } = recall;
    await this.database.query(
      `INSERT INTO campaigns.recall (id, vendor_id, campaign_id, version_number, tactic_kind, tactic_key, locale, group_id,
         group_name, partner_ids, mode, replacement_id, reason, decided_at, decided_by, asset_id, asset_title)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        recall.id,
        recall.vendorId,
        recall.campaignId,
        recall.versionNumber,
        tactic?.kind ?? null,
        tactic?.key ?? null,
        recall.locale,
        group?.id ?? null,
        group?.name ?? null,
        recall.partnerIds,
        recall.mode,
        recall.replacementId,
        recall.reason,
        recall.decidedAt,
        recall.decidedBy,
        asset?.id ?? null,
        asset?.title ?? null,
      ],
    );
  }

  /** A version that nobody may use any more is recalled as a whole: lists show it so. */
  private async recallVersion(
    recall: Recall,
    version: CampaignVersion,
    tactics: readonly Tactic[] | null,
  ): Promise<void> {
    const { status, endedAt, endedReason } = version;
    const ends = stopsEverything(recall) && recall.partnerIds === null;
    await this.database.query(
      `INSERT INTO campaigns.recalled_version (version_id, recall_id, vendor_id, former_status, former_ended_at, former_ended_reason, tactics)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        version.id,
        recall.id,
        recall.vendorId,
        ends ? status : null,
        ends ? endedAt : null,
        ends ? endedReason : null,
        tactics === null ? null : JSON.stringify(tactics),
      ],
    );
    if (!ends) return;
    version.end('recalled', recall.decidedAt, recall.reason);
    await this.rows.save(version);
  }

  private async reinstateVersions({ id, campaignId }: Recall): Promise<CampaignVersion[]> {
    const former = await this.database.query<{
      versionId: CampaignVersionId;
      status: 'published' | Extract<EndedStatus, 'retired'> | null;
      endedAt: Date | null;
      endedReason: string | null;
    }>(
      `UPDATE campaigns.recalled_version SET in_force = false WHERE recall_id = $1
       RETURNING version_id, former_status AS status, former_ended_at AS ended_at, former_ended_reason AS ended_reason`,
      [id],
    );
    const byId = new Map(former.map((one) => [one.versionId, one]));
    const versions = (await this.rows.versions(campaignId)).filter((version) => byId.has(version.id));
    for (const version of versions) {
      const { status = null, endedAt = null, endedReason = null } = byId.get(version.id) ?? {};
      if (status === null) continue;
      version.reinstate(status, endedAt, endedReason);
      await this.rows.save(version);
    }
    return versions;
  }

  private async tell(
    actor: VendorActor,
    recall: Recall,
    versions: readonly CampaignVersion[],
    what: 'recalled' | 'recall-reversed',
    reason: string,
  ): Promise<void> {
    const { id, campaignId, mode, tactic, asset, locale, group } = recall;
    const numbers = versions.map(({ number }) => number);
    await this.audit.record(actor, {
      action: `campaign.${what}`,
      subject: { kind: 'campaign', id: campaignId },
      details: {
        recallId: id,
        versions: numbers,
        mode,
        reason,
        ...(tactic === null ? {} : { tactic: `${tactic.kind} ${tactic.key}` }),
        ...(asset === null ? {} : { asset: asset.title }),
        ...(locale === null ? {} : { locale }),
        ...(group === null ? {} : { partnerGroup: group.name }),
      },
    });
    await this.webhooks.emit({ kind: 'vendor', id: actor.vendorId }, `campaign.${what}`, {
      campaignId,
      versions: numbers,
    });
    await this.jobs.enqueue(CARRY_OUT_RECALL, { recallId: id, vendorId: recall.vendorId });
  }
}
