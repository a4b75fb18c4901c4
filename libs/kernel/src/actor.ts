import type { ApiKeyId, PartnerId, UserId, VendorId } from './ids.js';

export type VendorRole = 'owner' | 'marketer' | 'approver' | 'analyst' | 'channel-manager';
export type PartnerRole = 'owner' | 'marketer' | 'viewer';

/**
 * The authority under which an operation runs: first argument of every read and
 * change of data.
 */
export type Actor = VendorActor | PartnerActor | SystemActor;

interface Person {
  readonly userId: UserId | null;
  /** The API key, if no user is signed in. */
  readonly apiKeyId: ApiKeyId | null;
  /** For the audit log: the name of a user or key, never an address. */
  readonly name: string;
}

export interface VendorActor extends Person {
  readonly kind: 'vendor';
  readonly vendorId: VendorId;
  readonly role: VendorRole;
}

export interface PartnerActor extends Person {
  readonly kind: 'partner';
  readonly partnerId: PartnerId;
  readonly role: PartnerRole;
}

/**
 * A process of the product. It sees rows without an owner (queues, sessions,
 * due rows). To see a partner's contacts it must name that partner.
 */
export interface SystemActor {
  readonly kind: 'system';
  /**
   * Which process, for the audit log: `scheduler`, `seed`, `unsubscribe-page`.
   */
  readonly name: string;
  readonly partnerId: PartnerId | null;
  readonly vendorId: VendorId | null;
}

/** A process that acts for one vendor, such as its founding. */
export type VendorProcess = SystemActor & { readonly vendorId: VendorId };

/** A process that acts for one partner, such as a reminder to it. */
export type PartnerProcess = SystemActor & { readonly partnerId: PartnerId };

/** @returns a process in the scope of a partner. */
export const partnerProcess = (name: string, partnerId: PartnerId): PartnerProcess => ({
  ...systemActor(name),
  partnerId,
});

/** @returns a process in the scope of a vendor. */
export const vendorProcess = (name: string, vendorId: VendorId): VendorProcess => ({
  ...systemActor(name),
  vendorId,
});

export function systemActor(name: string, scope: { partnerId?: PartnerId; vendorId?: VendorId } = {}): SystemActor {
  return { kind: 'system', name, partnerId: scope.partnerId ?? null, vendorId: scope.vendorId ?? null };
}
