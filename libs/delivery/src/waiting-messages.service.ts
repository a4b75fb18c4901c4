import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type ActivationId, Clock, type SystemActor } from '#kernel';
import { ReleaseGate } from './release-gate.service.js';

/** Decided messages that wait for another check. */
@Injectable()
export class WaitingMessages {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly gate: ReleaseGate,
  ) {}

  /**
   * Makes messages of activations due now, in a transaction of its own. With the
   * gate closed, no release that has read the earlier state makes a message wait
   * after this. It is short: other messages cannot be released meanwhile. After
   * a crash before it, they are checked again at the end of their wait.
   * @param actor with a partner: only releases of that partner wait.
   * @param ended `halts`: a hold, a halt or a recall; `activations`: the activations, so
   *   that all of their messages are due, whatever they wait for.
   */
  async retryNow(
    actor: SystemActor,
    activationIds: readonly ActivationId[],
    ended: 'halts' | 'activations',
  ): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      if (actor.partnerId === null) await this.gate.close();
      else await this.gate.closeForPartner(actor.partnerId);
      await this.database.query(
        `UPDATE delivery.message SET retry_at = $2, waited_until = $2
         WHERE retry_at > $2 AND ($3 OR reason IN ('held', 'halted', 'waits-for-recall')) AND activation_id = ANY ($1)`,
        [activationIds, this.clock.now(), ended === 'activations'],
      );
    });
  }
}
