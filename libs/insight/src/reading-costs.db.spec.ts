import { Database } from '#database';
import { newId, type PartnerActor, type PartnerId, type VendorId } from '#kernel';
import { PartnerInsights } from './index.js';
import { openInsight, PERSON, type TestInsight } from './insight.fixture.js';
import { addDays, dayOf } from './window.js';

describe('reading numbers', () => {
  let house: TestInsight;
  const partner: PartnerActor = { kind: 'partner', partnerId: newId<PartnerId>(), ...PERSON };
  const vendorId = newId<VendorId>();
  const activationId = newId();

  beforeAll(async () => {
    house = await openInsight();
    await house.owner.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at) VALUES ($1, 'partner', 'Partner', 'partner', 'DE', 'UTC', now())`,
      [partner.partnerId],
    );
    await house.owner.query(
      `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
         idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at)
       VALUES ($1, $2, $3, $4, $4, 'active', 'slug', 'en', 'UTC', now(), '{}', 1, 'key', 'hash', 'Test user', now(), '{}', 'activation', '2060-01-01')`,
      [activationId, partner.partnerId, vendorId, newId()],
    );
  });
  afterAll(() => house.close());

  /** Three steps in two variants each, every day; a lead every tenth. */
  const live = async (fromDaysAgo: number, toDaysAgo: number): Promise<void> => {
    await house.owner.query(
      `INSERT INTO insight.daily (activation_id, partner_id, vendor_id, step_key, variant, on_day, metric, n)
       SELECT $1, $2, $3, 'step-' || step, 'en; segment=' || variant, $4::date - day, metric, 7
       FROM generate_series($5::int, $6::int) day, generate_series(1, 3) step, generate_series(1, 2) variant, unnest(ARRAY['sent', 'clicks', 'bounced-hard', 'leads']) metric
       WHERE metric <> 'leads' OR day % 10 = 0`,
      [activationId, partner.partnerId, vendorId, dayOf(house.clock.now()), toDaysAgo, fromDaysAgo],
    );
    await house.owner.query('VACUUM ANALYZE insight.daily');
  };
  /** Rows of the days' table that a reading fetches, whatever its plan. */
  const fetched = async (read: () => Promise<unknown>): Promise<number> => {
    const database = house.app.get(Database);
    const count = async (): Promise<number> =>
      (
        await database.query<{ n: number }>(
          `SELECT (seq_tup_read + idx_tup_fetch)::int AS n FROM pg_stat_xact_user_tables WHERE schemaname = 'insight' AND relname = 'daily'`,
        )
      )[0]!.n;
    return database.inTransaction(partner, async () => {
      const before = await count();
      await read();
      return (await count()) - before;
    });
  };

  it('fetches what is in the window, however much lies before it', async () => {
    const to = dayOf(house.clock.now());
    const window = { from: addDays(to, -27), to };
    const reading = (): Promise<number> => fetched(() => house.app.get(PartnerInsights).all(partner, window));
    await live(200, 0);
    const young = await reading();
    expect(young).toBeGreaterThan(400);
    await live(3_000, 201);
    expect(await reading()).toBeLessThanOrEqual(young);
  });
});
