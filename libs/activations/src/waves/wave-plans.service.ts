import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CampaignLibrary } from '#campaigns';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, newId, notFound, type VendorActor } from '#kernel';
import { PartnerGroups } from '#organisations';
import { requirePlan, type Wave, type WaveId, type WavePlan } from './wave.js';
import { WavesRepository } from './waves.repository.js';

/** A version, as its vendor names it. */
interface Named {
  readonly campaignId: CampaignId;
  readonly number: number;
}

/** A vendor plans in which waves a published version is offered to more partners. */
@Injectable()
export class WavePlans {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly library: CampaignLibrary,
    private readonly groups: PartnerGroups,
    private readonly rows: WavesRepository,
  ) {}

  /** @throws DomainError `campaign-version.not-found`. */
  async list(actor: VendorActor, named: Named): Promise<Wave[]> {
    requirePermission(actor, 'campaigns.read');
    return this.database.inTransaction(actor, async () => {
      const { id } = await this.version(actor, named);
      return this.rows.ofVersion(id);
    });
  }

  /**
   * @throws DomainError as `requirePlan`, `campaign-version.not-found`,
   *   `campaign-version.not-extendable`, `wave.offered-to-all`,
   *   `wave.after-window` for a day after the last one of the version,
   *   `partner-group.not-found`.
   */
  async add(actor: VendorActor, named: Named, plan: WavePlan): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    const now = this.clock.now();
    requirePlan(plan, now.toISOString().slice(0, 10));
    await this.database.inTransaction(actor, async () => {
      const { id: versionId, number, status, forEveryone, closesOn } = await this.version(actor, named);
      if (status !== 'published')
        throw refusal('campaign-version.not-extendable', 'Only a published version opens in waves: publish it first.');
      if (forEveryone)
        throw refusal('wave.offered-to-all', 'This version is offered to all partners already, so a wave adds nobody.');
      if (closesOn !== null && plan.opensOn > closesOn)
        throw new DomainError(
          'wave.after-window',
          `Partners can launch this version until ${closesOn}. Choose a day until then, or extend the version first.`,
          { field: 'opensOn', closesOn },
        );
      await this.groups.ofIds(actor, plan.groupIds);
      const { vendorId, name: plannedBy } = actor;
      const id = newId<WaveId>();
      const { campaignId } = named;
      await this.rows.insert({ ...plan, id, vendorId, campaignId, versionId, versionNumber: number, plannedBy }, now);
      await this.record(actor, 'wave.planned', versionId, { number, opensOn: plan.opensOn });
    });
  }

  /** @throws DomainError `wave.not-found`, `wave.opened`. */
  async remove(actor: VendorActor, named: Named, id: WaveId): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    await this.database.inTransaction(actor, async () => {
      const { id: versionId } = await this.version(actor, named);
      const wave = await this.rows.lock(id);
      if (wave.versionId !== versionId) throw notFound('wave', id);
      if (wave.openedAt !== null)
        throw refusal(
          'wave.opened',
          'This wave has opened. Partners know that they can launch the version, so it stays.',
        );
      await this.rows.remove(id);
      await this.record(actor, 'wave.removed', versionId, { number: named.number, opensOn: wave.opensOn });
    });
  }

  /** Pauses the waves of a version that have not opened, or lets them go on. Idempotent. */
  async setPaused(actor: VendorActor, named: Named, isPaused: boolean): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    await this.database.inTransaction(actor, async () => {
      const { id: versionId } = await this.version(actor, named);
      await this.rows.setPaused(versionId, isPaused ? this.clock.now() : null);
      await this.record(actor, isPaused ? 'wave.paused' : 'wave.resumed', versionId, { number: named.number });
    });
  }

  private async version(actor: VendorActor, { campaignId, number }: Named) {
    const { versions } = await this.library.campaign(actor, campaignId);
    const found = versions.find((version) => version.number === number);
    if (found === undefined) throw notFound('campaign-version', `${campaignId}/${number}`);
    return found;
  }

  private async record(
    actor: VendorActor,
    action: `wave.${string}`,
    id: string,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.record(actor, { action, subject: { kind: 'campaign-version', id }, details });
  }
}

const refusal = (code: `${string}.${string}`, sentence: string): DomainError =>
  new DomainError(code, sentence, {}, { kind: 'conflict' });
