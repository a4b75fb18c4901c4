import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { EndCode } from '#contracts';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import {
  type ActivationId,
  type CampaignVersionId,
  Clock,
  DomainError,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';
import type { Postponement } from '#sequencing';
import { WebhookEvents } from '#webhooks';
import { type Activation, type ActivationStatus, canMove, checkMove, isOver, type SentCheck } from './activation.js';
import { ACTIVATION_RESUMED, ACTIVATION_STOPPED } from './activations.jobs.js';
import { ActivationsRepository } from './activations.repository.js';
import { BY_PARTNER, HELD_BY_RECALL, HELD_BY_VENDOR, isPastPlannedEnd, UNDONE } from './planned-end.js';
import { VendorServers } from './relay-consent/vendor-servers.service.js';

const VERSION_ENDED = 'the vendor ended the campaign';
const LAST_DAY_CAME = 'the last day that the vendor set has come';
const PARTNERSHIP_ENDED = 'the partnership ended';
/** Events of one transaction. */
const PLANNED_ENDS = 200;

/** Holds, resumes, postpones, stops and completes activations. */
@Injectable()
export class ActivationControl {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly repository: ActivationsRepository,
    private readonly webhooks: WebhookEvents,
    private readonly gate: ReleaseGate,
    private readonly servers: VendorServers,
  ) {}

  /**
   * Stops all mail until resumed, from the return of this method on.
   * Every claim and every submission checks it.
   */
  hold(actor: PartnerActor, id: ActivationId): Promise<Activation> {
    return this.changeStatus(actor, id, 'held', BY_PARTNER);
  }

  /**
   * What would have gone out meanwhile goes now, in its order.
   * @throws DomainError `relay.consent`, `activation.vendor-holds`, `activation.recalled`.
   */
  async resume(actor: PartnerActor, id: ActivationId): Promise<Activation> {
    requirePermission(actor, 'activations.control');
    const { vendorId, vendorHeldAt, vendorHoldReason, recallId } = await this.repository.get(actor, id);
    if (recallId !== null) throw isRecalled();
    if (vendorHeldAt !== null) throw vendorHolds(vendorHoldReason ?? '');
    await this.servers.requireConsent(actor.partnerId, vendorId);
    return this.changeStatus(actor, id, 'active', BY_PARTNER);
  }

  /** Joins the open transaction, which has closed the gate. */
  async holdBySystem(actor: SystemActor, activation: Activation, reason: string): Promise<void> {
    await this.transition(actor, activation, 'held', reason);
  }

  /** Joins the open transaction. One that a recall or its vendor holds stays held for that. */
  async resumeBySystem(actor: SystemActor, activation: Activation, reason: string): Promise<void> {
    if (activation.recallId !== null) await this.repository.keepHeld(activation.id, HELD_BY_RECALL);
    else if (activation.vendorHeldAt === null) await this.transition(actor, activation, 'active', reason);
    else await this.repository.keepHeld(activation.id, HELD_BY_VENDOR);
  }

  /** What waited for its vendor goes now, unless its partner or a recall holds it, too. Joins the open transaction. */
  async continueAfterVendorHold(actor: SystemActor, activation: Activation): Promise<void> {
    const { id, partnerId, status, statusReason, recallId } = activation;
    if (recallId !== null) {
      if (statusReason === HELD_BY_VENDOR) await this.repository.keepHeld(id, HELD_BY_RECALL);
      return;
    }
    if (status === 'held' && statusReason === HELD_BY_VENDOR)
      await this.transition(actor, activation, 'active', 'the vendor released it');
    // Its partner resumed it at the same time as the vendor held it: what fell due since then waits.
    if (status === 'active') await this.jobs.enqueue(ACTIVATION_RESUMED, { activationId: id, partnerId });
  }

  /** After the recall that held it holds it no longer. Joins the open transaction. */
  async continueAfterRecall(actor: SystemActor, activation: Activation, reason: string): Promise<void> {
    const { id, partnerId, status, statusReason } = activation;
    if (status === 'held' && statusReason === HELD_BY_RECALL) await this.resumeBySystem(actor, activation, reason);
    else if (status === 'active') await this.jobs.enqueue(ACTIVATION_RESUMED, { activationId: id, partnerId });
  }

  /**
   * Stops it permanently.
   * @param unless checks whether a message was sent, to undo a launch only
   *   before that. Null: stop in any case.
   * @throws DomainError `activation.already-sent`; nothing has changed then.
   */
  stop(actor: PartnerActor, id: ActivationId, unless: SentCheck | null = null): Promise<Activation> {
    return this.changeStatus(actor, id, 'stopped', unless === null ? BY_PARTNER : UNDONE, unless);
  }

  /**
   * Stores a postponement in the open transaction.
   * Every claim and every submission obeys it from the commit on.
   */
  async recordPostponement(actor: PartnerActor, id: ActivationId, postponement: Postponement): Promise<void> {
    requirePermission(actor, 'activations.control');
    await this.repository.addPostponement(id, postponement);
    await this.audit.record(actor, {
      action: 'activation.postponed',
      subject: { kind: 'activation', id },
      details: { days: postponement.days, until: new Date(postponement.untilMs).toISOString() },
    });
  }

  /**
   * Stops every activation of versions that the vendor has ended. For the
   * vendor, those whose contacts have finished stop in the same way: otherwise
   * it could ask by ending a version.
   * Idempotent.
   * @param code if the product ended the versions.
   */
  async stopVersions(versionIds: readonly CampaignVersionId[], code: EndCode | null = null): Promise<void> {
    const live = await this.repository.liveOf(systemActor('retirement'), versionIds, this.clock.now());
    for (const activation of live)
      await this.stopByVendor('retirement', activation, code === null ? VERSION_ENDED : LAST_DAY_CAME);
  }

  /**
   * Stops every activation of a partner for a vendor that has ended the
   * partnership, as `stopVersions` does.
   * @param hasEnded asked before each stop, in its transaction: the partner may
   *   have been reinstated meanwhile.
   */
  async stopPartnership(partnerId: PartnerId, vendorId: VendorId, hasEnded: () => Promise<boolean>): Promise<void> {
    const actor = systemActor('partnerships', { partnerId });
    const live = await this.repository.unendedForVendor(actor, vendorId, this.clock.now());
    for (const activation of live)
      await this.database.inTransaction(actor, async () => {
        if (await hasEnded()) await this.stopByVendor('partnerships', activation, PARTNERSHIP_ENDED);
      });
  }

  /** Stops one for its partner and for its vendor. */
  async stopByVendor(process: string, activation: Activation, reason: string): Promise<void> {
    const actor = systemActor(process, { partnerId: activation.partnerId });
    if (!isOver(activation.status)) await this.transition(actor, activation, 'stopped', reason);
    // It may have been completed meanwhile.
    await this.database.inTransaction(actor, () => this.notifyVendor(activation, 'stopped', reason));
  }

  /**
   * Notifies vendors of activations whose planned day has come.
   * @returns whether there may be more.
   */
  async notifyOfPlannedEnds(): Promise<boolean> {
    const actor = systemActor('planned-ends');
    return this.database.inTransaction(actor, async () => {
      const ended = await this.repository.claimPlannedEnds(this.clock.now(), PLANNED_ENDS);
      for (const activation of ended)
        await this.webhooks.emit({ kind: 'vendor', id: activation.vendorId }, 'activation.completed', {
          ...factsOf(activation),
          reason: 'the planned day',
        });
      return ended.length === PLANNED_ENDS;
    });
  }

  /** All contacts have reached the end of the sequence. */
  async complete(id: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    const activation = await this.repository.get(actor, id);
    if (activation.status === 'active')
      await this.transition(actor, activation, 'completed', 'all contacts have finished');
  }

  private async changeStatus(
    actor: PartnerActor,
    id: ActivationId,
    to: ActivationStatus,
    reason: string,
    unless: SentCheck | null = null,
  ): Promise<Activation> {
    requirePermission(actor, 'activations.control');
    const activation = await this.repository.get(actor, id);
    if (to === 'active') return this.transition(actor, activation, to, reason);
    // An undo is repeated if its answer was lost.
    if (unless !== null && activation.status === to && !(await unless.hasSent(actor, id))) return activation;
    checkMove(activation.status, to);
    const changed = await this.database.inTransaction(actor, async () => {
      await this.gate.close();
      // After the gate: earlier releases are visible, and there are no later
      // ones.
      if ((await unless?.hasSent(actor, id)) === true) throw alreadySent();
      return this.transition(actor, activation, to, reason);
    });
    await this.gate.waitForSubmissions({ activationIds: [id] });
    return changed;
  }

  private async transition(
    actor: PartnerActor | SystemActor,
    activation: Activation,
    to: ActivationStatus,
    reason: string,
  ): Promise<Activation> {
    checkMove(activation.status, to);
    return this.database.inTransaction(actor, async () => {
      const moved = await this.repository.move(activation.id, activation.status, to, reason, this.clock.now());
      if (!moved) return this.transitionFromCurrent(actor, activation.id, to, reason);
      await this.announce(actor, activation, to, reason);
      return this.repository.get(actor, activation.id);
    });
  }

  /**
   * Another change came first. A stop that meets a hold still stops; what the
   * new state does not allow is refused to a person, and left out by the
   * product.
   */
  private async transitionFromCurrent(
    actor: PartnerActor | SystemActor,
    id: ActivationId,
    to: ActivationStatus,
    reason: string,
  ): Promise<Activation> {
    const current = await this.repository.get(actor, id);
    const isSettled = current.status === to || (actor.kind === 'system' && !canMove(current.status, to));
    return isSettled ? current : this.transition(actor, current, to, reason);
  }

  /** Records a change, and tells of it. Joins the open transaction. */
  private async announce(
    actor: PartnerActor | SystemActor,
    activation: Activation,
    to: ActivationStatus,
    reason: string,
  ): Promise<void> {
    await this.audit.record(actor, {
      action: `activation.${to === 'active' ? 'resumed' : to}`,
      subject: { kind: 'activation', id: activation.id },
      details: { reason },
    });
    const ids = { activationId: activation.id, partnerId: activation.partnerId };
    if (to === 'stopped') await this.jobs.enqueue(ACTIVATION_STOPPED, ids);
    if (to === 'active') await this.jobs.enqueue(ACTIVATION_RESUMED, ids);
    await this.webhooks.emit({ kind: 'partner', id: activation.partnerId }, eventOf(to), {
      ...factsOf(activation),
      reason,
    });
    await this.notifyVendor(activation, to, reason);
  }

  /**
   * Emits the vendor's event of a change, in the open transaction. Nothing of a
   * completion, and nothing after the planned end: both tell when the contacts
   * have finished. So do holds by the product, which finished activations do
   * not get.
   */
  private async notifyVendor(activation: Activation, to: ActivationStatus, reason: string): Promise<void> {
    const now = this.clock.now();
    if (to === 'completed' || isPastPlannedEnd(activation, now)) return;
    if (to !== 'stopped' && reason !== BY_PARTNER) return;
    if (to === 'stopped' && !(await this.repository.stopForVendor(activation.id, now))) return;
    await this.webhooks.emit({ kind: 'vendor', id: activation.vendorId }, eventOf(to), {
      ...factsOf(activation),
      // Whether an e-mail had gone out is the partner's knowledge.
      reason: reason === UNDONE ? BY_PARTNER : reason,
    });
  }
}

const eventOf = (to: ActivationStatus) => `activation.${to === 'active' ? 'resumed' : to}` as const;

const alreadySent = (): DomainError =>
  new DomainError(
    'activation.already-sent',
    'The first message of this campaign was sent, so its launch cannot be undone. Hold or stop the activation on its page.',
    {},
    { kind: 'conflict' },
  );

const isRecalled = (): DomainError =>
  new DomainError(
    'activation.recalled',
    'The vendor has recalled this campaign, and only the vendor can reverse that.',
    {},
    { kind: 'conflict' },
  );

const vendorHolds = (reason: string): DomainError =>
  new DomainError(
    'activation.vendor-holds',
    `The vendor has paused this campaign, and only the vendor can release it. Its reason: ${reason}`,
    { reason },
    { kind: 'conflict' },
  );

const factsOf = ({ id, campaignId, versionId, partnerId }: Activation) => ({
  activationId: id,
  campaignId,
  versionId,
  partnerId,
});
