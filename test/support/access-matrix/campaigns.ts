import { secretOf } from '../access-world.js';
import { smallCampaign } from '../campaigns.js';
import { json, LOGO, type Row, row, upload } from './row.js';

/** Campaigns and newsletters of a vendor. */
export const CAMPAIGNS: readonly Row[] = [
  row('POST /api/v1/campaigns', 'campaigns.edit', {
    status: 201,
    dress: upload('package', 'package.zip', ({ world, home }) => smallCampaign(`new-${world.number}`, secretOf(home))),
  }),
  row('POST /api/v1/campaigns/:id/versions', 'campaigns.edit', {
    of: 'campaign draft',
    status: 201,
    dress: upload('package', 'package.zip', async ({ world, home, thing }) => {
      const shelf = await world.owner(home).get(`/api/v1/campaigns/${thing['id']}`);
      const { name = 'a-campaign-of-others' } = shelf.body as { name?: string };
      return smallCampaign(name, secretOf(home));
    }),
  }),
  row('GET /api/v1/campaigns', 'campaigns.read', { query: () => '?limit=200' }),
  row('GET /api/v1/campaigns/:id', 'campaigns.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/retire', 'campaigns.retire', { of: 'published campaign' }),
  row('POST /api/v1/campaigns/:id/recall', 'campaigns.retire', {
    of: 'published campaign',
    dress: json(() => ({ reason: 'It has a mistake.' })),
  }),
  row('POST /api/v1/campaigns/:id/recall/preview', 'campaigns.retire', {
    of: 'published campaign',
    dress: json(() => ({})),
  }),
  row('GET /api/v1/campaigns/:id/recalls', 'vendor-activations.read', { of: 'recalled campaign' }),
  row('GET /api/v1/campaigns/:id/recalls/:recallId', 'vendor-activations.read', { of: 'recalled campaign' }),
  row('GET /api/v1/campaigns/:id/recalls/:recallId/rows', 'vendor-activations.read', { of: 'recalled campaign' }),
  row('GET /api/v1/campaigns/:id/recalls/:recallId/report.csv', 'vendor-activations.read', { of: 'recalled campaign' }),
  row('GET /api/v1/campaigns/:id/recalls/:recallId/report.json', 'programme.read', {
    of: 'recalled campaign',
  }),
  row('POST /api/v1/campaigns/:id/recalls/:recallId/reverse', 'campaigns.retire', {
    of: 'recalled campaign',
    dress: json(() => ({ reason: 'It was right.' })),
  }),
  row('POST /api/v1/campaigns/:id/stop-launches', 'campaigns.retire', { of: 'published campaign' }),
  row('POST /api/v1/campaigns/:id/allow-launches', 'campaigns.retire', { of: 'published campaign' }),
  row('POST /api/v1/campaigns/:id/archive', 'campaigns.edit', { of: 'retired campaign' }),
  row('POST /api/v1/campaigns/:id/restore', 'campaigns.edit', { of: 'retired campaign' }),
  row('DELETE /api/v1/campaigns/:id/versions/:number', 'campaigns.edit', { of: 'campaign draft', status: 204 }),
  row('GET /api/v1/campaigns/:id/lifetime', 'campaigns.read', { of: 'campaign' }),
  row('PUT /api/v1/campaigns/:id/lifetime', 'campaigns.retire', {
    of: 'published campaign',
    dress: json(() => ({ reviewOn: null, expiresOn: null, pagesAfterEnd: 'notice' })),
  }),
  // Its version tests nothing: who may is told so.
  row('PUT /api/v1/campaigns/:id/versions/:number/test-winner', 'campaigns.publish', {
    of: 'published campaign',
    path: { number: '1' },
    status: 409,
    dress: json(() => ({ arm: null })),
  }),
  row('GET /api/v1/old-contents', 'campaigns.read'),
  row('GET /api/v1/campaigns/:id/activations', 'vendor-activations.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/activations/:activationId/hold', 'vendor-activations.control', {
    of: 'run campaign',
    dress: json(() => ({ reason: 'A claim is wrong.' })),
  }),
  row('POST /api/v1/campaigns/:id/activations/:activationId/release', 'vendor-activations.control', {
    of: 'paused campaign',
  }),
  row('POST /api/v1/campaigns/:id/activations/:activationId/stop', 'vendor-activations.control', {
    of: 'run campaign',
    dress: json(() => ({ reason: 'A claim is wrong.' })),
  }),
  row('GET /api/v1/campaigns/:id/versions/:number', 'campaigns.read', { of: 'campaign' }),
  row('GET /api/v1/campaigns/:id/versions/:number/package.zip', 'campaigns.read', { of: 'campaign' }),
  row('GET /api/v1/authoring-language', 'campaigns.read'),
  row('GET /api/v1/campaigns/:id/versions/:number/files', 'campaigns.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/versions/:number/files/check', 'campaigns.edit', {
    of: 'campaign draft',
    dress: json(() => ({ changes: {}, show: null })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/files/canvas', 'campaigns.edit', {
    of: 'campaign draft',
    dress: json(() => ({ changes: {}, show: { key: 'welcome', locale: null, partnerId: null } })),
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/files/bytes', 'campaigns.read', {
    of: 'campaign',
    query: () => '?path=campaign.yaml',
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/files/artwork', 'campaigns.edit', {
    of: 'campaign',
    dress: json(() => ({
      changes: {},
      show: { kind: 'document', key: 'brochure', locale: null, partnerId: null },
    })),
  }),
  row('PATCH /api/v1/campaigns/:id/versions/:number/files', 'campaigns.edit', {
    of: 'campaign draft',
    dress: async (test, { world, home, thing }) => {
      const { body } = await world.owner(home).get(`/api/v1/campaigns/${thing['id']}/versions/1/files`);
      const { packageHash = '0'.repeat(64) } = body as { packageHash?: string };
      void test.send({ basedOn: packageHash, changes: { 'notes.md': secretOf(home) } });
    },
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/test-mails', 'campaigns.test', {
    of: 'campaign',
    status: 202,
    personOnly: true,
    dress: json(() => ({ key: 'welcome', locale: null, partnerId: null })),
  }),
  row('GET /api/v1/campaigns/:id/draft-files', 'campaigns.read', { of: 'draft file' }),
  row('GET /api/v1/campaigns/:id/draft-files/bytes', 'campaigns.read', {
    of: 'draft file',
    query: () => '?path=images/dot.png',
  }),
  row('PUT /api/v1/campaigns/:id/draft-files', 'campaigns.edit', {
    of: 'campaign draft',
    dress: async (test, { world, home, thing }) => {
      const { body } = await world.owner(home).get(`/api/v1/campaigns/${thing['id']}/versions/1/files`);
      const { packageHash = '0'.repeat(64) } = body as { packageHash?: string };
      const file = { path: 'notes.md', kind: 'text', text: secretOf(home), revision: null };
      void test.send({ basedOn: packageHash, files: [file] });
    },
  }),
  row('POST /api/v1/campaigns/:id/draft-files/uploads', 'campaigns.edit', {
    of: 'campaign draft',
    query: () => '?path=images/logo.svg',
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('POST /api/v1/campaigns/:id/draft-files/save', 'campaigns.edit', { of: 'draft file' }),
  row('DELETE /api/v1/campaigns/:id/draft-files', 'campaigns.edit', { of: 'draft file', status: 204 }),
  row('GET /api/v1/campaigns/:id/translations', 'campaigns.read', { of: 'campaign draft' }),
  row('GET /api/v1/campaigns/:id/translations/all.zip', 'campaigns.read', { of: 'campaign draft' }),
  row('GET /api/v1/campaigns/:id/translations/:locale/xliff', 'campaigns.read', {
    of: 'campaign draft',
    path: { locale: 'en' },
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale', 'campaigns.edit', {
    of: 'campaign draft',
    path: { locale: 'de' },
    dress: json(({ home }) => ({ texts: [{ key: 'welcome.subject', source: 'Read', text: secretOf(home) }] })),
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale/reviews', 'campaigns.comment', {
    of: 'campaign draft',
    path: { locale: 'de' },
    personOnly: true,
    dress: json(({ home }) => ({ texts: [{ key: 'welcome.subject', source: 'Read', text: secretOf(home) }] })),
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale/reopened', 'campaigns.comment', {
    of: 'campaign draft',
    path: { locale: 'de' },
    dress: json(() => ({ keys: ['welcome.subject'] })),
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale/requests', 'campaigns.comment', {
    of: 'campaign draft',
    path: { locale: 'de' },
    personOnly: true,
    status: 204,
    dress: json(() => ({ kind: 'rework' })),
  }),
  row('POST /api/v1/campaigns/:id/translations/:locale/xliff-checks', 'campaigns.edit', {
    of: 'campaign draft',
    path: { locale: 'en' },
    dress: async (test, { world, home, thing }) => {
      const { body } = await world
        .owner(home)
        .get(`/api/v1/campaigns/${thing['id']}/translations/en/xliff`)
        .responseType('blob');
      void test.attach('file', body as Buffer, 'texts.xlf');
    },
  }),
  row('GET /api/v1/translation-rule', 'campaigns.read'),
  row('PATCH /api/v1/translation-rule', 'campaigns.approve', { dress: json(() => ({ unreviewed: 'warn' })) }),
  row('PUT /api/v1/translation-rule/reviewers/:locale', 'campaigns.approve', {
    path: { locale: 'de' },
    dress: json(() => ({ userId: null })),
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/manifest', 'campaigns.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/versions/:number/dry-run', 'campaigns.read', {
    of: 'campaign',
    dress: json(() => ({ samples: [{ name: 'Robin', timeZone: 'Europe/London' }] })),
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/programme-dry-run', 'campaigns.read', { of: 'campaign' }),
  // These vendors have too few partners for a forecast; that comes after the rights.
  row('POST /api/v1/campaigns/:id/versions/:number/programme-dry-run', 'campaigns.submit', {
    of: 'campaign',
    status: 409,
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/submit', 'campaigns.submit', { of: 'campaign draft' }),
  row('POST /api/v1/campaigns/:id/versions/:number/withdraw', 'campaigns.submit', { of: 'submitted version' }),
  row('GET /api/v1/campaign-reviewers', 'campaigns.read'),
  row('GET /api/v1/waiting-work', 'campaigns.read'),
  row('GET /api/v1/vendor-home', 'campaigns.read'),
  row('GET /api/v1/campaign-plan', 'campaigns.read', { query: () => '?from=2026-01-01&to=2026-12-31' }),
  row('POST /api/v1/campaigns/:id/versions/:number/confirmations', 'campaigns.submit', {
    of: 'campaign draft',
    dress: json(() => ({ problems: [{ code: 'text-untranslated', file: 'locales/de.yaml', message: 'None.' }] })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/check-links', 'campaigns.submit', { of: 'campaign draft' }),
  row('POST /api/v1/campaigns/:id/versions/:number/approve', 'campaigns.approve', {
    of: 'submitted version',
    personOnly: true,
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/return', 'campaigns.approve', {
    of: 'submitted version',
    dress: json(() => ({ comment: 'Name a source for the claim.' })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/comments', 'campaigns.comment', {
    of: 'submitted version',
    status: 201,
    dress: json(({ home }) => ({ text: secretOf(home), about: { kind: 'email', key: 'welcome' } })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/comments/:comment/answers', 'campaigns.comment', {
    of: 'review comment',
    status: 201,
    dress: json(({ home }) => ({ text: secretOf(home) })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/comments/:comment/resolve', 'campaigns.comment', {
    of: 'review comment',
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/comments/:comment/reopen', 'campaigns.comment', {
    of: 'review comment',
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/publish', 'campaigns.publish', {
    of: 'approved version',
    dress: json(({ world, home }) => ({
      partnerGroupIds: [world.vendor(home === 'contoso' ? 'contoso' : 'northwind').nobody],
      opensOn: world.day(0),
      closesOn: world.day(30),
    })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/extend', 'campaigns.publish', {
    of: 'published campaign',
    dress: json(({ world, home }) => ({
      partnerGroupIds: [world.vendor(home === 'contoso' ? 'contoso' : 'northwind').nobody],
      closesOn: world.day(60),
    })),
  }),
  row('GET /api/v1/newsletters', 'programme.read'),
  row('POST /api/v1/newsletters', 'campaigns.edit', {
    status: 201,
    dress: json(({ world }) => ({ title: `Newsletter ${world.number}`, languages: ['en'] })),
  }),
  row('POST /api/v1/newsletters/audience', 'programme.read', { dress: json(() => ({ groupIds: [], roles: [] })) }),
  row('GET /api/v1/newsletters/:id', 'programme.read', { of: 'newsletter' }),
  row('PUT /api/v1/newsletters/:id', 'campaigns.edit', {
    of: 'newsletter',
    dress: json(() => ({ groupIds: [], roles: ['owner'], senderAddress: '1 High Street, London' })),
  }),
  row('DELETE /api/v1/newsletters/:id', 'campaigns.edit', { of: 'newsletter', status: 204 }),
  row('POST /api/v1/newsletters/:id/preview', 'campaigns.edit', { of: 'newsletter', dress: json(() => ({})) }),
  row('POST /api/v1/newsletters/:id/test', 'campaigns.edit', {
    of: 'newsletter',
    status: 202,
    personOnly: true,
    dress: json(() => ({})),
  }),
  row('POST /api/v1/newsletters/:id/send', 'campaigns.publish', {
    of: 'newsletter that can be sent',
    dress: json(({ world }) => ({ at: new Date(world.api.clock.now().getTime() + 86_400_000).toISOString() })),
  }),
  row('POST /api/v1/newsletters/:id/cancel', 'campaigns.publish', { of: 'scheduled newsletter' }),
  row('GET /api/v1/campaigns/:id/versions/:number/waves', 'programme.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/versions/:number/waves', 'campaigns.publish', {
    of: 'published campaign',
    dress: json(({ world }) => ({ opensOn: world.day(20), sharePercent: 10 })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/waves/pause', 'campaigns.publish', {
    of: 'published campaign',
    dress: json(() => ({ isPaused: true })),
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/waves/:waveId/open', 'campaigns.publish', { of: 'wave' }),
  row('POST /api/v1/campaigns/:id/versions/:number/waves/:waveId/plan', 'campaigns.publish', {
    of: 'wave',
    dress: json(({ world }) => ({ opensOn: world.day(20) })),
  }),
  row('DELETE /api/v1/campaigns/:id/versions/:number/waves/:waveId', 'campaigns.publish', { of: 'wave' }),
  row('GET /api/v1/campaigns/:id/versions/:number/update', 'programme.read', { of: 'campaign' }),
  row('POST /api/v1/campaigns/:id/versions/:number/update', 'campaigns.publish', {
    of: 'published campaign',
    dress: json(() => ({ choice: 'finish' })),
  }),
  // As above: too few partners.
  row('POST /api/v1/campaigns/:id/versions/:number/update/contacts', 'campaigns.publish', {
    of: 'published campaign',
    status: 409,
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/update/:updateId/roll-back', 'campaigns.publish', {
    of: 'version update',
  }),
  row('POST /api/v1/campaigns/:id/versions/:number/update/:updateId/continue', 'campaigns.publish', {
    of: 'version update',
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/preview/emails/:key', 'campaigns.read', {
    of: 'campaign',
    path: { key: 'welcome' },
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/preview/pages/:key', 'campaigns.read', {
    of: 'campaign',
    path: { key: 'landing' },
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/preview/documents/:key.pdf', 'campaigns.read', {
    of: 'campaign',
    path: { key: 'brochure' },
  }),
  row('GET /api/v1/campaigns/:id/versions/:number/preview/social/:key/:format.jpg', 'campaigns.read', {
    of: 'campaign',
    path: { key: 'announce', format: 'square' },
  }),
  row('GET /api/v1/campaign-templates', 'campaigns.read'),
  row('GET /api/v1/campaign-templates/:name/preview', 'campaigns.read', { path: { name: 'zero-trust-edge' } }),
  row('GET /api/v1/campaign-layouts', 'campaigns.read'),
  row('GET /api/v1/campaign-layouts/:name', 'campaigns.read', { path: { name: 'reminder' } }),
  row('GET /api/v1/campaign-layouts/:name/preview', 'campaigns.read', { path: { name: 'reminder' } }),
  row('GET /api/v1/campaign-tags', 'campaigns.read'),
  row('PATCH /api/v1/campaigns/:id/tags', 'campaigns.edit', {
    of: 'campaign',
    dress: json(({ home }) => ({ add: [secretOf(home)] })),
  }),
  row('POST /api/v1/campaign-copies', 'campaigns.edit', {
    of: 'campaign draft',
    status: 201,
    dress: json(({ world, thing }) => ({
      from: { campaignId: thing['id'], number: 1 },
      title: `Copy ${world.number}`,
    })),
  }),
];
