import { tmpdir } from 'node:os';
import pg from 'pg';
import { TestWinners } from '#campaigns';
import { ConfigModule, readConfig } from '#config';
import { type CampaignId, DAY_MS, newId, type VendorActor, type VendorId } from '#kernel';
import { BlobStore, StorageModule } from '#storage';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { DecidableTests, InsightModule } from '../index.js';

const PERSON = { userId: null, apiKeyId: null, name: 'Test user', role: 'owner' } as const;
const COMPILED = {
  definition: {
    title: { en: 'Title' },
    locales: ['en'],
    brand: { defaults: {} },
    sequence: { steps: [{ key: 'welcome', kind: 'email', email: 'welcome', test: ['proof'] }] },
  },
  pages: [],
  slots: [],
  documents: [],
  social: [],
  emails: ['welcome', 'proof'].map((key) => ({
    key,
    masters: { en: { locale: 'en', subject: [`Subject of ${key}`], text: [], html: [], holes: [], colourPairs: [] } },
  })),
};

describe('tests that can be decided', () => {
  let product: TestModule;
  let owner: pg.Client;
  let compiledHash: string;
  let vendor: VendorActor;
  let campaignId: CampaignId;

  beforeAll(async () => {
    const config = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for tests, of 32 characters' }));
    product = await createTestModule([config, StorageModule.forRoot({ folder: tmpdir() }), InsightModule]);
    owner = new pg.Client({ connectionString: product.database.ownerUrl });
    await owner.connect();
    // Who saved and approved the version is not read.
    await owner.query(`SET session_replication_role = 'replica'`);
    compiledHash = await product.app
      .get(BlobStore, { strict: false })
      .put(Buffer.from(JSON.stringify({ compiled: COMPILED, warnings: [] })));
  });
  afterAll(async () => {
    await owner.end();
    await product.close();
  });
  beforeEach(async () => {
    const vendorId = newId<VendorId>();
    vendor = { kind: 'vendor', vendorId, ...PERSON };
    await owner.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at) VALUES ($1, 'vendor', 'Vendor', $2, 'DE', 'UTC', now())`,
      [vendorId, `vendor-${vendorId}`],
    );
    campaignId = await aCampaign();
  });

  const aCampaign = async (): Promise<CampaignId> => {
    const id = newId<CampaignId>();
    await owner.query('INSERT INTO campaigns.campaign (id, vendor_id, name, created_at) VALUES ($1, $2, $3, now())', [
      id,
      vendor.vendorId,
      `campaign ${id}`,
    ]);
    await owner.query(
      `INSERT INTO campaigns.campaign_version (id, campaign_id, vendor_id, number, status, title, summary, theme, locales, package_hash, compiled_hash, warnings,
         created_at, created_by_name, saved_at, saved_by_name, submitted_at, approved_at, approved_by_user_id, approved_by_name, published_at, published_by_name, opens_on, closes_on, manifest_hash)
       VALUES ($1, $2, $3, 1, 'published', '{"en": "Title"}', '{}', 'theme', '["en"]', 'package', $4, '[]', now(), 'Test user', now(), 'Test user', now(), now(), $1, 'Test user', now(), 'Test user', '2020-01-01', '2060-01-01', 'manifest')`,
      [newId(), id, vendor.vendorId, compiledHash],
    );
    return id;
  };
  /** Numbers of four weeks that were released. */
  const released = async (table: string, sd: number, byArm: Readonly<Record<string, number>>): Promise<void> => {
    const cells = Object.entries(byArm).map(([arm, value]) => ({
      name: JSON.stringify(['welcome', `en; email=${arm}; test=1`]),
      value,
    }));
    const at = new Date(product.clock.now().getTime() - 30 * DAY_MS);
    await owner.query(
      `INSERT INTO release.release (id, vendor_id, kind, subject, as_of, at, ready_at, cells, sd, cost)
       VALUES (gen_random_uuid(), $1, 'steps', $2, $3, $3, $3, $4, $5, 0)`,
      [vendor.vendorId, `${campaignId} ${table}`, at, JSON.stringify(cells), sd],
    );
  };
  const sentAndClicked = async (clicked: number): Promise<void> => {
    await released('partsSent', 50, { welcome: 4000, proof: 4000 });
    await released('partsClicked', 20, { welcome: 200, proof: clicked });
  };
  const listed = () => product.app.get(DecidableTests).list(vendor);

  it('are those with one arm that is reliably the best, until a person applies one', async () => {
    await aCampaign();
    await sentAndClicked(600);
    expect(await listed()).toEqual([
      {
        campaignId,
        number: 1,
        of: 'email',
        place: 1,
        winner: { arm: 'proof', time: null, subject: 'Subject of proof' },
      },
    ]);
    const winners = product.app.get(TestWinners, { strict: false });
    await winners.apply(vendor, { campaignId, number: 1 }, 'welcome');
    expect(await listed()).toEqual([]);
    await winners.apply(vendor, { campaignId, number: 1 }, null);
    expect(await listed()).toHaveLength(1);
  });

  it('are none while the difference may be chance', async () => {
    await sentAndClicked(230);
    expect(await listed()).toEqual([]);
  });

  it('are none of another vendor', async () => {
    await sentAndClicked(600);
    const other: VendorActor = { ...vendor, vendorId: newId<VendorId>() };
    expect(await product.app.get(DecidableTests).list(other)).toEqual([]);
  });
});
