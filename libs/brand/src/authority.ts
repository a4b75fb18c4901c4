import { type Actor, DomainError, type PartnerId } from '#kernel';

/** @throws DomainError `brand.forbidden` for a vendor's people, and for a process that names no partner. */
export function partnerOf(actor: Actor): PartnerId {
  const partnerId = actor.kind === 'vendor' ? null : actor.partnerId;
  if (partnerId !== null) return partnerId;
  throw new DomainError('brand.forbidden', 'A brand profile is its partner’s own.', {}, { kind: 'forbidden' });
}

/** @throws DomainError `brand.forbidden` also for a partner's viewer. */
export function editorOf(actor: Actor): PartnerId {
  const partnerId = partnerOf(actor);
  if (actor.kind !== 'partner' || actor.role !== 'viewer') return partnerId;
  throw new DomainError(
    'brand.forbidden',
    'A viewer may look at the brand profile, not change it. Ask an owner or a marketer of your organisation.',
    {},
    { kind: 'forbidden' },
  );
}
