import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type CampaignVersionId, notFound } from '#kernel';
import type { LastOpened, Wave, WaveId, WhyShut } from './wave.js';

const COLUMNS = `id, vendor_id, campaign_id, version_id, version_number, opens_on::text, group_ids, share_percent,
  for_everyone, most_stopped_partners, planned_by, paused_at, opened_at, shut_at, stopped_partners, shut_rate, shut_code,
  jsonb_build_object('bounced', most_bounced, 'complained', most_complained, 'unsubscribed', most_unsubscribed) AS rate_limits`;

/** Of a version `v` on the day `$1`. */
const LAUNCHABLE = `v.status = 'published' AND v.launches_stopped_at IS NULL AND v.closes_on >= $1`;

/** Rows of waves. Every method joins the open transaction. */
@Injectable()
export class WavesRepository {
  constructor(private readonly database: Database) {}

  /** In the order in which they open. */
  async ofVersion(versionId: CampaignVersionId): Promise<Wave[]> {
    return this.database.query<Wave>(
      `SELECT ${COLUMNS} FROM activations.wave WHERE version_id = $1 ORDER BY opens_on, id`,
      [versionId],
    );
  }

  /** Locks it. @throws DomainError `wave.not-found`. */
  async lock(id: WaveId): Promise<Wave> {
    const [found] = await this.database.query<Wave>(
      `SELECT ${COLUMNS} FROM activations.wave WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (found === undefined) throw notFound('wave', id);
    return found;
  }

  /** The wave of a version that opened last; null: none has. */
  async lastOpened(versionId: CampaignVersionId): Promise<LastOpened | null> {
    const [found] = await this.database.query<LastOpened>(
      `SELECT opens_on::text, opened_at FROM activations.wave WHERE version_id = $1 AND opened_at IS NOT NULL
       ORDER BY opened_at DESC, opens_on DESC, id DESC LIMIT 1`,
      [versionId],
    );
    return found ?? null;
  }

  /**
   * Waves whose day has come, each the first of its version that has not
   * opened, in id order. None of a version that cannot be launched: its
   * partners would be told of nothing, or of what is over.
   */
  async due(today: string, afterId: WaveId | null, limit: number): Promise<Wave[]> {
    return this.database.query<Wave>(
      `SELECT ${COLUMNS} FROM activations.wave w
       WHERE opens_on <= $1 AND ($2::uuid IS NULL OR id > $2) AND opened_at IS NULL AND paused_at IS NULL AND shut_at IS NULL
         AND EXISTS (SELECT FROM campaigns.campaign_version_view v WHERE v.id = w.version_id AND ${LAUNCHABLE})
         AND NOT EXISTS (SELECT FROM activations.wave e WHERE e.version_id = w.version_id AND e.opened_at IS NULL
           AND (e.opens_on, e.id) < (w.opens_on, w.id))
       ORDER BY id LIMIT $3`,
      [today, afterId, limit],
    );
  }

  /** Null: not yet. */
  async publishedAt(versionId: CampaignVersionId): Promise<Date | null> {
    const [found] = await this.database.query<{ publishedAt: Date | null }>(
      'SELECT published_at FROM campaigns.campaign_version_view WHERE id = $1',
      [versionId],
    );
    return found?.publishedAt ?? null;
  }

  /** Whether partners can launch a version on a day. */
  async isLaunchable(versionId: CampaignVersionId, today: string): Promise<boolean> {
    const found = await this.database.query(
      `SELECT 1 FROM campaigns.campaign_version_view v WHERE v.id = $2 AND ${LAUNCHABLE}`,
      [today, versionId],
    );
    return found.length > 0;
  }

  /** It is paused if the others of its version are. */
  async insert(wave: Omit<Wave, 'pausedAt' | 'openedAt' | 'shutAt' | keyof WhyShut>, at: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO activations.wave (id, vendor_id, campaign_id, version_id, version_number, opens_on, group_ids,
         share_percent, for_everyone, most_stopped_partners, planned_by, planned_at, most_bounced, most_complained, most_unsubscribed, paused_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
         (SELECT min(paused_at) FROM activations.wave WHERE version_id = $4 AND opened_at IS NULL))`,
      [
        wave.id,
        wave.vendorId,
        wave.campaignId,
        wave.versionId,
        wave.versionNumber,
        wave.opensOn,
        wave.groupIds,
        wave.sharePercent,
        wave.forEveryone,
        wave.mostStoppedPartners,
        wave.plannedBy,
        at,
        wave.rateLimits.bounced,
        wave.rateLimits.complained,
        wave.rateLimits.unsubscribed,
      ],
    );
  }

  /** Day and share. One that was kept shut waits again. */
  async change({ id, opensOn, sharePercent }: Pick<Wave, 'id' | 'opensOn' | 'sharePercent'>): Promise<void> {
    await this.database.query(
      `UPDATE activations.wave SET opens_on = $2, share_percent = $3, shut_at = NULL, stopped_partners = NULL,
         shut_rate = NULL, shut_code = NULL WHERE id = $1`,
      [id, opensOn, sharePercent],
    );
  }

  async remove(id: WaveId): Promise<void> {
    await this.database.query('DELETE FROM activations.wave WHERE id = $1', [id]);
  }

  async markOpened(id: WaveId, at: Date): Promise<void> {
    await this.database.query('UPDATE activations.wave SET opened_at = $2 WHERE id = $1', [id, at]);
  }

  async markShut(id: WaveId, at: Date, { stoppedPartners, shutRate, shutCode }: WhyShut): Promise<void> {
    await this.database.query(
      'UPDATE activations.wave SET shut_at = $2, stopped_partners = $3, shut_code = $4, shut_rate = $5 WHERE id = $1',
      [id, at, stoppedPartners, shutCode, shutRate === null ? null : JSON.stringify(shutRate)],
    );
  }

  /** @param at null: they go on. */
  async setPaused(versionId: CampaignVersionId, at: Date | null): Promise<void> {
    await this.database.query(
      'UPDATE activations.wave SET paused_at = $2 WHERE version_id = $1 AND opened_at IS NULL',
      [versionId, at],
    );
  }
}
