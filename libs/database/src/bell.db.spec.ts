import pg from 'pg';
import { Bell, Database } from '#database';
import { systemActor } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { until } from '../../../test/support/until.js';

const RINGER = systemActor('ringer');

describe('the bell', () => {
  let house: TestModule;
  let database: Database;
  let rung = 0;

  beforeAll(async () => {
    house = await createTestModule([]);
    database = house.app.get(Database);
    house.app.get(Bell).on('throughline_test', () => (rung += 1));
    await until(() => rung === 1, 'the first ring: something may have been missed before it listened');
  });
  beforeEach(() => {
    rung = 0;
  });
  afterAll(() => house.close());

  const ring = (times: number): Promise<void> =>
    database.inTransaction(RINGER, async () => {
      for (let at = 0; at < times; at++) await database.query('NOTIFY throughline_test');
    });

  it('rings once for a transaction that has committed, however often it notifies', async () => {
    await ring(3);
    await until(() => rung > 0, 'the ring');
    await ring(1);
    await until(() => rung > 1, 'the second ring');
    expect(rung).toBe(2);
  });

  it('does not ring for one that was taken back', async () => {
    const taken = database.inTransaction(RINGER, async () => {
      await database.query('NOTIFY throughline_test');
      throw new Error('taken back');
    });
    await expect(taken).rejects.toThrow('taken back');
    await ring(1);
    await until(() => rung > 0, 'the ring of another');
    expect(rung).toBe(1);
  });

  it('listens again when its connection was cut, and rings once for what it may have missed', async () => {
    const owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '% bell'`,
    );
    await owner.end();
    await until(() => rung === 1, 'the ring after the new connection');
    await ring(1);
    await until(() => rung === 2, 'the next');
  });
});
