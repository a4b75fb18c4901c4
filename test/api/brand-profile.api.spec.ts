import { readdirSync } from 'node:fs';
import sharp from 'sharp';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { type Browser, createTestApi, type TestApi } from '../support/api.js';

const PROFILE = {
  name: 'Brightwater IT',
  legalName: 'Brightwater IT Ltd',
  legalLine: 'Registered in England, No. 01234567',
  postalAddress: '1 Quay Street\nBristol BS1 4XX',
  countryCode: 'GB',
  timeZone: 'Europe/London',
  website: 'www.brightwater.example',
  privacyUrl: 'www.brightwater.example/privacy',
  contact: {
    name: 'Bea Waters',
    title: 'Account manager',
    phone: '+44 117 496 0000',
    email: 'bea@brightwater.example',
  },
  colours: { primary: '#0b5cad', onPrimary: '#ffffff', secondary: '#e8eef6', onSecondary: '#14213d', link: '#0b5cad' },
  locales: { de: { legalLine: 'Eingetragen in England' } },
};
const PATH = '/api/v1/brand-profile';

const svg = (inner: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80">${inner}</svg>`);
const LOGO = svg(
  '<rect width="300" height="80" rx="12" fill="#0b5cad"/><circle cx="40" cy="40" r="24" fill="#ffffff"/>',
);

describe('the API of the brand profile', () => {
  let api: TestApi;
  let owner: Browser;
  let viewer: Browser;
  let vendor: Browser;

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { rendering: 2 } });
  });
  beforeEach(async () => {
    const of = await api.aVendor();
    const partnerId = await api.aPartner(of);
    owner = await api.signIn(partnerId, 'owner');
    viewer = await api.signIn(partnerId, 'viewer');
    vendor = await api.signIn(of.vendorId, 'owner');
  });
  afterAll(() => api.close());

  const edit = (etag: string, changes: object = {}, by = owner) =>
    by.put(PATH, { ...PROFILE, ...changes }).set('If-Match', etag);

  it('says what a launch still needs', async () => {
    const { body, headers } = await viewer.get(PATH).expect(200);
    expect(headers['etag']).toBe('"0"');
    expect(body).toMatchObject({ version: 0, name: 'Brightwater IT', isComplete: false });
    expect(body.missing.map(({ field }: { field: string }) => field)).toContain('postalAddress');
  });

  it('is edited by whoever has seen its last version', async () => {
    const { body, headers } = await edit('"0"').expect(200);
    expect(headers['etag']).toBe('"1"');
    expect(body).toMatchObject({
      version: 1,
      website: 'https://www.brightwater.example/',
      verifiedHosts: ['brightwater.example'],
    });
    expect(body.missing).toEqual([{ field: 'logo', sentence: 'Logo.' }]);
    const stale = await edit('"0"').expect(412);
    expect(stale.body).toMatchObject({ code: 'brand-profile.stale', details: { version: 1 } });
    await edit('"1"', { name: 'Brightwater' }).expect(200);
  });

  it('is not edited blindly', async () => {
    const { body } = await owner.put(PATH, PROFILE).unset('If-Match').expect(422);
    expect(body.code).toBe('edit.version-missing');
  });

  it('warns of colours that are hard to read, and suggests others', async () => {
    const { body } = await edit('"0"', { colours: { ...PROFILE.colours, primary: '#ffcc00' } }).expect(200);
    expect(body.feedback).toMatchObject([
      { code: 'contrast-low', field: 'colours.onPrimary', suggestion: expect.stringMatching(/^#[0-9a-f]{6}$/) },
    ]);
  });

  it('refuses with every problem at once, and changes nothing', async () => {
    const { body } = await edit('"0"', { website: 'javascript:alert(1)', timeZone: 'Moon' }).expect(422);
    expect(body).toMatchObject({
      code: 'brand-profile.invalid',
      problems: [{ field: 'website' }, { field: 'timeZone' }],
    });
    expect((await owner.get(PATH)).body.version).toBe(0);
  });

  it('is changed by no viewer and seen by no vendor', async () => {
    await edit('"0"', {}, viewer).expect(403);
    await vendor.get(PATH).expect(403);
    await edit('"0"', {}, vendor).expect(403);
  });

  describe('a logo', () => {
    const upload = (bytes: Buffer, name = 'logo.svg', by = owner) => by.put(`${PATH}/logo`).attach('file', bytes, name);

    it('goes into the profile, with colours from it where none were chosen', async () => {
      const { body, headers } = await upload(LOGO).expect(200);
      expect(headers['etag']).toBe('"1"');
      expect(body).toMatchObject({ mediaType: 'image/svg+xml', profile: { version: 1, logoId: body.logoId } });
      expect(body.palette.length).toBeGreaterThan(0);
      expect(body.profile.colours.primary).toBe(body.palette[0]);
      expect(body.profile.missing.map(({ field }: { field: string }) => field)).not.toContain('logo');
    });

    it('leaves colours that were chosen', async () => {
      await edit('"0"').expect(200);
      const { body } = await upload(LOGO).expect(200);
      expect(body.profile.colours).toEqual(PROFILE.colours);
    });

    it('comes back on every surface, in the size asked for', async () => {
      await upload(LOGO).expect(200);
      for (const surface of ['light', 'dark', 'mono', 'brand']) {
        const { body, headers } = await viewer.get(`${PATH}/logos/${surface}.png?width=150&height=60`).expect(200);
        expect(headers['content-type']).toBe('image/png');
        expect(await sharp(body as Buffer).metadata()).toMatchObject({ width: 300, height: 120 });
      }
      await viewer.get(`${PATH}/logos/light.png?width=150&height=60`).expect(200);
    });

    it('has a variant of its own for a surface, used there unchanged, and the upload as it is', async () => {
      const name = '<rect x="120" y="30" width="150" height="20" fill="#ffffff"/>';
      const first = await upload(svg(`<circle cx="40" cy="40" r="30" fill="#0b5cad"/>${name}`)).expect(200);
      expect(first.body.surfaces).toEqual({
        light: { source: 'generated', isAdapted: true },
        dark: { source: 'original', isAdapted: false },
      });
      const advice = ({ body }: typeof first): string[] => body.feedback.map(({ code }: { code: string }) => code);
      expect(advice(first)).toContain('logo-faint-on-light');
      const colour = async (surface: string): Promise<string> => {
        const { body } = await viewer.get(`${PATH}/logos/${surface}.png?width=300&height=80`).expect(200);
        const { data } = await sharp(body as Buffer)
          .extract({ left: 400, top: 80, width: 1, height: 1 })
          .raw()
          .toBuffer({ resolveWithObject: true });
        return data.toString('hex', 0, 3);
      };
      expect(await colour('light')).not.toBe('ffffff');
      const choose = (surface: string, source: string, by = owner) =>
        by.put(`${PATH}/logo/${surface}/source`).send({ source });
      const asItIs = await choose('light', 'original').expect(200);
      expect(asItIs.body.surfaces.light).toEqual({ source: 'original', isAdapted: true });
      expect(advice(asItIs)).not.toContain('logo-faint-on-light');
      expect(await colour('light')).toBe('ffffff');
      const own = await owner
        .put(`${PATH}/logo/light`)
        .attach('file', svg('<rect width="300" height="80" rx="9" fill="#d94f00"/>'), 'light.svg')
        .expect(200);
      expect(own.body.surfaces.light).toEqual({ source: 'uploaded', isAdapted: true });
      expect(advice(own).filter((code) => code.endsWith('-on-light'))).toEqual([]);
      expect(own.body.logoId).not.toBe(asItIs.body.logoId);
      expect(await colour('light')).toBe('d94f00');
      expect(await colour('dark')).toBe('ffffff');
      expect((await viewer.get(`${PATH}/logo`).expect(200)).body.surfaces.light.source).toBe('uploaded');
      const again = await choose('light', 'generated').expect(200);
      expect(again.body.surfaces.light.source).toBe('generated');
      expect(advice(again)).toContain('logo-faint-on-light');
      await choose('mono', 'original').expect(422);
      await choose('light', 'mine').expect(422);
      await choose('light', 'original', viewer).expect(403);
    });

    it('needs a logo before it has variants', async () => {
      await viewer.get(`${PATH}/logo`).expect(404);
      const { body } = await owner.put(`${PATH}/logo/dark/source`).send({ source: 'original' }).expect(404);
      expect(body.code).toBe('logo.missing');
    });

    it('is stored in no size that a request asks for', async () => {
      await upload(LOGO).expect(200);
      const stored = async (): Promise<readonly [unknown, number]> => [
        await api.asOwner('SELECT count(*) FROM brand.logo_image'),
        readdirSync(api.config.STORAGE_FOLDER, { recursive: true }).length,
      ];
      const before = await stored();
      for (let width = 301; width < 306; width += 1)
        await viewer.get(`${PATH}/logos/light.png?width=${width}&height=60`).expect(200);
      expect(await stored()).toEqual(before);
    });

    it('is drawn in six sizes at a time for an organisation', async () => {
      await upload(LOGO).expect(200);
      const statuses = await Promise.all(
        Array.from(
          { length: 30 },
          async (_, n) => (await viewer.get(`${PATH}/logos/dark.png?width=${1_000 + n}`)).status,
        ),
      );
      expect(new Set(statuses)).toEqual(new Set([200, 429]));
      await viewer.get(`${PATH}/logos/dark.png?width=900`).expect(200);
    });

    it('is not there before it is uploaded, and has no odd sizes or surfaces', async () => {
      await viewer.get(`${PATH}/logos/light.png`).expect(404);
      await viewer.get(`${PATH}/logos/light.png?width=100000&height=1`).expect(422);
      await viewer.get(`${PATH}/logos/neon.png`).expect(422);
    });

    const wide = () =>
      sharp({ create: { width: 30_000, height: 4, channels: 3, background: '#0b5cad' } })
        .png()
        .toBuffer();
    const nested = (depth: number): string =>
      `<defs><rect id="a0" width="9" height="9"/>${Array.from({ length: depth }, (_, n) => `<g id="a${n + 1}">${`<use href="#a${n}"/>`.repeat(10)}</g>`).join('')}</defs><use href="#a${depth}"/>`;

    it.each([
      ['a renamed text file', () => Buffer.from('I am no picture'), 'logo.type'],
      ['an empty file', () => Buffer.alloc(0), 'logo.empty'],
      ['30,000 pixels wide', wide, 'logo.too-many-pixels'],
      ['an SVG with a script', () => svg('<script>alert(1)</script>'), 'logo.svg-active'],
      ['an SVG that loads from elsewhere', () => svg('<image href="https://evil.example/x.png"/>'), 'logo.svg-active'],
      ['an SVG of nested uses', () => svg(nested(9)), 'logo.svg-too-heavy'],
    ])('that is %s is refused, and nothing is changed', async (_, make, code) => {
      const { body, headers } = await upload(await make(), 'logo.png').expect(422);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body).toMatchObject({ code, field: 'file', problems: [{ code, remedy: expect.any(String) }] });
      expect((await owner.get(PATH)).body).toMatchObject({ version: 0, logoId: null });
    });

    it('of more than 5 MB is refused', async () => {
      await upload(Buffer.alloc(5 * 1024 * 1024 + 1)).expect(413);
    });

    it('is sent as a file, by somebody who may', async () => {
      const { body } = await owner.put(`${PATH}/logo`).expect(422);
      expect(body.code).toBe('logo.file-missing');
      await upload(LOGO, 'logo.svg', viewer).expect(403);
      await upload(LOGO, 'logo.svg', vendor).expect(403);
    });
  });
});
