import type { MembershipId, PartnerId, ProgrammeId, UserId, VendorId } from '#kernel';

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
  /** The person of the vendor who looks after the partner; null: nobody in particular. */
  readonly managerId: UserId | null;
  /** How companies that it proposes join; null: it is no distributor. */
  readonly bringsPartners: DistributorApproval | null;
  /** What partners get that join without a person of the vendor. */
  readonly broughtTier: string | null;
  readonly broughtRegion: string | null;
  /** The partner that is its distributor; null: none. */
  readonly distributorId: PartnerId | null;
  readonly invitedAt: Date;
  readonly joinedAt: Date | null;
  /** Of an end that was announced, see `announcedEnd`; null: none. */
  readonly endBy: MembershipSide | null;
  readonly endByName: string | null;
  readonly endAnnouncedAt: Date | null;
  readonly endsAt: Date | null;
  readonly campaignsEndAt: Date | null;
  readonly endedReason: string | null;
  /** Since when the vendor lets the partner come back that has left; null: it does not. */
  readonly returnOfferedAt: Date | null;
}

/** Whether the vendor decides about each company that a distributor proposes. */
export type DistributorApproval = 'automatic' | 'approved';

/** The two sides of a membership. */
export type MembershipSide = 'vendor' | 'partner';

/** An end of a membership that one side has announced. It may be past. */
export interface AnnouncedEnd {
  readonly by: MembershipSide;
  /** The person or API key. */
  readonly byName: string;
  readonly announcedAt: Date;
  readonly reason: string;
  readonly endsAt: Date;
  /** From when on nothing of the vendor's campaigns is sent or launched. */
  readonly campaignsEndAt: Date;
}

/** @returns null if no end was announced. */
export function announcedEnd(member: Membership): AnnouncedEnd | null {
  const { endBy: by, endByName, endAnnouncedAt: announcedAt, endsAt, campaignsEndAt, endedReason } = member;
  if (by === null || announcedAt === null || endsAt === null || campaignsEndAt === null) return null;
  return { by, byName: endByName ?? '', announcedAt, reason: endedReason ?? '', endsAt, campaignsEndAt };
}

type Standing = Pick<Membership, 'status' | 'endsAt' | 'campaignsEndAt'>;

/** Whether the partner may launch campaigns of the vendor. */
export const mayLaunch = ({ status, endsAt, campaignsEndAt }: Standing, now: Date): boolean =>
  status === 'active' && (endsAt === null || endsAt > now) && (campaignsEndAt === null || campaignsEndAt > now);

/** Whether campaigns of the vendor that the partner has launched may send. */
export const mayRunCampaigns = ({ status, campaignsEndAt }: Standing, now: Date): boolean =>
  campaignsEndAt === null ? status === 'active' : campaignsEndAt > now;
