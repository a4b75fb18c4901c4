import { HOUR_MS } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { DatabaseClock } from './database-clock.service.js';

describe('the time of the database', () => {
  const realNow = Date.now;
  let house: TestModule;
  afterEach(async () => {
    Date.now = realNow;
    await house.close();
  });
  /** How far it is from the test's own, which PostgreSQL shares. */
  const wrongBy = (clock: DatabaseClock): number => Math.abs(clock.now().getTime() - realNow());

  it.each([HOUR_MS, -HOUR_MS])('is that of a process whose wall clock is wrong by %d ms', async (wrong) => {
    Date.now = () => realNow() + wrong;
    house = await createTestModule([], [DatabaseClock]);
    expect(wrongBy(house.app.get(DatabaseClock))).toBeLessThan(1_000);
  });

  it('goes on as before where the wall clock is moved', async () => {
    house = await createTestModule([], [DatabaseClock]);
    const clock = house.app.get(DatabaseClock);
    const before = clock.now();
    Date.now = () => realNow() - HOUR_MS;
    expect(wrongBy(clock)).toBeLessThan(1_000);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before.getTime());
  });
});
