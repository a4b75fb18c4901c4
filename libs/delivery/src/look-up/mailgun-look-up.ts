import { z } from 'zod';
import type { ProviderLookUp } from './look-up.js';

const Events = z.looseObject({
  items: z.array(
    z.looseObject({
      event: z.string(),
      message: z.looseObject({ headers: z.looseObject({ 'message-id': z.string().nullish() }).nullish() }).nullish(),
    }),
  ),
});
/** Events that prove a delivery. */
const ARRIVED = ['delivered', 'opened', 'clicked', 'complained', 'unsubscribed'];
/**
 * Events that prove acceptance. It may have bounced since: webhooks and
 * returned mail tell that with a reason.
 */
const TAKEN = ['accepted', 'failed', ...ARRIVED];

/**
 * Mailgun events by Message-ID, newest first (documentation.mailgun.com,
 * Events: `GET /v3/{domain}/events`, Basic authentication as `api`). Mailgun
 * keeps the Message-ID of a message submitted by SMTP.
 */
export const mailgunLookUp: ProviderLookUp = {
  hosts: { us: 'api.mailgun.net', eu: 'api.eu.mailgun.net' },
  mark: null,
  question: ({ scope }, key, { messageId }) => ({
    path: `/v3/${encodeURIComponent(scope ?? '')}/events?${new URLSearchParams({ 'message-id': messageId, ascending: 'no', limit: '100' }).toString()}`,
    headers: { authorization: `Basic ${Buffer.from(`api:${key}`).toString('base64')}` },
  }),
  read: (body, { messageId }) => {
    // Mailgun's filter matches parts of words. Only an exact Message-ID is
    // ours.
    const ours = Events.parse(body).items.filter(({ message }) => message?.headers?.['message-id'] === messageId);
    const events = ours.map(({ event }) => event).filter((event) => TAKEN.includes(event));
    if (events.length === 0) return null;
    return { kind: events.some((event) => ARRIVED.includes(event)) ? 'delivered' : 'taken', text: events.join(', ') };
  },
};
