import { launchKey } from '../campaigns.js';
import { json, type Row, row, upload } from './row.js';

const dealsCsv = () => Buffer.from('external id,email\nCRM-1,nobody@nowhere.example\n');

/** Activations, and the leads and deals that they bring. */
export const ACTIVATIONS: readonly Row[] = [
  row('GET /api/v1/website-reporting', 'brand.read'),
  row('PUT /api/v1/website-reporting', 'brand.edit', { dress: json(() => ({ isOn: false })) }),
  row('GET /api/v1/activations/:id/embeds', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/received-newsletters/:id', 'offers.read', { of: 'received newsletter', personOnly: true }),
  row('POST /api/v1/received-newsletters/:id/opening', 'offers.read', {
    of: 'received newsletter',
    status: 204,
    personOnly: true,
  }),
  row('GET /api/v1/offers', 'offers.read'),
  row('GET /api/v1/offers/:versionId', 'offers.read', { of: 'offer' }),
  row('GET /api/v1/offers/:versionId/audience', 'contacts.read', {
    of: 'offer',
    query: ({ world, home }) => `?listId=${world.listOf(home)}`,
  }),
  row('POST /api/v1/offers/:versionId/dry-run', 'contacts.read', {
    of: 'offer',
    dress: json(({ world, home }) => ({ listId: world.listOf(home) })),
  }),
  row('POST /api/v1/offers/:versionId/dry-run/people', 'contacts.read', {
    of: 'offer',
    dress: json(({ world, home }) => ({ listId: world.listOf(home) })),
  }),
  row('GET /api/v1/offers/:versionId/texts', 'offers.read', { of: 'offer' }),
  row('PUT /api/v1/offers/:versionId/texts/:locale', 'activations.launch', {
    of: 'offer',
    path: { locale: 'en' },
    dress: json(() => ({ texts: {} })),
  }),
  row('GET /api/v1/offers/:versionId/places', 'offers.read', { of: 'offer' }),
  row('POST /api/v1/offers/:versionId/dates', 'offers.read', { of: 'offer', dress: json(() => ({})) }),
  row('GET /api/v1/offers/:versionId/preview/emails/:file', 'offers.read', {
    of: 'offer',
    path: { file: 'welcome.html' },
  }),
  row('POST /api/v1/offers/:versionId/preview/emails/:key', 'offers.read', {
    of: 'offer',
    path: { key: 'welcome' },
    dress: json(() => ({ slots: {} })),
  }),
  row('POST /api/v1/offers/:versionId/preview/emails/:key/test', 'activations.launch', {
    of: 'offer',
    status: 202,
    personOnly: true,
    path: { key: 'welcome' },
    dress: json(() => ({ slots: {} })),
  }),
  row('GET /api/v1/offers/:versionId/preview/pages/:file', 'offers.read', {
    of: 'offer',
    path: { file: 'landing.html' },
  }),
  row('GET /api/v1/offers/:versionId/preview/documents/:file', 'offers.read', {
    of: 'offer',
    path: { file: 'brochure.pdf' },
  }),
  row('GET /api/v1/offers/:versionId/preview/social/:key/:file', 'offers.read', {
    of: 'offer',
    path: { key: 'announce', file: 'square.jpg' },
  }),
  row('POST /api/v1/offers/:versionId/preview/pages/:key', 'offers.read', {
    of: 'offer',
    path: { key: 'landing' },
    dress: json(() => ({ slots: {} })),
  }),
  row('POST /api/v1/offers/:versionId/preview/documents/:key', 'offers.read', {
    of: 'offer',
    path: { key: 'brochure' },
    dress: json(() => ({ slots: {} })),
  }),
  row('POST /api/v1/offers/:versionId/preview/social/:key/:format', 'offers.read', {
    of: 'offer',
    path: { key: 'announce', format: 'square' },
    dress: json(() => ({ slots: {} })),
  }),
  row('POST /api/v1/activations', 'activations.launch', {
    of: 'offer',
    status: 201,
    dress: async (test, { world, home, thing }) => {
      const listId = await world.aListOfSomebody(home);
      void test.set('Idempotency-Key', launchKey()).send({ ...thing, listId, startAt: world.tomorrow });
    },
  }),
  row('GET /api/v1/activations', 'activations.read'),
  row('GET /api/v1/activations/:id', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/lead-rule', 'activations.read', { of: 'activation' }),
  row('PUT /api/v1/activations/:id/lead-rule', 'activations.control', { of: 'activation', dress: json(() => ({})) }),
  row('POST /api/v1/activations/:id/hold', 'activations.control', { of: 'activation' }),
  row('POST /api/v1/activations/:id/postponements/outlook', 'activations.read', {
    of: 'enrolled activation',
    dress: json(() => ({ days: 3 })),
  }),
  row('POST /api/v1/activations/:id/postponements', 'activations.control', {
    of: 'enrolled activation',
    dress: json(() => ({ days: 3, number: 1 })),
  }),
  row('GET /api/v1/ready-posts', 'activations.read'),
  row('GET /api/v1/ready-posts/waiting', 'activations.read'),
  row('PUT /api/v1/activations/:id/ready-posts/:postKey', 'activations.control', {
    of: 'ready post',
    dress: json(() => ({ posted: true })),
  }),
  row('GET /api/v1/activations/:id/late', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/dates', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/experiments', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/experiments.csv', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/newer-version', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/recalls', 'activations.read', { of: 'recalled activation' }),
  row('GET /api/v1/activations/:id/recalls/:recallId/report.json', 'activations.read', { of: 'recalled activation' }),
  row('GET /api/v1/activations/:id/update', 'activations.read', { of: 'activation' }),
  row('POST /api/v1/activations/:id/update/emails/:key', 'activations.read', {
    of: 'asked activation',
    path: { key: 'welcome' },
    dress: json(() => ({ answers: {} })),
  }),
  row('POST /api/v1/activations/:id/update/answers', 'activations.launch', {
    of: 'asked activation',
    dress: json(() => ({ answers: {} })),
  }),
  row('POST /api/v1/activations/:id/resume', 'activations.control', { of: 'held activation' }),
  row('POST /api/v1/activations/:id/stop', 'activations.control', { of: 'activation' }),
  row('GET /api/v1/activations/:id/messages', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/people', 'contacts.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/manifest', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/activations/:id/seal', 'activations.read', { of: 'activation' }),
  row('GET /api/v1/assets/:id/receipt', 'activations.read', { of: 'asset' }),
  row('GET /api/v1/messages/:id/receipt', 'activations.read', { of: 'sent message' }),
  row('GET /api/v1/activations/:id/page-code.svg', 'activations.read', { of: 'running activation' }),
  row('GET /api/v1/activations/:id/assets', 'activations.read', { of: 'running activation' }),
  row('GET /api/v1/activations/:id/assets/:assetId', 'activations.read', { of: 'running activation' }),
  row('GET /api/v1/leads', 'leads.read'),
  row('GET /api/v1/leads/waiting', 'leads.read'),
  row('GET /api/v1/leads/:id', 'leads.read', { of: 'lead' }),
  row('GET /api/v1/lead-mail-setting', 'leads.read'),
  row('PUT /api/v1/lead-mail-setting', 'lead-mail.edit', { dress: json(() => ({ details: 'person' })) }),
  row('GET /api/v1/leads/:id/history', 'leads.read', { of: 'lead' }),
  row('GET /api/v1/leads/:id/disclosures', 'leads.read', { of: 'lead' }),
  row('POST /api/v1/leads/:id/disclosures', 'leads.edit', {
    of: 'shareable lead',
    status: 201,
    dress: json(() => ({ fields: ['company'], purpose: 'For a quote' })),
  }),
  row('POST /api/v1/disclosures/:id/revoke', 'leads.edit', { of: 'disclosure' }),
  row('GET /api/v1/disclosed-leads', 'disclosures.read'),
  row('GET /api/v1/disclosed-leads/:id', 'disclosures.read', { of: 'disclosed lead' }),
  row('POST /api/v1/disclosed-leads/:id/answers', 'disclosures.edit', {
    of: 'disclosed lead',
    dress: json(() => ({ status: 'accepted', note: 'We call on Monday' })),
  }),
  row('GET /api/v1/disclosure-recipient', 'disclosures.read'),
  row('PUT /api/v1/disclosure-recipient', 'disclosure-recipient.edit', { dress: json(() => ({ userId: null })) }),
  row('POST /api/v1/leads/:id/follow-ups', 'leads.edit', {
    of: 'accepted lead',
    dress: json(() => ({ note: 'They decide in spring' })),
  }),
  row('PUT /api/v1/leads/:id/amount', 'leads.edit', {
    of: 'won lead',
    dress: json(() => ({ amount: { minorUnits: 1_240_050, currency: 'EUR' } })),
  }),
  row('GET /api/v1/deals', 'leads.read'),
  row('GET /api/v1/deals/list.csv', 'leads.read'),
  row('GET /api/v1/deals/overdue', 'leads.read'),
  row('GET /api/v1/deals/:id', 'leads.read', { of: 'won deal' }),
  row('GET /api/v1/deals/:id/history', 'leads.read', { of: 'won deal' }),
  row('GET /api/v1/deals/:id/attribution', 'leads.read', { of: 'won deal' }),
  row('GET /api/v1/deals/:id/shares', 'leads.read', { of: 'won deal' }),
  row('POST /api/v1/deals/:id/shares', 'leads.edit', {
    of: 'won deal',
    status: 201,
    dress: json(() => ({ with: 'vendor', name: 'Branch routers' })),
  }),
  row('POST /api/v1/deal-shares/:id/revoke', 'leads.edit', { of: 'deal share', status: 204 }),
  row('POST /api/v1/deal-invitations/accept', 'leads.edit', {
    status: 404,
    dress: json(() => ({ invitation: 'an invitation that nobody made' })),
  }),
  row('GET /api/v1/shared-deals', 'leads.read'),
  row('GET /api/v1/shared-deals/list.csv', 'leads.read'),
  row('GET /api/v1/disclosed-deals', 'disclosures.read'),
  row('GET /api/v1/disclosed-deals/list.csv', 'disclosures.read'),
  row('PATCH /api/v1/deals/:id', 'leads.edit', { of: 'won deal', dress: json(() => ({ products: ['Router'] })) }),
  row('POST /api/v1/deals/:id/refunds', 'leads.edit', { of: 'won deal', dress: json(() => ({ minorUnits: 100 })) }),
  row('PATCH /api/v1/leads/:id/deal', 'leads.edit', {
    of: 'accepted lead',
    dress: json(() => ({ stage: 'proposal' })),
  }),
  row('POST /api/v1/deals/import/preview', 'leads.edit', { dress: upload('file', 'deals.csv', dealsCsv) }),
  row('POST /api/v1/deals/import', 'leads.edit', { dress: upload('file', 'deals.csv', dealsCsv) }),
  row('POST /api/v1/deals/upsert', 'leads.edit', {
    dress: json(() => ({ deals: [{ externalId: 'CRM-1', email: 'nobody@nowhere.example' }] })),
  }),
  row('PATCH /api/v1/leads/:id', 'leads.edit', { of: 'lead', dress: json(() => ({ status: 'accepted' })) }),
];
