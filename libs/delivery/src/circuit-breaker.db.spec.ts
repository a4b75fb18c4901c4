import { type PartnerId, systemActor, DAY_MS } from '#kernel';
import { CircuitBreaker } from './circuit-breaker.service.js';
import type { Tally } from './circuit-breaker.js';
import { type DeliveryFixture, openDelivery } from './delivery.fixture.js';
import { Halts } from './halts.service.js';

const OPERATOR = systemActor('operator');
const GOOD: Tally = { submitted: 100, bounced: 0, complained: 0 };

describe('the circuit breaker', () => {
  let delivery: DeliveryFixture;
  let breaker: CircuitBreaker;
  let halts: Halts;
  beforeAll(async () => {
    delivery = await openDelivery();
    breaker = delivery.product.app.get(CircuitBreaker);
    halts = delivery.product.app.get(Halts);
  });
  afterAll(() => delivery.product.close());

  const record = (partnerId: PartnerId, tally: Tally) =>
    delivery.run(async () => {
      await breaker.lockPartner(partnerId, tally);
      await breaker.record(partnerId, tally);
    });
  const haltsOf = async (partnerId: PartnerId) =>
    (await halts.automaticHalts(OPERATOR, [partnerId])).map(({ cause, facts }) => ({ cause, facts }));

  it.each([
    ['bounces', { submitted: 100, bounced: 8, complained: 0 }, { bad: 8, submitted: 100 }],
    ['complaints', { submitted: 100, bounced: 0, complained: 3 }, { bad: 3, submitted: 100 }],
  ])('halts a partner with too many %s, and no other', async (cause, tally, facts) => {
    const [bad, other] = [await delivery.aPartner(), await delivery.aPartner()];
    await record(other, GOOD);
    await record(bad, tally);
    expect(await haltsOf(bad)).toEqual([{ cause, facts }]);
    expect(await haltsOf(other)).toEqual([]);
  });

  it.each([
    ['seven bounces', { submitted: 7, bounced: 7, complained: 0 }],
    ['two complaints', { submitted: 2, bounced: 0, complained: 2 }],
  ])('does not halt for %s', async (_, tally) => {
    const partnerId = await delivery.aPartner();
    await record(partnerId, tally);
    expect(await haltsOf(partnerId)).toEqual([]);
  });

  it('adds up the results of many chunks', async () => {
    const partnerId = await delivery.aPartner();
    for (let chunk = 0; chunk < 7; chunk++) await record(partnerId, { submitted: 10, bounced: 1, complained: 0 });
    expect(await haltsOf(partnerId)).toEqual([]);
    await record(partnerId, { submitted: 10, bounced: 1, complained: 0 });
    expect(await haltsOf(partnerId)).toHaveLength(1);
  });

  it('adds up results that two transactions report at once', async () => {
    const partnerId = await delivery.aPartner();
    const half = { submitted: 50, bounced: 4, complained: 0 };
    await Promise.all([record(partnerId, half), record(partnerId, half)]);
    expect(await haltsOf(partnerId)).toHaveLength(1);
  });

  it('ignores results from before the last lift', async () => {
    const partnerId = await delivery.aPartner();
    await record(partnerId, { submitted: 100, bounced: 8, complained: 0 });
    delivery.product.clock.advance(1000);
    await halts.lift(OPERATOR, 'partner', partnerId, ['bounces']);
    delivery.product.clock.advance(1000);
    await record(partnerId, { submitted: 100, bounced: 7, complained: 0 });
    expect(await haltsOf(partnerId)).toEqual([]);
  });

  it('ignores results that are older than seven days, and deletes those older than thirty', async () => {
    const partnerId = await delivery.aPartner();
    const count = async () =>
      (await delivery.query('SELECT FROM delivery.tally WHERE partner_id = $1', [partnerId])).length;
    await record(partnerId, { submitted: 100, bounced: 7, complained: 0 });
    delivery.product.clock.advance(8 * DAY_MS);
    await record(partnerId, { submitted: 100, bounced: 7, complained: 0 });
    expect(await haltsOf(partnerId)).toEqual([]);
    await delivery.run(() => breaker.deleteOldTallies());
    expect(await count()).toBe(2);
    delivery.product.clock.advance(23 * DAY_MS);
    await delivery.run(() => breaker.deleteOldTallies());
    expect(await count()).toBe(1);
  });
});
