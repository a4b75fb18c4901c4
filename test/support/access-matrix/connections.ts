import { newId } from '#kernel';
import { type HouseName, secretOf } from '../access-world.js';
import { type At, json, type Row, row } from './row.js';

// No server listens there: a check says so at once.
const relayOf = (at: At) => ({
  name: secretOf(at.home),
  host: '127.0.0.1',
  port: 25,
  tls: 'required',
  username: 'anna',
  password: 'p',
  priority: 10,
  connections: 2,
  enabled: false,
});
/** A vendor's sub-domain is there to be checked, or to be taken away. */
async function withVendorDomain({ world, home }: At): Promise<void> {
  await world.owner(home).put('/api/v1/vendor-sending/domain', aVendorDomain(home));
}
const aVendorDomain = (home: HouseName) => ({ domain: `partners.${secretOf(home)}.example` });

/** How a vendor's mail goes out. */
export const RELAYS: readonly Row[] = [
  row('GET /api/v1/vendor-sending', 'relays.edit'),
  row('GET /api/v1/vendor-sending/frequency-cap', 'relays.edit'),
  row('PUT /api/v1/vendor-sending/frequency-cap', 'relays.edit', { dress: json(() => ({ cap: 3 })) }),
  row('PUT /api/v1/vendor-sending/domain', 'relays.edit', { dress: json(({ home }) => aVendorDomain(home)) }),
  row('POST /api/v1/vendor-sending/domain/check', 'relays.edit', { dress: (_, at) => withVendorDomain(at) }),
  row('DELETE /api/v1/vendor-sending/domain', 'relays.edit', {
    status: 204,
    dress: (_, at) => withVendorDomain(at),
  }),
  row('GET /api/v1/relays', 'relays.edit'),
  row('POST /api/v1/relays', 'relays.edit', { status: 201, dress: json(relayOf) }),
  row('PUT /api/v1/relays/:id', 'relays.edit', { of: 'relay', dress: json(relayOf) }),
  row('DELETE /api/v1/relays/:id', 'relays.edit', { of: 'relay', status: 204 }),
  row('POST /api/v1/relays/:id/check', 'relays.edit', { of: 'relay' }),
  row('GET /api/v1/unknown-policy', 'relays.edit'),
  row('PUT /api/v1/unknown-policy', 'relays.edit', {
    dress: json(() => ({ onUnknown: 'close', repeatAfterHours: 24 })),
  }),
  row('GET /api/v1/unknown-messages', 'relays.edit'),
  row('POST /api/v1/unknown-messages/decide', 'relays.edit', {
    dress: json(() => ({ ids: [newId()], decision: 'close' })),
  }),
];

/** What e-mail providers report. */
export const PROVIDERS: readonly Row[] = [
  row('GET /api/v1/provider-sources', 'provider-sources.edit'),
  row('POST /api/v1/provider-sources', 'provider-sources.edit', {
    status: 201,
    dress: json(({ home }) => ({ provider: 'postmark', name: secretOf(home) })),
  }),
  row('POST /api/v1/provider-sources/:id/secrets', 'provider-sources.edit', {
    of: 'provider source',
    status: 201,
    dress: json(() => ({})),
  }),
  row('PATCH /api/v1/provider-sources/:id', 'provider-sources.edit', {
    of: 'provider source',
    dress: json(() => ({ paused: true })),
  }),
  row('GET /api/v1/inbound-mailbox', 'provider-sources.edit'),
  row('DELETE /api/v1/provider-sources/:id', 'provider-sources.edit', { of: 'provider source', status: 204 }),
  row('POST /api/v1/provider-events/:provider/:sourceId', 'public', {
    of: 'telling provider',
    path: { provider: 'postmark' },
    forged: 401,
    dress: (test, { thing }) =>
      void test.auth('postmark', thing.password!).send({ RecordType: 'Open', MessageID: 'access' }),
  }),
];

const ENDPOINT = { url: 'https://hooks.example/throughline', eventTypes: ['lead.disclosed'] };

/** Where events are sent. */
export const WEBHOOKS: readonly Row[] = [
  row('GET /api/v1/webhook-event-types', 'webhooks.edit'),
  row('GET /api/v1/webhook-endpoints', 'webhooks.edit'),
  row('POST /api/v1/webhook-endpoints', 'webhooks.edit', {
    status: 201,
    dress: json(({ home }) => ({ ...ENDPOINT, description: secretOf(home) })),
  }),
  row('GET /api/v1/webhook-endpoints/:id', 'webhooks.edit', { of: 'webhook endpoint' }),
  row('PUT /api/v1/webhook-endpoints/:id', 'webhooks.edit', {
    of: 'webhook endpoint',
    dress: json(({ home }) => ({ ...ENDPOINT, description: secretOf(home), enabled: true })),
  }),
  row('DELETE /api/v1/webhook-endpoints/:id', 'webhooks.edit', { of: 'webhook endpoint', status: 204 }),
  row('POST /api/v1/webhook-endpoints/:id/secrets', 'webhooks.edit', {
    of: 'webhook endpoint',
    status: 201,
    dress: json(() => ({})),
  }),
  row('POST /api/v1/webhook-endpoints/:id/tests', 'webhooks.edit', { of: 'webhook endpoint', status: 201 }),
  row('GET /api/v1/webhook-endpoints/:id/deliveries', 'webhooks.edit', { of: 'webhook endpoint' }),
  row('GET /api/v1/webhook-endpoints/:id/deliveries/:deliveryId', 'webhooks.edit', { of: 'webhook delivery' }),
  row('POST /api/v1/webhook-endpoints/:id/deliveries/:deliveryId/replay', 'webhooks.edit', {
    of: 'webhook delivery',
    status: 201,
  }),
  row('POST /api/v1/webhook-endpoints/:id/replays', 'webhooks.edit', {
    of: 'webhook endpoint',
    status: 201,
    dress: json(() => ({ from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' })),
  }),
];
