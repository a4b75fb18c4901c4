import { type At, json, type Row, row } from './row.js';

const vendorIdOf = ({ world, home }: At): string => world.vendorIdOf(home);

/** What a partner has with its vendors. */
export const VENDORS: readonly Row[] = [
  row('GET /api/v1/vendors', 'offers.read'),
  row('POST /api/v1/vendors/leave', 'membership.end', {
    dress: json((at) => ({ vendorId: vendorIdOf(at), reason: 'We sell others.', lastDay: at.world.day(300) })),
  }),
  row('POST /api/v1/vendors/stay', 'membership.end', {
    dress: async (test, at) => {
      const end = { vendorId: vendorIdOf(at), reason: 'We sell others.', lastDay: at.world.day(300) };
      await at.world.owner(at.home).post('/api/v1/vendors/leave', end);
      test.send({ vendorId: vendorIdOf(at) });
    },
  }),
  row('GET /api/v1/onboarding', 'offers.read'),
  row('POST /api/v1/onboarding/hidden', 'activations.launch', { status: 204 }),
  row('GET /api/v1/vendor-terms', 'offers.read'),
  // The vendor has no terms: programme-terms.api.spec.ts accepts some.
  row('POST /api/v1/vendor-terms/accept', 'terms.accept', {
    status: 404,
    dress: json((at) => ({ vendorId: vendorIdOf(at), number: 1, language: 'en' })),
  }),
  // The vendor has no server: a caller with the right gets this conflict.
  row('POST /api/v1/relay-consents', 'activations.launch', {
    status: 409,
    dress: json((at) => ({ vendorId: vendorIdOf(at), servers: [{ purpose: 'relay', host: 'mail.example.com' }] })),
  }),
  row('POST /api/v1/relay-consents/revoke', 'activations.launch', {
    status: 409,
    dress: json((at) => ({ vendorId: vendorIdOf(at), purpose: 'relay', host: 'mail.example.com' })),
  }),
  row('GET /api/v1/vendor-tiers', 'offers.read'),
  row('GET /api/v1/vendor-attributes', 'offers.read'),
  row('PATCH /api/v1/vendor-attributes', 'brand.edit', {
    dress: json((at) => ({ vendorId: vendorIdOf(at), values: {} })),
  }),
];

/** Totals that partners show their vendor. */
export const TOTALS: readonly Row[] = [
  row('GET /api/v1/shared-totals', 'activations.read'),
  row('PUT /api/v1/shared-totals', 'activations.launch', {
    dress: json((at) => ({ vendorId: vendorIdOf(at), isShared: true })),
  }),
  row('PUT /api/v1/counted-deals', 'activations.launch', {
    dress: json((at) => ({ vendorId: vendorIdOf(at), isCounted: false })),
  }),
  row('GET /api/v1/vendor-insight/deal-sums', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/deal-sums.csv', 'vendor-insight.read'),
  row('GET /api/v1/vendor-insight/partners', 'vendor-activations.read'),
  row('GET /api/v1/vendor-insight/partners.csv', 'vendor-activations.read'),
  row('GET /api/v1/partner-terms', 'partners.read'),
  row('PUT /api/v1/partner-terms', 'partners.edit', { dress: json(() => ({ requiresTotals: false })) }),
];
