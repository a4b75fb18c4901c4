import { systemActor, type VendorActor, type VendorId } from '#kernel';
import { type DeliveryFixture, openDelivery } from './delivery.fixture.js';
import type { RelaySettings } from './relay.js';
import { RelayRoutes } from './relay-routes.service.js';
import { Relays } from './relays.service.js';

const OPERATOR = systemActor('operator');

describe('the routes of a vendor', () => {
  let delivery: DeliveryFixture;
  let relays: Relays;
  let routes: RelayRoutes;
  beforeAll(async () => {
    delivery = await openDelivery({ RELAY_PRIVATE_NETWORKS: '127.0.0.1/32' });
    relays = delivery.product.app.get(Relays);
    routes = delivery.product.app.get(RelayRoutes);
  });
  afterEach(() => delivery.query('DELETE FROM delivery.relay'));
  afterAll(() => delivery.product.close());

  const settings = (name: string, changes: Partial<RelaySettings> = {}): RelaySettings => ({
    name,
    host: '127.0.0.1',
    port: 9,
    tls: 'opportunistic',
    username: null,
    priority: 10,
    connections: 1,
    enabled: true,
    ...changes,
  });
  const namesFor = async (vendorId?: VendorId): Promise<string[]> => {
    routes.expire();
    return (await routes.routesOf(vendorId)).map(({ name }) => name);
  };

  it('are those of the installation by priority, if the vendor has no relay', async () => {
    const { vendorId } = await delivery.aVendor();
    const before = await namesFor(vendorId);
    await relays.add(OPERATOR, settings('last', { priority: 900 }));
    await relays.add(OPERATOR, settings('first', { priority: 1 }));
    expect(before).toHaveLength(1);
    expect(await namesFor(vendorId)).toEqual([...before, 'last'].toSpliced(0, 0, 'first'));
    expect(await namesFor()).toEqual(await namesFor(vendorId));
  });

  it('are the vendor’s own only, if it has a relay', async () => {
    const [owner, other] = [await delivery.aVendor(), await delivery.aVendor()];
    await relays.add(owner, settings('second', { priority: 20 }));
    await relays.add(owner, settings('first', { priority: 10 }));
    expect(await namesFor(owner.vendorId)).toEqual(['first', 'second']);
    expect(await namesFor(other.vendorId)).not.toContain('first');
  });

  it('do not include a relay that is turned off', async () => {
    const owner = await delivery.aVendor();
    await relays.add(owner, settings('on'));
    const off = await relays.add(owner, settings('off'));
    await relays.change(owner, off.id, settings('off', { enabled: false }));
    expect(await namesFor(owner.vendorId)).toEqual(['on']);
  });

  it('are cached until they expire', async () => {
    const owner: VendorActor = await delivery.aVendor();
    const before = await namesFor(owner.vendorId);
    await relays.add(owner, settings('new'));
    const cached = (await routes.routesOf(owner.vendorId)).map(({ name }) => name);
    expect(cached).toEqual(before);
    expect(await namesFor(owner.vendorId)).toEqual(['new']);
  });
});
