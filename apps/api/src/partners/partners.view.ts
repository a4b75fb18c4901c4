import type { PartnerGroupView, PartnerView } from '#contracts';
import { type Membership, type PartnerGroup, partnerGroupVersion } from '#organisations';

export function partnerView(member: Membership): PartnerView {
  return {
    id: member.partnerId,
    name: member.partnerName,
    countryCode: member.countryCode,
    tier: member.tier,
    region: member.region,
    status: member.status,
    externalId: member.externalId,
    invitedAt: member.invitedAt.toISOString(),
    joinedAt: member.joinedAt?.toISOString() ?? null,
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
