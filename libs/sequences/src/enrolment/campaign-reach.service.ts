import { Injectable } from '@nestjs/common';
import type { ReachedBefore } from '#activations';
import { Database } from '#database';
import type { Actor, ActivationId, CampaignId, ContactId, PartnerId } from '#kernel';
import { UNKNOWN_REASONS } from './reason.js';

/** Whom a partner's campaign has reached, in whatever version and activation: nobody gets the same campaign of one partner twice. */
@Injectable()
export class CampaignReach implements ReachedBefore {
  constructor(private readonly database: Database) {}

  /**
   * Those of `contactIds` who wait in a live activation of the campaign, or who got a message of it. What is on its way, and what may
   * have arrived (*unknown*), counts as got. Who was enrolled and got nothing is not among them. Joins the open transaction.
   * @param forgottenBefore what was decided before this does not count; null: all does.
   * @param except an activation that does not count: the one that asks.
   */
  async reachedAmong(
    actor: Actor,
    partnerId: PartnerId,
    campaignId: CampaignId,
    contactIds: readonly ContactId[],
    forgottenBefore: Date | null,
    except: ActivationId | null = null,
  ): Promise<Set<ContactId>> {
    if (contactIds.length === 0) return new Set();
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactId }>(
        `SELECT DISTINCT e.contact_id AS id FROM sequences.enrolment e JOIN activations.activation a ON a.id = e.activation_id
         WHERE e.contact_id = ANY ($1) AND a.partner_id = $2 AND a.campaign_id = $3 AND e.activation_id IS DISTINCT FROM $4
           AND ((e.state IN ('waiting', 'running') AND a.status IN ('active', 'held'))
             OR EXISTS (SELECT 1 FROM sequences.step_execution s WHERE s.enrolment_id = e.id
                        AND ($6::timestamptz IS NULL OR s.decided_at > $6)
                        AND (s.outcome IN ('sent', 'pending') OR s.reason = ANY ($5))))`,
        [contactIds, partnerId, campaignId, except, UNKNOWN_REASONS, forgottenBefore],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Enrolments of one campaign of a partner come one after the other, until the open transaction ends: each sees those before it. */
  async lockCampaign(partnerId: PartnerId, campaignId: CampaignId): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `enrol ${partnerId} ${campaignId}`,
    ]);
  }
}
