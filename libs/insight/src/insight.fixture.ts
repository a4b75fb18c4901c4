import { tmpdir } from 'node:os';
import pg from 'pg';
import { ConfigModule, readConfig } from '#config';
import {
  type ActivationId,
  type CampaignId,
  type ContactId,
  newId,
  type PartnerId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { BlobStore, StorageModule } from '#storage';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { InsightModule } from './index.js';

/** A person of any organisation. */
export const PERSON = { userId: null, apiKeyId: null, name: 'Test user', role: 'owner' } as const;

export const CONFIG = readConfig({ SECRET_KEY: 'a key for tests, of 32 characters' });

/** The numbers on a database of their own. */
export interface TestInsight extends TestModule {
  /** The owner of the database, without foreign keys and triggers: most rows that others refer to are not read. */
  readonly owner: pg.Client;
}

export async function openInsight(more: Parameters<typeof createTestModule>[0] = []): Promise<TestInsight> {
  const config = ConfigModule.forRoot(CONFIG);
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
 * @param sequence what the sequence has beside the step.
 * @returns its hash.
 */
export function storeCompiled(
  { app }: TestInsight,
  others: readonly string[] = [],
  sequence: object = {},
): Promise<string> {
  const test = others.length === 0 ? {} : { test: others };
  const compiled = {
    definition: {
      title: { en: 'Title' },
      locales: ['en'],
      brand: { defaults: {} },
      sequence: { ...sequence, steps: [{ key: 'welcome', kind: 'email', email: 'welcome', ...test }] },
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
  {
    id = newId<CampaignId>(),
    compiledHash,
    publishedOn,
  }: { readonly id?: CampaignId; readonly compiledHash: string; readonly publishedOn: string },
): Promise<CampaignId> {
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

/** A partner of Germany. */
export async function aPartner({ owner }: TestInsight): Promise<PartnerId> {
  const partnerId = newId<PartnerId>();
  await owner.query(
    `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at) VALUES ($1, 'partner', 'Partner', $2, 'DE', 'UTC', now())`,
    [partnerId, `partner-${partnerId}`],
  );
  return partnerId;
}

/** Partners join the programme of a vendor. */
export async function join(
  { owner }: TestInsight,
  { vendorId }: VendorActor,
  partnerIds: readonly PartnerId[],
  joinedOn: string,
): Promise<void> {
  await owner.query(
    `INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at)
     SELECT partner, partner, $1, partner, 'gold', 'EMEA', 'active', $2, $2 FROM unnest($3::uuid[]) partner`,
    [vendorId, joinedOn, partnerIds],
  );
}

/** Partners show a vendor their totals, or show them no more. */
export async function showTotals(
  { owner }: TestInsight,
  vendorId: VendorId,
  partnerIds: readonly PartnerId[],
  { isShared = true, wording = 1 }: { readonly isShared?: boolean; readonly wording?: number } = {},
): Promise<void> {
  await owner.query(
    `INSERT INTO organisations.shared_totals (partner_id, vendor_id, is_shared, wording, changed_by, changed_at)
     SELECT partner, $1, $2, $3, 'Test user', now() FROM unnest($4::uuid[]) partner
     ON CONFLICT (partner_id, vendor_id) DO UPDATE SET is_shared = excluded.is_shared`,
    [vendorId, isShared, wording, partnerIds],
  );
}

interface Launch {
  readonly activationId: ActivationId;
  readonly partnerId: PartnerId;
}

/** A launch of a campaign. `versionId`: where something reads the version. */
export async function anActivation(
  { owner }: TestInsight,
  of: {
    readonly partnerId: PartnerId;
    readonly vendorId: VendorId;
    readonly campaignId: CampaignId;
    readonly versionId?: string;
    readonly startAt: string | Date;
  },
): Promise<ActivationId> {
  const id = newId<ActivationId>();
  await owner.query(
    `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
       idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at)
     VALUES ($1::uuid, $2, $3, $4, $5, 'active', $1::uuid::text, 'en', 'UTC', $6, '{}', 1, $1::uuid::text, 'hash', 'Test user', $6, '{}', 'activation', '2060-01-01')`,
    [id, of.partnerId, of.vendorId, of.campaignId, of.versionId ?? of.campaignId, of.startAt],
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

/** A lead of each contact, on the day beside it. */
export async function addLeads(
  { owner }: TestInsight,
  { activationId, partnerId }: Launch,
  leads: readonly (readonly [ContactId | undefined, string])[],
): Promise<void> {
  await owner.query(
    `INSERT INTO leads.lead (id, partner_id, contact_id, activation_id, source, status, created_at, requested_at, updated_at)
     SELECT gen_random_uuid(), $1, contact, $2, 'form', 'new', at, at, at FROM unnest($3::uuid[], $4::timestamptz[]) one (contact, at)`,
    [partnerId, activationId, leads.map(([contact]) => contact), leads.map(([, on]) => `${on}T00:00:00Z`)],
  );
}
