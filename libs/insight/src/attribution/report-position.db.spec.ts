import { jest } from '@jest/globals';
import { Database } from '#database';
import { HALF_LIFE_DAYS } from '#contracts';
import { newId, type PartnerActor, type PartnerId } from '#kernel';
import { Attributions } from '../index.js';
import { openInsight, PERSON, type TestInsight } from '../insight.fixture.js';

describe('the position of an attribution', () => {
  let house: TestInsight;
  beforeAll(async () => {
    house = await openInsight();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => house.close());

  /** Wins a deal as another connection does. @returns the id of its event. */
  async function winDeal(partnerId: PartnerId): Promise<string> {
    const [dealId, eventId] = [newId(), newId()];
    await house.owner.query(
      `INSERT INTO leads.deal (id, partner_id, contact_id, stage, amount_minor, currency, closed_on, created_at, updated_at)
       VALUES ($1, $2, $3, 'won', 10000, 'EUR', '2026-09-10', '2026-09-01', '2026-09-10')`,
      [dealId, partnerId, newId()],
    );
    await house.owner.query(
      `INSERT INTO leads.deal_event (id, deal_id, partner_id, kind, stage, amount_minor, currency, refunded_minor, closed_on, by_name, at)
       VALUES ($1, $2, $3, 'stage', 'won', 10000, 'EUR', 0, '2026-09-10', 'Test user', '2026-09-10')`,
      [eventId, dealId, partnerId],
    );
    return eventId;
  }

  it('names no deal that is won while the table is read', async () => {
    const partnerId = newId<PartnerId>();
    await house.owner.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
       VALUES ($1, 'partner', 'Partner', $2, 'DE', 'UTC', '2026-09-01')`,
      [partnerId, `partner-${partnerId}`],
    );
    const actor: PartnerActor = { kind: 'partner', partnerId, ...PERSON };
    const before = await winDeal(partnerId);
    const database = house.app.get(Database);
    const query = database.query.bind(database);
    jest.spyOn(database, 'query').mockImplementation(async (sql: string, ...rest) => {
      const rows = await query(sql, ...rest);
      if (sql.includes('engagement.touch_view')) await winDeal(partnerId);
      return rows;
    });
    const table = await house.app
      .get(Attributions)
      .table(actor, { from: '2026-09-01', to: '2026-09-30' }, HALF_LIFE_DAYS);
    expect(table.currencies).toMatchObject([{ currency: 'EUR', deals: 1, wonMinor: 10_000 }]);
    expect(table.position.dealEventId).toBe(before);
  });
});
