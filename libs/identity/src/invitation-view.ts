import type { PartnerId, VendorId } from '#kernel';
import type { Role } from './principal.js';

/** An open invitation, as the invited person sees it. */
export type InvitationView = InvitationFacts & InvitingOrganisation;

type InvitingOrganisation =
  | { readonly organisationKind: 'vendor'; readonly organisationId: VendorId }
  | { readonly organisationKind: 'partner'; readonly organisationId: PartnerId };

interface InvitationFacts {
  readonly organisationName: string;
  readonly email: string;
  /** Of the mail, BCP 47. */
  readonly locale: string;
  readonly role: Role;
  readonly invitedBy: string;
  /** The vendor that invites a partner's first user, else null. */
  readonly vendorId: VendorId | null;
  /** Of a person whom an operator named; null: the person is asked. */
  readonly name: string | null;
  /** The person has an account already: their password proves them. */
  readonly hasAccount: boolean;
}
