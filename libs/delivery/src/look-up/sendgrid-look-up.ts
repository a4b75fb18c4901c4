import { z } from 'zod';
import type { ProviderLookUp } from './look-up.js';

/** A unique argument, as `X-SMTPAPI` brings it. */
const MARK = 'message_id';

const Messages = z.looseObject({ messages: z.array(z.looseObject({ msg_id: z.string(), status: z.string() })) });

/**
 * SendGrid's Email Activity by unique argument (twilio.com/docs/sendgrid, Email Activity: `GET /v3/messages`, a paid addition to an account):
 * neither it nor the newer Email Logs can be searched by Message-ID.
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
    return { kind: said.includes('delivered') ? 'delivered' : 'taken', said: said.join(', ') };
  },
};
