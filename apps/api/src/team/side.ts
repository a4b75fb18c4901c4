import type { OrganisationRef } from '#identity';
import { type Actor, DomainError } from '#kernel';

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
