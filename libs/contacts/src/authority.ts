import { type Actor, DomainError, type PartnerId } from '#kernel';

/**
 * @throws DomainError `contacts.forbidden` for vendor users and for processes
 *   without a partner.
 */
export function partnerOf(actor: Actor): PartnerId {
  const partnerId = actor.kind === 'vendor' ? null : actor.partnerId;
  if (partnerId !== null) return partnerId;
  throw new DomainError(
    'contacts.forbidden',
    'Only the partner’s own users see its contacts. Sign in as a user of that partner.',
    {},
    { kind: 'forbidden' },
  );
}

/** @throws DomainError `contacts.forbidden` also for a partner's viewer. */
export function editorOf(actor: Actor): PartnerId {
  const partnerId = partnerOf(actor);
  if (actor.kind !== 'partner' || actor.role !== 'viewer') return partnerId;
  throw new DomainError(
    'contacts.forbidden',
    'A viewer may look at contacts, not change them. Ask an owner or a marketer of your organisation.',
    {},
    { kind: 'forbidden' },
  );
}
