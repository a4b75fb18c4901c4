import fc from 'fast-check';
import { type MessageId, newId, MINUTE_MS } from '#kernel';
import { LOOK_UP_PROVIDERS, type MessageToFind } from './look-up.js';
import { retryDelayMs, LOOK_UPS, errorPauseMs } from './look-ups.js';

const sought = (): MessageToFind => {
  const id = newId<MessageId>();
  return { id, messageId: `${id}@mail.throughline.example` };
};
const PLACE = { region: 'us', scope: 'mg.example.com' } as const;

describe('the look-up of a message', () => {
  it('asks Mailgun for the events of its Message-ID', () => {
    const { messageId, ...rest } = sought();
    const { path, headers } = LOOK_UPS.mailgun.question({ provider: 'mailgun', ...PLACE }, 'key-1', {
      messageId,
      ...rest,
    });
    const url = new URL(path, 'https://api.mailgun.net');
    expect(url.pathname).toBe('/v3/mg.example.com/events');
    expect(url.searchParams.get('message-id')).toBe(messageId);
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('api:key-1').toString('base64')}`);
  });

  it('never leaves the path that is meant, whatever the domain is called', () => {
    const place = { provider: 'mailgun', region: 'us', scope: '../../v4/keys?x=#' } as const;
    const { path } = LOOK_UPS.mailgun.question(place, 'key', sought());
    expect(new URL(path, 'https://api.mailgun.net').pathname).toMatch(/^\/v3\/[^/]+\/events$/);
  });

  it('takes of Mailgun’s events those of exactly this Message-ID: its filters are words in a text', () => {
    const ours = sought();
    const event = (name: string, messageId: string) => ({
      event: name,
      message: { headers: { 'message-id': messageId } },
    });
    const read = (...items: object[]) => LOOK_UPS.mailgun.read({ items }, ours);
    expect(read()).toBeNull();
    expect(read(event('delivered', sought().messageId), { event: 'accepted' })).toBeNull();
    expect(read(event('rejected', ours.messageId), event('stored', ours.messageId))).toBeNull();
    expect(read(event('accepted', ours.messageId))).toEqual({ kind: 'taken', text: 'accepted' });
    expect(read(event('failed', ours.messageId), event('accepted', ours.messageId))).toMatchObject({ kind: 'taken' });
    expect(read(event('clicked', ours.messageId))).toMatchObject({ kind: 'delivered' });
  });

  it('takes of Postmark’s messages the one whose metadata names it', () => {
    const ours = sought();
    const [header, value] = LOOK_UPS.postmark.mark!(ours.id);
    expect([header, value]).toEqual(['X-PM-Metadata-message-id', ours.id]);
    const read = (...Messages: object[]) => LOOK_UPS.postmark.read({ TotalCount: Messages.length, Messages }, ours);
    expect(read({ Status: 'Sent', Metadata: { 'message-id': newId() } }, { Status: 'Sent' })).toBeNull();
    expect(read({ Status: 'Queued', Metadata: { 'message-id': ours.id } })).toEqual({ kind: 'taken', text: 'Queued' });
  });

  it('marks a message for SendGrid by a unique argument, and asks for that', () => {
    const ours = sought();
    const [header, value] = LOOK_UPS.sendgrid.mark!(ours.id);
    expect(header).toBe('X-SMTPAPI');
    expect(JSON.parse(value)).toEqual({ unique_args: { message_id: ours.id } });
    const { path } = LOOK_UPS.sendgrid.question({ provider: 'sendgrid', ...PLACE }, 'key', ours);
    expect(new URL(path, 'https://x.example').searchParams.get('query')).toBe(
      `(unique_args['message_id']="${ours.id}")`,
    );
    const read = (...statuses: string[]) =>
      LOOK_UPS.sendgrid.read({ messages: statuses.map((status) => ({ msg_id: '1', status })) }, ours);
    expect(read()).toBeNull();
    expect(read('processed')).toMatchObject({ kind: 'taken' });
    expect(read('not_delivered')).toMatchObject({ kind: 'taken' });
    expect(read('not_delivered', 'delivered')).toMatchObject({ kind: 'delivered' });
  });

  it.each(LOOK_UP_PROVIDERS)('takes no other JSON for an answer of %s', (provider) => {
    for (const body of [null, [], {}, { items: 7 }, { messages: 'none' }, { Messages: null }, 'ok'])
      expect(() => LOOK_UPS[provider].read(body, sought())).toThrow();
  });

  it('comes again and again, sooner at first; and leaves a provider alone that cannot be asked, an hour at most', () => {
    expect([1, 2, 3, 4, 5, 6].map((asked) => retryDelayMs(asked) / MINUTE_MS)).toEqual([1, 2, 5, 15, 60, 60]);
    expect(retryDelayMs(100)).toBe(360 * MINUTE_MS);
    expect([1, 2, 3, 7, 50].map((failures) => errorPauseMs(failures) / MINUTE_MS)).toEqual([1, 2, 4, 60, 60]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (failures, wishMs) => {
        const rest = errorPauseMs(failures, wishMs);
        expect(rest).toBeGreaterThanOrEqual(Math.min(wishMs, 60 * MINUTE_MS));
        expect(rest).toBeLessThanOrEqual(60 * MINUTE_MS);
      }),
    );
  });
});
