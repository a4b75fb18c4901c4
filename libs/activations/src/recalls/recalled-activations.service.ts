import { Injectable } from '@nestjs/common';
import type { Recall, RecallId } from '#campaigns';
import { Database } from '#database';
import { type ActivationId, Clock, type SystemActor, systemActor } from '#kernel';
import { WebhookEvents } from '#webhooks';
import { ActivationControl } from '../activation-control.service.js';
import { ActivationsRepository } from '../activations.repository.js';
import { HELD_BY_RECALL } from '../planned-end.js';
import { type OpenTarget, RecallRows } from './recall-rows.repository.js';

/** Holds activations for a recall, and lets them go on after its reversal or with another version. */
@Injectable()
export class RecalledActivations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly repository: ActivationsRepository,
    private readonly control: ActivationControl,
    private readonly webhooks: WebhookEvents,
    private readonly rows: RecallRows,
  ) {}

  /** In the open transaction. Those that were updated to another version go on. */
  async hold({ id, campaignId }: Recall, targets: readonly OpenTarget[]): Promise<void> {
    const ids = targets.filter(({ runsIt }) => runsIt).map(({ activationId }) => activationId);
    const held = new Set(await this.rows.hold(id, ids, this.clock.now()));
    for (const { activationId, partnerId, versionId } of targets)
      if (held.has(activationId))
        await this.webhooks.emit({ kind: 'partner', id: partnerId }, 'activation.held', {
          activationId,
          campaignId,
          versionId,
          partnerId,
          reason: HELD_BY_RECALL,
        });
  }

  /** One transaction each: its partner's log has the entry. Idempotent. */
  async goOn(
    recallId: RecallId,
    { activationId, partnerId }: Pick<OpenTarget, 'activationId' | 'partnerId'>,
  ): Promise<void> {
    const actor = systemActor('recall', { partnerId });
    await this.database.inTransaction(actor, async () => {
      if (!(await this.rows.markReversed(recallId, activationId, this.clock.now()))) return;
      await this.release(actor, recallId, activationId, 'the vendor reversed the recall');
    });
  }

  /** After it has got another version: the recall of that before holds it no longer. Joins the open transaction. */
  async goOnWithVersion(actor: SystemActor, id: ActivationId): Promise<void> {
    const { recallId } = await this.repository.get(actor, id);
    if (recallId !== null) await this.release(actor, recallId, id, 'the vendor changed its version');
  }

  private async release(actor: SystemActor, recallId: RecallId, id: ActivationId, reason: string): Promise<void> {
    await this.rows.releaseFrom(recallId, id);
    const activation = await this.repository.get(actor, id);
    if (activation.recallId === null) await this.control.continueAfterRecall(actor, activation, reason);
  }
}
