import { type Browser, createTestApi, type TestApi } from '../support/api.js';

const PROFILE = {
  name: 'Brightwater IT',
  legalName: 'Brightwater IT Ltd',
  legalLine: 'Registered in England, No. 01234567',
  postalAddress: '1 Quay Street\nBristol BS1 4XX',
  countryCode: 'GB',
  timeZone: 'Europe/London',
  website: 'www.brightwater.example',
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

describe('the API of the brand profile', () => {
  let api: TestApi;
  let owner: Browser;
  let viewer: Browser;
  let vendor: Browser;

  beforeAll(async () => {
    api = await createTestApi();
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
      verifiedHosts: ['www.brightwater.example', 'brightwater.example'],
    });
    expect(body.missing).toEqual([{ field: 'logo', sentence: 'A logo.' }]);
    const stale = await edit('"0"').expect(412);
    expect(stale.body).toMatchObject({ code: 'brand-profile.stale', details: { version: 1 } });
    await edit('"1"', { name: 'Brightwater' }).expect(200);
  });

  it('is not edited blindly', async () => {
    const { body } = await owner.put(PATH, PROFILE).expect(422);
    expect(body.code).toBe('brand-profile.if-match-missing');
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
});
