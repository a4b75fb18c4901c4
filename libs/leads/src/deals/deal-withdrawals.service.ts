import { Injectable } from '@nestjs/common';
import type { WithdrawalReason } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type DealId, type PartnerActor } from '#kernel';
import { LeadMoves } from '../lead-moves.service.js';
import type { Deal } from './deal.js';
import { DealRecords } from './deal-records.service.js';
import { DealShares } from './deal-shares.service.js';
import { DealVersions } from './deal-versions.service.js';
import { Deals } from './deals.service.js';

/**
 * Deals that were entered by mistake. A withdrawal is one more change of the deal: its row and history stay, and
 * no list, sum or share has it from then on.
 */
@Injectable()
export class DealWithdrawals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly deals: Deals,
    private readonly records: DealRecords,
    private readonly versions: DealVersions,
    private readonly shares: DealShares,
    private readonly moves: LeadMoves,
  ) {}

  /**
   * Withdraws a deal, and ends its shares. A lead that it had won or lost is worked on again, and can have
   * another deal.
   * @param basedOn the version that the user saw; null: withdraw whatever is stored.
   * @throws DomainError `deal.not-found`, `deal.withdrawn`; `deal.stale` if it was changed since `basedOn`.
   */
  async withdraw(
    actor: PartnerActor,
    id: DealId,
    reason: WithdrawalReason,
    basedOn: number | null = null,
  ): Promise<Deal> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const { deal, lead } = await this.deals.lockedWithLead(id);
      await this.versions.checkWithdrawal(deal, basedOn);
      await this.shares.revokeAll(actor, id);
      const withdrawn = { at: this.clock.now().toISOString(), by: actor.name, reason };
      const after = await this.records.write(actor, { ...deal, withdrawn, role: 'sourced' }, 'withdrawal', []);
      if (lead?.status === 'won' || lead?.status === 'lost') await this.moves.move(actor, lead.id, 'working');
      return after;
    });
  }
}
