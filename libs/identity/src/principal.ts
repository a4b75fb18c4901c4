import type { Actor, ApiKeyId, OrganisationId, PartnerId, PartnerRole, UserId, VendorId, VendorRole } from '#kernel';
import { PARTNER_PERMISSIONS, PERSON_ONLY, VENDOR_PERMISSIONS } from './permissions.js';

export type Role = VendorRole | PartnerRole;
const VENDOR_ROLES = [
  'owner',
  'marketer',
  'approver',
  'analyst',
  'channel-manager',
] as const satisfies readonly VendorRole[];
const PARTNER_ROLES = ['owner', 'marketer', 'viewer'] as const satisfies readonly PartnerRole[];

export interface OrganisationRef {
  readonly id: OrganisationId;
  readonly kind: 'vendor' | 'partner' | 'distributor';
  readonly name: string;
  readonly role: Role;
}

export interface User {
  readonly id: UserId;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
}

/** Whether a role exists on that side. */
export function isRoleOf(kind: 'vendor' | 'partner', role: string): role is Role {
  return (kind === 'vendor' ? (VENDOR_ROLES as readonly string[]) : (PARTNER_ROLES as readonly string[])).includes(
    role,
  );
}

/**
 * The actor of a user or key in an organisation; null for kinds without an
 * actor.
 */
export function actorOf(
  organisation: Pick<OrganisationRef, 'id' | 'kind' | 'role'>,
  who: { userId: UserId | null; apiKeyId: ApiKeyId | null; name: string },
): Actor | null {
  if (organisation.kind === 'vendor')
    return { kind: 'vendor', vendorId: organisation.id as VendorId, role: organisation.role as VendorRole, ...who };
  if (organisation.kind === 'partner')
    return { kind: 'partner', partnerId: organisation.id as PartnerId, role: organisation.role as PartnerRole, ...who };
  return null;
}

/**
 * What a role may do by API key: everything except to manage people and keys.
 * Otherwise a limited key could give itself all rights.
 */
export const keyPermissionsOf = (kind: 'vendor' | 'partner', role: Role): string[] =>
  permissionsOf(kind, role).filter((permission) => !PERSON_ONLY.has(permission));

/** All permissions of a role, by name. */
export function permissionsOf(kind: 'vendor' | 'partner', role: Role): string[] {
  const table: Readonly<Record<string, readonly string[]>> =
    kind === 'vendor' ? VENDOR_PERMISSIONS : PARTNER_PERMISSIONS;
  return Object.entries(table).flatMap(([permission, roles]) => (roles.includes(role) ? [permission] : []));
}
