import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { type Browser, createTestApi, type TestApi } from '../support/api.js';
import { upload, wholeCampaign } from '../support/campaigns.js';

describe('a campaign that begins where another stands', () => {
  let api: TestApi;
  let marketer: Browser;

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { rendering: 2 } });
    const vendor = await api.aVendor();
    marketer = await api.signIn(vendor.vendorId, 'marketer');
  });
  afterAll(() => api.close());

  const copy = (from: object, title: string) => marketer.post('/api/v1/campaign-copies', { from, title });
  const fileOf = async (path: string, name: string): Promise<string> => {
    const { body } = await marketer.get(`${path}/files`).expect(200);
    return (body.files as { path: string; text: string }[]).find((file) => file.path === name)?.text ?? '';
  };

  it('can be a shipped template', async () => {
    const { body: shelf } = await marketer.get('/api/v1/campaign-templates').expect(200);
    expect(shelf.items.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['cloud-cost-clarity', 'zero-trust-edge']),
    );
    expect(shelf.items.find(({ name }: { name: string }) => name === 'zero-trust-edge')).toMatchObject({
      emails: 4,
      pages: 1,
      documents: 1,
      posts: 3,
      locales: ['en', 'de'],
    });
    const { body } = await copy({ template: 'zero-trust-edge' }, 'Autumn at the edge').expect(201);
    expect(body).toMatchObject({ number: 1, status: 'draft', title: { en: 'Autumn at the edge' } });
    const again = await copy({ template: 'zero-trust-edge' }, 'Autumn at the edge').expect(201);
    const { body: second } = await marketer.get(`/api/v1/campaigns/${again.body.campaignId}`).expect(200);
    expect(second.name).toBe('autumn-at-the-edge-2');
  });

  it('can be a version of the vendor’s own, with its comments and its order', async () => {
    const version = await upload(marketer, await wholeCampaign('first'));
    const yaml = `# The reviewed one\n${await fileOf(version.path, 'campaign.yaml')}`;
    const { body: files } = await marketer.get(`${version.path}/files`).expect(200);
    await marketer
      .patch(`${version.path}/files`, { basedOn: files.packageHash, changes: { 'campaign.yaml': yaml } })
      .expect(200);
    const { body } = await copy({ campaignId: version.campaignId, number: 1 }, 'Second: “yes”').expect(201);
    const copied = await fileOf(`/api/v1/campaigns/${body.campaignId}/versions/1`, 'campaign.yaml');
    expect(copied).toContain('# The reviewed one');
    const rest = (text: string) => text.slice(text.indexOf('theme:')).replace(/\s+/g, ' ');
    expect(rest(copied)).toBe(rest(yaml));
  });

  it('is none that nobody shipped', async () => {
    for (const template of ['seed', '../templates/zero-trust-edge', 'nothing'])
      expect((await copy({ template }, 'X').expect(404)).body.code).toBe('campaign-template.not-found');
  });

  it('shows its documents and pictures before partners see them', async () => {
    const { path } = await upload(marketer, await wholeCampaign('shown', undefined, { posts: true }));
    const pdf = await marketer.get(`${path}/preview/documents/brochure.pdf?locale=en`).expect(200);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    const picture = await marketer.get(`${path}/preview/social/announce/square.jpg`).expect(200);
    expect(picture.headers['content-type']).toBe('image/jpeg');
    expect((picture.body as Buffer).length).toBeGreaterThan(10_000);
    await marketer.get(`${path}/preview/documents/nothing.pdf`).expect(404);
    await marketer.get(`${path}/preview/social/announce/huge.jpg`).expect(422);
  });
});
