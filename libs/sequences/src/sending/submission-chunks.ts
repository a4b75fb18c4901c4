import type { Claim, LeasedMessage } from '#delivery';
import { groupBy, type PartnerId } from '#kernel';
import { byDueTime } from '../enrolment/daily-quota.js';

/** Messages of one partner and one vendor that are submitted together. */
export interface MessageChunk {
  readonly partnerId: PartnerId;
  readonly claims: Claim[];
}

type Chunkable = Pick<LeasedMessage, 'id' | 'fence' | 'partnerId' | 'vendorId' | 'dueAt' | 'enrolmentId'>;

/**
 * Groups leased messages into chunks of at most `size`, in the order in which
 * they fell due. A chunk has one partner: contacts are read in that partner's
 * scope. It has one vendor: a chunk locks the allowances of both, and two
 * chunks with several vendors could deadlock.
 */
export function chunksOf(leased: readonly Chunkable[], size: number): MessageChunk[] {
  const ordered = [...leased].sort(byDueTime);
  return [...groupBy(ordered, ({ partnerId }) => partnerId)].flatMap(([partnerId, ofPartner]) =>
    [...groupBy(ofPartner, ({ vendorId }) => vendorId).values()].flatMap((messages) =>
      Array.from({ length: Math.ceil(messages.length / size) }, (_, at) => ({
        partnerId,
        claims: messages.slice(at * size, (at + 1) * size).map(({ id, fence }) => ({ id, fence })),
      })),
    ),
  );
}
