import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import type { DealRole } from '#contracts';
import { Database, unlessTaken } from '#database';
import { newToken, requirePermission, tokenHash } from '#identity';
import { Clock, DAY_MS, type DealId, DomainError, newId, notFound, type PartnerActor, type VendorId } from '#kernel';
import { Memberships, Organisations } from '#organisations';
import {
  alreadyShared,
  BETWEEN,
  campaignOf,
  type DealShare,
  type DealShareId,
  type MadeShare,
  SHARE,
  type SharedBetween,
  type SharesOfDeal,
} from './deal-share.js';
import { DealShareEvents } from './deal-share-events.service.js';
import { Deals } from './deals.service.js';

/** An invitation to a deal that is not accepted is void after so many days. */
const INVITATION_DAYS = 30;

/**
 * Who besides its partner sees a deal: the vendor of its campaign, and partners that took part, each by a
 * decision of the partner that it can take back. They see name, stage and amount, and never the contact.
 * `SharedDeals` has the side of the partners that took part.
 */
@Injectable()
export class DealShares {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: DealShareEvents,
    private readonly deals: Deals,
    private readonly activations: Activations,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
  ) {}

  /**
   * Oldest first, without what was revoked.
   * @throws DomainError `deal.not-found`.
   */
  async ofDeal(actor: PartnerActor, dealId: DealId): Promise<SharesOfDeal> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, async () => {
      const { activationId } = await this.deals.get(actor, dealId);
      const shares = await this.database.query<DealShare>(
        `SELECT ${SHARE} FROM leads.deal_share WHERE deal_id = $1 AND revoked_at IS NULL ORDER BY id`,
        [dealId],
      );
      if (activationId === null) return { shares, isInProgramme: false };
      const { vendorId } = await this.activations.get(actor, activationId);
      return { shares, isInProgramme: await this.memberships.isMember(actor, actor.partnerId, vendorId) };
    });
  }

  /**
   * Shows the deal to the vendor of its campaign, until it is revoked.
   * @param name what the vendor reads instead of the contact.
   * @throws DomainError `deal.not-found`, `deal-share.no-campaign`, `deal-share.programme`, `deal-share.exists`.
   */
  async showToVendor(actor: PartnerActor, dealId: DealId, name: string): Promise<DealShare> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const share = await this.insert(actor, dealId, { name, role: null, tokenHash: null });
      // A partner that accepts at this moment is not in the next statement's view of the table before it has.
      await this.lockAll(dealId);
      await this.database.query(
        'UPDATE leads.deal_share SET vendor_sees = true WHERE deal_id = $1 AND revoked_at IS NULL AND accepted_at IS NOT NULL',
        [dealId],
      );
      await this.events.shown(actor, share);
      return share;
    });
  }

  /**
   * Invites a partner that took part in the deal. Any partner of the same programme that has the secret can accept.
   * @returns the secret, once.
   * @throws DomainError `deal.not-found`, `deal-share.no-campaign`, `deal-share.programme`; `deal-share.exists` for
   *   a second partner that sourced it.
   */
  async invite(
    actor: PartnerActor,
    dealId: DealId,
    { name, role }: { readonly name: string; readonly role: DealRole },
  ): Promise<{ readonly share: DealShare; readonly invitation: string }> {
    requirePermission(actor, 'leads.edit');
    const invitation = newToken();
    return this.database.inTransaction(actor, async () => {
      const share = await this.insert(actor, dealId, { name, role, tokenHash: tokenHash(invitation) });
      await this.events.invited(actor, share);
      return { share, invitation };
    });
  }

  /**
   * Ends it, by either side. The copy is emptied in the same transaction.
   * @throws DomainError `deal-share.not-found`.
   */
  async revoke(actor: PartnerActor, id: DealShareId): Promise<void> {
    requirePermission(actor, 'leads.edit');
    await this.database.inTransaction(actor, async () => {
      const [known] = await this.database.query<Pick<SharedBetween, 'dealId'>>(
        'SELECT deal_id FROM leads.deal_share WHERE id = $1 AND revoked_at IS NULL',
        [id],
      );
      // The end of one share changes others of the deal.
      const shares = known === undefined ? [] : await this.lockAll(known.dealId);
      const share = shares.find((one) => one.id === id);
      if (share === undefined) throw notFound('deal-share', id);
      await this.end(actor, share);
    });
  }

  /** Ends all shares of a deal that the caller has locked, in the open transaction. */
  async revokeAll(actor: PartnerActor, dealId: DealId): Promise<void> {
    for (const share of await this.lockAll(dealId)) await this.end(actor, share);
  }

  /** The shares of a deal, in one order: in another one, two changes of them could wait for each other. */
  private lockAll(dealId: DealId): Promise<SharedBetween[]> {
    return this.database.query<SharedBetween>(
      `SELECT ${BETWEEN} FROM leads.deal_share WHERE deal_id = $1 AND revoked_at IS NULL ORDER BY id FOR UPDATE`,
      [dealId],
    );
  }

  /** A partner that leaves is named instead of its person: the history of the deal is read by the other partner. */
  private async end(actor: PartnerActor, share: SharedBetween): Promise<void> {
    await this.database.query(
      `UPDATE leads.deal_share SET name = '', stage = NULL, amount_minor = NULL, currency = NULL, refunded_minor = NULL,
         expected_on = NULL, closed_on = NULL, vendor_sees = false, revoked_at = $3,
         revoked_by = CASE WHEN participant_id = $4 THEN participant_name ELSE $2 END WHERE id = $1`,
      [share.id, actor.name, this.clock.now(), actor.partnerId],
    );
    // A row that is written twice locks its deal, too, which a withdrawal has locked before it locks the shares.
    if (share.role === null)
      await this.database.query('UPDATE leads.deal_share SET vendor_sees = false WHERE deal_id = $1 AND vendor_sees', [
        share.dealId,
      ]);
    await this.events.ended(actor, share);
  }

  private async insert(
    actor: PartnerActor,
    dealId: DealId,
    share: { readonly name: string; readonly role: DealRole | null; readonly tokenHash: Buffer | null },
  ): Promise<MadeShare> {
    // A change at the same moment would update the copies before this one is there.
    const deal = await this.deals.locked(dealId);
    const activationId = campaignOf(deal);
    const { vendorId } = await this.activations.get(actor, activationId);
    await this.checkOwnMembership(actor, vendorId);
    const { name: partnerName } = await this.organisations.get(actor, actor.partnerId);
    const now = this.clock.now();
    const [made] = await unlessTaken(
      () =>
        this.database.query<MadeShare>(
          `INSERT INTO leads.deal_share (id, deal_id, partner_id, partner_name, activation_id, vendor_id, role, name, stage,
             amount_minor, currency, refunded_minor, expected_on, closed_on, vendor_sees, token_hash, expires_at, shared_by, shared_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) RETURNING ${SHARE}, ${BETWEEN}`,
          [
            newId<DealShareId>(),
            dealId,
            actor.partnerId,
            partnerName,
            activationId,
            vendorId,
            share.role,
            share.name,
            deal.stage,
            deal.amount?.minorUnits ?? null,
            deal.amount?.currency ?? null,
            deal.refundedMinor,
            deal.expectedOn,
            deal.closedOn,
            share.role === null,
            share.tokenHash,
            share.tokenHash === null ? null : new Date(now.getTime() + INVITATION_DAYS * DAY_MS),
            actor.name,
            now,
          ],
        ),
      alreadyShared,
    );
    if (made === undefined) throw new Error(`Deal ${dealId} was not shared.`);
    return made;
  }

  private async checkOwnMembership(actor: PartnerActor, vendorId: VendorId): Promise<void> {
    if (await this.memberships.isMember(actor, actor.partnerId, vendorId)) return;
    throw new DomainError(
      'deal-share.programme',
      'You are not in the programme of this vendor any more, so the deal cannot be shown to it or to its partners. Join the programme again to share the deal.',
      {},
      { kind: 'conflict' },
    );
  }
}
