import pg from 'pg';
import { Database } from '#database';
import { newId, type PartnerId, systemActor } from '#kernel';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { PartnerRoundRobin } from './partner-round-robin.service.js';

describe('the round robin of partners', () => {
  let house: TestModule;
  let order: PartnerRoundRobin;
  let owner: pg.Client;

  beforeAll(async () => {
    house = await createTestModule([], [PartnerRoundRobin]);
    order = house.app.get(PartnerRoundRobin);
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    // Whose enrolments they are is not what this is about.
    await owner.query('ALTER TABLE sequences.inbox DROP CONSTRAINT inbox_enrolment_id_fkey');
  });
  afterAll(async () => {
    await owner.end();
    await house.close();
  });
  beforeEach(() => owner.query('TRUNCATE sequences.inbox'));

  const waits = async (count: number, secondsAgo: number): Promise<PartnerId> => {
    const partnerId = newId<PartnerId>();
    await owner.query(
      `INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, at, not_before)
       SELECT gen_random_uuid(), $1, 'due', now(), clock_timestamp() - $3 * interval '1 second' FROM generate_series(1, $2)`,
      [partnerId, count, secondsAgo],
    );
    return partnerId;
  };

  it('serves a partner’s few entries beside thousands of another that came before', async () => {
    const [many, few] = [await waits(3_000, 60), await waits(3, 1)];
    const { partners } = await order.next();
    expect([...partners].sort()).toEqual([many, few].sort());
  });

  it('reaches every partner when more wait than one round serves', async () => {
    const all = [];
    for (let n = 0; n < 25; n++) all.push(await waits(2, 25 - n));
    const served = new Set<PartnerId>();
    for (let round = 0; round < 3; round++) {
      const { partners, isMore } = await order.next();
      expect(partners).toHaveLength(10);
      expect(isMore).toBe(true);
      for (const partner of partners) served.add(partner);
    }
    expect([...served].sort()).toEqual(all.sort());
  });

  it('serves no partner before the due time, and returns the time until then', async () => {
    const later = await waits(1_000, -60);
    expect(await order.next()).toMatchObject({ partners: [], isMore: false });
    const { nextMs } = await order.next();
    expect(nextMs).toBeGreaterThan(50_000);
    expect(nextMs).toBeLessThanOrEqual(60_000);
    const now = await waits(1, 1);
    const { partners, nextMs: still } = await order.next();
    expect(partners).toEqual([now]);
    expect(partners).not.toContain(later);
    expect(still).toBeGreaterThan(50_000);
  });

  it('has no next time without entries', async () => {
    expect(await order.next()).toEqual({ partners: [], isMore: false, nextMs: null });
  });

  it('goes by its indexes, whatever waits', async () => {
    await owner.query(
      `INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, at, not_before)
       SELECT gen_random_uuid(), md5((n % 200)::text)::uuid, 'due', now(), clock_timestamp() + interval '1 hour' FROM generate_series(1, 20000) n`,
    );
    await owner.query('ANALYZE sequences.inbox');
    const now = await waits(1, 1);
    const read = await house.app.get(Database).inTransaction(systemActor('scheduler'), async () => {
      expect((await order.next()).partners).toEqual([now]);
      return house.app
        .get(Database)
        .query(
          `SELECT seq_tup_read::int AS rows, idx_scan > 0 AS "byIndex", idx_tup_fetch < 1000 AS "isLittle" FROM pg_stat_xact_user_tables WHERE relid = 'sequences.inbox'::regclass`,
        );
    });
    // Two ends of an index, then one entry for each of 201 partners; never
    // twenty thousand rows.
    expect(read).toEqual([{ rows: 0, byIndex: true, isLittle: true }]);
  });
});
