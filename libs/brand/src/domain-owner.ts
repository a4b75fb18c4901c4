import { type Actor, DomainError, type PartnerId, type SystemActor, systemActor, type VendorId } from '#kernel';
import { editorOf, partnerOf } from './authority.js';

/**
 * The owner of a sending domain.
 * A partner's domain is for its mail of all vendors.
 * A vendor's is for the mail of all partners without one.
 */
export type DomainOwner =
  | { readonly kind: 'partner'; readonly id: PartnerId }
  | { readonly kind: 'vendor'; readonly id: VendorId };

/**
 * The organisation of an actor.
 * @throws DomainError `brand.forbidden` for a process without a partner.
 */
export const ownerOf = (actor: Actor): DomainOwner =>
  actor.kind === 'vendor' ? { kind: 'vendor', id: actor.vendorId } : { kind: 'partner', id: partnerOf(actor) };

/**
 * The organisation of an actor that may change its domain; also of a process that
 * acts for a vendor.
 * @throws DomainError `brand.forbidden` for a partner's viewer, and for vendor
 *   users that are not owners.
 */
export function choosingOwner(actor: Actor): DomainOwner {
  if (actor.kind === 'system' && actor.vendorId !== null) return { kind: 'vendor', id: actor.vendorId };
  if (actor.kind !== 'vendor') return { kind: 'partner', id: editorOf(actor) };
  if (actor.role === 'owner') return ownerOf(actor);
  throw new DomainError(
    'brand.forbidden',
    'Only an owner of your organisation may change the sending domain of its partners’ mail. Ask an owner.',
    {},
    { kind: 'forbidden' },
  );
}

/** A process in the scope of an owner. */
export const processOf = (name: string, { kind, id }: DomainOwner): SystemActor =>
  systemActor(name, kind === 'partner' ? { partnerId: id } : { vendorId: id });
