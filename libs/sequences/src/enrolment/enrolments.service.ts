import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { WaitingMessages } from '#delivery';
import { type ActivationId, type PartnerId, systemActor } from '#kernel';
import { DueQueue } from './due-queue.service.js';

/** Resumes and stops the enrolments of an activation. */
@Injectable()
export class Enrolments {
  constructor(
    private readonly database: Database,
    private readonly waiting: WaitingMessages,
    private readonly queue: DueQueue,
  ) {}

  /** Lets the ticks see again what a held activation has due. */
  async resume(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    await this.waiting.retryNow(actor, [activationId], 'halts');
    await this.database.inTransaction(actor, async () => {
      await this.database.withoutTimeLimit();
      await this.queue.requeueActivations([{ id: activationId, partnerId }]);
    });
  }

  /**
   * Ends every enrolment of an activation, in one statement. Decided messages
   * get their outcome now, not days later when their wait would end.
   */
  async stop(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    await this.waiting.retryNow(actor, [activationId], 'activations');
    await this.database.inTransaction(actor, async () => {
      await this.database.withoutTimeLimit();
      await this.database.discardPlans();
      // Enrolments before what is due, as where an outcome moves them on.
      await this.database.query(
        `UPDATE sequences.enrolment SET state = 'stopped', due_at = NULL WHERE activation_id = $1 AND state IN ('waiting', 'running')`,
        [activationId],
      );
      await this.queue.removeActivation(activationId);
    });
  }
}
