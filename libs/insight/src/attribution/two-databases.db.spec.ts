import { HALF_LIFE_DAYS } from '#contracts';
import { DAY_MS, type DealId, newId, type PartnerActor, type PartnerId } from '#kernel';
import { Attributions, PartnerInsights, PartnerReturnsReader } from '../index.js';
import {
  aCampaign,
  anActivation,
  aVendor,
  openInsight,
  PERSON,
  storeCompiled,
  type TestInsight,
} from '../insight.fixture.js';

const START_MS = Date.UTC(2026, 8, 1);
const WINDOW = { from: '2026-08-01', to: '2026-12-31' };
const LEDGERS = [
  'organisations.organisation',
  'campaigns.campaign',
  'campaigns.campaign_version',
  'activations.activation',
  'engagement.interaction',
  'engagement.interaction_verdict',
  'leads.deal',
  'leads.deal_event',
  'insight.cost',
] as const;

const at = (days: number): Date => new Date(START_MS + days * DAY_MS);
const dayAt = (days: number): string => at(days).toISOString().slice(0, 10);

/** 40 people of three campaigns: touches, clicks of programs, and deals of two currencies with refunds. */
async function fill(house: TestInsight): Promise<PartnerActor> {
  const { owner } = house;
  const vendor = await aVendor(house);
  const compiledHash = await storeCompiled(house);
  const partnerId = newId<PartnerId>();
  await owner.query(
    `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
     VALUES ($1, 'partner', 'Partner', $2, 'NZ', 'Pacific/Auckland', $3)`,
    [partnerId, `partner-${partnerId}`, at(0)],
  );
  const launches: string[] = [];
  for (const n of [0, 1, 2]) {
    const campaignId = await aCampaign(house, vendor, { compiledHash, publishedOn: dayAt(0) });
    const { rows } = await owner.query<{ id: string }>(
      'SELECT id FROM campaigns.campaign_version WHERE campaign_id = $1',
      [campaignId],
    );
    const launched = { campaignId, versionId: rows[0]!.id, startAt: at(n) };
    launches.push(await anActivation(house, { ...launched, partnerId, vendorId: vendor.vendorId }));
    await owner.query(
      `INSERT INTO insight.cost (id, owner_id, description, amount_minor, currency, from_on, to_on, campaign_id, tactic, by_name, created_at, updated_at)
       VALUES ($1, $2, 'Fair', $3, 'EUR', $4, $5, $6, 'email', 'Test user', $7, $7)`,
      [newId(), partnerId, 33_333 + n, dayAt(n), dayAt(n + 6), campaignId, at(n)],
    );
  }
  for (let person = 0; person < 40; person += 1) {
    const contactId = newId();
    for (let touch = 0; touch <= person % 5; touch += 1) {
      const interactionId = newId();
      const isClick = touch % 2 === 0;
      await owner.query(
        `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, step_key, kind, verdict, source, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          interactionId,
          partnerId,
          vendor.vendorId,
          launches[(person + touch) % 3],
          contactId,
          isClick ? 'welcome' : null,
          isClick ? 'click' : 'form',
          isClick ? 'human' : null,
          isClick ? null : 'direct',
          // Several at one time.
          at(Math.floor(person / 4) + touch),
        ],
      );
      for (const verdict of person % 7 === 0 ? ['machine', 'human', ...(touch === 1 ? ['machine'] : [])] : [])
        await owner.query(
          `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at) VALUES ($1, $2, $3, $4, 'decoy', $5)`,
          [newId(), interactionId, partnerId, verdict, at(60)],
        );
    }
    if (person % 2 === 1) continue;
    const [dealId, stage] = [newId(), person % 8 === 6 ? 'lost' : 'won'];
    const deal = [dealId, partnerId, 10_001 * (person + 1), person % 6 === 0 ? 'USD' : 'EUR', dayAt(20 + person)];
    const refunded = person % 10 === 0 ? 3334 : 0;
    await owner.query(
      `INSERT INTO leads.deal (id, partner_id, contact_id, activation_id, stage, amount_minor, currency, refunded_minor, closed_on, created_at, updated_at)
       VALUES ($1, $2, $6, $7, $8, $3, $4, $9, $5, $10, $10)`,
      [...deal, contactId, launches[person % 3], stage, refunded, at(15)],
    );
    await owner.query(
      `INSERT INTO leads.deal_event (id, deal_id, partner_id, kind, stage, amount_minor, currency, refunded_minor, closed_on, by_name, at)
       VALUES ($6, $1, $2, 'stage', $7, $3, $4, $8, $5, 'Test user', $9)`,
      [...deal, newId(), stage, refunded, at(15)],
    );
  }
  return { kind: 'partner', partnerId, ...PERSON };
}

/** The rows of a database, as JSON by table, in two other orders. */
const dumpOf = async ({ owner }: TestInsight): Promise<readonly (readonly [string, string])[][]> => {
  const dumps = [];
  for (const order of ['t.id DESC', 'md5(t.id::text)']) {
    const tables: [string, string][] = [];
    for (const table of LEDGERS) {
      const { rows } = await owner.query<{ rows: string }>(
        `SELECT coalesce(json_agg(t ORDER BY ${order}), '[]')::text AS rows FROM ${table} t`,
      );
      tables.push([table, rows[0]?.rows ?? '[]']);
    }
    dumps.push(tables);
  }
  return dumps;
};

/** All money figures of a partner, as the API writes them. */
async function told({ app, owner }: TestInsight, actor: PartnerActor): Promise<readonly string[]> {
  const attributions = app.get(Attributions, { strict: false });
  const { rows } = await owner.query<{ id: DealId }>('SELECT id FROM leads.deal ORDER BY id');
  const deals = [];
  for (const { id } of rows) deals.push(await attributions.ofDeal(actor, id, HALF_LIFE_DAYS));
  const returns = app.get(PartnerReturnsReader, { strict: false });
  return [
    await attributions.table(actor, WINDOW, HALF_LIFE_DAYS),
    deals,
    await app.get(PartnerInsights, { strict: false }).between(actor, actor.partnerId, WINDOW),
    await returns.read(actor, WINDOW, 'linear'),
    await returns.read(actor, WINDOW, 'shapley'),
  ].map((answer) => JSON.stringify(answer));
}

/** One after the other: products of one process share the folder of their click journals. */
async function inDatabase<Result>(work: (house: TestInsight) => Promise<Result>): Promise<Result> {
  const house = await openInsight();
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

describe('the same ledgers in two databases', () => {
  it('give the same tables, credits and totals, whatever the order in which the rows came', async () => {
    const { actor, expected, table, dumps } = await inDatabase(async (house) => {
      const partner = await fill(house);
      const attributions = house.app.get(Attributions, { strict: false });
      return {
        actor: partner,
        expected: await told(house, partner),
        table: await attributions.table(partner, WINDOW, HALF_LIFE_DAYS),
        dumps: await dumpOf(house),
      };
    });
    for (const dump of dumps)
      await inDatabase(async (house) => {
        for (const [name, rows] of dump)
          await house.owner.query(
            `INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`,
            [rows],
          );
        expect(await told(house, actor)).toEqual(expected);
      });
    expect(table.currencies.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
    expect(table.paths.converted).toBeGreaterThan(5);
    for (const { rows, wonMinor, uncreditedMinor } of table.currencies)
      for (const model of table.models)
        expect(rows.reduce((sum, { creditsMinor }) => sum + creditsMinor[model], uncreditedMinor)).toBe(wonMinor);
  }, 60_000);
});
