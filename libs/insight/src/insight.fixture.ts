import { tmpdir } from 'node:os';
import pg from 'pg';
import { ConfigModule, readConfig } from '#config';
import { type CampaignId, type ContactId, newId, type VendorActor, type VendorId } from '#kernel';
import { BlobStore, StorageModule } from '#storage';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { InsightModule } from './index.js';

/** A person of any organisation. */
export const PERSON = { userId: null, apiKeyId: null, name: 'Test user', role: 'owner' } as const;

/** The numbers on a database of their own. */
export interface TestInsight extends TestModule {
  /** The owner of the database, without foreign keys and triggers: most rows that others refer to are not read. */
  readonly owner: pg.Client;
}

export async function openInsight(more: Parameters<typeof createTestModule>[0] = []): Promise<TestInsight> {
  const config = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for tests, of 32 characters' }));
  const product = await createTestModule([config, StorageModule.forRoot({ folder: tmpdir() }), ...more, InsightModule]);
  const owner = new pg.Client({ connectionString: product.database.ownerUrl });
  await owner.connect();
  await owner.query(`SET session_replication_role = 'replica'`);
  const close = async (): Promise<void> => {
    await owner.end();
    await product.close();
  };
  return { ...product, owner, close };
}

export async function aVendor({ owner }: TestInsight): Promise<VendorActor> {
  const vendorId = newId<VendorId>();
  await owner.query(
    `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at) VALUES ($1, 'vendor', 'Vendor', $2, 'DE', 'UTC', now())`,
    [vendorId, `vendor-${vendorId}`],
  );
  return { kind: 'vendor', vendorId, ...PERSON };
}

/**
 * Stores a compiled campaign with one step, the e-mail `welcome`, as far as numbers read it.
 * @param others e-mails that are tested against it.
 * @returns its hash.
 */
export function storeCompiled({ app }: TestInsight, others: readonly string[] = []): Promise<string> {
  const test = others.length === 0 ? {} : { test: others };
  const compiled = {
    definition: {
      title: { en: 'Title' },
      locales: ['en'],
      brand: { defaults: {} },
      sequence: { steps: [{ key: 'welcome', kind: 'email', email: 'welcome', ...test }] },
    },
    pages: [],
    slots: [],
    documents: [],
    social: [],
    emails: ['welcome', ...others].map((key) => ({
      key,
      masters: { en: { locale: 'en', subject: [`Subject of ${key}`], text: [], html: [], holes: [], colourPairs: [] } },
    })),
  };
  return app.get(BlobStore, { strict: false }).put(Buffer.from(JSON.stringify({ compiled, warnings: [] })));
}

/** A campaign whose first version is published. */
export async function aCampaign(
  { owner }: TestInsight,
  { vendorId }: VendorActor,
  { compiledHash, publishedOn }: { readonly compiledHash: string; readonly publishedOn: string },
): Promise<CampaignId> {
  const id = newId<CampaignId>();
  await owner.query('INSERT INTO campaigns.campaign (id, vendor_id, name, created_at) VALUES ($1, $2, $3, now())', [
    id,
    vendorId,
    `campaign ${id}`,
  ]);
  await owner.query(
    `INSERT INTO campaigns.campaign_version (id, campaign_id, vendor_id, number, status, title, summary, theme, locales, package_hash, compiled_hash, warnings,
       created_at, created_by_name, saved_at, saved_by_name, submitted_at, approved_at, approved_by_user_id, approved_by_name, published_at, published_by_name, opens_on, closes_on, manifest_hash)
     VALUES ($1, $2, $3, 1, 'published', '{"en": "Title"}', '{}', 'theme', '["en"]', 'package', $4, '[]', $5, 'Test user', $5, 'Test user', $5, $5, $1, 'Test user', $5, 'Test user', '2020-01-01', '2060-01-01', 'manifest')`,
    [newId(), id, vendorId, compiledHash, publishedOn],
  );
  return id;
}

/** Records that a hold-out of the version that the activation runs has drawn contacts, at one time. */
export async function drawHoldOut(
  { owner }: Pick<TestInsight, 'owner'>,
  activationId: string,
  at: string,
  groups: { readonly written: readonly ContactId[]; readonly heldOut: readonly ContactId[] },
  versionId: string | null = null,
): Promise<void> {
  for (const [contacts, isHeldOut] of [
    [groups.written, false],
    [groups.heldOut, true],
  ] as const)
    await owner.query(
      `INSERT INTO sequences.hold_out_draw (activation_id, contact_id, partner_id, version_id, is_held_out, at)
       SELECT a.id, contact, a.partner_id, coalesce($5, a.version_id), $4, $2
       FROM activations.activation a, unnest($3::uuid[]) contact WHERE a.id = $1`,
      [activationId, at, contacts, isHeldOut, versionId],
    );
}
