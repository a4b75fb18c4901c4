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

  it('has the languages and the theme that its author chooses', async () => {
    const from = { template: 'zero-trust-edge' };
    const { body } = await marketer
      .post('/api/v1/campaign-copies', { from, title: 'In two others', languages: ['fr', 'de'], theme: 'networks' })
      .expect(201);
    expect(body).toMatchObject({ locales: ['fr', 'de'], theme: 'networks', title: { fr: 'In two others' } });
    const { body: files } = await marketer.get(`/api/v1/campaigns/${body.campaignId}/versions/1/files`).expect(200);
    const paths = (files.files as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['locales/fr.yaml', 'locales/de.yaml', 'documents/brochure.en.pdf']));
    expect(paths).not.toContain('locales/en.yaml');
    for (const languages of [['Deutsch'], ['de', 'de'], []])
      await marketer.post('/api/v1/campaign-copies', { from, title: 'X', languages }).expect(422);
  });

  it('can be a layout, which asks for words only', async () => {
    const { body: shelf } = await marketer.get('/api/v1/campaign-layouts').expect(200);
    const kinds = (shelf.items as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds.length).toBeGreaterThanOrEqual(10);
    expect(new Set(kinds)).toEqual(new Set(['email', 'page']));
    const { body } = await marketer
      .post('/api/v1/campaign-copies', { from: { layout: 'lead-form' }, title: 'Roadshow', languages: ['de', 'en'] })
      .expect(201);
    const { body: version } = await marketer.get(`/api/v1/campaigns/${body.campaignId}/versions/1`).expect(200);
    expect(version.tactics.pages).toHaveLength(1);
    const codes = (version.warnings as { code: string }[]).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['text-placeholder']));
    const { body: layout } = await marketer.get('/api/v1/campaign-layouts/reminder').expect(200);
    expect(layout.texts.de.reminder.subject).toBe('[Ihr Betreff]');
    expect(layout.pictures.map(({ path }: { path: string }) => path)).toEqual(['images/your-logo.png']);
  });

  it('is shown before it is chosen, with its pictures', async () => {
    const shown = async (path: string): Promise<string> =>
      (await marketer.get(`/api/v1/${path}`).expect(200)).body.html;
    expect(await shown('campaign-templates/customer-story/preview?locale=de')).toMatch(
      /data:image\/jpeg;base64,[\s\S]*Der Befund, den niemand anfassen wollte/,
    );
    expect(await shown('campaign-layouts/reminder/preview')).toContain('[Your date]');
    expect(await shown('campaign-layouts/download/preview?locale=de-AT')).toContain('[Ihr Dokument]');
    expect((await marketer.get('/api/v1/campaign-layouts/seed/preview').expect(404)).body.code).toBe(
      'campaign-layout.not-found',
    );
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
    expect((await copy({ layout: '../seed' }, 'X').expect(404)).body.code).toBe('campaign-layout.not-found');
    for (const template of ['seed', 'layouts', '../templates/zero-trust-edge', 'nothing'])
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
