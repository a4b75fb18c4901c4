import { secretOf } from '../access-world.js';
import { json, LOGO, type Row, row, upload } from './row.js';

const EDITED_ASSET = {
  folder: '',
  tags: [],
  alt: {},
  content: {},
  focal: null,
  crop: null,
  branding: null,
  reviewOn: null,
  expiresOn: null,
};

/** The library of a vendor, and what its partners see of it. */
export const ASSETS: readonly Row[] = [
  row('GET /api/v1/assets', 'assets.read'),
  row('POST /api/v1/assets', 'assets.edit', {
    status: 201,
    dress: json(({ world, home }) => ({ kind: 'text', title: `${secretOf(home)} ${world.number}`, content: {} })),
  }),
  row('POST /api/v1/assets/uploads', 'assets.edit', {
    status: 201,
    query: ({ home }) => `?name=${secretOf(home)}.svg`,
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('GET /api/v1/assets/:id', 'assets.read', { of: 'library picture' }),
  row('PUT /api/v1/assets/:id', 'assets.edit', {
    of: 'library picture',
    dress: (test, { world, home }) =>
      void test.set('If-Match', '*').send({ ...EDITED_ASSET, title: `${secretOf(home)} ${world.number}` }),
  }),
  row('PUT /api/v1/assets/:id/file', 'assets.edit', {
    of: 'library picture',
    query: ({ home }) => `?name=${secretOf(home)}.svg`,
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('DELETE /api/v1/assets/:id', 'assets.edit', { of: 'library picture', status: 204 }),
  row('GET /api/v1/assets/:id/file', 'assets.read', { of: 'library picture' }),
  row('GET /api/v1/assets/:id/preview', 'assets.read', { of: 'library picture' }),
  row('GET /api/v1/assets/:id/downloads', 'assets.read', { of: 'library picture' }),
  row('GET /api/v1/assets/:id/uses', 'campaigns.read', { of: 'library picture' }),
  row('POST /api/v1/assets/:id/replacements', 'campaigns.edit', {
    of: 'library picture',
    dress: async (test, { world, home }) => {
      const { id } = await world.one('campaign draft', home === 'contoso' ? 'contoso' : 'northwind');
      void test.send({ campaignIds: [id] });
    },
  }),
  row('PUT /api/v1/assets/:id/share', 'assets.edit', {
    of: 'library picture',
    dress: json(({ world, home }) => ({
      as: 'picture',
      partnerGroupIds: [world.vendor(home === 'contoso' ? 'contoso' : 'northwind').nobody],
      opensOn: world.day(0),
      closesOn: world.day(9),
    })),
  }),
  row('POST /api/v1/assets/:id/withdrawal', 'assets.edit', {
    of: 'shared picture',
    dress: json(() => ({ reason: 'It is old.' })),
  }),
  row('POST /api/v1/assets/:id/recall', 'campaigns.retire', {
    of: 'shared picture',
    dress: json(() => ({ reason: 'Its price is wrong.' })),
  }),
  row('POST /api/v1/campaigns/:id/draft-files/library-pictures', 'campaigns.edit', {
    of: 'campaign draft',
    status: 201,
    dress: async (test, { world, home }) => {
      const house = home === 'contoso' ? 'contoso' : 'northwind';
      const { id } = await world.one('library picture', house);
      void test.send({ assetId: id, fileNumber: 1, crop: null });
    },
  }),
  row('GET /api/v1/campaigns/:id/draft-files/picture-origin', 'campaigns.read', {
    of: 'campaign',
    query: () => '?path=images/hero.jpg',
  }),
  row('GET /api/v1/pictures', 'offers.read'),
  row('POST /api/v1/pictures', 'activations.launch', {
    status: 201,
    query: ({ home }) => `?name=${secretOf(home)}.svg`,
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('GET /api/v1/pictures/:id/preview', 'offers.read', { of: 'own picture' }),
  row('POST /api/v1/pictures/:id/cuts', 'activations.launch', {
    of: 'own picture',
    status: 201,
    dress: json(() => ({ crop: null })),
  }),
  row('DELETE /api/v1/pictures/:id', 'activations.launch', { of: 'own picture', status: 204 }),
  row('GET /api/v1/library', 'library.read'),
  row('GET /api/v1/library/:id/preview', 'library.read', { of: 'picture for a partner' }),
  row('GET /api/v1/library/:id/file', 'library.read', { of: 'picture for a partner' }),
  row('GET /api/v1/library/:id/captions/:locale.vtt', 'library.read', {
    of: 'video for a partner',
    path: { locale: 'en' },
  }),
  row('GET /api/v1/library/:id/signature', 'library.read', { of: 'signature for a partner' }),
];
