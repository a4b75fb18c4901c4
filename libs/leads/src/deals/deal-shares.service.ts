import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import type { DealRole } from '#contracts';
import { Database, unlessTaken } from '#database';
import { newToken, requirePermission, tokenHash } from '#identity';
import {
  Clock,
  DAY_MS,
  type DealId,
  DomainError,
  newId,
  notFound,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';
import { Memberships, Organisations } from '#organisations';
import {
  alreadyShared,
  BETWEEN,
  campaignOf,
  type DealShare,
  type DealShareId,
  type MadeShare,
  SHARE,
  SHARED_DEAL,
  type SharedBetween,
  type SharedDeal,
  type SharesOfDeal,
} from './deal-share.js';
import { DealShareEvents } from './deal-share-events.service.js';
import { Deals } from './deals.service.js';

/** An invitation to a deal that is not accepted is void after so many days. */
const INVITATION_DAYS = 30;

/**
 * Who besides its partner sees a deal: the vendor of its campaign, and partners that took part, each by a
 * decision of the partner that it can take back. They see name, stage and amount, and never the contact.
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
      return { shares, isInProgramme: await this.isMember(actor, actor.partnerId, vendorId) };
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
   * Takes part in another partner's deal, by the secret of an invitation.
   * @throws DomainError `deal-invitation.not-found`, also once used, revoked or after 30 days;
   *   `deal-invitation.own`; `deal-invitation.programme` for a partner of another programme;
   *   `deal-invitation.owner-left` if the deal's partner has left it;
   *   `deal-share.exists` if the partner takes part already.
   */
  async accept(actor: PartnerActor, invitation: string): Promise<SharedDeal> {
    requirePermission(actor, 'leads.edit');
    const process = systemActor('deal-invitations', { partnerId: actor.partnerId });
    return this.database.inTransaction(process, async () => {
      const found = await this.invited(invitation);
      await this.checkMember(process, actor.partnerId, found);
      const { name } = await this.organisations.get(process, actor.partnerId);
      await this.events.joined(actor, await this.join(actor, found, name), name);
      return this.sharedDeal(found.id);
    });
  }

  /** Deals of others in which the partner takes part, newest first. */
  async withPartner(
    actor: PartnerActor,
    page: { readonly limit: number; readonly beforeId: string | null },
  ): Promise<SharedDeal[]> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, () =>
      this.database.query<SharedDeal>(
        `SELECT ${SHARED_DEAL} FROM leads.deal_share s WHERE s.participant_id = $1 AND s.revoked_at IS NULL
           AND ($2::uuid IS NULL OR s.id < $2) ORDER BY s.id DESC LIMIT $3`,
        [actor.partnerId, page.beforeId, page.limit],
      ),
    );
  }

  /**
   * Ends it, by either side. The copy is emptied in the same transaction.
   * @throws DomainError `deal-share.not-found`.
   */
  async revoke(actor: PartnerActor, id: DealShareId): Promise<void> {
    requirePermission(actor, 'leads.edit');
    await this.database.inTransaction(actor, async () => {
      const [known] = await this.database.query<SharedBetween>(
        `SELECT ${BETWEEN} FROM leads.deal_share WHERE id = $1 AND revoked_at IS NULL FOR UPDATE`,
        [id],
      );
      if (known === undefined) throw notFound('deal-share', id);
      await this.database.query(
        `UPDATE leads.deal_share SET name = '', stage = NULL, amount_minor = NULL, currency = NULL, refunded_minor = NULL,
           expected_on = NULL, closed_on = NULL, vendor_sees = false, revoked_by = $2, revoked_at = $3 WHERE id = $1`,
        [id, actor.name, this.clock.now()],
      );
      if (known.role === null)
        await this.database.query('UPDATE leads.deal_share SET vendor_sees = false WHERE deal_id = $1', [known.dealId]);
      await this.events.ended(actor, known);
    });
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

  private async invited(invitation: string): Promise<SharedBetween> {
    const [found] = await this.database.query<SharedBetween>(
      `SELECT ${BETWEEN} FROM leads.deal_share
       WHERE token_hash = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2 FOR UPDATE`,
      [tokenHash(invitation), this.clock.now()],
    );
    if (found !== undefined) return found;
    throw new DomainError(
      'deal-invitation.not-found',
      'This invitation was used, revoked, or is older than 30 days. Ask the partner for a new one.',
      { field: 'invitation' },
      { kind: 'not-found' },
    );
  }

  /** The vendor sees the participant if it sees the deal. */
  private async join(
    { partnerId, name: by }: PartnerActor,
    { id }: SharedBetween,
    name: string,
  ): Promise<SharedBetween> {
    const [joined] = await unlessTaken(
      () =>
        this.database.query<SharedBetween>(
          `UPDATE leads.deal_share SET participant_id = $2, participant_name = $3, accepted_by = $4, accepted_at = $5,
             vendor_sees = EXISTS (SELECT FROM leads.deal_share v
               WHERE v.deal_id = deal_share.deal_id AND v.role IS NULL AND v.revoked_at IS NULL)
           WHERE id = $1 RETURNING ${BETWEEN}`,
          [id, partnerId, name, by, this.clock.now()],
        ),
      alreadyShared,
    );
    if (joined === undefined) throw new Error(`No partner joined the share ${id}.`);
    return joined;
  }

  /** Only partners of the programme take part: others are none of the vendor's business, and it of theirs. */
  private async checkMember(
    process: SystemActor,
    participantId: PartnerId,
    { partnerId, vendorId }: SharedBetween,
  ): Promise<void> {
    if (partnerId === participantId)
      throw new DomainError(
        'deal-invitation.own',
        'This is an invitation to a deal of your own. Send the link to the partner that took part.',
        { field: 'invitation' },
        { kind: 'conflict' },
      );
    if (!(await this.isMember(process, participantId, vendorId)))
      throw new DomainError(
        'deal-invitation.programme',
        'The deal belongs to a campaign of a vendor whose programme you are not in. Join that programme first.',
        { field: 'invitation' },
        { kind: 'conflict' },
      );
    if (await this.isMember(process, partnerId, vendorId)) return;
    throw new DomainError(
      'deal-invitation.owner-left',
      'The partner of this deal has left the programme of its vendor, so the deal is not shared any more. Ask the partner for a new invitation once it is back.',
      { field: 'invitation' },
      { kind: 'conflict' },
    );
  }

  private async checkOwnMembership(actor: PartnerActor, vendorId: VendorId): Promise<void> {
    if (await this.isMember(actor, actor.partnerId, vendorId)) return;
    throw new DomainError(
      'deal-share.programme',
      'You are not in the programme of this vendor any more, so the deal cannot be shown to it or to its partners. Join the programme again to share the deal.',
      {},
      { kind: 'conflict' },
    );
  }

  private async isMember(
    actor: PartnerActor | SystemActor,
    partnerId: PartnerId,
    vendorId: VendorId,
  ): Promise<boolean> {
    const own = await this.memberships.allOfPartner(actor, partnerId);
    return own.some((one) => one.vendorId === vendorId && one.status === 'active');
  }

  private async sharedDeal(id: DealShareId): Promise<SharedDeal> {
    const [deal] = await this.database.query<SharedDeal>(
      `SELECT ${SHARED_DEAL} FROM leads.deal_share s WHERE s.id = $1`,
      [id],
    );
    if (deal === undefined) throw notFound('deal-share', id);
    return deal;
  }
}
