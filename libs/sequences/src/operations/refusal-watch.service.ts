import { Injectable } from '@nestjs/common';
import { PolicyRefusals, REFUSALS_WINDOW_MS } from '#contacts';
import { Database } from '#database';
import { Halts, ReleaseGate } from '#delivery';
import { Clock, type PartnerId, systemActor } from '#kernel';

/**
 * Refusals that a partner may have in the window. Lists of honest partners
 * overlap a little; a list of addresses to ask about overlaps completely.
 */
export const MAX_REFUSALS = 20;

/**
 * Halts partners of which too many messages were refused by what other parties
 * know: the frequency cap across partners, opt-outs, bounces. Only an operator
 * lifts such a halt.
 */
@Injectable()
export class RefusalWatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly refusals: PolicyRefusals,
    private readonly gate: ReleaseGate,
    private readonly halts: Halts,
  ) {}

  /** Refusals from before the last lift of such a halt do not count. */
  async check(partnerId: PartnerId): Promise<void> {
    const actor = systemActor('refusal-watch', { partnerId });
    await this.database.inTransaction(actor, async () => {
      await this.gate.closeForPartner(partnerId);
      const since = new Date(this.clock.now().getTime() - REFUSALS_WINDOW_MS);
      const lifted = await this.halts.lastLifted(partnerId, 'trouble');
      const count = await this.refusals.countSince(
        actor,
        partnerId,
        lifted !== null && lifted > since ? lifted : since,
      );
      if (count <= MAX_REFUSALS) return;
      await this.halts.haltInTransaction(actor.name, {
        scope: 'partner',
        subjectId: partnerId,
        cause: 'trouble',
        reason: `Frequency caps, opt-outs and bounces of other partners' mail refused ${count} messages within seven days: compare the partner's lists with other partners' before you lift it.`,
      });
    });
  }

  /** Deletes refusals that are not counted any more. */
  async deleteOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - 2 * REFUSALS_WINDOW_MS);
    await this.refusals.deleteBefore(systemActor('refusal-watch'), before);
  }
}
