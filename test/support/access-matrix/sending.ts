import { type HouseName, secretOf } from '../access-world.js';
import { type At, json, type Row, row } from './row.js';

/** A domain is there to be checked, or to be taken away. */
async function withDomain({ world, home }: At): Promise<void> {
  await world.owner(home).put('/api/v1/sending/domain', aDomain(home));
}
const aDomain = (home: HouseName) => ({ domain: `news.${secretOf(home)}.example`, fromLocal: 'news' });

/** Hosts that a partner has shown to be its own. */
export const HOSTS: readonly Row[] = [
  row('GET /api/v1/verified-hosts', 'brand.read'),
  row('POST /api/v1/verified-hosts', 'brand.edit', {
    dress: json(({ home }) => ({ host: `${secretOf(home)}.example` })),
  }),
  row('POST /api/v1/verified-hosts/:host/check', 'brand.edit', { of: 'host claim' }),
  row('DELETE /api/v1/verified-hosts/:host', 'brand.edit', { of: 'host claim', status: 204 }),
];

/** How a partner's mail goes out. */
export const SENDING: readonly Row[] = [
  row('GET /api/v1/sending', 'brand.read'),
  row('PUT /api/v1/sending/domain', 'brand.edit', {
    dress: json(({ home }) => aDomain(home)),
  }),
  row('GET /api/v1/sending/launch-delay', 'brand.read'),
  row('PUT /api/v1/sending/launch-delay', 'brand.edit', { dress: json(() => ({ minutes: 0 })) }),
  row('GET /api/v1/sending/frequency-cap', 'brand.read'),
  row('PUT /api/v1/sending/frequency-cap', 'brand.edit', { dress: json(() => ({ cap: 3 })) }),
  row('GET /api/v1/sending/preferences', 'brand.read'),
  row('PATCH /api/v1/sending/preferences', 'brand.edit', { dress: json(() => ({ emailsPerDay: 2 })) }),
  row('POST /api/v1/sending/domain/check', 'brand.edit', { dress: (_, at) => withDomain(at) }),
  row('DELETE /api/v1/sending/domain', 'brand.edit', { status: 204, dress: (_, at) => withDomain(at) }),
  // No partner is halted here: an authorised caller learns that there is
  // nothing to lift.
  row('POST /api/v1/sending/resume', 'brand.edit', { status: 409 }),
  row('GET /api/v1/partner-sending', 'partners.read'),
];
