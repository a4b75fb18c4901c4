import type { Actor, PartnerRole, VendorRole } from '#kernel';
import { DomainError } from '#kernel';

/**
 * Permissions of vendor users. A channel manager has them for their own partners:
 * row-level security shows no other ones (`database.manager_scope`).
 * None allows reading contacts.
 */
export const VENDOR_PERMISSIONS = {
  'campaigns.read': ['owner', 'marketer', 'approver', 'analyst', 'channel-manager'],
  'campaigns.edit': ['owner', 'marketer'],
  'campaigns.submit': ['owner', 'marketer'],
  'campaigns.comment': ['owner', 'marketer', 'approver'],
  'campaigns.test': ['owner', 'marketer', 'approver'],
  'campaigns.approve': ['owner', 'approver'],
  'campaigns.publish': ['owner', 'marketer'],
  'campaigns.retire': ['owner', 'marketer'],
  'partners.read': ['owner', 'marketer', 'approver', 'analyst', 'channel-manager'],
  'partners.manage': ['owner', 'marketer', 'channel-manager'],
  'partners.edit': ['owner', 'marketer'],
  'channel-managers.edit': ['owner'],
  'programme.read': ['owner', 'marketer', 'approver', 'analyst'],
  'brand-kit.read': ['owner', 'marketer', 'approver', 'analyst', 'channel-manager'],
  'brand-kit.edit': ['owner', 'marketer'],
  'assets.read': ['owner', 'marketer', 'approver', 'analyst', 'channel-manager'],
  'assets.edit': ['owner', 'marketer'],
  'vendor-activations.read': ['owner', 'marketer', 'approver', 'analyst', 'channel-manager'],
  'vendor-activations.control': ['owner', 'marketer', 'channel-manager'],
  'vendor-insight.read': ['owner', 'marketer', 'approver', 'analyst'],
  'disclosures.read': ['owner', 'marketer', 'channel-manager'],
  'disclosures.edit': ['owner', 'marketer', 'channel-manager'],
  'disclosure-recipient.edit': ['owner'],
  'set-up.edit': ['owner'],
  'terms.edit': ['owner'],
  'vendor-team.read': ['owner', 'marketer', 'approver', 'analyst', 'channel-manager'],
  'vendor-team.edit': ['owner'],
  'vendor-keys.edit': ['owner'],
  'vendor-webhooks.edit': ['owner'],
  'relays.edit': ['owner'],
  'provider-sources.edit': ['owner'],
  'vendor-costs.read': ['owner', 'marketer', 'approver', 'analyst'],
  'vendor-costs.edit': ['owner', 'marketer'],
  'vendor-audit.read': ['owner', 'approver', 'analyst'],
} as const satisfies Record<string, readonly VendorRole[]>;

/** What a partner's people may do. */
export const PARTNER_PERMISSIONS = {
  'brand.read': ['owner', 'marketer', 'viewer'],
  'brand.edit': ['owner', 'marketer'],
  'contacts.read': ['owner', 'marketer', 'viewer'],
  'contacts.edit': ['owner', 'marketer'],
  'offers.read': ['owner', 'marketer', 'viewer'],
  'library.read': ['owner', 'marketer', 'viewer'],
  'activations.read': ['owner', 'marketer', 'viewer'],
  'activations.launch': ['owner', 'marketer'],
  'activations.control': ['owner', 'marketer'],
  'leads.read': ['owner', 'marketer', 'viewer'],
  'leads.edit': ['owner', 'marketer'],
  'partner-costs.read': ['owner', 'marketer', 'viewer'],
  'partner-costs.edit': ['owner', 'marketer'],
  'lead-mail.edit': ['owner'],
  'membership.end': ['owner'],
  'terms.accept': ['owner'],
  'distribution.edit': ['owner', 'marketer'],
  'partner-team.read': ['owner', 'marketer', 'viewer'],
  'partner-team.edit': ['owner'],
  'partner-keys.edit': ['owner'],
  'partner-webhooks.edit': ['owner'],
  'partner-audit.read': ['owner'],
} as const satisfies Record<string, readonly PartnerRole[]>;

/** Permissions that no API key has. */
export const PERSON_ONLY: ReadonlySet<string> = new Set<Permission>([
  'vendor-team.edit',
  'vendor-keys.edit',
  'partner-team.edit',
  'partner-keys.edit',
  'terms.accept',
]);

/**
 * Permissions whose changes need a confirmation, because they can give a
 * stranger lasting access: people, keys, and the addresses to which the product
 * sends data and mail.
 */
export const CONFIRMED_CHANGES: ReadonlySet<string> = new Set<Permission>([
  'vendor-team.edit',
  'vendor-keys.edit',
  'vendor-webhooks.edit',
  'relays.edit',
  'provider-sources.edit',
  'partner-team.edit',
  'partner-keys.edit',
  'partner-webhooks.edit',
]);

type VendorPermission = keyof typeof VENDOR_PERMISSIONS;
type PartnerPermission = keyof typeof PARTNER_PERMISSIONS;
export type Permission = VendorPermission | PartnerPermission;

/**
 * Whether the actor has the permission.
 * The system always has; its scope limits it.
 */
export function can(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'system':
      return true;
    case 'vendor':
      return (
        permission in VENDOR_PERMISSIONS &&
        (VENDOR_PERMISSIONS[permission as VendorPermission] as readonly VendorRole[]).includes(actor.role)
      );
    case 'partner':
      return (
        permission in PARTNER_PERMISSIONS &&
        (PARTNER_PERMISSIONS[permission as PartnerPermission] as readonly PartnerRole[]).includes(actor.role)
      );
  }
}

/** @throws DomainError `permission.missing`, naming the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (can(actor, permission)) return;
  throw new DomainError(
    'permission.missing',
    `Your role does not include "${permission}". Ask an owner of your organisation.`,
    { permission },
    { kind: 'forbidden' },
  );
}
