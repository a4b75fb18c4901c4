import { Database } from '#database';
import { type ActivationId, type CampaignId, newId, type PartnerActor, type VendorId } from '#kernel';
import { PartnerInsights } from './index.js';
import { anActivation, aPartner, openInsight, PERSON, type TestInsight } from './insight.fixture.js';
import { addDays, dayOf } from './window.js';

describe('reading numbers', () => {
  let house: TestInsight;
  let partner: PartnerActor;
  let activationId: ActivationId;
  const vendorId = newId<VendorId>();

  beforeAll(async () => {
    house = await openInsight();
    const partnerId = await aPartner(house);
    partner = { kind: 'partner', partnerId, ...PERSON };
    const launched = { campaignId: newId<CampaignId>(), startAt: new Date() };
    activationId = await anActivation(house, { ...launched, partnerId, vendorId });
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
