import { type PartnerId, DAY_MS, MINUTE_MS } from '#kernel';
import { systemActor } from '#kernel';
import { type DeliveryFixture, openDelivery } from './delivery.fixture.js';
import { type StreamRef, Streams } from './streams.service.js';

const SYSTEM = systemActor('test');

describe('a stream', () => {
  let delivery: DeliveryFixture;
  let streams: Streams;
  beforeAll(async () => {
    delivery = await openDelivery({ INITIAL_HOLD_MINUTES: '15' });
    streams = delivery.product.app.get(Streams);
  });
  afterAll(() => delivery.product.close());

  const sharedDomain = (partnerId: PartnerId): StreamRef => ({ partnerId, domain: 'mail.example', isOwn: false });
  const ownDomain = (partnerId: PartnerId): StreamRef => ({ partnerId, domain: 'own.example', isOwn: true });
  const reserve = async (ref: StreamRef, wanted: number) => {
    const { granted, waits } = await delivery.run(() => streams.reserve(ref, wanted));
    return { granted, waits: waits.map(({ reason }) => reason) };
  };

  it('sends 200 messages, and holds the rest for 15 minutes', async () => {
    const ref = sharedDomain(await delivery.aPartner());
    const first = await reserve(ref, 203);
    expect(first).toEqual({ granted: 200, waits: ['initial-hold', 'initial-hold', 'initial-hold'] });
    const { initialHold } = await streams.progress(SYSTEM, ref);
    expect(initialHold).toMatchObject({ limit: 200, taken: 200 });
    delivery.product.clock.advance(15 * MINUTE_MS);
    expect(await reserve(ref, 5_000)).toEqual({ granted: 5_000, waits: [] });
    expect((await streams.progress(SYSTEM, ref)).initialHold).toBeNull();
  });

  it('does not limit the stream of another partner', async () => {
    await reserve(sharedDomain(await delivery.aPartner()), 200);
    expect(await reserve(sharedDomain(await delivery.aPartner()), 200)).toEqual({ granted: 200, waits: [] });
  });

  it('grants no more than its limit to two processes at once', async () => {
    const ref = sharedDomain(await delivery.aPartner());
    const grants = await Promise.all([reserve(ref, 150), reserve(ref, 150)]);
    expect(grants[0].granted + grants[1].granted).toBe(200);
  });

  it('begins its initial hold again after an automatic halt', async () => {
    const ref = sharedDomain(await delivery.aPartner());
    await reserve(ref, 200);
    await delivery.run(() => streams.restartInitialHold(ref.partnerId));
    expect((await streams.current(SYSTEM, ref)).holdFrom).toBeNull();
    expect(await reserve(ref, 201)).toEqual({ granted: 200, waits: ['initial-hold'] });
  });

  it('of a partner’s own domain has a daily limit that doubles after a good day', async () => {
    const ref = ownDomain(await delivery.aPartner());
    expect(await reserve(ref, 102)).toEqual({ granted: 100, waits: ['warming-up', 'warming-up'] });
    expect((await streams.progress(SYSTEM, ref)).today).toEqual({ limit: 100, taken: 100 });
    delivery.product.clock.advance(DAY_MS);
    expect((await reserve(ref, 201)).granted).toBe(200);
  });

  it('of a partner’s own domain halves its daily limit after a day with too many bounces', async () => {
    const ref = ownDomain(await delivery.aPartner());
    await reserve(ref, 100);
    await delivery.query(
      'INSERT INTO delivery.tally (partner_id, at, submitted, bounced, complained) VALUES ($1, $2, 100, 5, 0)',
      [ref.partnerId, delivery.product.clock.now()],
    );
    delivery.product.clock.advance(DAY_MS);
    expect((await reserve(ref, 100)).granted).toBe(50);
  });
});
