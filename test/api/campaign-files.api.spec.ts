import { parse, stringify } from 'yaml';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';
import { readPdf } from '../../libs/artwork/src/document/document.fixture.js';
import { smallCampaign, wholeCampaign } from '../support/campaigns.js';

interface File {
  readonly path: string;
  readonly text: string | null;
}

describe('the files of a campaign', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let marketer: Browser;
  let names = 0;

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { rendering: 2 } });
    vendor = await api.aVendor();
    marketer = await api.signIn(vendor.vendorId, 'marketer');
  });
  afterAll(() => api.close());

  const aDraft = async (): Promise<{ path: string; packageHash: string; text: (path: string) => string }> => {
    const zip = await smallCampaign(`files-${names++}`);
    const { body } = await marketer.post('/api/v1/campaigns').attach('package', zip, 'package.zip').expect(201);
    return filesOf(body);
  };
  const filesOf = async (body: { readonly campaignId: string }) => {
    const path = `/api/v1/campaigns/${body.campaignId}/versions/1`;
    const { body: found } = await marketer.get(`${path}/files`).expect(200);
    const { packageHash, files } = found as { packageHash: string; files: File[] };
    return { path, packageHash, text: (name: string) => files.find((file) => file.path === name)?.text ?? '' };
  };
  const show = { kind: 'email', key: 'welcome', locale: 'en', recipient: {}, partnerId: null };
  const words = (before: string, after: string) => (text: string) => text.replace(before, after);
  const another = words('Attackers need an hour', 'Intruders need an hour');

  it('are shown as they are written', async () => {
    const { text } = await aDraft();
    expect(text('campaign.yaml')).toContain('format: throughline/campaign@1');
    expect(text('locales/en.yaml')).toContain('Stop breaches at the edge');
  });

  it('are checked and shown with changes that nobody has saved', async () => {
    const { path, packageHash, text } = await aDraft();
    const changes = { 'locales/en.yaml': another(text('locales/en.yaml')) };
    const { body } = await marketer.post(`${path}/files/check`, { changes, show }).expect(200);
    expect(body.problems.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
    expect(body.preview.html).toContain('Intruders need an hour');
    expect((await marketer.get(`${path}/files`)).body.packageHash).toBe(packageHash);
  });

  it('are shown on the canvas with marked blocks, also with mistakes and in one language only', async () => {
    const { path, text } = await aDraft();
    const mjml = text('emails/welcome.mjml');
    const asked = { key: 'welcome', locale: 'en', partnerId: null };
    const { body } = await marketer.post(`${path}/files/canvas`, { changes: {}, show: asked }).expect(200);
    expect(body.preview.html).toContain('Attackers need an hour');
    expect(body.preview.html).toContain('tc-block-0');
    const changes = {
      'emails/welcome.mjml': mjml.replace('</mj-text>', '</mj-text><mj-text>{{t "welcome.new"}}</mj-text>'),
      'locales/en.yaml': `${text('locales/en.yaml')}\nwelcome.new: 'Only in English'\n`,
      'locales/de.yaml': null,
    };
    const { body: unfinished } = await marketer.post(`${path}/files/canvas`, { changes, show: asked }).expect(200);
    expect(unfinished.preview.html).toContain('Only in English');
    const broken = { 'campaign.yaml': 'emails: [' };
    const { body: none } = await marketer.post(`${path}/files/canvas`, { changes: broken, show: asked }).expect(200);
    expect(none.preview).toBeNull();
    const unknown = { ...asked, key: 'nothing' };
    const { body: nothing } = await marketer.post(`${path}/files/canvas`, { changes: {}, show: unknown }).expect(200);
    expect(nothing.preview).toBeNull();
  });

  it('show a page on the canvas, and what its reader sees after the form was sent', async () => {
    const from = { template: 'zero-trust-edge' };
    const made = await marketer.post('/api/v1/campaign-copies', { from, title: 'A page' }).expect(201);
    const { path, text } = await filesOf(made.body);
    const asked = { kind: 'page', key: 'landing', locale: 'de', partnerId: null };
    const canvas = async (changes: Record<string, string>, show: object = asked) =>
      (await marketer.post(`${path}/files/canvas`, { changes, show }).expect(200)).body;
    const html = text('pages/landing.html');
    const { preview } = await canvas({ 'pages/landing.html': html.replace('<h1>', '<h1 onclick="a()">') });
    expect(preview.html).toMatch(/<form class="tc-form tc-block-\d+"/);
    const help = `${text('locales/de.yaml')}\nform: { help: { email: 'Ihre Firmenadresse' } }\n`;
    const helped = await canvas({ 'locales/de.yaml': help });
    expect(helped.preview.html).toContain('<small class="tc-help" id="tc-email-help">Ihre Firmenadresse</small>');
    expect(helped.preview.html).toContain('aria-describedby="tc-email-help"');
    const sent = await canvas({}, { ...asked, state: 'sent' });
    expect(sent.preview.html).toContain('Vielen Dank');
    expect(sent.preview.html).not.toContain('<form');
    expect((await canvas({}, { ...asked, key: 'nothing', state: 'sent' })).preview).toBeNull();
    expect((await canvas({}, { ...asked, kind: 'email', key: 'welcome', state: 'sent' })).preview).toBeNull();
  });

  it('are shown to whom somebody has just begun to tell apart, saved or not', async () => {
    const { path, text } = await aDraft();
    const mjml = text('emails/welcome.mjml');
    const asking = '<mj-text>{{#when industry="retail"}}For shops{{else}}For all{{/when}}</mj-text><mj-text>';
    const changes = { 'emails/welcome.mjml': mjml.replace('<mj-text>', asking) };
    const retail = { ...show, recipient: { industry: 'retail' } };
    const { body } = await marketer.post(`${path}/files/check`, { changes, show: retail }).expect(200);
    expect(body.preview.asks).toEqual([{ field: 'industry', values: ['retail'] }]);
    expect(body.preview.html).toContain('For shops');
    const { body: saved } = await marketer.post(`${path}/files/check`, { changes: {}, show: retail }).expect(200);
    expect(saved.preview.asks).toEqual([]);
    const unknown = { ...show, recipient: { mood: 'good' } };
    await marketer.post(`${path}/files/check`, { changes, show: unknown }).expect(422);
  });

  it('are told the same while nothing is changed as with a change that says the same', async () => {
    const { path, text } = await aDraft();
    const { body } = await marketer.post(`${path}/files/check`, { changes: {}, show }).expect(200);
    // Compiled anew by the renderer: a comment is no part of what is compiled.
    const changes = { 'campaign.yaml': `${text('campaign.yaml')}# looked at\n` };
    const { body: anew } = await marketer.post(`${path}/files/check`, { changes, show }).expect(200);
    expect(body.preview.html).toContain('Attackers need an hour');
    expect(body).toEqual(anew);
  });

  const aWholeDraft = async () => {
    const zip = await wholeCampaign(`whole-${names++}`, undefined, { posts: true });
    const { body } = await marketer.post('/api/v1/campaigns').attach('package', zip, 'package.zip').expect(201);
    const path = `/api/v1/campaigns/${body.campaignId}/versions/1/files`;
    const { body: found } = await marketer.get(path).expect(200);
    return { path, files: (found as { files: File[] }).files };
  };
  const brochure = { kind: 'document', key: 'brochure', locale: 'en', partnerId: null };

  it('are given as they were uploaded, for a program and never for a window', async () => {
    const { path, files } = await aWholeDraft();
    const pdf = files.find((file) => file.path.endsWith('.pdf'))?.path ?? '';
    const { body, headers } = await marketer.get(`${path}/bytes?path=${encodeURIComponent(pdf)}`).expect(200);
    expect((body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    });
    const gone = await marketer.get(`${path}/bytes?path=images/none.png`);
    expect([gone.status, gone.body.code]).toEqual([404, 'file.not-found']);
  });

  it('show a document and a picture with changes that nobody has saved', async () => {
    const { path, files } = await aWholeDraft();
    const campaign = files.find((file) => file.path === 'campaign.yaml')?.text ?? '';
    const shownWith = async (changes: object, show: object): Promise<Buffer> => {
      const { body } = await marketer.post(`${path}/artwork`, { changes, show }).expect(200);
      return body as Buffer;
    };
    const before = await readPdf(await shownWith({}, brochure));
    const definition = parse(campaign) as { documents: Record<string, { slots: Record<string, object> }> };
    const { slots } = definition.documents['brochure']!;
    slots['offer'] = { ...slots['offer'], box: { page: 2, x: 60, y: 60, width: 300, height: 90 } };
    const after = await readPdf(await shownWith({ 'campaign.yaml': stringify(definition) }, brochure));
    expect(after.text.map((text, page) => text === before.text[page])).toEqual([true, false]);
    const post = { kind: 'social', key: 'announce', format: 'square', locale: 'en', partnerId: null };
    expect((await shownWith({}, post)).subarray(0, 3).toString('hex')).toBe('ffd8ff');
  });

  it('show nothing of a file with mistakes, and name each of them; other files are shown', async () => {
    const { path } = await aWholeDraft();
    const changes = { 'social/announce.square.svg': '<svg' };
    const post = { kind: 'social', key: 'announce', format: 'square', locale: 'en', partnerId: null };
    const { body } = await marketer.post(`${path}/artwork`, { changes, show: post }).expect(422);
    const { code, problems } = body as { code: string; problems: { file: string }[] };
    expect([code, new Set(problems.map(({ file }) => file))]).toEqual([
      'artwork.unusable',
      new Set(['social/announce.square.svg']),
    ]);
    await marketer.post(`${path}/artwork`, { changes, show: brochure }).expect(200);
    const absent = { ...brochure, key: 'nothing' };
    expect((await marketer.post(`${path}/artwork`, { changes: {}, show: absent })).body.code).toBe(
      'document.not-found',
    );
  });

  it('have every mistake named with its place, and then nothing to show', async () => {
    const { path, text } = await aDraft();
    const changes = {
      'emails/welcome.mjml': words('name="offer"', 'nam="offer"')(text('emails/welcome.mjml')),
      'campaign.yaml': words('theme:', 'themes:')(text('campaign.yaml')),
    };
    const { body } = await marketer.post(`${path}/files/check`, { changes, show }).expect(200);
    expect(body.preview).toBeNull();
    const places = body.problems.map(({ file, line }: { file: string; line: number | null }) => `${file}:${line}`);
    expect(places).toEqual(expect.arrayContaining(['emails/welcome.mjml:11', 'campaign.yaml:5']));
  });

  it('are saved as the draft that was changed, and no other', async () => {
    const { path, packageHash, text } = await aDraft();
    const changes = { 'locales/en.yaml': another(text('locales/en.yaml')) };
    const { body } = await marketer.patch(`${path}/files`, { basedOn: packageHash, changes }).expect(200);
    expect(body).toMatchObject({ number: 1, status: 'draft' });
    expect(body.packageHash).not.toBe(packageHash);
    const { body: preview } = await marketer.get(`${path}/preview/emails/welcome`).expect(200);
    expect(preview.html).toContain('Intruders need an hour');
    const late = await marketer.patch(`${path}/files`, { basedOn: packageHash, changes: { 'notes.md': 'x' } });
    expect([late.status, late.body.code]).toEqual([412, 'draft.stale']);
  });

  it('of a published version become the next draft', async () => {
    const { path, packageHash, text } = await aDraft();
    const approver = await api.signIn(vendor.vendorId, 'approver');
    await marketer.post(`${path}/submit`).expect(200);
    await approver.post(`${path}/approve`).expect(200);
    const today = new Date().toISOString().slice(0, 10);
    const publication = { partnerGroupIds: [vendor.groupId], opensOn: today, closesOn: today };
    await marketer.post(`${path}/publish`, publication).expect(200);
    const changes = { 'locales/en.yaml': another(text('locales/en.yaml')) };
    const { body } = await marketer.patch(`${path}/files`, { basedOn: packageHash, changes }).expect(200);
    expect(body).toMatchObject({ number: 2, status: 'draft' });
    expect((await marketer.get(path)).body).toMatchObject({ status: 'published', packageHash });
  });

  it.each([
    ['a path that climbs', { '../campaign.yaml': 'x' }],
    ['a picture', { 'images/a.png': 'x' }],
    ['a kind of file that packages do not hold', { 'run.sh': 'x' }],
    ['no campaign any more', { 'campaign.yaml': null }],
  ])('refuse %s and change nothing', async (_, changes) => {
    const { path, packageHash } = await aDraft();
    const { body: check } = await marketer.post(`${path}/files/check`, { changes, show: null }).expect(200);
    expect(check.problems).toMatchObject([{ severity: 'error', file: Object.keys(changes)[0] }]);
    const { body } = await marketer.patch(`${path}/files`, { basedOn: packageHash, changes }).expect(422);
    expect(body).toMatchObject({ code: 'package.unusable', problems: [{ file: Object.keys(changes)[0] }] });
    expect((await marketer.get(`${path}/files`)).body.packageHash).toBe(packageHash);
  });

  it('are written by those who may', async () => {
    const { path, packageHash } = await aDraft();
    const analyst = await api.signIn(vendor.vendorId, 'analyst');
    await analyst.get(`${path}/files`).expect(200);
    await analyst.post(`${path}/files/check`, { changes: {}, show: null }).expect(403);
    await analyst.get(`${path}/files/bytes?path=campaign.yaml`).expect(200);
    await analyst.post(`${path}/files/artwork`, { changes: {}, show: brochure }).expect(403);
    await analyst.patch(`${path}/files`, { basedOn: packageHash, changes: {} }).expect(403);
  });
});
