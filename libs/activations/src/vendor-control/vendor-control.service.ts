import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import {
  type ActivationId,
  type CampaignId,
  Clock,
  DomainError,
  notFound,
  type SystemActor,
  systemActor,
  type VendorActor,
} from '#kernel';
import { type Activation, isOver } from '../activation.js';
import { ActivationControl } from '../activation-control.service.js';
import { ActivationsRepository } from '../activations.repository.js';
import { HELD_BY_VENDOR, isPastPlannedEnd, STOPPED_BY_VENDOR } from '../planned-end.js';
import { VendorHolds } from './vendor-holds.repository.js';
import { VendorControlMail } from './vendor-control-mail.service.js';

/** One activation of a campaign, as its vendor names it. */
interface Named {
  readonly campaignId: CampaignId;
  readonly activationId: ActivationId;
}

/**
 * Lets a vendor hold, release and stop one partner's activation. The answer is
 * the same for one whose contacts have finished: otherwise the vendor could ask
 * for that.
 */
@Injectable()
export class VendorControl {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly repository: ActivationsRepository,
    private readonly holds: VendorHolds,
    private readonly control: ActivationControl,
    private readonly gate: ReleaseGate,
    private readonly mail: VendorControlMail,
  ) {}

  /**
   * Nothing is sent from the return of this method on, until the vendor
   * releases it, whatever its partner does.
   * @param reason that the partner reads.
   * @throws DomainError `activation.not-found`, `activation.over-for-vendor`,
   *   `activation.held-by-vendor`.
   */
  async hold(actor: VendorActor, named: Named, reason: string): Promise<Activation> {
    return this.change(actor, named, async (process, activation) => {
      if (activation.vendorHeldAt !== null)
        throw refusal('activation.held-by-vendor', 'You hold this campaign of the partner already. Release it first.');
      await this.holds.setHold(activation.id, { at: this.clock.now(), by: actor.name, reason });
      if (activation.status === 'active') await this.control.holdBySystem(process, activation, HELD_BY_VENDOR);
      return { kind: 'held', reason };
    });
  }

  /**
   * What waited for it goes now, unless its partner holds it, too.
   * @throws DomainError `activation.not-found`, `activation.over-for-vendor`,
   *   `activation.not-held-by-vendor`.
   */
  async release(actor: VendorActor, named: Named): Promise<Activation> {
    return this.change(actor, named, async (process, activation) => {
      if (activation.vendorHeldAt === null)
        throw refusal('activation.not-held-by-vendor', 'You do not hold this campaign of the partner.');
      await this.holds.setHold(activation.id, null);
      await this.control.continueAfterVendorHold(process, { ...activation, vendorHeldAt: null });
      return { kind: 'released', reason: null };
    });
  }

  /**
   * Stops it for good. Nothing is sent from the return of this method on.
   * @param reason that the partner reads.
   * @throws DomainError `activation.not-found`, `activation.over-for-vendor`.
   */
  async stop(actor: VendorActor, named: Named, reason: string): Promise<Activation> {
    return this.change(actor, named, async (process, activation) => {
      await this.holds.setHold(activation.id, null);
      await this.control.stopByVendor(process.name, activation, STOPPED_BY_VENDOR);
      await this.holds.setStop(activation.id, { by: actor.name, reason });
      return { kind: 'stopped', reason };
    });
  }

  private async change(
    actor: VendorActor,
    { campaignId, activationId }: Named,
    work: (
      process: SystemActor,
      activation: Activation,
    ) => Promise<{ readonly kind: 'held' | 'released' | 'stopped'; readonly reason: string | null }>,
  ): Promise<Activation> {
    requirePermission(actor, 'vendor-activations.control');
    const { partnerId, vendorId, campaignId: own } = await this.repository.get(actor, activationId);
    if (own !== campaignId) throw notFound('activation', activationId);
    const process = systemActor('vendor-control', { partnerId });
    await this.database.inTransaction(process, async () => {
      // Releases that have begun come before, later ones read the change.
      await this.gate.closeForPartner(partnerId);
      await this.holds.lock(activationId);
      const activation = await this.repository.get(process, activationId);
      if (activation.vendorStoppedAt !== null || isPastPlannedEnd(activation, this.clock.now()))
        throw refusal('activation.over-for-vendor', 'This campaign of the partner is over, so nothing was changed.');
      const act = await work(process, activation);
      const { kind, reason } = act;
      await this.audit.recordForBoth(
        actor,
        {
          action: `activation.${kind}-by-vendor`,
          subject: { kind: 'activation', id: activationId },
          details: { partnerId, ...(reason === null ? {} : { reason }) },
        },
        { partnerId, vendorId },
      );
      if (!isOver(activation.status)) await this.mail.post(process, activation, act);
    });
    await this.gate.waitForSubmissions({ activationIds: [activationId] });
    return this.repository.get(actor, activationId);
  }
}

const refusal = (code: `activation.${string}`, sentence: string): DomainError =>
  new DomainError(code, sentence, {}, { kind: 'conflict' });
