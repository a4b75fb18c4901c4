import type { PartnerGroupId, PartnerId, ProgrammeId, VendorId } from '#kernel';
import type { Membership } from './membership.js';

/**
 * The members: every given list must contain the membership's value, and no
 * exception names the partner. Upper and
 * lower case of tiers and regions are the same.
 * Empty: all partners.
 */
export interface GroupRule {
  readonly tiers?: readonly string[];
  readonly regions?: readonly string[];
  readonly countries?: readonly string[];
  /** Only these, as far as they meet the other lists. */
  readonly partnerIds?: readonly PartnerId[];
  /** Never these. */
  readonly exceptPartnerIds?: readonly PartnerId[];
}

export interface PartnerGroup {
  readonly id: PartnerGroupId;
  readonly vendorId: VendorId;
  readonly programmeId: ProgrammeId;
  readonly name: string;
  readonly rule: GroupRule;
  /** Null while it is in use. */
  readonly archivedAt: Date | null;
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
  const withinAnyCase = (allowed: readonly string[] | undefined, value: string): boolean =>
    within(allowed?.map(traitKey), traitKey(value));
  return (
    member.status === 'active' &&
    withinAnyCase(rule.tiers, member.tier) &&
    withinAnyCase(rule.regions, member.region) &&
    within(rule.countries, member.countryCode) &&
    within(rule.partnerIds, member.partnerId) &&
    !(rule.exceptPartnerIds ?? []).includes(member.partnerId)
  );
}

/** Tiers and regions with the same key are one: "EMEA" and "emea". */
const traitKey = (value: string): string => value.normalize('NFKC').trim().toLowerCase();

/**
 * Each tier or region once, in the spelling that most partners have, by name.
 * @param values one per partner.
 */
export function distinctTraits(values: readonly string[]): string[] {
  const spellings = new Map<string, Map<string, number>>();
  for (const value of values) {
    const key = traitKey(value);
    const counts = spellings.get(key) ?? new Map<string, number>();
    spellings.set(key, counts.set(value, (counts.get(value) ?? 0) + 1));
  }
  return [...spellings.values()]
    .map((counts) => [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0])
    .sort((a, b) => a.localeCompare(b, 'en'));
}
