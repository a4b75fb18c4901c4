import type { ApiKeyId, PartnerId, UserId, VendorId } from './ids.js';

export type VendorRole = 'owner' | 'marketer' | 'approver' | 'analyst';
export type PartnerRole = 'owner' | 'marketer' | 'viewer';

/** On whose authority something is done. First argument of everything that reads or changes data. */
export type Actor = VendorActor | PartnerActor | SystemActor;

interface Person {
  readonly userId: UserId | null;
  /** The key that speaks for the organisation, where no person is signed in. */
  readonly apiKeyId: ApiKeyId | null;
  /** For the audit log: a person's or a key's name, never an address. */
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
 * A process on the product's own authority. It sees what is nobody's in particular (queues, sessions, due rows); to see
 * a partner's contacts it must name that partner.
 */
export interface SystemActor {
  readonly kind: 'system';
  /** Which process, for the audit log: `scheduler`, `seed`, `unsubscribe-page`. */
  readonly name: string;
  readonly partnerId: PartnerId | null;
  readonly vendorId: VendorId | null;
}

export function systemActor(name: string, scope: { partnerId?: PartnerId; vendorId?: VendorId } = {}): SystemActor {
  return { kind: 'system', name, partnerId: scope.partnerId ?? null, vendorId: scope.vendorId ?? null };
}
