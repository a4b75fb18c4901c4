import { z } from 'zod';
import type { ProviderLookUp } from './look-up.js';

/** Metadata key, set by the header `X-PM-Metadata-…`. */
const MARK = 'message-id';

const Messages = z.looseObject({
  Messages: z.array(
    z.looseObject({
      Status: z.string().nullish(),
      Metadata: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
});

/**
 * Postmark's outbound messages by metadata, because Postmark replaces the
 * Message-ID (postmarkapp.com/developer, Messages API: `GET
 * /messages/outbound`, `metadata_…`). Without a stream it searches `outbound`.
 */
export const postmarkLookUp: ProviderLookUp = {
  hosts: { us: 'api.postmarkapp.com', eu: null },
  mark: (id) => [`X-PM-Metadata-${MARK}`, id],
  question: ({ scope }, key, { id }) => ({
    path: `/messages/outbound?${new URLSearchParams({ count: '10', offset: '0', [`metadata_${MARK}`]: id, ...(scope === null ? {} : { messagestream: scope }) }).toString()}`,
    headers: { 'x-postmark-server-token': key },
  }),
  read: (body, { id }) => {
    const found = Messages.parse(body).Messages.find(({ Metadata }) => Metadata?.[MARK] === id);
    return found === undefined ? null : { kind: 'taken', text: found.Status ?? '' };
  },
};
