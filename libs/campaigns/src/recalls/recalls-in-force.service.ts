import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type Actor, type CampaignVersionId, groupBy, type PartnerId } from '#kernel';
import type { CampaignVersion } from '../campaign-version.js';
import { isWhole, type Recall } from './recall.js';

/** The columns of `campaigns.recall r` as a {@link Recall}, but `tactics`. */
export const RECALL_COLUMNS = `r.id, r.vendor_id, r.campaign_id, r.version_number, r.locale, r.partner_ids, r.mode, r.replacement_id,
  CASE WHEN r.tactic_kind IS NOT NULL THEN jsonb_build_object('kind', r.tactic_kind, 'key', r.tactic_key) END AS tactic,
  CASE WHEN r.asset_id IS NOT NULL THEN jsonb_build_object('id', r.asset_id, 'title', r.asset_title) END AS asset,
  CASE WHEN r.group_id IS NOT NULL THEN jsonb_build_object('id', r.group_id, 'name', r.group_name) END AS "group",
  r.reason, r.decided_at, r.decided_by, r.reversed_at, r.reversed_by, r.reversal_reason`;

/** A recall of a version. */
interface VersionRecall extends Recall {
  readonly versionId: CampaignVersionId;
}

/** What is recalled now: the fact that every output asks for. */
@Injectable()
export class RecallsInForce {
  constructor(private readonly database: Database) {}

  /**
   * The recalls in force of a version that concern a partner, newest first:
   * what every output of the version asks for. With the recall's transaction
   * behind the release gate, no e-mail is released after its commit.
   */
  async ofVersion(actor: Actor, versionId: CampaignVersionId, partnerId: PartnerId | null): Promise<readonly Recall[]> {
    return (await this.ofVersions(actor, [versionId], partnerId)).get(versionId) ?? [];
  }

  /** The same of several versions, in one statement. Versions without recalls are left out. */
  async ofVersions(
    actor: Actor,
    versionIds: readonly CampaignVersionId[],
    partnerId: PartnerId | null,
  ): Promise<ReadonlyMap<CampaignVersionId, readonly Recall[]>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<VersionRecall>(
        `SELECT v.version_id, v.tactics, ${RECALL_COLUMNS} FROM campaigns.recalled_version v JOIN campaigns.recall r ON r.id = v.recall_id
         WHERE v.version_id = ANY ($1) AND v.in_force AND (r.partner_ids IS NULL OR $2 = ANY (r.partner_ids))
         ORDER BY r.decided_at DESC, r.id DESC`,
        [versionIds, partnerId],
      ),
    );
    return groupBy(rows, ({ versionId }) => versionId);
  }

  /** Which partners may not launch which of these versions, although they are offered. Joins the open transaction. */
  async recalledLaunches(
    versions: readonly Pick<CampaignVersion, 'id'>[],
  ): Promise<(versionId: CampaignVersionId, partnerId: PartnerId) => boolean> {
    const found = await this.database.query<
      Pick<VersionRecall, 'versionId' | 'tactic' | 'asset' | 'locale' | 'partnerIds'>
    >(
      `SELECT v.version_id, ${RECALL_COLUMNS} FROM campaigns.recalled_version v JOIN campaigns.recall r ON r.id = v.recall_id
       WHERE v.version_id = ANY ($1) AND v.in_force`,
      [versions.map(({ id }) => id)],
    );
    const whole = found.filter(isWhole);
    return (id, partnerId) =>
      whole.some(({ versionId, partnerIds }) => versionId === id && (partnerIds?.includes(partnerId) ?? true));
  }
}
