import { Injectable } from '@nestjs/common';
import { Database, unlessTaken } from '#database';
import { requirePermission, tokenHash } from '#identity';
import {
  Clock,
  DomainError,
  notFound,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { Memberships, Organisations } from '#organisations';
import {
  alreadyShared,
  BETWEEN,
  type DealShareId,
  SHARED_DEAL,
  type SharedBetween,
  type SharedDeal,
} from './deal-share.js';
import { DealShareEvents } from './deal-share-events.service.js';

/** Deals of other partners in which a partner takes part. */
@Injectable()
export class SharedDeals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: DealShareEvents,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
  ) {}

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

  /** Newest first. */
  async list(
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
    if (!(await this.memberships.isMember(process, participantId, vendorId)))
      throw new DomainError(
        'deal-invitation.programme',
        'The deal belongs to a campaign of a vendor whose programme you are not in. Join that programme first.',
        { field: 'invitation' },
        { kind: 'conflict' },
      );
    if (await this.memberships.isMember(process, partnerId, vendorId)) return;
    throw new DomainError(
      'deal-invitation.owner-left',
      'The partner of this deal has left the programme of its vendor, so the deal is not shared any more. Ask the partner for a new invitation once it is back.',
      { field: 'invitation' },
      { kind: 'conflict' },
    );
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
