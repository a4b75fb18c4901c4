import type { OrganisationRef } from '#identity';
import { type Actor, DomainError, type PartnerActor, type VendorActor } from '#kernel';

/** The organisation of a caller. */
export type Side = Pick<OrganisationRef, 'id'> & { readonly kind: 'vendor' | 'partner' };

/** @throws DomainError `permission.missing` for a process of the product. */
export function sideOf(actor: Actor): Side {
  if (actor.kind === 'system')
    throw new DomainError(
      'permission.missing',
      'This needs a signed-in person or an API key.',
      {},
      { kind: 'forbidden' },
    );
  return actor.kind === 'vendor' ? { kind: 'vendor', id: actor.vendorId } : { kind: 'partner', id: actor.partnerId };
}

/** The person of an organisation. @throws DomainError `permission.missing` for a process of the product. */
export function ownerIn(actor: Actor): VendorActor | PartnerActor {
  if (actor.kind !== 'system') return actor;
  throw new DomainError('permission.missing', 'Sign in as an owner of the organisation.', {}, { kind: 'forbidden' });
}
