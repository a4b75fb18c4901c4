import pg from 'pg';
import { Database, PostgresNotifications } from '#database';
import { systemActor } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { until } from '../../../test/support/until.js';

const NOTIFIER = systemActor('notifier');

describe('PostgreSQL notifications', () => {
  let module: TestModule;
  let database: Database;
  let calls = 0;

  beforeAll(async () => {
    module = await createTestModule([]);
    database = module.app.get(Database);
    module.app.get(PostgresNotifications).on('throughline_test', () => (calls += 1));
    await until(() => calls === 1, 'the first call, for what was missed before it listened');
  });
  beforeEach(() => {
    calls = 0;
  });
  afterAll(() => module.close());

  const notify = (times: number): Promise<void> =>
    database.inTransaction(NOTIFIER, async () => {
      for (let at = 0; at < times; at++) await database.query('NOTIFY throughline_test');
    });

  it('call a listener once per committed transaction, however often it notifies', async () => {
    await notify(3);
    await until(() => calls > 0, 'the call');
    await notify(1);
    await until(() => calls > 1, 'the second call');
    expect(calls).toBe(2);
  });

  it('do not call a listener for a transaction that was rolled back', async () => {
    const rolledBack = database.inTransaction(NOTIFIER, async () => {
      await database.query('NOTIFY throughline_test');
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await notify(1);
    await until(() => calls > 0, 'the call for another');
    expect(calls).toBe(1);
  });

  it('listen again after their connection was cut, and call each listener once for what it may have missed', async () => {
    const owner = new pg.Client({ connectionString: module.database.ownerUrl });
    await owner.connect();
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '% notifications'`,
    );
    await owner.end();
    await until(() => calls === 1, 'the call after the new connection');
    await notify(1);
    await until(() => calls === 2, 'the next');
  });
});
