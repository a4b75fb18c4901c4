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
    const packageHash = await blobs.put(await zipOf(campaignFiles()));
    const [first, second] = [await compiled.compile(packageHash), await compiled.compile(packageHash)];
    if (!('compiledHash' in first)) throw new Error('It should compile.');
    expect(second).toEqual(first);
    expect((await compiled.load(first.compiledHash)).definition.name).toBe('zero-trust-edge');
    expect(await compiled.load(first.compiledHash)).toBe(await compiled.load(first.compiledHash));
  });

  it('are the problems instead, for a package that has any', async () => {
    const answer = await compiled.compile(await blobs.put(Buffer.from('no zip')));
    if (!('problemsHash' in answer)) throw new Error('It should not compile.');
    expect(await compiled.problems(answer.problemsHash)).toMatchObject([{ code: 'zip-unreadable' }]);
  });

  it('make the pictures that they show public, and no other blob', async () => {
    const packageHash = await blobs.put(await withDot());
    const answer = await compiled.compile(packageHash);
    if (!('compiledHash' in answer)) throw new Error('It should compile.');
    const { hash } = (await compiled.load(answer.compiledHash)).images['images/dot.png']!;
    expect(await images.mediaType(SYSTEM, hash)).toBe('image/png');
    expect(await images.mediaType(SYSTEM, packageHash)).toBeNull();
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
