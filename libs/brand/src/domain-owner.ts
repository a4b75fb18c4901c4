import { type Actor, DomainError, type PartnerId, type SystemActor, systemActor, type VendorId } from '#kernel';
import { editorOf, partnerOf } from './authority.js';

/** Whose a sending domain is: a partner's stands for its mail of all vendors, a vendor's for mail of all partners that have none. */
export type DomainOwner =
  { readonly kind: 'partner'; readonly id: PartnerId } | { readonly kind: 'vendor'; readonly id: VendorId };

/** The organisation that an actor speaks for. @throws DomainError `brand.forbidden` for a process that names no partner. */
export const ownerOf = (actor: Actor): DomainOwner =>
  actor.kind === 'vendor' ? { kind: 'vendor', id: actor.vendorId } : { kind: 'partner', id: partnerOf(actor) };

/** @throws DomainError `brand.forbidden` for a partner's viewer, and for anybody of a vendor but an owner. */
export function choosingOwner(actor: Actor): DomainOwner {
  if (actor.kind !== 'vendor') return { kind: 'partner', id: editorOf(actor) };
  if (actor.role === 'owner') return ownerOf(actor);
  throw new DomainError(
    'brand.forbidden',
    'Only an owner of your organisation may change where its partners’ mail comes from. Ask one.',
    {},
    { kind: 'forbidden' },
  );
}

/** A process in the scope of an owner. */
export const processOf = (name: string, { kind, id }: DomainOwner): SystemActor =>
  systemActor(name, kind === 'partner' ? { partnerId: id } : { vendorId: id });
