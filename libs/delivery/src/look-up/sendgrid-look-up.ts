import { z } from 'zod';
import type { ProviderLookUp } from './look-up.js';

/** Unique argument, set by the header `X-SMTPAPI`. */
const MARK = 'message_id';

const Messages = z.looseObject({ messages: z.array(z.looseObject({ msg_id: z.string(), status: z.string() })) });

/**
 * SendGrid's Email Activity by unique argument (twilio.com/docs/sendgrid, Email
 * Activity: `GET /v3/messages`, a paid option). It cannot be searched by
 * Message-ID, nor can the newer Email Logs.
 */
export const sendgridLookUp: ProviderLookUp = {
  hosts: { us: 'api.sendgrid.com', eu: 'api.eu.sendgrid.com' },
  mark: (id) => ['X-SMTPAPI', JSON.stringify({ unique_args: { [MARK]: id } })],
  question: (_, key, { id }) => ({
    path: `/v3/messages?${new URLSearchParams({ limit: '10', query: `(unique_args['${MARK}']="${id}")` }).toString()}`,
    headers: { authorization: `Bearer ${key}` },
  }),
  read: (body) => {
    const { messages } = Messages.parse(body);
    if (messages.length === 0) return null;
    const said = messages.map(({ status }) => status);
    return { kind: said.includes('delivered') ? 'delivered' : 'taken', text: said.join(', ') };
  },
};
