import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, type ErrorKind, notFound, systemActor, type VendorActor } from '#kernel';
import { ReleasedRates } from './released-rates.service.js';
import { mayOpen, NOT_SHUT, opensAt, type Wave, type WaveId, type WhyShut } from './wave.js';
import { WaveMail } from './wave-mail.service.js';
import { WavePartners } from './wave-partners.service.js';
import { WavesRepository } from './waves.repository.js';

const WAVES = systemActor('waves');
const PAGE = 20;
/** Errors that may be gone at the next try. */
const PASSING: readonly ErrorKind[] = ['too-many', 'unavailable'];

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
    private readonly rates: ReleasedRates,
    private readonly mail: WaveMail,
  ) {}

  /**
   * Opens what is due, once each, from any number of processes. A wave whose
   * condition is not met, or that cannot be opened, is shut, and the vendor's
   * team is told why.
   * @returns whether one has opened.
   */
  async openDue(): Promise<boolean> {
    const today = this.today();
    let hasOpened = false;
    let due: Wave[];
    let afterId: WaveId | null = null;
    do {
      due = await this.database.inTransaction(WAVES, () => this.rows.due(today, afterId, PAGE));
      for (const wave of due) if ((await this.isTime(wave)) && (await this.tryOpen(wave))) hasOpened = true;
      afterId = due.at(-1)?.id ?? null;
    } while (due.length === PAGE);
    return hasOpened;
  }

  private async isTime(wave: Wave): Promise<boolean> {
    const last = await this.database.inTransaction(WAVES, () => this.rows.lastOpened(wave.versionId));
    return opensAt(wave, last) <= this.clock.now();
  }

  /**
   * Opens a wave now, whatever its day and condition.
   * @throws DomainError `wave.not-found`, `wave.opened`, `wave.not-launchable`,
   *   `campaign-version.not-extendable`.
   */
  async openNow(actor: VendorActor, campaignId: CampaignId, id: WaveId): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    await this.database.inTransaction(actor, async () => {
      const wave = await this.rows.lock(id);
      if (wave.campaignId !== campaignId) throw notFound('wave', id);
      if (wave.openedAt !== null)
        throw new DomainError('wave.opened', 'This wave has opened already.', {}, { kind: 'conflict' });
      if (!(await this.rows.isLaunchable(wave.versionId, this.today())))
        throw new DomainError(
          'wave.not-launchable',
          'Partners cannot launch this version now: its last day is over, or launches are stopped. Extend the version or allow launches first.',
          {},
          { kind: 'conflict' },
        );
      await this.open(actor, wave);
    });
  }

  private today(): string {
    return this.clock.now().toISOString().slice(0, 10);
  }

  /** A failure that may pass is logged and tried again, and keeps no other wave shut. */
  private async tryOpen(wave: Wave): Promise<boolean> {
    try {
      return await this.openOrShut(wave);
    } catch (error) {
      this.logger.error('A wave could not be opened; it is tried again.', error);
      return false;
    }
  }

  private async openOrShut(wave: Wave): Promise<boolean> {
    const actor = plannerOf(wave);
    const stopped = wave.mostStoppedPartners === null ? 0 : await this.partners.countStopped(wave);
    if (!mayOpen(wave, stopped)) return this.shut(actor, wave.id, { ...NOT_SHUT, stoppedPartners: stopped });
    const shutRate = await this.rates.unmetOf(actor, wave);
    if (shutRate !== null) return this.shut(actor, wave.id, { ...NOT_SHUT, shutRate });
    try {
      return await this.ifWaiting(actor, wave.id, (current) => this.open(actor, current));
    } catch (error) {
      if (!(error instanceof DomainError) || PASSING.includes(error.kind)) throw error;
      return this.shut(actor, wave.id, { ...NOT_SHUT, shutCode: error.code });
    }
  }

  /** Does something with a wave that nobody has opened, shut or paused meanwhile. */
  private async ifWaiting(actor: VendorActor, id: WaveId, act: (wave: Wave) => Promise<void>): Promise<boolean> {
    return this.database.inTransaction(actor, async () => {
      const wave = await this.rows.lock(id);
      const isWaiting = wave.openedAt === null && wave.shutAt === null && wave.pausedAt === null;
      if (isWaiting) await act(wave);
      return isWaiting;
    });
  }

  private async open(actor: VendorActor, wave: Wave): Promise<void> {
    await this.partners.add(actor, wave);
    await this.rows.markOpened(wave.id, this.clock.now());
    await this.record(actor, 'wave.opened', wave, {});
  }

  private async shut(actor: VendorActor, id: WaveId, why: WhyShut): Promise<false> {
    await this.ifWaiting(actor, id, async (wave) => {
      await this.rows.markShut(id, this.clock.now(), why);
      const { stoppedPartners: count, shutRate, shutCode: code } = why;
      const measured = code === null ? { count } : { code };
      await this.record(actor, 'wave.shut', wave, shutRate === null ? measured : { ...shutRate });
      await this.mail.postShut(actor, wave, why);
    });
    return false;
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
