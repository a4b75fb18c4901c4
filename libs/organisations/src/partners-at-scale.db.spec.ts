import pg from 'pg';
import { Database } from '#database';
import { type PartnerAttributeId, type PartnerId, type ProgrammeId, type VendorActor } from '#kernel';
import { Organisations, OrganisationsModule, PartnerAttributes, PartnerGroups } from '#organisations';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { aVendor, SYSTEM } from './organisations.fixture.js';

const PARTNERS = 5_000;
const GROUPS = 20;

/** Real rows of 5,000 partners; `docs/figures.md` has the figures. */
describe('a programme of 5,000 partners with 20 groups by rule', () => {
  let house: TestModule;
  let groups: PartnerGroups;
  let vendor: VendorActor;
  let programmeId: ProgrammeId;
  let someone: PartnerId;
  let attributes: PartnerAttributeId[];

  beforeAll(async () => {
    house = await createTestModule([OrganisationsModule]);
    const [organisations, definitions] = [house.app.get(Organisations), house.app.get(PartnerAttributes)];
    groups = house.app.get(PartnerGroups);
    ({ vendor, programmeId } = await aVendor(organisations));
    const { vendorId } = vendor;
    const define = (name: string, kind: 'choices' | 'number' | 'certification', labels: string[] = []) =>
      definitions.create(vendor, {
        name,
        help: '',
        kind,
        owner: 'vendor',
        options: labels.map((label) => ({ label })),
      });
    attributes = [
      await define('Focus', 'choices', ['Health', 'Banking', 'Retail']),
      await define('Employees', 'number'),
      await define('Certified', 'certification'),
    ];
    const database = house.app.get(Database);
    await database.inTransaction(SYSTEM, async () => {
      await database.query(
        `WITH partner AS (
           INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
           SELECT gen_random_uuid(), 'partner', 'Partner ' || n, 'scale-' || n, (ARRAY['GB', 'DE', 'FR'])[1 + n % 3], 'UTC', now()
           FROM generate_series(1, $3) n RETURNING id, slug)
         INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at)
         SELECT gen_random_uuid(), $1, $2, id, (ARRAY['Gold', 'Silver', 'Bronze'])[1 + (hashtext(slug) & 1)], 'emea', 'active', now(), now() FROM partner`,
        [programmeId, vendorId, PARTNERS],
      );
      await database.query(
        `INSERT INTO organisations.attribute_value (attribute_id, vendor_id, partner_id, words, number, day, changed_by, changed_at)
         SELECT a.id, $1, m.partner_id, CASE a.kind WHEN 'choices' THEN ARRAY[(ARRAY['health', 'banking', 'retail'])[1 + (hashtext(m.partner_id::text) & 1)]] ELSE '{}' END,
           CASE a.kind WHEN 'number' THEN hashtext(m.partner_id::text) & 511 END,
           CASE a.kind WHEN 'certification' THEN current_date + (hashtext(m.partner_id::text) & 255) END, 'test', now()
         FROM organisations.membership m, organisations.partner_attribute a WHERE m.vendor_id = $1 AND a.vendor_id = $1`,
        [vendorId],
      );
      const [first] = await database.query<{ id: PartnerId }>(
        'SELECT partner_id AS id FROM organisations.membership WHERE vendor_id = $1 LIMIT 1',
        [vendorId],
      );
      someone = first!.id;
    });
    // As autovacuum does within a minute.
    const owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    await owner.query('ANALYZE');
    await owner.end();
    const [focus, employees, certified] = attributes as [PartnerAttributeId, PartnerAttributeId, PartnerAttributeId];
    for (let n = 0; n < GROUPS; n += 1)
      await groups.create(vendor, {
        programmeId,
        name: `Group ${n}`,
        rule: {
          ...(n % 2 === 0 ? { tiers: ['gold'] } : { countries: ['DE', 'FR'] }),
          match: n % 3 === 0 ? 'any' : 'all',
          conditions: [
            { on: 'attribute', attributeId: focus, is: ['health'], not: n % 5 === 0 },
            { on: 'attribute-number', attributeId: employees, from: 10 * n, to: null, not: false },
            { on: 'certified', attributeId: certified, forDays: n, not: false },
          ],
        },
      });
  }, 120_000);
  afterAll(() => house.close());

  const median = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const from = performance.now();
      await work();
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b)[2]!;
  };

  it.each([
    ['sizes of all groups', async () => groups.sizesOf(vendor, await groups.list(vendor))],
    ['members of one group', async () => groups.members(vendor, (await groups.list(vendor))[0]!)],
    [
      'the preview of a rule',
      () =>
        groups.preview(vendor, programmeId, {
          conditions: [{ on: 'attribute-number', attributeId: attributes[1]!, from: 100, to: null, not: false }],
        }),
    ],
    [
      'the groups of one partner',
      () =>
        groups.groupsOf(
          { kind: 'partner', partnerId: someone, role: 'owner', userId: null, apiKeyId: null, name: 'Olivia' },
          someone,
        ),
    ],
  ])('gives %s within a second', async (name, work) => {
    const ms = await median(work);
    process.stdout.write(`${name}: ${ms.toFixed(0)} ms\n`);
    expect(ms).toBeLessThan(1_000);
  });
});
