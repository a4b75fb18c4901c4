import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, notFound, type VendorActor } from '#kernel';
import { WavePartners } from './wave-partners.service.js';
import { requireChange, type Wave, type WaveChange, type WaveId } from './wave.js';
import { WavesRepository } from './waves.repository.js';

/** Moves waves that have not opened to another day, and widens shares, before and after they opened. */
@Injectable()
export class WaveChanges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly rows: WavesRepository,
    private readonly partners: WavePartners,
  ) {}

  /**
   * A wave that was kept shut is planned again: its conditions are checked on the
   * new day. A larger share of one that has opened is offered at once.
   * @throws DomainError `wave.not-found`, as `requireChange`, `wave.after-window`,
   *   `wave.not-launchable`.
   */
  async change(actor: VendorActor, campaignId: CampaignId, id: WaveId, change: WaveChange): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    await this.database.inTransaction(actor, async () => {
      const wave = await this.rows.lock(id);
      if (wave.campaignId !== campaignId) throw notFound('wave', id);
      const today = this.clock.now().toISOString().slice(0, 10);
      requireChange(wave, change, today);
      if (!(await this.rows.isLaunchable(wave.versionId, wave.openedAt === null ? (change.opensOn ?? today) : today)))
        throw new DomainError(
          'wave.not-launchable',
          'Partners cannot launch this version then: its last day is over, or launches are stopped. Extend the version or allow launches first.',
          { field: 'opensOn' },
          { kind: 'conflict' },
        );
      const changed: Wave = { ...wave, ...change };
      await this.rows.change(changed);
      if (wave.openedAt !== null) await this.partners.add(actor, changed);
      await this.audit.record(actor, {
        action: wave.openedAt === null ? 'wave.replanned' : 'wave.widened',
        subject: { kind: 'campaign-version', id: wave.versionId },
        details: { number: wave.versionNumber, opensOn: changed.opensOn, sharePercent: changed.sharePercent },
      });
    });
  }
}
