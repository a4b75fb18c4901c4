import { type MessageId, systemActor } from '#kernel';
import { type DeliveryFixture, openDelivery } from './delivery.fixture.js';
import { type Resolution, UnknownMessages } from './unknown-messages.service.js';

const SYSTEM = systemActor('test');

describe('unknown messages', () => {
  let delivery: DeliveryFixture;
  let unknown: UnknownMessages;
  beforeAll(async () => {
    delivery = await openDelivery();
    unknown = delivery.product.app.get(UnknownMessages);
  });
  // Rows of the ledger are never deleted.
  afterEach(() =>
    delivery.query(
      `UPDATE delivery.message SET state = 'skipped', lease_until = NULL, retry_at = NULL, unknown_since = NULL`,
    ),
  );
  afterAll(() => delivery.product.close());

  /** Messages that became unknown one after the other, the oldest first. */
  const becameUnknown = async (count: number): Promise<MessageId[]> => {
    const ids = await delivery.leasedMessages(await delivery.aPartner(), count);
    await delivery.query(
      `UPDATE delivery.message m
          SET state = 'unknown', lease_until = NULL, reason = 'no-answer', attempt = 1,
              unknown_since = now() - interval '1 h' + w.n * interval '1 us'
         FROM unnest($1::uuid[]) WITH ORDINALITY w (id, n) WHERE m.id = w.id`,
      [ids],
    );
    return ids;
  };
  const resolve = (resolution: Resolution, ids: readonly MessageId[], fence?: number) =>
    delivery.run(() =>
      unknown.resolve(
        ids.map((id) => (fence === undefined ? { id } : { id, fence })),
        resolution,
      ),
    );
  const row = async (id: MessageId) =>
    (
      await delivery.query<{ state: string; reason: string; retryAt: Date | null; settledAt: Date | null }>(
        'SELECT state, reason, retry_at, settled_at FROM delivery.message WHERE id = $1',
        [id],
      )
    )[0];

  it('are listed oldest first, up to a limit', async () => {
    const ids = await becameUnknown(3);
    expect((await unknown.list(SYSTEM, 2)).map(({ id }) => id)).toEqual(ids.slice(0, 2));
  });

  it('are counted for their vendor', async () => {
    await becameUnknown(3);
    const [first] = await unknown.list(SYSTEM, 1);
    expect(first && (await unknown.count(first.vendorId))).toBe(3);
  });

  it('are all read in pages, although those of a page are resolved meanwhile', async () => {
    const ids = await becameUnknown(1_100);
    const seen: MessageId[] = [];
    for await (const page of unknown.pages(SYSTEM)) {
      seen.push(...page.map(({ id }) => id));
      await resolve('close', seen);
    }
    expect(seen).toEqual(ids);
  });

  it.each([
    ['accepted', { state: 'accepted', reason: 'sent', retryAt: null, settledAt: expect.any(Date) }],
    ['redrive', { state: 'planned', reason: 'redriven', retryAt: expect.any(Date), settledAt: null }],
    ['close', { state: 'closed_unknown', reason: 'closed-unknown', retryAt: null, settledAt: expect.any(Date) }],
  ] as const)('are resolved once as %s', async (resolution, expected) => {
    const [id] = await becameUnknown(1);
    if (id === undefined) throw new Error('The message was not written.');
    expect(await resolve(resolution, [id])).toEqual([id]);
    expect(await row(id)).toEqual(expected);
    expect(await resolve(resolution, [id])).toEqual([]);
  });

  it('are not resolved by evidence about another attempt', async () => {
    const [id] = await becameUnknown(1);
    if (id === undefined) throw new Error('The message was not written.');
    const [known] = await unknown.list(SYSTEM, 1);
    expect(await resolve('redrive', [id], (known?.fence ?? 0) - 1)).toEqual([]);
    expect(await resolve('redrive', [id], known?.fence)).toEqual([id]);
  });
});
