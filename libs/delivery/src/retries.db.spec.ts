import type { MessageId, PartnerId } from '#kernel';
import { type DeliveryFixture, openDelivery } from './delivery.fixture.js';
import { Retries } from './retries.service.js';

describe('retries', () => {
  let delivery: DeliveryFixture;
  let retries: Retries;
  beforeAll(async () => {
    delivery = await openDelivery();
    retries = delivery.product.app.get(Retries);
  });
  // Rows of the ledger are never deleted.
  afterEach(() =>
    delivery.query(
      `UPDATE delivery.message SET state = 'skipped', lease_until = NULL, retry_at = NULL, unknown_since = NULL`,
    ),
  );
  afterAll(() => delivery.product.close());

  /**
   * Messages of a partner that wait for their retry, in order of their retry.
   */
  const waiting = async (partnerId: PartnerId, count: number, inMs = -60_000): Promise<MessageId[]> => {
    const ids = await delivery.leasedMessages(partnerId, count);
    await delivery.query(
      `UPDATE delivery.message m
          SET state = 'planned', lease_until = NULL, retry_at = $2::timestamptz + w.n * interval '1 ms'
         FROM unnest($1::uuid[]) WITH ORDINALITY w (id, n) WHERE m.id = w.id`,
      [ids, new Date(delivery.product.clock.now().getTime() + inMs)],
    );
    return ids;
  };
  const leasedIds = async (limit: number) => (await retries.lease(limit)).messages.map(({ id }) => id);

  it('are leased once they are due, and not before', async () => {
    const partnerId = await delivery.aPartner();
    const [due] = await waiting(partnerId, 1);
    await waiting(partnerId, 1, 3_600_000);
    expect(await leasedIds(10)).toEqual([due]);
    expect(await retries.lease(10)).toEqual({ messages: [], backlogged: new Set(), isMore: false });
  });

  it('are leased oldest first, and the rest is reported as a backlog', async () => {
    const partnerId = await delivery.aPartner();
    const ids = await waiting(partnerId, 5);
    const { messages, backlogged, isMore } = await retries.lease(3);
    expect(new Set(messages.map(({ id }) => id))).toEqual(new Set(ids.slice(0, 3)));
    expect([...backlogged, isMore]).toEqual([partnerId, true]);
  });

  it('of a partner with few messages do not wait behind those of another', async () => {
    const [large, small] = [await delivery.aPartner(), await delivery.aPartner()];
    await waiting(large, 50);
    const few = await waiting(small, 2);
    expect(await leasedIds(10)).toEqual(expect.arrayContaining(few));
  });

  it('are leased by one of two processes only', async () => {
    const ids = await waiting(await delivery.aPartner(), 20);
    const [first, second] = await Promise.all([leasedIds(10), leasedIds(10)]);
    expect([...first, ...second].toSorted()).toEqual(ids.toSorted());
  });

  it('get a new fence, which voids writes of the earlier attempt', async () => {
    const [id] = await waiting(await delivery.aPartner(), 1);
    const fence = async () =>
      (await delivery.query<{ fence: number }>('SELECT fence FROM delivery.message WHERE id = $1', [id]))[0]?.fence ??
      0;
    const before = await fence();
    await retries.lease(1);
    expect(await fence()).toBe(before + 1);
  });
});
