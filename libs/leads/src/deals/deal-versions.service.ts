import { Injectable } from '@nestjs/common';
import type { ChangeDeal } from '#contracts';
import { Database } from '#database';
import type { LeadId } from '#kernel';
import { type Deal, newDeal, requireNotWithdrawn } from './deal.js';
import { changesIn, type DealState, requireUnchanged, staleDeal } from './deal-edits.js';
import { DEAL_COLUMNS } from './deal-records.service.js';

/**
 * Refuses what was begun on an older state of a deal. A caller says which version the user saw, 0 if there was no
 * deal, or null to change whatever is stored; and calls it when lead and deal are locked.
 */
@Injectable()
export class DealVersions {
  constructor(private readonly database: Database) {}

  /**
   * For a change: refuses it if others have changed the same fields since.
   * @throws DomainError `deal.stale`.
   */
  async checkChange(deal: Deal, change: ChangeDeal, basedOn: number | null): Promise<void> {
    if (basedOn === null || basedOn === deal.version) return;
    requireUnchanged(await this.statesSince(deal, basedOn), change, deal.version);
  }

  /**
   * For a change of a lead's deal, where the lead has none: refuses it if the user saw one.
   * @throws DomainError `deal.withdrawn`; `deal.stale` if the lead never had one.
   */
  async checkNoDeal(leadId: LeadId, basedOn: number | null): Promise<void> {
    if (basedOn === null || basedOn === 0) return;
    const [last] = await this.database.query<Deal>(
      `SELECT ${DEAL_COLUMNS} FROM leads.deal WHERE lead_id = $1 ORDER BY withdrawn_at DESC LIMIT 1`,
      [leadId],
    );
    if (last !== undefined) requireNotWithdrawn(last);
    throw staleDeal('This lead has no deal, so your change of one was not saved. Send version 0 to add a deal.', 0, []);
  }

  /**
   * For a withdrawal: refuses it after any other change.
   * @throws DomainError `deal.stale`.
   */
  async checkWithdrawal(deal: Deal, basedOn: number | null): Promise<void> {
    if (basedOn === null || basedOn === deal.version) return;
    const states = await this.statesSince(deal, basedOn);
    throw staleDeal(
      `${states.at(-1)?.by ?? 'Another user'} changed this deal after you opened it, so it was not withdrawn. Look at the current values, and withdraw it if it is still wrong.`,
      deal.version,
      changesIn(states),
    );
  }

  /** The deal as the user saw it, and after each change since, oldest first. */
  private async statesSince(deal: Deal, basedOn: number): Promise<DealState[]> {
    // Another text than a version is that of nothing.
    const since = basedOn > 0 && basedOn < deal.version ? Math.trunc(basedOn) : 0;
    const states = await this.database.query<DealState & { readonly version: number }>(
      `SELECT version, external_id, stage, CASE WHEN amount_minor IS NULL THEN NULL
         ELSE jsonb_build_object('minorUnits', amount_minor, 'currency', currency) END AS amount,
         expected_on::text, closed_on::text, coalesce(products, '{}') AS products, lost_reason, by_name AS by, at
       FROM leads.deal_event WHERE deal_id = $1 AND version >= $2 ORDER BY version`,
      [deal.id, since],
    );
    const isKnown = states[0]?.version === since;
    const unsaved: DealState = { ...newDeal(deal, deal.createdAt), by: '', at: deal.createdAt };
    return isKnown ? states : [unsaved, ...states];
  }
}
