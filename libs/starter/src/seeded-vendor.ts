import type { Role } from '#identity';
import type { PartnerGroupId, ProgrammeId, UserId, VendorActor, VendorId } from '#kernel';
import type { PartnerAttribute } from '#organisations';

export interface SeededVendor {
  readonly vendorId: VendorId;
  readonly programmeId: ProgrammeId;
  readonly groups: ReadonlyMap<string, PartnerGroupId>;
  /** By name. */
  readonly attributes: ReadonlyMap<string, PartnerAttribute>;
  readonly users: ReadonlyMap<Role, UserId>;
}

/** The actor of one of the vendor's sample people. */
export const actorOf = (
  { vendorId, users }: SeededVendor,
  role: 'marketer' | 'approver',
  name: string,
): VendorActor => ({ kind: 'vendor', vendorId, role, userId: users.get(role) ?? null, apiKeyId: null, name });
