import { v4, v5, v7, validate } from 'uuid';

declare const brand: unique symbol;
/** A UUID that the compiler does not accept as the id of another kind. */
export type Id<Kind extends string> = string & { readonly [brand]: Readonly<Record<Kind, true>> };

export type OrganisationId = Id<'organisation'>;
export type VendorId = OrganisationId & Id<'vendor'>;
export type PartnerId = OrganisationId & Id<'partner'>;
export type ProgrammeId = Id<'programme'>;
export type MembershipId = Id<'membership'>;
export type PartnerGroupId = Id<'partner-group'>;
export type PartnerAttributeId = Id<'partner-attribute'>;
export type UserId = Id<'user'>;
export type InvitationId = Id<'invitation'>;
export type ApiKeyId = Id<'api-key'>;
export type LogoId = Id<'logo'>;
export type SendingIdentityId = Id<'sending-identity'>;
export type ContactId = Id<'contact'>;
export type ContactListId = Id<'contact-list'>;
export type ContactImportId = Id<'contact-import'>;
export type SuppressionId = Id<'suppression'>;
export type CampaignId = Id<'campaign'>;
export type CampaignVersionId = Id<'campaign-version'>;
export type ActivationId = Id<'activation'>;
export type EnrolmentId = Id<'enrolment'>;
export type MessageId = Id<'message'>;
export type ReleaseId = Id<'release'>;
export type LeadId = Id<'lead'>;
export type DealId = Id<'deal'>;

/**
 * A new UUIDv7 (RFC 9562): time-ordered, so that indexes grow at their right
 * edge.
 */
// The caller names the kind of id it makes; that is the one place where a brand
// is given.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function newId<T extends Id<string>>(): T {
  return v7() as T;
}

/** A UUIDv4 (RFC 9562): 122 random bits, where an id must not be foreseen. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
export function randomId<T extends Id<string>>(): T {
  return v4() as T;
}

/**
 * UUIDv5 (RFC 9562) of parts under a namespace id: the same parts always give
 * the same id.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
export function derivedId<T extends Id<string>>(namespace: string, ...parts: readonly string[]): T {
  return v5(parts.join('\u0000'), namespace) as T;
}

export function isId(value: unknown): value is Id<string> {
  return validate(value);
}
