import type { PartnerGroupId, PartnerId, ProgrammeId, VendorId } from '#kernel';
import type { Membership } from './membership.js';

/**
 * The members: every given list must contain the membership's value.
 * Empty: all partners.
 */
export interface GroupRule {
  readonly tiers?: readonly string[];
  readonly regions?: readonly string[];
  readonly countries?: readonly string[];
  readonly partnerIds?: readonly PartnerId[];
}

export interface PartnerGroup {
  readonly id: PartnerGroupId;
  readonly vendorId: VendorId;
  readonly programmeId: ProgrammeId;
  readonly name: string;
  readonly rule: GroupRule;
}

/**
 * Whether a membership belongs to the group now.
 * Only active members do.
 */
export function matches(
  rule: GroupRule,
  member: Pick<Membership, 'tier' | 'region' | 'countryCode' | 'partnerId' | 'status'>,
): boolean {
  const within = (allowed: readonly string[] | undefined, value: string): boolean =>
    allowed === undefined || allowed.length === 0 || allowed.includes(value);
  return (
    member.status === 'active' &&
    within(rule.tiers, member.tier) &&
    within(rule.regions, member.region) &&
    within(rule.countries, member.countryCode) &&
    within(rule.partnerIds, member.partnerId)
  );
}
