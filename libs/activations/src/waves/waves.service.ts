import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, notFound, systemActor, type VendorActor } from '#kernel';
import { mayOpen, opensAt, type Wave, type WaveId } from './wave.js';
import { WaveMail } from './wave-mail.service.js';
import { WavePartners } from './wave-partners.service.js';
import { WavesRepository } from './waves.repository.js';

const WAVES = systemActor('waves');
const PAGE = 20;

/** Opens waves: on their day if their condition is met, or because the vendor says so. */
@Injectable()
export class Waves {
  private readonly logger = new Logger(Waves.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly rows: WavesRepository,
    private readonly partners: WavePartners,
    private readonly mail: WaveMail,
  ) {}

  /**
   * Opens what is due, once each, from any number of processes. A wave whose
   * condition is not met is shut, and the vendor's team is told why.
   * @returns whether there may be more.
   */
  async openDue(): Promise<boolean> {
    const today = this.clock.now().toISOString().slice(0, 10);
    const due = await this.database.inTransaction(WAVES, () => this.rows.due(today, PAGE));
    for (const wave of due) if (await this.isTime(wave)) await this.tryOpen(wave);
    return due.length === PAGE;
  }

  private async isTime(wave: Wave): Promise<boolean> {
    const last = await this.database.inTransaction(WAVES, () => this.rows.lastOpened(wave.versionId));
    return opensAt(wave, last) <= this.clock.now();
  }

  /**
   * Opens a wave now, whatever its day and condition.
   * @throws DomainError `wave.not-found`, `wave.opened`,
   *   `campaign-version.not-extendable`.
   */
  async openNow(actor: VendorActor, campaignId: CampaignId, id: WaveId): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    await this.database.inTransaction(actor, async () => {
      const wave = await this.rows.lock(id);
      if (wave.campaignId !== campaignId) throw notFound('wave', id);
      if (wave.openedAt !== null)
        throw new DomainError('wave.opened', 'This wave has opened already.', {}, { kind: 'conflict' });
      await this.open(actor, wave);
    });
  }

  /** A failure is logged and tried again, and keeps no other wave shut. */
  private async tryOpen(wave: Wave): Promise<void> {
    try {
      const stopped = wave.mostStoppedPartners === null ? 0 : await this.partners.countStopped(wave);
      const actor = plannerOf(wave);
      await this.database.inTransaction(actor, async () => {
        const current = await this.rows.lock(wave.id);
        if (current.openedAt !== null || current.shutAt !== null || current.pausedAt !== null) return;
        if (mayOpen(current, stopped)) await this.open(actor, current);
        else await this.shut(actor, current, stopped);
      });
    } catch (error) {
      this.logger.error('A wave could not be opened; it is tried again.', error);
    }
  }

  private async open(actor: VendorActor, wave: Wave): Promise<void> {
    await this.partners.add(actor, wave);
    await this.rows.markOpened(wave.id, this.clock.now());
    await this.record(actor, 'wave.opened', wave, {});
  }

  private async shut(actor: VendorActor, wave: Wave, stoppedPartners: number): Promise<void> {
    await this.rows.markShut(wave.id, this.clock.now(), stoppedPartners);
    await this.record(actor, 'wave.shut', wave, { count: stoppedPartners });
    await this.mail.postShut(actor, wave, stoppedPartners);
  }

  private async record(
    actor: VendorActor,
    action: `wave.${string}`,
    { versionId, versionNumber: number, opensOn }: Wave,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.record(actor, {
      action,
      subject: { kind: 'campaign-version', id: versionId },
      details: { number, opensOn, ...details },
    });
  }
}

/** A wave opens on its day in the name of who planned it. */
const plannerOf = ({ vendorId, plannedBy }: Wave): VendorActor => ({
  kind: 'vendor',
  vendorId,
  role: 'marketer',
  userId: null,
  apiKeyId: null,
  name: plannedBy,
});
