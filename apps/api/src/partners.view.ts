import type { PartnerGroupView, PartnerInvitation, PartnerView } from '#contracts';
import type { PendingInvitation } from '#identity';
import type { Membership, PartnerGroup } from '#organisations';

export function partnerView(member: Membership): PartnerView {
  return {
    id: member.partnerId,
    name: member.partnerName,
    countryCode: member.countryCode,
    tier: member.tier,
    region: member.region,
    status: member.status,
    invitedAt: member.invitedAt.toISOString(),
    joinedAt: member.joinedAt?.toISOString() ?? null,
  };
}

export function partnerInvitationView(invitation: PendingInvitation, now: Date): PartnerInvitation {
  const { email, sentBy, sentAt, expiresAt, handedOverAt, refusal, bouncedAt, bounceReason } = invitation;
  return {
    email,
    sentBy,
    sentAt: sentAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    hasExpired: expiresAt <= now,
    mail:
      bouncedAt !== null
        ? 'bounced'
        : handedOverAt !== null
          ? 'handed-over'
          : refusal !== null
            ? 'refused'
            : 'on-its-way',
    refusal: bouncedAt === null ? refusal : bounceReason,
  };
}

export function partnerGroupView(group: PartnerGroup, memberCount: number): PartnerGroupView {
  const { tiers, regions, countries, partnerIds } = group.rule;
  return {
    id: group.id,
    name: group.name,
    rule: {
      ...(tiers && { tiers: [...tiers] }),
      ...(regions && { regions: [...regions] }),
      ...(countries && { countries: [...countries] }),
      ...(partnerIds && { partnerIds: [...partnerIds] }),
    },
    memberCount,
  };
}
