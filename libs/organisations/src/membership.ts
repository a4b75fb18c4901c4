import type { MembershipId, PartnerId, ProgrammeId, VendorId } from '#kernel';

export type MembershipStatus = 'invited' | 'active' | 'ended';

/** A partner in a vendor's programme, with the partner's public facts. */
export interface Membership {
  readonly id: MembershipId;
  readonly programmeId: ProgrammeId;
  readonly vendorId: VendorId;
  readonly partnerId: PartnerId;
  readonly partnerName: string;
  readonly countryCode: string;
  readonly tier: string;
  readonly region: string;
  readonly status: MembershipStatus;
  /** The vendor's own number of the partner; null: none. */
  readonly externalId: string | null;
  readonly invitedAt: Date;
  readonly joinedAt: Date | null;
}
