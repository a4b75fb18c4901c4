import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '#database';
import { newId, systemActor, type VendorActor } from '#kernel';
import { BlobStore, StorageModule } from '#storage';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { CompiledCampaigns } from './compiled-campaigns.service.js';
import { ContentModule } from './content.module.js';
import { campaignFiles, zipOf } from './package/package.fixture.js';
import { PublicImages } from './public-images.service.js';

const SYSTEM = systemActor('test');
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('compiled campaigns', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-content-'));
  let house: TestModule;
  let compiled: CompiledCampaigns;
  let blobs: BlobStore;
  let images: PublicImages;

  beforeAll(async () => {
    house = await createTestModule([StorageModule.forRoot({ folder }), ContentModule]);
    compiled = house.app.get(CompiledCampaigns);
    blobs = house.app.get(BlobStore);
    images = house.app.get(PublicImages);
  });
  afterAll(async () => {
    await house.close();
    rmSync(folder, { recursive: true });
  });

  const withDot = () => {
    const master = campaignFiles().get('emails/welcome.mjml')!.toString();
    const shown = master.replace(
      '<mj-text font-size',
      '<mj-image src="images/dot.png" alt="" width="9px" /><mj-text font-size',
    );
    return zipOf(campaignFiles({ 'images/dot.png': DOT, 'emails/welcome.mjml': shown }));
  };

  it('are found again by their hash, the same for the same package', async () => {
    const zip = await zipOf(campaignFiles());
    const [first, second] = [await compiled.compile(zip), await compiled.compile(zip)];
    if (!first.ok) throw new Error('It should compile.');
    expect(second).toEqual(first);
    expect((await compiled.load(first.compiledHash)).definition.name).toBe('zero-trust-edge');
    expect(await compiled.load(first.compiledHash)).toBe(await compiled.load(first.compiledHash));
  });

  it('are the problems instead, for a package that has any, and nothing of it is stored', async () => {
    const zip = Buffer.from('no zip');
    const answer = await compiled.compile(zip);
    expect(answer).toMatchObject({ ok: false, problems: [{ code: 'zip-unreadable' }] });
    expect(await blobs.has(createHash('sha256').update(zip).digest('hex'))).toBe(false);
  });

  it('make the pictures that they show public, and no other blob', async () => {
    const answer = await compiled.compile(await withDot());
    if (!answer.ok) throw new Error('It should compile.');
    const { hash } = (await compiled.load(answer.compiledHash)).images['images/dot.png']!;
    expect(await images.mediaType(SYSTEM, hash)).toBe('image/png');
    expect(await images.mediaType(SYSTEM, answer.packageHash)).toBeNull();
    expect(await images.mediaType(SYSTEM, answer.compiledHash)).toBeNull();
  });

  it('are made public by processes only', async () => {
    const vendor: VendorActor = {
      kind: 'vendor',
      vendorId: newId(),
      role: 'owner',
      userId: null,
      apiKeyId: null,
      name: 'V',
    };
    const insert = house.app
      .get(Database)
      .inTransaction(vendor, () =>
        house.app
          .get(Database)
          .query(`INSERT INTO content.public_image VALUES ($1, 'image/png', now())`, ['0'.repeat(64)]),
      );
    await expect(insert).rejects.toThrow('row-level security');
  });
});
