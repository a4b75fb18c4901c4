import { Injectable } from '@nestjs/common';
import type { UserLanguage } from '#contracts';
import { Database } from '#database';
import { DomainError, type PartnerId, type VendorActor } from '#kernel';
import {
  defaultTimeZone,
  type IdempotencyKey,
  type Membership,
  MembershipInvitations,
  Memberships,
  Organisations,
} from '#organisations';
import { nameProblem } from '#rendering';
import { invitedPerson, userLanguageIn } from './invited-person.js';
import { PartnerInvitations } from './partner-invitations.service.js';

const NAME_CHARACTERS = 120;

export interface NewPartner {
  readonly name: string;
  readonly countryCode: string;
  readonly tier: string;
  readonly region: string;
  /** Address of the partner's first person. */
  readonly email: string;
  /** Of the invitation; absent: that of the country. */
  readonly language?: UserLanguage | undefined;
}

/**
 * Adds partners to a vendor's programme.
 * Organisation, membership and invitation in one transaction.
 */
@Injectable()
export class PartnerOnboarding {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly membershipInvitations: MembershipInvitations,
    private readonly invitations: PartnerInvitations,
  ) {}

  /**
   * Creates a partner and invites its first user.
   * @param idempotency key and hash: a repeated request returns the same partner
   *   and sends nothing.
   * @param then joins the transaction, also of a repeated request: if it throws, nobody is invited.
   * @throws DomainError `organisation.name-invalid`, `invitation.address-invited`, and those of
   *   `PartnerInvitations.send`.
   */
  async invite(
    actor: VendorActor,
    partner: NewPartner,
    idempotency?: IdempotencyKey,
    then: (partnerId: PartnerId) => Promise<void> = () => Promise.resolve(),
  ): Promise<Membership> {
    const vendor = await this.organisations.get(actor, actor.vendorId);
    const { name, countryCode, email } = partner;
    // The name is in the subject of a mail from the installation's address.
    const problem = nameProblem('organisationName', name, NAME_CHARACTERS);
    if (problem !== null)
      throw new DomainError('organisation.name-invalid', `${problem.message} ${problem.remedy}`, {
        field: 'organisationName',
      });
    const to = await invitedPerson(this.database, email, partner.language ?? userLanguageIn(countryCode));
    return this.database.inTransaction(actor, async () => {
      await this.invitations.lockInvitations(actor);
      const known =
        idempotency === undefined ? null : await this.membershipInvitations.invitedPartner(actor, idempotency);
      const id = known ?? (await this.create(actor, partner, idempotency));
      if (known === null) await this.invitations.send(actor, { id, name }, to, vendor.name);
      await then(id);
      return this.memberships.ofPartner(actor, id);
    });
  }

  /**
   * Sends an open invitation again with a new link. The old link stops working.
   * @param corrected address and language; absent: those of the open
   *   invitation.
   * @throws DomainError `invitation.address-missing`,
   *   `invitation.address-invited` for a corrected address, and those of
   *   `PartnerInvitations.send`.
   */
  async resend(
    actor: VendorActor,
    partnerId: PartnerId,
    corrected: { readonly email?: string | undefined; readonly language?: UserLanguage | undefined } = {},
  ): Promise<void> {
    const vendor = await this.organisations.get(actor, actor.vendorId);
    const { countryCode } = await this.memberships.ofPartner(actor, partnerId);
    const open = (await this.invitations.pending(actor, [partnerId])).get(partnerId);
    const email = corrected.email ?? open?.email;
    const language = corrected.language ?? open?.locale ?? userLanguageIn(countryCode);
    const to = email === undefined ? null : await invitedPerson(this.database, email, language);
    await this.database.inTransaction(actor, async () => {
      await this.invitations.lockInvitations(actor);
      const { partnerName } = await this.membershipInvitations.lockInvited(actor, partnerId);
      if (to === null)
        throw new DomainError(
          'invitation.address-missing',
          'The invitation has no e-mail address. Send one in the field `email`.',
          { field: 'email' },
        );
      if (corrected.email !== undefined) await this.invitations.refuseInvited(actor, to.email, partnerId);
      await this.invitations.send(actor, { id: partnerId, name: partnerName }, to, vendor.name);
    });
  }

  /**
   * Withdraws an open invitation: its link stops working, and the membership
   * ends.
   */
  async withdraw(actor: VendorActor, partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      await this.membershipInvitations.withdraw(actor, partnerId);
      await this.invitations.void(actor, partnerId);
    });
  }

  /** Organisation and membership. Joins the open transaction. */
  private async create(
    actor: VendorActor,
    { name, countryCode, tier, region, email }: NewPartner,
    idempotency: IdempotencyKey | undefined,
  ): Promise<PartnerId> {
    await this.invitations.refuseInvited(actor, email);
    const { id: programmeId } = await this.organisations.programmeOf(actor);
    const timeZone = defaultTimeZone(countryCode);
    const id = (await this.organisations.create(actor, { kind: 'partner', name, countryCode, timeZone })) as PartnerId;
    await this.membershipInvitations.invite(actor, { programmeId, partnerId: id, tier, region, idempotency });
    return id;
  }
}
