import type { PublishedVersion } from '#campaigns';
import { DomainError } from '#kernel';

/** @throws DomainError `campaign.ended`, with the vendor's reason. */
export function requireNotEnded({ status, endedReason }: Pick<PublishedVersion, 'status' | 'endedReason'>): void {
  if (status === 'published') return;
  throw new DomainError(
    'campaign.ended',
    endedReason === null
      ? 'The vendor has ended this campaign.'
      : `The vendor has ended this campaign. Reason: ${endedReason}`,
    { field: 'versionId', reason: endedReason },
    { kind: 'conflict' },
  );
}
