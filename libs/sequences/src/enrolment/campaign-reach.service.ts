import { Injectable } from '@nestjs/common';
import { type LaunchedCampaign, ReachedBefore } from '#activations';
import { type LaunchExclusion, Segments } from '#contacts';
import { Database } from '#database';
import type { Actor, ActivationId, CampaignId, ContactId, PartnerId } from '#kernel';
import { endsByExclusion, type ExclusionReason, launchEntryOf, reenrolmentCutoff } from '#sequencing';
import { ExperimentGroups } from './experiment-groups.service.js';
import { UNKNOWN_REASONS } from './reason.js';

/**
 * Contacts that a partner's campaign has reached, in any version and
 * activation. A contact gets the same campaign of one partner only once.
 */
@Injectable()
export class CampaignReach extends ReachedBefore {
  constructor(
    private readonly database: Database,
    private readonly segments: Segments,
    private readonly groups: ExperimentGroups,
  ) {
    super();
  }

  override async excludedAmong(
    actor: Actor,
    partnerId: PartnerId,
    campaign: LaunchedCampaign,
    contactIds: readonly ContactId[],
    now: Date,
    except: ActivationId | null = null,
  ): Promise<Map<ContactId, LaunchExclusion>> {
    if (launchEntryOf(campaign.sequence) === undefined) return new Map(contactIds.map((id) => [id, 'enters-later']));
    return this.excludedFromLists(actor, partnerId, campaign, contactIds, now, except);
  }

  /** The same for a list that is joined after the launch. */
  async excludedFromLists(
    actor: Actor,
    partnerId: PartnerId,
    { campaignId, sequence, holdOutPercent, exclude }: LaunchedCampaign,
    contactIds: readonly ContactId[],
    now: Date,
    except: ActivationId | null,
  ): Promise<Map<ContactId, LaunchExclusion>> {
    const cutoff = reenrolmentCutoff(sequence, now);
    const reached = await this.reachedAmong(actor, partnerId, campaignId, contactIds, cutoff, except);
    const left = new Map<ContactId, LaunchExclusion>([...reached].map((id) => [id, 'already-got']));
    for (const id of await this.segments.membersNow(actor, exclude, contactIds)) left.set(id, 'on-exclusion-list');
    for (const { id, reason } of await this.exclusionsAmong(actor, contactIds, now))
      if (!left.has(id) && endsByExclusion(sequence, reason)) left.set(id, reason);
    const entering = contactIds.filter((id) => !left.has(id));
    for (const id of await this.groups.heldOutAmong(actor, campaignId, entering, holdOutPercent))
      left.set(id, 'held-out');
    return left;
  }

  /** The exclusions of contacts that hold now, newest first. Joins the open transaction. */
  async exclusionsAmong(
    actor: Actor,
    contactIds: readonly ContactId[],
    now: Date,
  ): Promise<{ id: ContactId; reason: ExclusionReason }[]> {
    if (contactIds.length === 0) return [];
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT contact_id AS id, reason FROM sequences.exclusion
         WHERE contact_id = ANY ($1) AND lifted_at IS NULL AND (ends_at IS NULL OR ends_at > $2) ORDER BY at DESC, id DESC`,
        [contactIds, now],
      ),
    );
  }

  override async countInCampaigns(actor: Actor, contactIds: readonly ContactId[]): Promise<number> {
    if (contactIds.length === 0) return 0;
    const [counted] = await this.database.inTransaction(actor, () =>
      this.database.query<{ n: number }>(
        `SELECT count(DISTINCT e.contact_id)::int AS n
         FROM sequences.enrolment e JOIN activations.activation_view a ON a.id = e.activation_id
         WHERE e.contact_id = ANY ($1) AND e.state IN ('waiting', 'running') AND a.status IN ('active', 'held')`,
        [contactIds],
      ),
    );
    return counted?.n ?? 0;
  }

  /**
   * Those of `contactIds` that entered by a list, and wait in a live activation
   * of the campaign or got a message of it. Messages in delivery, and *unknown*
   * ones that may have arrived, count. Contacts that were enrolled and got
   * nothing are not included. Joins the open transaction.
   * @param reenrolmentCutoff earlier decisions do not count; null: all count.
   * @param except an activation that does not count: the caller's.
   */
  async reachedAmong(
    actor: Actor,
    partnerId: PartnerId,
    campaignId: CampaignId,
    contactIds: readonly ContactId[],
    reenrolmentCutoff: Date | null,
    except: ActivationId | null = null,
  ): Promise<Set<ContactId>> {
    if (contactIds.length === 0) return new Set();
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactId }>(
        `SELECT DISTINCT e.contact_id AS id FROM sequences.enrolment e JOIN activations.activation_view a ON a.id = e.activation_id
         WHERE e.contact_id = ANY ($1) AND e.entry_kind IN ('launch', 'joined') AND a.partner_id = $2 AND a.campaign_id = $3 AND e.activation_id IS DISTINCT FROM $4
           AND ((e.state IN ('waiting', 'running') AND a.status IN ('active', 'held'))
             OR EXISTS (SELECT 1 FROM sequences.step_execution s WHERE s.enrolment_id = e.id
                        AND ($6::timestamptz IS NULL OR s.decided_at > $6)
                        AND (s.outcome IN ('sent', 'pending') OR s.reason = ANY ($5))))`,
        [contactIds, partnerId, campaignId, except, UNKNOWN_REASONS, reenrolmentCutoff],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Those of the contacts that an activation has enrolled. In the open transaction. */
  async enrolledIn(activationId: ActivationId, contactIds: readonly ContactId[]): Promise<ReadonlySet<ContactId>> {
    const rows = await this.database.query<{ id: ContactId }>(
      'SELECT DISTINCT contact_id AS id FROM sequences.enrolment WHERE activation_id = $1 AND contact_id = ANY ($2)',
      [activationId, contactIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Serialises enrolments of one campaign of a partner until the transaction
   * ends. Each sees those before it.
   */
  async lockCampaign(partnerId: PartnerId, campaignId: CampaignId): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `enrol ${partnerId} ${campaignId}`,
    ]);
  }
}
