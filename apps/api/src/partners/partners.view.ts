import type { z } from 'zod';
import type { EndPartnership, PartnerGroupView, PartnershipEnd, PartnerView } from '#contracts';
import {
  announcedEnd,
  type EndWish,
  lastDayBefore,
  type Membership,
  type PartnerGroup,
  partnerGroupVersion,
} from '#organisations';

export function partnerView(member: Membership): PartnerView {
  return {
    id: member.partnerId,
    name: member.partnerName,
    countryCode: member.countryCode,
    tier: member.tier,
    region: member.region,
    status: member.status,
    externalId: member.externalId,
    managerId: member.managerId,
    distributor: distributorView(member),
    distributorId: member.distributorId,
    invitedAt: member.invitedAt.toISOString(),
    joinedAt: member.joinedAt?.toISOString() ?? null,
    end: partnershipEndView(member),
  };
}

function distributorView({ bringsPartners, broughtTier, broughtRegion }: Membership): PartnerView['distributor'] {
  if (bringsPartners === null) return null;
  return { approval: bringsPartners, tier: broughtTier ?? '', region: broughtRegion ?? '' };
}

/** How a request wants a partnership to end. */
export const endWish = (asked: z.output<typeof EndPartnership>): EndWish => ({
  ...asked,
  lastDay: asked.lastDay ?? null,
  campaignsLastDay: asked.campaignsLastDay ?? null,
});

/** @returns null if no end is announced. */
export function partnershipEndView(member: Membership): PartnershipEnd | null {
  const end = announcedEnd(member);
  if (end === null) return null;
  const { by, byName, announcedAt, reason, endsAt, campaignsEndAt } = end;
  return {
    by,
    byName,
    announcedAt: announcedAt.toISOString(),
    reason,
    lastDay: lastDayBefore(endsAt),
    campaignsLastDay: lastDayBefore(campaignsEndAt),
    campaignsEndAt: campaignsEndAt.toISOString(),
    returnOfferedAt: member.returnOfferedAt?.toISOString() ?? null,
  };
}

export function partnerGroupView(group: PartnerGroup, memberCount: number): PartnerGroupView {
  const { tiers, regions, countries, partnerIds, exceptPartnerIds, match, conditions } = group.rule;
  return {
    id: group.id,
    version: partnerGroupVersion(group),
    name: group.name,
    rule: {
      ...(tiers && { tiers: [...tiers] }),
      ...(regions && { regions: [...regions] }),
      ...(countries && { countries: [...countries] }),
      ...(partnerIds && { partnerIds: [...partnerIds] }),
      ...(exceptPartnerIds && { exceptPartnerIds: [...exceptPartnerIds] }),
      ...(match && { match }),
      ...(conditions && { conditions: [...conditions] }),
    },
    memberCount,
    archivedAt: group.archivedAt?.toISOString() ?? null,
  };
}
