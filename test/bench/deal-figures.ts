import { tmpdir } from 'node:os';
import pg from 'pg';
import { ConfigModule, readConfig } from '#config';
import { TOTALS_WORDING } from '#contracts';
import { Database } from '#database';
import {
  Attributions,
  DealSums,
  InsightModule,
  PartnerInsights,
  ProgrammeActivities,
  ProgrammeHealth,
  Rollups,
  VendorReturnsReader,
} from '#insight';
import { type PartnerActor, type PartnerId, type VendorActor, type VendorId } from '#kernel';
import { Deals, LeadsModule } from '#leads';
import { StorageModule } from '#storage';
import { createTestModule, type TestModule } from '../support/test-module.js';
import { median, timed } from './figures.js';

/** How many rows there are. */
interface DealScale {
  readonly partners: number;
  readonly deals: number;
  /** Clicks, forms and documents of people. */
  readonly touches: number;
}

/** A figure in milliseconds. */
interface DealFigure {
  readonly what: string;
  readonly ms: number;
}

const ROUNDS = 5;
const PERSON = { userId: null, apiKeyId: null, name: 'Bench', role: 'owner' } as const;

const ID = `CREATE FUNCTION pg_temp.id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$`;
/** A person has four touches, and every eleventh person a deal. */
const TOUCHES_OF_A_PERSON = 4;
const PERSONS_PER_DEAL = 11;
/** The partner of a person: the first has a tenth of all people, the others share the rest. $1: partners. */
const PARTNER = `pg_temp.id(1, CASE WHEN person % 10 = 0 THEN 1 ELSE 2 + person % ($1::int - 1) END) AS partner`;
/** Of the partner; it has eight. */
const activation = (at: string): string =>
  `pg_temp.id(3, ('x' || right(partner::text, 12))::bit(48)::bigint * 8 + ${at} % 8)`;

/**
 * Screens of deals and attribution among many rows, and what they replace: adding up in the browser's place,
 * one deal after the other.
 */
export async function measureDeals(scale: DealScale, say: (line: string) => void): Promise<DealFigure[]> {
  const config = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for a bench, of 32 characters' }));
  const storage = StorageModule.forRoot({ folder: tmpdir() });
  const house = await createTestModule([config, storage, LeadsModule, InsightModule]);
  try {
    say(`${scale.deals} deals of ${scale.partners} partners, ${scale.touches} touches`);
    await fill(house.database.ownerUrl, scale);
    return await measure(house, scale, say);
  } finally {
    await house.close();
  }
}

async function fill(ownerUrl: string, { partners, deals, touches }: DealScale): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    // Contacts, campaigns and leads are not read here.
    await owner.query(`SET session_replication_role = 'replica'`);
    await owner.query(ID);
    await owner.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
       SELECT pg_temp.id(1, n), CASE n WHEN 0 THEN 'vendor' ELSE 'partner' END, 'P ' || n, 'p-' || n, 'DE', 'UTC', now() FROM generate_series(0, $1::int) n`,
      [partners],
    );
    await owner.query(
      `INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at)
       SELECT pg_temp.id(2, n), pg_temp.id(2, 0), pg_temp.id(1, 0), pg_temp.id(1, n), 'gold', 'emea', 'active', '2020-01-01', '2020-01-01' FROM generate_series(1, $1::int) n`,
      [partners],
    );
    await owner.query(
      `INSERT INTO organisations.counted_deals (partner_id, vendor_id, is_counted, since_on, changed_by, changed_at)
       SELECT pg_temp.id(1, n), pg_temp.id(1, 0), true, '2020-01-01', 'Bench', now() FROM generate_series(1, $1::int) n`,
      [partners],
    );
    await owner.query(
      `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
         idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at)
       SELECT pg_temp.id(3, p * 8 + c), pg_temp.id(1, p), pg_temp.id(1, 0), pg_temp.id(4, c), pg_temp.id(4, c), 'active', 's' || p * 8 + c, 'en', 'UTC', now(), '{}', 1,
         'key ' || c, 'hash', 'Bench', now() - interval '300 days', '{}', 'activation', '2060-01-01' FROM generate_series(1, $1::int) p, generate_series(0, 7) c`,
      [partners],
    );
    await owner.query(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, kind, verdict, source, at)
       SELECT pg_temp.id(5, n), partner, pg_temp.id(1, 0), ${activation('n / 7')}, pg_temp.id(6, person),
         CASE n % 4 WHEN 3 THEN 'form' ELSE 'click' END, CASE n % 4 WHEN 3 THEN NULL WHEN 2 THEN 'machine' ELSE 'human' END,
         (ARRAY['email', 'post', 'qr', 'embed', 'direct'])[1 + n % 5], now() - (n % 250) * interval '1 day'
       FROM (SELECT n, person, ${PARTNER}
         FROM generate_series(1, $2::bigint) n, LATERAL (SELECT n / ${TOUCHES_OF_A_PERSON} AS person) one) touch`,
      [partners, touches],
    );
    await owner.query(
      `INSERT INTO leads.deal (id, partner_id, contact_id, activation_id, stage, amount_minor, currency, closed_on, expected_on, created_at, updated_at)
       SELECT pg_temp.id(7, n), partner, pg_temp.id(6, person), ${activation('n')}, stage, 10000 + n * 7919 % 900000, 'EUR',
         CASE WHEN stage IN ('won', 'lost') THEN current_date - (n % 200)::int END, current_date, now(), now()
       FROM (SELECT n, person, ${PARTNER}, (ARRAY['won', 'won', 'won', 'lost', 'proposal'])[1 + n / 10 % 5] AS stage
         FROM generate_series(1, $2::bigint) n, LATERAL (SELECT n * ${PERSONS_PER_DEAL} AS person) one) deal`,
      [partners, deals],
    );
    await owner.query('VACUUM ANALYZE');
  } finally {
    await owner.end();
  }
}

async function measure(
  { app, database }: TestModule,
  { partners }: DealScale,
  say: (line: string) => void,
): Promise<DealFigure[]> {
  const idOf = (n: number): string => `00000001-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
  const partner: PartnerActor = { kind: 'partner', partnerId: idOf(1) as PartnerId, ...PERSON };
  const usual: PartnerActor = { kind: 'partner', partnerId: idOf(partners) as PartnerId, ...PERSON };
  const vendor: VendorActor = { kind: 'vendor', vendorId: idOf(0) as VendorId, ...PERSON };
  const window = await app.get(PartnerInsights).window(partner, { period: 'start' });
  const figures: DealFigure[] = [];
  const note = async (what: string, work: () => Promise<unknown>, rounds = ROUNDS): Promise<void> => {
    const ms: number[] = [];
    for (let round = 0; round < rounds; round += 1) ms.push((await timed(work)).ms);
    figures.push({ what, ms: median(ms) });
    say(`${what}: ${median(ms).toFixed(0)} ms`);
  };
  const attributions = app.get(Attributions);
  const deals = app.get(Deals);
  const page = { limit: 50, beforeId: null, stage: null };
  await note('list of deals, partner with a tenth', () => deals.list(partner, page));
  await note('list of deals by amount, partner with a tenth', () => deals.list(partner, { ...page, sort: '-amount' }));
  await note('deal that was changed last, partner with a tenth', () =>
    deals.list(partner, { ...page, limit: 1, sort: '-updatedAt' }),
  );
  await note('results, partner with a tenth', () => app.get(PartnerInsights).all(partner, { period: 'start' }));
  await note('attribution, usual partner', () => attributions.table(usual, window, 7));
  await note('attribution, partner with a tenth', () => attributions.table(partner, window, 7));
  const [won] = await deals.list(partner, { ...page, limit: 1, stage: 'won' });
  if (won === undefined) throw new Error('The partner has no won deal.');
  await note('one deal explained, partner with a tenth', () => attributions.ofDeal(partner, won.id, 7));
  await note('sum of four weeks, made', () => app.get(DealSums).forVendor(vendor), 1);
  await note('sums of the vendor, read', () => app.get(DealSums).forVendor(vendor));
  await showTotals(database.ownerUrl);
  await note('returns of the vendor, all partners show totals', () => app.get(VendorReturnsReader).read(vendor));
  await note('figures of the vendor home, all partners show totals', () => app.get(ProgrammeHealth).figures(vendor));
  await note('activity of the programme, all partners show totals', () =>
    app.get(ProgrammeActivities).overview(vendor),
  );
  await note('partners by engagement, all show totals', () => app.get(ProgrammeActivities).standings(vendor));
  await note('rebuild of the counts, partner with a tenth', () => app.get(Rollups).reconcile(partner.partnerId), 1);
  await note('reference: touches of that partner, counted', () => countTouches(app.get(Database), partner));
  await note('naive: touches of 100 deals, a query each', () => oneByOne(app.get(Database), partner), 1);
  return figures;
}

/** All partners show their totals of any days. */
async function showTotals(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(
      `INSERT INTO organisations.shared_totals (partner_id, vendor_id, is_shared, wording, changed_by, changed_at)
       SELECT partner_id, vendor_id, true, $1, 'Bench', now() FROM organisations.membership`,
      [TOTALS_WORDING],
    );
    await owner.query('ANALYZE organisations.shared_totals');
  } finally {
    await owner.end();
  }
}

/** The least that a reading of all touches takes. */
function countTouches(database: Database, partner: PartnerActor): Promise<unknown> {
  return database.inTransaction(partner, () =>
    database.query('SELECT count(*) FROM engagement.touch_view WHERE partner_id = $1', [partner.partnerId]),
  );
}

/** What reading each deal's touches on its own costs. */
async function oneByOne(database: Database, partner: PartnerActor): Promise<void> {
  await database.inTransaction(partner, async () => {
    const deals = await database.query<{ contactId: string }>(
      `SELECT contact_id FROM leads.deal WHERE partner_id = $1 AND stage = 'won' ORDER BY id LIMIT 100`,
      [partner.partnerId],
    );
    for (const { contactId } of deals)
      await database.query(
        `SELECT t.id FROM engagement.interaction_with_verdict t JOIN activations.activation_view a ON a.id = t.activation_id
         WHERE a.partner_id = $1 AND t.contact_id = $2 AND coalesce(t.verdict, 'human') = 'human' ORDER BY t.at`,
        [partner.partnerId, contactId],
      );
  });
}
