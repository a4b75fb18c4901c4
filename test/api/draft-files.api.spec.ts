import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { StoredBlobs } from '#campaigns';
import { DAY_MS, packageRoot } from '#kernel';
import { BlobStore } from '#storage';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';
import { readPdf } from '../../libs/artwork/src/document/document.fixture.js';
import { smallCampaign, wholeCampaign } from '../support/campaigns.js';

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface File {
  readonly path: string;
  readonly kind: string;
  readonly text: string | null;
  readonly revision: string;
  readonly savedBy: string;
}

describe('the changed files of a draft', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let maya: Browser;
  let ben: Browser;
  let names = 0;

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { rendering: 2 } });
    vendor = await api.aVendor();
    maya = await api.signIn(vendor.vendorId, 'marketer');
    ben = await api.signIn(vendor.vendorId, 'owner');
  });
  afterAll(() => api.close());

  const aDraft = async () => {
    const zip = await smallCampaign(`draft-${names++}`);
    const { body } = await maya.post('/api/v1/campaigns').attach('package', zip, 'package.zip').expect(201);
    const path = `/api/v1/campaigns/${body.campaignId}`;
    const { body: found } = await maya.get(`${path}/versions/1/files`).expect(200);
    const { packageHash, files } = found as { packageHash: string; files: File[] };
    const text = (name: string): string => files.find((file) => file.path === name)?.text ?? '';
    return { path, packageHash, text };
  };
  const textOf = (path: string, text: string, revision: string | null = null) => ({
    path,
    kind: 'text',
    text,
    revision,
  });
  const save = (by: Browser, path: string, basedOn: string, ...files: object[]) =>
    by.put(`${path}/draft-files`, { basedOn, files });
  const stored = async (path: string): Promise<File[]> =>
    (await maya.get(`${path}/draft-files`).expect(200)).body.files as File[];
  const upload = (path: string, name: string, bytes: Buffer) =>
    maya.post(`${path}/draft-files/uploads?path=${encodeURIComponent(name)}`).attach('file', bytes, 'file');

  it('are stored with mistakes, and read by a colleague', async () => {
    const { path, packageHash } = await aDraft();
    await save(maya, path, packageHash, textOf('campaign.yaml', 'format: [half')).expect(200);
    const { body } = await ben.get(`${path}/draft-files`).expect(200);
    expect(body.files).toMatchObject([
      { path: 'campaign.yaml', kind: 'text', text: 'format: [half', isYours: false, isStale: false },
    ]);
    const { body: version } = await maya.get(`${path}/versions/1`).expect(200);
    expect(version.packageHash).toBe(packageHash);
  });

  it('prevent only a submission while they have mistakes, and it names each', async () => {
    const { path, packageHash, text } = await aDraft();
    const english = text('locales/en.yaml');
    const { body } = await save(maya, path, packageHash, textOf('locales/en.yaml', 'welcome: [')).expect(200);
    const refused = await maya.post(`${path}/versions/1/submit`).expect(422);
    expect(refused.body).toMatchObject({ code: 'draft.unfinished', details: { count: 1 } });
    expect(refused.body.problems[0]).toMatchObject({ file: 'locales/en.yaml', line: 1 });
    const [file] = body.files as File[];
    const corrected = english.replace('Attackers need an hour', 'Intruders need an hour');
    await save(maya, path, packageHash, textOf('locales/en.yaml', corrected, file!.revision)).expect(200);
    await maya.post(`${path}/versions/1/submit`).expect(200);
    expect(await stored(path)).toEqual([]);
    const preview = await maya.get(`${path}/versions/1/preview/emails/welcome`).expect(200);
    expect(preview.body.html).toContain('Intruders need an hour');
    const late = await save(maya, path, packageHash, textOf('notes.md', 'x'));
    expect([late.status, late.body.code]).toEqual([409, 'campaign-version.in-review']);
  });

  it('of two people at once: in two files both stay, in one the second is refused by name', async () => {
    const { path, packageHash } = await aDraft();
    await save(maya, path, packageHash, textOf('notes.md', 'Maya')).expect(200);
    await save(ben, path, packageHash, textOf('more.md', 'Ben')).expect(200);
    const second = await save(ben, path, packageHash, textOf('notes.md', 'Ben'));
    const files = await stored(path);
    expect([second.status, second.body.code, second.body.details]).toEqual([
      412,
      'draft-file.stale',
      expect.objectContaining({ path: 'notes.md', by: files[1]!.savedBy }),
    ]);
    expect(files.map(({ text }) => text)).toEqual(['Ben', 'Maya']);
    await save(ben, path, packageHash, textOf('notes.md', 'Both', files[1]!.revision)).expect(200);
    await save(maya, path, packageHash, textOf('notes.md', 'Lost', files[1]!.revision)).expect(412);
  });

  it('are taken back one by one, or all at once', async () => {
    const { path, packageHash } = await aDraft();
    const files = [textOf('a.md', 'a'), textOf('b.md', 'b'), { path: 'emails/welcome.mjml', kind: 'removed' }].map(
      (file) => ({ revision: null, ...file }),
    );
    const { body } = await save(maya, path, packageHash, ...files).expect(200);
    const [first] = body.files as File[];
    const back = { path: 'a.md', kind: 'unchanged', revision: first!.revision };
    const { body: rest } = await save(maya, path, packageHash, back).expect(200);
    expect((rest.files as File[]).map(({ path: name, kind }) => `${name} ${kind}`)).toEqual([
      'b.md text',
      'emails/welcome.mjml removed',
    ]);
    await maya.delete(`${path}/draft-files`).expect(204);
    expect(await stored(path)).toEqual([]);
  });

  it('can be pictures, which the check and the draft then have', async () => {
    const { path, text } = await aDraft();
    const { body } = await upload(path, 'images/hero.png', DOT).expect(200);
    expect(body.files).toMatchObject([{ path: 'images/hero.png', kind: 'upload', bytes: DOT.length }]);
    const { body: bytes } = await maya.get(`${path}/draft-files/bytes?path=images/hero.png`).expect(200);
    expect(bytes).toEqual(DOT);
    const picture = '<mj-image src="images/hero.png" alt="{{t "welcome.subject"}}" /><mj-text>';
    const changes = { 'emails/welcome.mjml': text('emails/welcome.mjml').replace('<mj-text>', picture) };
    const show = { kind: 'email', key: 'welcome', locale: 'en', recipient: {}, partnerId: null };
    const { body: check } = await maya.post(`${path}/versions/1/files/check`, { changes, show }).expect(200);
    expect(check.problems.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
    expect(check.preview.html).toMatch(/\/b\/[0-9a-f]{64}\.png/);
    const { body: saved } = await maya.post(`${path}/draft-files/save`).expect(200);
    expect(saved).toMatchObject({ number: 1, status: 'draft' });
    const { body: files } = await maya.get(`${path}/versions/1/files`).expect(200);
    expect((files.files as File[]).map((file) => file.path)).toContain('images/hero.png');
    expect(await stored(path)).toEqual([]);
    const again = await maya.post(`${path}/draft-files/save`).expect(409);
    expect(again.body.code).toBe('draft-file.none');
  });

  it('can be documents, which the preview then shows', async () => {
    const zip = await wholeCampaign(`draft-${names++}`);
    const { body: made } = await maya.post('/api/v1/campaigns').attach('package', zip, 'package.zip').expect(201);
    const path = `/api/v1/campaigns/${made.campaignId}`;
    const german = join(packageRoot(), 'templates/zero-trust-edge/documents/brochure.de.pdf');
    await upload(path, 'documents/brochure.en.pdf', readFileSync(german)).expect(200);
    const show = { kind: 'document', key: 'brochure', locale: 'en', partnerId: null };
    const { body } = await maya.post(`${path}/versions/1/files/artwork`, { changes: {}, show }).expect(200);
    expect((await readPdf(body as Buffer)).text.join()).toContain('Stoppen Sie Angriffe');
  });

  it('can be drawings, which are texts then', async () => {
    const { path } = await aDraft();
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const { body } = await upload(path, 'images/shape.svg', drawing).expect(200);
    expect(body.files).toMatchObject([{ kind: 'text', text: drawing.toString(), hash: null }]);
  });

  it.each([
    ['a picture that is none', 'images/hero.png', Buffer.from('MZ'), 'picture-type-wrong'],
    ['a PDF that is none', 'documents/a.pdf', Buffer.from('MZ'), 'file-type-wrong'],
    ['a text that is none', 'images/a.svg', Buffer.from([0xff, 0xfe, 0x00]), 'text-not-utf8'],
    ['a type that packages do not have', 'run.exe', DOT, 'file-type-unknown'],
    ['a path that climbs', '../hero.png', DOT, 'path-outside'],
  ])('cannot be %s', async (_, name, bytes, code) => {
    const { path } = await aDraft();
    const { body } = await upload(path, name, bytes).expect(422);
    expect(body).toMatchObject({ code: 'package.unusable', problems: [{ code, file: name }] });
    expect(await stored(path)).toEqual([]);
  });

  it('cannot be a text in place of a picture, or a file of more than 10 MB', async () => {
    const { path, packageHash } = await aDraft();
    const refused = await save(maya, path, packageHash, textOf('images/a.png', 'x')).expect(422);
    expect(refused.body.problems).toMatchObject([{ code: 'file-not-written' }]);
    const { body } = await upload(path, 'images/a.png', Buffer.alloc(10_000_001)).expect(413);
    expect(body).toMatchObject({ code: 'draft-file.too-large', details: { most: 10 } });
  });

  it('stay when a package replaces the files, with their text of then, and wait for an author', async () => {
    const { path, packageHash, text } = await aDraft();
    const english = text('locales/en.yaml');
    await save(maya, path, packageHash, textOf('locales/en.yaml', `${english}# Maya\n`)).expect(200);
    const changed = { 'campaign.yaml': `${text('campaign.yaml')}# Ben\n` };
    await ben.patch(`${path}/versions/1/files`, { basedOn: packageHash, changes: changed }).expect(200);
    const [file] = (await maya.get(`${path}/draft-files`)).body.files as File[];
    expect(file).toMatchObject({ path: 'locales/en.yaml', isStale: true, before: english });
    const late = await save(maya, path, packageHash, textOf('notes.md', 'x'));
    const { body: version } = await maya.get(`${path}/versions/1`);
    expect(late.body).toMatchObject({ code: 'draft.stale', details: { by: version.savedBy } });
    const refused = await maya.post(`${path}/versions/1/submit`).expect(409);
    expect(refused.body.code).toBe('draft-file.replaced');
    const again = textOf('locales/en.yaml', `${english}# Maya\n`, file!.revision);
    await save(maya, path, version.packageHash, again).expect(200);
    await maya.post(`${path}/versions/1/submit`).expect(200);
  });

  describe('in the store', () => {
    const blobs = (): BlobStore => api.app.get(BlobStore, { strict: false });
    const stored = (): StoredBlobs => api.app.get(StoredBlobs, { strict: false });
    const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    const counted = async (): Promise<number> => {
      const [row] = await api.asOwner<{ bytes: number }>(
        `SELECT sum(bytes)::int AS bytes FROM (SELECT DISTINCT hash, bytes FROM campaigns.stored_blob WHERE vendor_id = $1) AS of_vendor`,
        [vendor.vendorId],
      );
      return row!.bytes;
    };
    /** Another picture each time, with some bytes after its end. */
    const aPicture = (): Buffer => Buffer.concat([DOT, randomBytes(2_000)]);
    const asIfAWeekAgo = (): void => {
      const folder = api.config.STORAGE_FOLDER;
      const then = new Date(Date.now() - 7 * DAY_MS);
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        if (/[0-9a-f]{64}$/.test(file)) utimesSync(join(folder, file), then, then);
    };
    const sweep = (): Promise<number> => stored().deleteUnused(new Date(Date.now() - DAY_MS));

    it('count while they are there, and an upload that another replaced is deleted after a day', async () => {
      const { path } = await aDraft();
      const before = await counted();
      const [first, second] = [aPicture(), aPicture()];
      await upload(path, 'images/hero.png', first).expect(200);
      await upload(path, 'images/hero.png', second).expect(200);
      expect(await counted()).toBe(before + first.length + second.length);
      await sweep();
      expect(await blobs().has(hashOf(first))).toBe(true);
      asIfAWeekAgo();
      await sweep();
      expect([await blobs().has(hashOf(first)), await blobs().has(hashOf(second))]).toEqual([false, true]);
      expect(await counted()).toBeLessThanOrEqual(before + second.length);
    });

    it('of a version stay, and those of a draft that was replaced go, with what was compiled from it', async () => {
      const { path, packageHash, text } = await aDraft();
      await upload(path, 'images/hero.png', aPicture()).expect(200);
      const picture = '<mj-image src="images/hero.png" alt="{{t "welcome.subject"}}" /><mj-text>';
      const shown = text('emails/welcome.mjml').replace('<mj-text>', picture);
      await save(maya, path, packageHash, textOf('emails/welcome.mjml', shown)).expect(200);
      const of = async (): Promise<string[]> => {
        const [row] = await api.asOwner<{ hashes: string[] }>(
          `SELECT array_agg(s.hash) AS hashes FROM campaigns.campaign_version v
             JOIN campaigns.stored_blob s ON s.package_hash = v.package_hash
           WHERE v.campaign_id = $1`,
          [path.split('/').pop()],
        );
        return row!.hashes;
      };
      const before = await of();
      await maya.post(`${path}/draft-files/save`).expect(200);
      const after = await of();
      // The package, what was compiled from it, and the picture.
      expect(after).toHaveLength(3);
      asIfAWeekAgo();
      expect(await sweep()).toBeGreaterThanOrEqual(before.length);
      const has = (hashes: string[]): Promise<boolean[]> => Promise.all(hashes.map((hash) => blobs().has(hash)));
      expect(await has(before)).toEqual(before.map(() => false));
      expect(await has(after)).toEqual(after.map(() => true));
      const { body } = await maya.get(`${path}/versions/1/preview/emails/welcome`).expect(200);
      await maya.get(/\/b\/[0-9a-f]{64}\.png/.exec(body.html as string)![0]).expect(200);
    });

    it('stay if something else stored the same bytes for ever', async () => {
      const { path } = await aDraft();
      const bytes = aPicture();
      await upload(path, 'images/hero.png', bytes).expect(200);
      await blobs().put(bytes);
      await maya.delete(`${path}/draft-files`).expect(204);
      asIfAWeekAgo();
      await sweep();
      expect(await blobs().has(hashOf(bytes))).toBe(true);
    });
  });
});
