import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, DomainError, notFound, type PartnerActor, type PartnerId, systemActor, type VendorId } from '#kernel';
import { MembershipInvitations, Memberships } from '#organisations';
import { Accounts } from './accounts.service.js';
import { claimInvitation } from './claim-invitation.js';
import type { InvitationView } from './invitation-view.js';
import type { Role } from './principal.js';
import type { Session } from './session.js';

const INVITED_COMPANIES = systemActor('invited-companies');

/** A company of a person that may accept a vendor's invitation. */
export interface InvitedCompany {
  readonly id: PartnerId;
  readonly name: string;
  /**
   * Whether the person may join as it. `in-programme` and `ended`: it is, or
   * was, in the vendor's programme already.
   */
  readonly standing: 'free' | 'not-owner' | 'in-programme' | 'ended';
}

type CompanyRow = Omit<InvitedCompany, 'standing'> & {
  readonly role: Role;
  readonly status: 'invited' | 'active' | 'ended' | null;
  readonly isSecondFactorRequired: boolean;
};

/** An invitation of a vendor to a partner, and who has proved to be a company of its address. */
export interface CompanyInvitation {
  readonly invitation: InvitationView & { readonly organisationId: PartnerId; readonly vendorId: VendorId };
  /** Partners to which the domain of the invited address belongs. */
  readonly domainOwners: readonly PartnerId[];
}

type SignedIn = Pick<Session, 'user' | 'hasSecondFactor'>;

/**
 * Companies that exist already and may accept a vendor's invitation as
 * themselves. Only a signed-in person learns their names, and only those of
 * their own companies.
 */
@Injectable()
export class InvitedCompanies {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly membershipInvitations: MembershipInvitations,
  ) {}

  /**
   * Companies of the person to which the invitation may belong: all of the
   * invited person's, else those to which the domain of the invited address
   * belongs.
   */
  async list(session: SignedIn, invited: CompanyInvitation): Promise<InvitedCompany[]> {
    const rows = await this.companies(session, invited);
    return rows.map((row) => ({ id: row.id, name: row.name, standing: standingOf(row) }));
  }

  /**
   * Accepts an invitation as a company of the person, who stays in the team as
   * before. The organisation that was invited stays empty.
   * @param then joins the transaction.
   * @throws DomainError `organisation.not-found`, `invitation.company-not-yours`,
   *   `invitation.company-joined`, `invitation.company-ended`,
   *   `second-factor.missing`, `invitation.gone`.
   */
  async join(
    session: SignedIn,
    token: string,
    invited: CompanyInvitation,
    companyId: PartnerId,
    then: () => Promise<void>,
  ): Promise<void> {
    const { organisationId, vendorId } = invited.invitation;
    await this.database.inTransaction(INVITED_COMPANIES, async () => {
      // The same order as when an invitation is accepted or withdrawn.
      await this.memberships.lockOf(organisationId);
      await this.memberships.lockOf(companyId);
      const company = (await this.companies(session, invited)).find(({ id }) => id === companyId);
      if (company === undefined) throw notFound('organisation', companyId);
      requireFree(company, session);
      await claimInvitation(this.database, token, companyId, this.clock.now());
      await this.membershipInvitations.joinAs(
        INVITED_COMPANIES,
        vendorId,
        organisationId,
        actorFor(session, companyId),
      );
      await this.database.query('DELETE FROM identity.waiting_invitation WHERE partner_id = $1', [organisationId]);
      await then();
    });
  }

  /**
   * Accepts an invitation as the organisation that was invited, for the invited
   * person who is signed in.
   * @throws DomainError `invitation.of-another`, `invitation.gone`.
   */
  async joinAsInvited(
    { user }: SignedIn,
    token: string,
    { invitation }: CompanyInvitation,
    then: () => Promise<void>,
  ): Promise<void> {
    if (!isInvited(user, invitation))
      throw new DomainError(
        'invitation.of-another',
        `This invitation was sent to ${invitation.email}. Sign in with that address, or open the link where you are not signed in.`,
        { email: invitation.email },
        { kind: 'forbidden' },
      );
    const { organisationId, role } = invitation;
    await this.database.inTransaction(INVITED_COMPANIES, async () => {
      await this.memberships.lockOf(organisationId);
      await claimInvitation(this.database, token, organisationId, this.clock.now());
      await this.accounts.assign(INVITED_COMPANIES, user.id, organisationId, role);
      await then();
      await this.membershipInvitations.join(INVITED_COMPANIES, organisationId);
    });
  }

  private async companies({ user }: SignedIn, { invitation, domainOwners }: CompanyInvitation): Promise<CompanyRow[]> {
    return this.database.inTransaction(INVITED_COMPANIES, () =>
      this.database.query<CompanyRow>(
        `SELECT o.id, o.name, a.role, m.status, coalesce(p.second_factor_required, false) AS is_second_factor_required
         FROM identity.assignment a
           JOIN organisations.organisation_view o ON o.id = a.organisation_id AND o.kind = 'partner'
           LEFT JOIN organisations.membership_view m ON m.partner_id = o.id AND m.vendor_id = $2
           LEFT JOIN identity.sign_in_policy p ON p.organisation_id = o.id
         WHERE a.user_id = $1 AND ($3 OR o.id = ANY ($4)) ORDER BY lower(o.name), o.id`,
        [user.id, invitation.vendorId, isInvited(user, invitation), domainOwners],
      ),
    );
  }
}

const isInvited = (user: SignedIn['user'], { email }: InvitationView): boolean =>
  user.email.toLowerCase() === email.toLowerCase();

function standingOf({ status, role }: CompanyRow): InvitedCompany['standing'] {
  if (status === 'ended') return 'ended';
  if (status !== null) return 'in-programme';
  return role === 'owner' ? 'free' : 'not-owner';
}

/** A decision for the whole company is its owner's. */
function requireFree(company: CompanyRow, { hasSecondFactor }: SignedIn): void {
  const { name } = company;
  switch (standingOf(company)) {
    case 'ended':
      throw new DomainError(
        'invitation.company-ended',
        `${name} was in this programme, and the partnership has ended. Ask the vendor to reinstate ${name} instead.`,
        { name },
        { kind: 'conflict' },
      );
    case 'in-programme':
      throw new DomainError(
        'invitation.company-joined',
        `${name} is in this programme already: there is nothing to accept. Ask the vendor to withdraw the invitation.`,
        { name },
        { kind: 'conflict' },
      );
    case 'not-owner':
      throw new DomainError(
        'invitation.company-not-yours',
        `Only an owner of ${name} can join as ${name}. Forward the invitation to an owner.`,
        { name },
        { kind: 'forbidden' },
      );
    case 'free':
  }
  if (company.isSecondFactorRequired && !hasSecondFactor)
    throw new DomainError(
      'second-factor.missing',
      'Your organisation requires a second factor. Set up a passkey or an authenticator app under Sign-in and security, or sign in with the one you have.',
      {},
      { kind: 'forbidden' },
    );
}

const actorFor = ({ user }: SignedIn, partnerId: PartnerId): PartnerActor => ({
  kind: 'partner',
  partnerId,
  role: 'owner',
  userId: user.id,
  apiKeyId: null,
  name: user.name,
});
