import { BRAND_PROFILE } from '../campaigns.js';
import { json, LOGO, type Row, row, upload } from './row.js';

/** The brands of vendor and partner. */
export const BRAND: readonly Row[] = [
  row('GET /api/v1/brand-kit', 'brand-kit.read'),
  row('PUT /api/v1/brand-kit', 'brand-kit.edit', { dress: json(() => ({ colours: { primary: '#0b5cad' } })) }),
  row('PUT /api/v1/brand-kit/logo', 'brand-kit.edit', { dress: upload('file', 'logo.svg', () => LOGO) }),
  row('DELETE /api/v1/brand-kit/logo', 'brand-kit.edit', { status: 204 }),
  row('GET /api/v1/brand-kit/logos/:surface.png', 'brand-kit.read', {
    path: { surface: 'light' },
    dress: async (_, { world, home }) => {
      await world.owner(home).put('/api/v1/brand-kit/logo').attach('file', LOGO, 'logo.svg');
    },
  }),
  row('GET /api/v1/brand-kit/mail-preview', 'brand-kit.read'),
  row('GET /api/v1/brand-profile', 'brand.read'),
  row('PUT /api/v1/brand-profile', 'brand.edit', {
    dress: async (test, { world, home }) => {
      const { headers } = await world.owner(home).get('/api/v1/brand-profile');
      void test.set('If-Match', headers['etag'] ?? '"0"').send(BRAND_PROFILE);
    },
  }),
  row('PUT /api/v1/brand-profile/logo', 'brand.edit', { dress: upload('file', 'logo.svg', () => LOGO) }),
  row('GET /api/v1/brand-profile/logo', 'brand.read'),
  row('PUT /api/v1/brand-profile/logo/:surface', 'brand.edit', {
    path: { surface: 'dark' },
    dress: upload('file', 'logo.svg', () => LOGO),
  }),
  row('PUT /api/v1/brand-profile/logo/:surface/source', 'brand.edit', {
    path: { surface: 'dark' },
    dress: json(() => ({ source: 'original' })),
  }),
  row('GET /api/v1/brand-profile/logos/:surface.png', 'brand.read', { path: { surface: 'light' } }),
];
