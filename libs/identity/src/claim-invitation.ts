import type { Database } from '#database';
import { DomainError, type OrganisationId } from '#kernel';
import { tokenHash } from './tokens.js';

/**
 * Uses an open invitation up, in the open transaction of a process.
 * @param organisationId whose people it brings in: the invited organisation, or
 *   the one that joins in its place.
 * @throws DomainError `invitation.gone` if another request was faster.
 */
export async function claimInvitation(
  database: Database,
  token: string,
  organisationId: OrganisationId,
  at: Date,
): Promise<void> {
  const claimed = await database.query(
    `UPDATE identity.invitation SET accepted_at = $2, organisation_id = $3
     WHERE token_hash = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL RETURNING id`,
    [tokenHash(token), at, organisationId],
  );
  if (claimed.length === 0)
    throw new DomainError('invitation.gone', 'This invitation was used or withdrawn just now.', {}, { kind: 'gone' });
}
