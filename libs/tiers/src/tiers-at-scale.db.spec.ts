import type { Tier, TierRulesInput } from '#contracts';
import { Database } from '#database';
import { DAY_MS, type PartnerAttributeId, type ProgrammeId, type VendorActor, type VendorId } from '#kernel';
import { Organisations, PartnerAttributes } from '#organisations';
import type { TestModule } from '../../../test/support/test-module.js';
import { aVendor, SYSTEM } from '../../organisations/src/organisations.fixture.js';
import { PartnerTierRules, TierEvaluations } from './index.js';
import { asOwner, openTiers } from './tiers.fixture.js';

const PARTNERS = 5_000;
const LAUNCHES = 20;

/** Real rows of 5,000 partners with 20 launches each; `docs/figures.md` has the figures. */
describe('tiers by rule of 5,000 partners', () => {
  let house: TestModule;
  let vendor: VendorActor;
  let programmeId: ProgrammeId;
  let rules: TierRulesInput;

  beforeAll(async () => {
    house = await openTiers();
    ({ vendor, programmeId } = await aVendor(house.app.get(Organisations)));
    const { vendorId } = vendor;
    const definitions = house.app.get(PartnerAttributes);
    const definition = { help: '', owner: 'vendor', options: [] } as const;
    const certified = await definitions.create(vendor, { ...definition, name: 'Certified', kind: 'certification' });
    const employees = await definitions.create(vendor, { ...definition, name: 'Employees', kind: 'number' });
    await addPartners(house.app.get(Database), vendorId, programmeId);
    await asOwner(
      house,
      `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale,
         time_zone, start_at, slots, brand_version, idempotency_key, request_hash, launched_by, launched_at, planned_end_at)
       SELECT made.id, made.partner_id, $1, gen_random_uuid(), made.id, 'active', made.id::text, 'en', 'UTC', now(), '{}', 1, made.id::text, '', '',
         now() - make_interval(days => (random() * 400)::int), now()
       FROM (SELECT gen_random_uuid() AS id, m.partner_id FROM organisations.membership m, generate_series(1, $2)
         WHERE m.vendor_id = $1) made`,
      [vendorId, LAUNCHES],
    );
    await asOwner(house, 'ANALYZE');
    rules = rulesAsking(certified, employees);
  }, 180_000);
  afterAll(() => house.close());

  const timed = async (name: string, work: () => Promise<unknown>): Promise<number> => {
    const from = performance.now();
    await work();
    const ms = performance.now() - from;
    process.stdout.write(`${name}: ${ms.toFixed(0)} ms\n`);
    return ms;
  };

  it('are previewed and evaluated within a second each', async () => {
    const service = house.app.get(PartnerTierRules);
    const preview = await timed('preview', () => service.preview(vendor, programmeId, rules));
    // The first version moves nearly all partners: it writes, too.
    await timed('first evaluation', () => service.save(vendor, programmeId, rules, null));
    house.clock.advance(DAY_MS);
    const daily = await timed('daily evaluation', () => house.app.get(TierEvaluations).evaluateDue());
    expect(Math.max(preview, daily)).toBeLessThan(1_000);
  });
});

async function addPartners(database: Database, vendorId: VendorId, programmeId: ProgrammeId): Promise<void> {
  await database.inTransaction(SYSTEM, async () => {
    await database.query(
      `WITH partner AS (
         INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
         SELECT gen_random_uuid(), 'partner', 'Partner ' || n, 'scale-' || n, 'GB', 'UTC', now()
         FROM generate_series(1, $3) n RETURNING id)
       INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at)
       SELECT gen_random_uuid(), $1, $2, id, 'Silver', 'emea', 'active', now(), now() FROM partner`,
      [programmeId, vendorId, PARTNERS],
    );
    await database.query(
      `INSERT INTO organisations.attribute_value (attribute_id, vendor_id, partner_id, words, number, day, changed_by, changed_at)
       SELECT a.id, $1, m.partner_id, CASE a.kind WHEN 'certification' THEN '{}'::text[] END, CASE a.kind WHEN 'number' THEN random() * 500 END,
         CASE a.kind WHEN 'certification' THEN current_date + (random() * 400)::int - 100 END, 'test', now()
       FROM organisations.membership m, organisations.partner_attribute a WHERE m.vendor_id = $1 AND a.vendor_id = $1`,
      [vendorId],
    );
  });
}

function rulesAsking(certified: PartnerAttributeId, employees: PartnerAttributeId): TierRulesInput {
  const tier = (name: string, atLeast: number, count: number): Tier => ({
    name,
    about: '',
    rule: {
      period: { unit: 'months', count },
      facts: [
        { fact: 'launches', atLeast },
        { fact: 'campaigns', atLeast },
      ],
      conditions: [
        { on: 'certified', attributeId: certified, forDays: 0, not: false },
        { on: 'attribute-number', attributeId: employees, from: 10 * atLeast, to: null, not: false },
      ],
    },
  });
  const lowest = { name: 'Registered', about: '', rule: { ...tier('', 1, 1).rule, facts: [], conditions: [] } };
  return {
    isOn: true,
    graceDays: 60,
    tiers: [tier('Platinum', 8, 6), tier('Gold', 5, 6), tier('Silver', 2, 3), lowest],
  };
}
