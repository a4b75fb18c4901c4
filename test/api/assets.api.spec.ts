import { createHash } from 'node:crypto';
import { degrees, PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { readPdf } from '../../libs/artwork/src/document/document.fixture.js';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';
import { BRAND_PROFILE, smallCampaign } from '../support/campaigns.js';

const svg = (inner: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80">${inner}</svg>`);
const LOGO = svg('<rect width="300" height="80" fill="#0b5cad"/>');

/** Left half red, right half blue. */
const twoColours = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#ff0000' } })
    .composite([
      {
        input: { create: { width: Math.floor(width / 2), height, channels: 3, background: '#0000ff' } },
        left: Math.ceil(width / 2),
        top: 0,
      },
    ])
    .jpeg({ quality: 95 })
    .toBuffer();

async function brochure(): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText('What is new', { x: 60, y: 700, rotate: degrees(0) });
  return Buffer.from(await document.save());
}

describe('a vendor’s library', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let maya: Browser;
  let analyst: Browser;
  let olivia: Browser;
  let names = 0;

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { rendering: 2 } });
    vendor = await api.aVendor();
    maya = await api.signIn(vendor.vendorId, 'marketer');
    analyst = await api.signIn(vendor.vendorId, 'analyst');
    olivia = await api.signIn(await api.aPartner(vendor), 'owner');
    const { headers } = await olivia.get('/api/v1/brand-profile');
    await olivia
      .put('/api/v1/brand-profile', BRAND_PROFILE)
      .set('If-Match', headers['etag'] ?? '"0"')
      .expect(200);
    await olivia.put('/api/v1/brand-profile/logo').attach('file', LOGO, 'logo.svg').expect(200);
  });
  afterAll(() => api.close());

  const upload = (name: string, bytes: Buffer, folder = '') =>
    maya
      .post(`/api/v1/assets/uploads?${new URLSearchParams({ name, folder }).toString()}`)
      .attach('file', bytes, 'file');
  const aPicture = async (name = 'Hero.jpg') =>
    (await upload(name, await twoColours(800, 400)).expect(201)).body as { id: string; file: { number: number } };
  const aDraft = async (): Promise<string> => {
    const zip = await smallCampaign(`library-${names++}`);
    const { body } = await maya.post('/api/v1/campaigns').attach('package', zip, 'package.zip').expect(201);
    return `/api/v1/campaigns/${body.campaignId}`;
  };
  const campaignOf = (address: string): string => address.slice('/api/v1/campaigns/'.length);
  const replaceFile = async (id: string): Promise<void> => {
    const green = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#00ff00' } })
      .jpeg()
      .toBuffer();
    await maya.put(`/api/v1/assets/${id}/file?name=green.jpg`).attach('file', green, 'file').expect(200);
  };
  const edited = (asset: object, changes: object) => {
    const { title, folder, tags, alt, content, focal, crop, branding, reviewOn, expiresOn } = asset as Record<
      string,
      unknown
    >;
    return { title, folder, tags, alt, content, focal, crop, branding, reviewOn, expiresOn, ...changes };
  };
  const change = (asset: { id: string; version: number }, changes: object) =>
    maya.put(`/api/v1/assets/${asset.id}`, edited(asset, changes)).set('If-Match', `"${asset.version}"`);
  const days = (ahead: number): string =>
    new Date(api.clock.now().getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  const shared = async (id: string, as: string, groups: string[] = []) =>
    maya
      .put(`/api/v1/assets/${id}/share`, { as, partnerGroupIds: groups, opensOn: days(0), closesOn: days(30) })
      .expect(200);

  it('keeps files with folder, tags, texts for readers and dates, and finds them by each', async () => {
    const { body } = await upload('صورة 🚀 Edge.jpg', await twoColours(64, 32), 'Products / Edge').expect(201);
    expect(body).toMatchObject({
      kind: 'picture',
      title: 'صورة 🚀 Edge',
      folder: 'Products/Edge',
      file: { width: 64, height: 32, mediaType: 'image/jpeg' },
    });
    const alt = { en: 'Two colours', de: 'Zwei Farben' };
    const { body: now } = await change(body, { tags: ['Hero', 'hero'], alt, expiresOn: days(10) }).expect(200);
    expect(now).toMatchObject({ tags: ['Hero'], alt, state: 'expires-soon', version: 2 });
    await change(body, { title: 'Late' }).expect(412);
    for (const query of ['q=zwei', 'folder=Products', 'tag=Hero', 'state=expires-soon', 'kinds=picture,logo'])
      expect(
        (await analyst.get(`/api/v1/assets?${query}`).expect(200)).body.items.map((one: { id: string }) => one.id),
      ).toContain(body.id);
    for (const query of ['q=dry', 'folder=Prod', 'tag=ero', 'state=current', 'kinds=text'])
      expect(
        (await analyst.get(`/api/v1/assets?${query}`).expect(200)).body.items.map((one: { id: string }) => one.id),
      ).not.toContain(body.id);
    expect((await analyst.get('/api/v1/assets?limit=1')).body).toMatchObject({
      folders: ['Products/Edge'],
      tags: ['Hero'],
    });
  });

  it.each([
    ['asset.type', 'notes.jpg', Buffer.from('no picture at all')],
    ['asset.svg-active', 'logo.svg', svg('<script>alert(1)</script>')],
    ['asset.broken', 'brochure.pdf', Buffer.from('%PDF-1.7\nnothing')],
    ['asset.empty', 'empty.png', Buffer.alloc(0)],
  ])('refuses with %s, and names the file', async (code, name, bytes) => {
    const { body } = await upload(name, bytes).expect(422);
    expect(body.code).toBe(code);
    expect(body.detail).toContain(name);
  });

  it('refuses a picture of 30,000 pixels with its size', async () => {
    const huge = await sharp({ create: { width: 30_000, height: 10, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const { body } = await upload('huge.png', huge).expect(422);
    expect(body.code).toBe('asset.too-many-pixels');
    expect(body.detail).toContain('30000 × 10');
  });

  it('puts a cut into a draft as a file of its own, and knows where it came from', async () => {
    const { id } = await aPicture();
    const campaign = await aDraft();
    const crop = { x: 0.5, y: 0, width: 0.5, height: 1 };
    const placed = await maya
      .post(`${campaign}/draft-files/library-pictures`, { assetId: id, fileNumber: 1, crop, maxWidth: 300 })
      .expect(201);
    expect(placed.body).toMatchObject({ width: 300, height: 300 });
    const query = `path=${encodeURIComponent(placed.body.path)}`;
    const { body: bytes } = await maya.get(`${campaign}/draft-files/bytes?${query}`).buffer().expect(200);
    const { dominant } = await sharp(bytes as Buffer).stats();
    expect(dominant.b).toBeGreaterThan(dominant.r);
    expect((await maya.get(`${campaign}/draft-files/picture-origin?${query}`).expect(200)).body).toEqual({
      origin: { assetId: id, fileNumber: 1, crop },
    });
    const uses = async () => (await analyst.get(`/api/v1/assets/${id}/uses`).expect(200)).body.items as object[];
    expect(await uses()).toMatchObject([{ number: null, path: placed.body.path, isCurrent: true }]);
    await maya.post(`${campaign}/draft-files/save`).expect(200);
    expect(await uses()).toMatchObject([{ number: 1, status: 'draft', isCurrent: true }]);
    const outside = { assetId: id, fileNumber: 1, crop: { x: 0.6, y: 0, width: 0.6, height: 1 } };
    expect((await maya.post(`${campaign}/draft-files/library-pictures`, outside).expect(422)).body.code).toBe(
      'asset.crop-outside',
    );
  });

  it('proposes drafts with a replaced file, and refuses a cut of the file before', async () => {
    const { id } = await aPicture();
    const campaign = await aDraft();
    const place = { assetId: id, fileNumber: 1, crop: null, maxWidth: 300 };
    const { body } = await maya.post(`${campaign}/draft-files/library-pictures`, place).expect(201);
    await maya.post(`${campaign}/draft-files/save`).expect(200);
    await replaceFile(id);
    expect((await maya.post(`${campaign}/draft-files/library-pictures`, place).expect(412)).body.code).toBe(
      'asset.file-replaced',
    );
    expect((await maya.get(`/api/v1/assets/${id}/uses`)).body.items).toMatchObject([{ isCurrent: false }]);
    const again = { campaignIds: [campaignOf(campaign)] };
    const { body: done } = await maya.post(`/api/v1/assets/${id}/replacements`, again).expect(200);
    expect(done.items).toMatchObject([{ outcome: 'drafted', number: 1 }]);
    expect((await maya.get(`/api/v1/assets/${id}/uses`)).body.items).toMatchObject([
      { isCurrent: true, path: body.path },
    ]);
    expect((await maya.post(`/api/v1/assets/${id}/replacements`, again).expect(200)).body.items).toEqual([]);
  });

  it('leaves copies of another asset with the same bytes', async () => {
    const one = await aPicture('Logo one.jpg');
    const other = await aPicture('Logo two.jpg');
    const campaign = await aDraft();
    for (const { id } of [one, other])
      await maya
        .post(`${campaign}/draft-files/library-pictures`, { assetId: id, fileNumber: 1, crop: null, maxWidth: 300 })
        .expect(201);
    // Both copies have the same bytes under two names.
    const { body: uses } = await maya.get(`/api/v1/assets/${other.id}/uses`).expect(200);
    expect(uses.items).toHaveLength(2);
    expect((await maya.get(`/api/v1/assets/${one.id}/uses`).expect(200)).body.items).toEqual([]);
    await replaceFile(one.id);
    const asked = { campaignIds: [campaignOf(campaign)] };
    expect((await maya.post(`/api/v1/assets/${one.id}/replacements`, asked).expect(200)).body.items).toEqual([]);
  });

  it('exchanges all pictures of a campaign or none', async () => {
    const { id } = await aPicture();
    const campaign = await aDraft();
    for (const maxWidth of [300, 200])
      await maya
        .post(`${campaign}/draft-files/library-pictures`, { assetId: id, fileNumber: 1, crop: null, maxWidth })
        .expect(201);
    await maya.post(`${campaign}/draft-files/save`).expect(200);
    await replaceFile(id);
    const archive = (at: string) =>
      api.asOwner(`UPDATE campaigns.campaign SET archived_at = ${at} WHERE id = $1`, [campaignOf(campaign)]);
    await archive('now()');
    const asked = { campaignIds: [campaignOf(campaign)] };
    const { body } = await maya.post(`/api/v1/assets/${id}/replacements`, asked).expect(200);
    expect(body.items).toMatchObject([{ outcome: 'refused', code: 'campaign.archived' }]);
    expect((await maya.get(`${campaign}/draft-files`).expect(200)).body.files).toEqual([]);
    await archive('NULL');
    expect((await maya.post(`/api/v1/assets/${id}/replacements`, asked).expect(200)).body.items).toMatchObject([
      { outcome: 'drafted' },
    ]);
    // Pictures of other campaigns here have the same bytes.
    const uses = (await maya.get(`/api/v1/assets/${id}/uses`)).body.items as { campaignId: string }[];
    expect(uses.filter(({ campaignId }) => campaignId === asked.campaignIds[0])).toMatchObject([
      { isCurrent: true },
      { isCurrent: true },
    ]);
    await maya.post(`/api/v1/assets/${id}/replacements`, { campaignIds: [] }).expect(422);
  });

  it('refuses an expired picture in a draft', async () => {
    const asset = await aPicture();
    await change({ version: 1, ...asset }, { expiresOn: days(-1) }).expect(200);
    const place = { assetId: asset.id, fileNumber: 1, crop: null };
    const refused = await maya.post(`${await aDraft()}/draft-files/library-pictures`, place).expect(409);
    expect(refused.body.code).toBe('asset.expired');
  });

  it('shares a document with partners, in their brand, until it is withdrawn with a reason', async () => {
    const { body: asset } = await upload('Battle card.pdf', await brochure()).expect(201);
    expect(asset.file).toMatchObject({ pages: 1, obstacle: null });
    const branding = { logo: 'top-right', contact: 'bottom-left', page: 'last' };
    await change(asset, { branding }).expect(200);
    const find = async () =>
      ((await olivia.get('/api/v1/library').expect(200)).body.items as { id: string; withdrawn: object }[]).find(
        ({ id }) => id === asset.id,
      );
    expect(await find()).toBeUndefined();
    await shared(asset.id, 'battle-card', [vendor.groupId]);
    expect(await find()).toMatchObject({ as: 'battle-card', isBrandable: true });
    const { body: pdf, headers } = await olivia.get(`/api/v1/library/${asset.id}/file?brand=own`).buffer().expect(200);
    expect(headers['content-type']).toBe('application/pdf');
    expect((await readPdf(pdf as Buffer)).text.join(' ')).toContain('What is new');
    expect((await readPdf(pdf as Buffer)).text.join(' ')).toContain(BRAND_PROFILE.contact.name);
    const plain = await olivia.get(`/api/v1/library/${asset.id}/file`).buffer().expect(200);
    const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    expect(hashOf(plain.body as Buffer)).toBe(
      hashOf(
        await maya
          .get(`/api/v1/assets/${asset.id}/file`)
          .buffer()
          .then(({ body }) => body as Buffer),
      ),
    );
    expect((await analyst.get(`/api/v1/assets/${asset.id}/downloads`)).body.items).toMatchObject([{ count: 2 }]);
    expect((await maya.delete(`/api/v1/assets/${asset.id}`).expect(409)).body.code).toBe('asset.shared');
    await maya.post(`/api/v1/assets/${asset.id}/withdrawal`, { reason: 'The prices changed.' }).expect(200);
    expect(await find()).toMatchObject({ withdrawn: { reason: 'The prices changed.' } });
    expect((await olivia.get(`/api/v1/library/${asset.id}/file`).expect(410)).body.detail).toContain(
      'The prices changed.',
    );
    const idle = await api.signIn(await api.aPartner(vendor), 'owner');
    const all = async (partner: Browser): Promise<string> =>
      JSON.stringify((await partner.get('/api/v1/library').expect(200)).body.items);
    expect(await all(idle)).not.toContain(asset.id);
    await maya.delete(`/api/v1/assets/${asset.id}`).expect(204);
    await maya.get(`/api/v1/assets/${asset.id}`).expect(404);
    // It has copies still, so it reads on why to stop using them.
    expect(await find()).toMatchObject({ withdrawn: { reason: 'The prices changed.' } });
    await olivia.get(`/api/v1/library/${asset.id}/file`).expect(410);
    expect(await all(idle)).not.toContain(asset.id);
    await idle.get(`/api/v1/library/${asset.id}/file`).expect(404);
  });

  it('is not shared with partners outside the group, before its first day, or of another vendor', async () => {
    const { id } = await aPicture('Launch logo.jpg');
    const outsider = await api.signIn(await api.aPartner(await api.aVendor()), 'owner');
    const bronze = await maya.post('/api/v1/partner-groups', { name: 'Nobody', rule: { tiers: ['none'] } }).expect(201);
    await shared(id, 'picture', [bronze.body.id]);
    await olivia.get(`/api/v1/library/${id}/file`).expect(404);
    expect((await maya.delete(`/api/v1/partner-groups/${bronze.body.id}`).expect(409)).body.code).toBe(
      'partner-group.in-use',
    );
    await maya
      .put(`/api/v1/assets/${id}/share`, { as: 'picture', partnerGroupIds: [], opensOn: days(2), closesOn: days(3) })
      .expect(200);
    await olivia.get(`/api/v1/library/${id}/file`).expect(404);
    await shared(id, 'picture');
    await olivia.get(`/api/v1/library/${id}/file`).expect(200);
    await outsider.get(`/api/v1/library/${id}/file`).expect(404);
    for (const [column, day] of [
      ['closes_on', days(-1)],
      ['expires_on', days(-1)],
    ] as const) {
      const [before] = await api.asOwner<{ day: string | null }>(
        `SELECT ${column}::text AS day FROM assets.asset WHERE id = $1`,
        [id],
      );
      const set = (to: string | null | undefined) =>
        api.asOwner(`UPDATE assets.asset SET ${column} = $2::date WHERE id = $1`, [id, to]);
      await set(day);
      await olivia.get(`/api/v1/library/${id}/file`).expect(404);
      expect(JSON.stringify((await olivia.get('/api/v1/library').expect(200)).body)).not.toContain(id);
      await set(days(0));
      await olivia.get(`/api/v1/library/${id}/file`).expect(200);
      await set(before?.day);
    }
  });

  it('is listed without what may have megabytes', async () => {
    const address = 'https://videos.example/edge';
    const captions = { en: 'WEBVTT', de: 'WEBVTT' };
    const { body: video } = await maya
      .post('/api/v1/assets', { kind: 'video', title: 'Tour', content: { address, captions } })
      .expect(201);
    await shared(video.id, 'video');
    const idOf = ({ id }: { id: string }): boolean => id === video.id;
    const { body: own } = await maya.get('/api/v1/assets?kinds=video').expect(200);
    expect(own.items.find(idOf)).not.toHaveProperty('content');
    expect((await maya.get(`/api/v1/assets/${video.id}`)).body.content).toEqual({ address, captions });
    const { body: library } = await olivia.get('/api/v1/library').expect(200);
    expect(library.items.find(idOf)).toMatchObject({ address, captions: ['de', 'en'] });
    expect((await olivia.get(`/api/v1/library/${video.id}/captions/de.vtt`).expect(200)).text).toBe('WEBVTT');
  });

  it('has a poster, which partners see with the video although the picture is not shared', async () => {
    const picture = await aPicture('Tour poster.jpg');
    const { body: video } = await maya
      .post('/api/v1/assets', { kind: 'video', title: 'Tour with poster', content: { poster: picture.id } })
      .expect(201);
    expect(video.poster).toBe(`/api/v1/assets/${picture.id}/preview?of=1`);
    await shared(video.id, 'video');
    const seen = async () =>
      ((await olivia.get('/api/v1/library').expect(200)).body.items as { id: string; poster: string | null }[]).find(
        ({ id }) => id === video.id,
      )?.poster;
    const address = await seen();
    expect(address).toContain(`/api/v1/library/${video.id}/preview?of=${picture.id}.1`);
    expect((await olivia.get(address ?? '').expect(200)).type).toMatch(/^image\//);
    await olivia.get(`/api/v1/library/${picture.id}/preview`).expect(404);
    const { body: uses } = await maya.get(`/api/v1/assets/${picture.id}/uses`).expect(200);
    expect(uses.videos).toEqual([{ id: video.id, title: 'Tour with poster' }]);

    await api.asOwner(`UPDATE assets.asset SET expires_on = $2::date WHERE id = $1`, [picture.id, days(-1)]);
    expect(await seen()).toBeNull();
    await olivia.get(address ?? '').expect(404);
    const changed = (await maya.get(`/api/v1/assets/${video.id}`).expect(200)).body;
    expect(changed.poster).toBeNull();
    // The same poster does not hold up another change.
    const renamed = (await change(changed, { title: 'Tour' }).expect(200)).body;
    expect(renamed.content.poster).toBe(picture.id);
    await api.asOwner(`UPDATE assets.asset SET expires_on = NULL WHERE id = $1`, [picture.id]);
    expect(await seen()).toBe(address);
    await maya.delete(`/api/v1/assets/${picture.id}`).expect(204);
    expect(await seen()).toBeNull();
  });

  it('refuses a poster that is no picture of the vendor’s own library', async () => {
    const other = await api.signIn((await api.aVendor()).vendorId, 'marketer');
    const foreign = await other
      .post('/api/v1/assets', { kind: 'text', title: 'Claim', content: { texts: { en: 'Claim' } } })
      .expect(201);
    const create = async (kind: string, poster: string) =>
      (await maya.post('/api/v1/assets', { kind, title: 'Tour', content: { poster } }).expect(422)).body;
    const { id } = await aPicture('Only for videos.jpg');
    expect(await create('video', foreign.body.id)).toMatchObject({
      code: 'asset.poster-unknown',
      field: 'content.poster',
    });
    expect(await create('text', id)).toMatchObject({ code: 'asset.poster-unfit' });
  });

  it('makes a signature of the partner’s data, and a picture with its logo', async () => {
    const { body: signature } = await maya
      .post('/api/v1/assets', { kind: 'signature', title: 'Partner badge', content: { texts: { en: 'Gold partner' } } })
      .expect(201);
    await shared(signature.id, 'signature');
    const { body } = await olivia.get(`/api/v1/library/${signature.id}/signature?name=Olivia%20%3Cb%3E`).expect(200);
    expect(body.html).toContain('Olivia &lt;b&gt;');
    expect(body.html).toContain('data:image/png;base64,');
    expect(body.text).toContain('Gold partner');
    const counted = async () => (await analyst.get(`/api/v1/assets/${signature.id}/downloads`)).body.items as object[];
    expect(await counted()).toEqual([]);
    await olivia.get(`/api/v1/library/${signature.id}/signature?for=use`).expect(200);
    expect(await counted()).toMatchObject([{ count: 1 }]);
    const picture = (await upload('Banner.jpg', await twoColours(400, 200)).expect(201)).body;
    await change(picture, { branding: { logo: 'bottom-right', contact: null, page: 'first' } }).expect(200);
    await shared(picture.id, 'picture');
    const own = await olivia.get(`/api/v1/library/${picture.id}/file?brand=own`).buffer().expect(200);
    expect(await sharp(own.body as Buffer).metadata()).toMatchObject({ format: 'png', width: 400 });
  });

  it('is changed by editors only', async () => {
    await analyst.post('/api/v1/assets', { kind: 'text', title: 'Claim', content: {} }).expect(403);
    const other = await api.signIn((await api.aVendor()).vendorId, 'owner');
    const { id } = await aPicture();
    await other.get(`/api/v1/assets/${id}`).expect(404);
    await other.delete(`/api/v1/assets/${id}`).expect(404);
  });
});
