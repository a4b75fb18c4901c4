import type { GroupCondition } from '#contracts';
import type { PartnerGroupId, PartnerId, ProgrammeId, VendorId } from '#kernel';
import { traitKey } from './trait-key.js';

/**
 * The members: every given list must contain the membership's value, no
 * exception names the partner, and the conditions hold. Upper and lower case
 * are the same. Only active members belong to a group. Empty: all partners. The
 * database evaluates it: functions/organisations.members_by_rules.sql.
 */
export interface GroupRule {
  readonly tiers?: readonly string[];
  readonly regions?: readonly string[];
  readonly countries?: readonly string[];
  /** Only these, as far as they meet the other lists. */
  readonly partnerIds?: readonly PartnerId[];
  /** Never these. */
  readonly exceptPartnerIds?: readonly PartnerId[];
  /** Of `conditions`; absent: all. */
  readonly match?: 'all' | 'any';
  /** About attributes of the vendor. */
  readonly conditions?: readonly GroupCondition[];
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
