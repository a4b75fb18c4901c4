import { type Output, type PublishedVersion, type Recall, recallOf } from '#campaigns';
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

/** @throws DomainError `content.recalled`, with the vendor's reason. */
export function requireShown(recalls: readonly Recall[], content: Omit<Output, 'hasBegun'>): void {
  const recall = recallOf(recalls, { ...content, hasBegun: false });
  if (recall === null) return;
  throw new DomainError(
    'content.recalled',
    `The vendor has recalled this content. Reason: ${recall.reason}`,
    { reason: recall.reason },
    { kind: 'conflict' },
  );
}
