import { ConfigModule, readConfig } from '#config';
import { Database } from '#database';
import { newId, systemActor, type VendorActor, type VendorId } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { openScriptedServer, type Script, type ScriptedServer } from '../../../test/support/scripted-smtp.js';
import { until } from '../../../test/support/until.js';
import { DeliveryModule, RelayHealth, Relays, RelayTransport } from './index.js';
import type { Relay, RelaySettings } from './relay.js';

const SYSTEM = systemActor('test');
const MAIL = [Buffer.from('Subject: Hi\r\n\r\nHello\r\n')];
const BIG_MAIL = [Buffer.from(`Subject: Big\r\n\r\n${'0123456789\r\n'.repeat(5_000)}`)];
/** A port without a server. */
const NOBODY = 9;

describe('mail by the relays of a vendor', () => {
  let house: TestModule;
  let relays: Relays;
  let health: RelayHealth;
  let transport: RelayTransport;
  let servers: ScriptedServer[];

  beforeAll(async () => {
    const config = readConfig({
      SECRET_KEY: 'a key for tests, of 32 characters',
      RELAY_PRIVATE_NETWORKS: '127.0.0.1/32',
      // Two seconds for an answer, four for the one to the end of data.
      SEND_LEASE_SECONDS: '6',
    });
    house = await createTestModule([ConfigModule.forRoot(config), DeliveryModule]);
    relays = house.app.get(Relays);
    health = house.app.get(RelayHealth);
    transport = house.app.get(RelayTransport);
  });
  beforeEach(() => {
    servers = [];
  });
  afterEach(async () => {
    await transport.close();
    await Promise.all(servers.map((server) => server.close()));
  });
  afterAll(() => house.close());

  const opened = async (script: Script): Promise<ScriptedServer> => {
    const server = await openScriptedServer(script);
    servers.push(server);
    return server;
  };
  const aVendor = async (): Promise<VendorActor> => {
    const vendorId = newId<VendorId>();
    const database = house.app.get(Database);
    await database.inTransaction(SYSTEM, () =>
      database.query(
        `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at) VALUES ($1::uuid, 'vendor', 'V', 'v-' || $1::uuid, 'DE', 'Europe/Berlin', now())`,
        [vendorId],
      ),
    );
    return { kind: 'vendor', vendorId, role: 'owner', userId: newId(), apiKeyId: null, name: 'Vera' };
  };
  const settings = (port: number, changes: Partial<RelaySettings> = {}): RelaySettings => ({
    name: `At ${port}`,
    host: '127.0.0.1',
    port,
    tls: 'opportunistic',
    username: null,
    priority: 10,
    connections: 4,
    enabled: true,
    ...changes,
  });
  const submit = (vendorId: VendorId, beforeEndOfData = () => Promise.resolve(), mail = MAIL) =>
    transport.submit({ from: 'a@example.com', to: 'b@example.com', vendorId, vendorHosts: ['127.0.0.1'] }, mail, {
      beforeEndOfData,
    });
  /** A vendor with a scripted first relay, and a correct second one. */
  const withFirst = async (script: Script | null, changes: Partial<RelaySettings> = {}) => {
    const vendor = await aVendor();
    const first = script === null ? null : await opened(script);
    const second = await opened({});
    const bad = await relays.add(vendor, settings(first?.port ?? NOBODY, changes));
    await relays.add(vendor, settings(second.port, { priority: 20 }));
    // As after the seconds for which a process caches the relays.
    await transport.close();
    expireRoutes();
    return { vendor, first, second, bad };
  };
  const expireRoutes = (): void => {
    (transport as unknown as { routes: { expire: () => void } }).routes.expire();
  };

  it.each<[string, Script | null, Partial<RelaySettings>]>([
    ['refuses the connection', null, {}],
    ['greets with 421', { greeting: '421 4.3.2 closing' }, {}],
    ['does not greet', { greeting: '' }, {}],
    ['greets with 554', { greeting: '554 5.7.1 go away' }, {}],
    ['refuses the sender', { mail: '550 5.7.1 who are you', data: '503 5.5.1 not now' }, {}],
    ['offers no encryption where it is required', {}, { tls: 'required' }],
    ['says 421 at RCPT', { recipient: '421 4.3.2 closing' }, {}],
    ['dies in the middle of the message', { inData: { afterBytes: 10_000, then: 'drop' } }, {}],
  ])('goes by the second when the first %s', async (_, script, changes) => {
    const { vendor, first, second } = await withFirst(script, changes);
    const isMidway = script?.inData !== undefined;
    // As the journal takes its time.
    const dies = async (): Promise<void> => {
      if (isMidway) await until(() => first?.closed() === first?.connections());
    };
    const mail = isMidway ? BIG_MAIL : MAIL;
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => submit(vendor.vendorId, dies, mail)));
    expect(outcomes.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
    expect(second.received).toHaveLength(12);
    expect(first?.received ?? []).toEqual([]);
  });

  it('goes by the second when the first refuses user and password, which never leave unencrypted', async () => {
    const login = { username: 'anna', password: 'secret' };
    const { vendor, first, second, bad } = await withFirst(
      { extensions: ['PIPELINING', 'AUTH PLAIN'], auth: '535 no' },
      login,
    );
    expect((await submit(vendor.vendorId)).kind).toBe('accepted');
    expect(second.received).toHaveLength(1);
    expect(first?.said.some((line) => line.startsWith('AUTH'))).toBe(false);
    expect(await relays.checkNow(vendor, bad.id)).toMatchObject({
      state: 'unhealthy',
      problem: 'The relay offers no STARTTLS; a password is not sent unencrypted.',
    });
  });

  it.each<[string, Script]>([
    ['dies after the end of data', { endOfData: { then: 'drop' } }],
    ['is silent after the end of data', { endOfData: { then: 'hang' } }],
  ])('repeats nothing by the second when the first %s', async (_, script) => {
    const { vendor, first, second } = await withFirst(script);
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => submit(vendor.vendorId)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    expect(first?.received).toHaveLength(4);
    expect(second.received).toEqual([]);
  });

  it.each<[string, Script, string]>([
    ['the recipient for now', { recipient: '451 4.7.1 slow down' }, 'transient'],
    ['the recipient for good', { recipient: '550 5.1.1 nobody' }, 'permanent'],
    ['the message after the end of data', { endOfData: '550 5.7.1 spam' }, 'permanent'],
  ])('gets around no refusal of %s', async (_, script, kind) => {
    const { vendor, second } = await withFirst(script);
    expect((await submit(vendor.vendorId)).kind).toBe(kind);
    expect(second.received).toEqual([]);
  });

  it('leaves an unhealthy relay alone until it is well again, and says since when and why', async () => {
    const script: { greeting?: string } = { greeting: '421 4.3.2 maintenance' };
    const { vendor, first, second, bad } = await withFirst(script);
    while (await health.checkDue());
    expect(await relays.get(vendor, bad.id)).toMatchObject({
      state: 'unhealthy',
      problem: 'The relay does not greet: 421 4.3.2 maintenance',
    });
    expireRoutes();
    const before = first!.connections();
    for (let n = 0; n < 5; n += 1) expect((await submit(vendor.vendorId)).kind).toBe('accepted');
    expect(first!.connections()).toBe(before);
    expect(second.received).toHaveLength(5);
    delete script.greeting;
    expect(await relays.checkNow(vendor, bad.id)).toMatchObject({ state: 'healthy', problem: null });
    expireRoutes();
    expect((await submit(vendor.vendorId)).kind).toBe('accepted');
    expect(first!.received).toHaveLength(1);
  });

  it('opens the circuit for everybody when mail fails again and again, however well a look at it goes', async () => {
    const { vendor, bad } = await withFirst({ mail: '451 4.3.0 later' });
    for (let n = 0; n < 3; n += 1) {
      await submit(vendor.vendorId);
      // Past the rest of this process alone.
      (
        transport as unknown as {
          routes: { knownRoutesOf: (id: VendorId) => { transport: { restUntilMs: number } }[] };
        }
      ).routes
        .knownRoutesOf(vendor.vendorId)
        .forEach((route) => (route.transport.restUntilMs = 0));
    }
    const seen = async (): Promise<Relay> => relays.get(vendor, bad.id);
    await until(async () => (await seen()).state === 'unhealthy');
    expect((await seen()).problem).toContain('later');
  });

  it('keeps a vendor to its own relays: while none takes mail, it waits', async () => {
    const vendor = await aVendor();
    await relays.add(vendor, settings(NOBODY));
    expireRoutes();
    expect(await submit(vendor.vendorId)).toMatchObject({ kind: 'transient', about: 'relay' });
    expect(transport.backOffMs(vendor.vendorId)).toBeGreaterThan(0);
    // Mail of other vendors continues.
    expect(transport.backOffMs((await aVendor()).vendorId)).toBe(0);
  });

  it('reaches no address of our own network, by whatever name, and does not tell where the name leads', async () => {
    const vendor = await aVendor();
    for (const host of ['10.0.0.1', '169.254.169.254', 'localhost', '::1']) {
      const { id } = await relays.add(vendor, settings(25, { host, name: host }));
      const { problem } = await relays.checkNow(vendor, id);
      expect(problem).toMatch(/^It leads to an address that is not public|^It could not be reached/);
      expect(problem).not.toMatch(/10\.0\.0\.1|169\.254/);
      await relays.remove(vendor, id);
    }
  });

  it('keeps passwords closed, and gives them to no other host', async () => {
    const vendor = await aVendor();
    const relay = await relays.add(vendor, settings(NOBODY, { username: 'anna', password: 'open sesame' }));
    expect(JSON.stringify(relay)).not.toContain('sesame');
    const database = house.app.get(Database);
    const [row] = await database.inTransaction(SYSTEM, () =>
      database.query<{ row: string }>('SELECT r::text AS row FROM delivery.relay r WHERE id = $1', [relay.id]),
    );
    expect(row!.row).not.toContain(Buffer.from('open sesame').toString('hex'));
    const kept = await relays.change(vendor, relay.id, settings(NOBODY, { username: 'anna', priority: 5 }));
    expect(kept).toMatchObject({ username: 'anna', priority: 5, state: 'untried' });
    await expect(
      relays.change(vendor, relay.id, settings(NOBODY, { username: 'anna', host: 'thief.example' })),
    ).rejects.toMatchObject({ code: 'relay.password-missing' });
  });

  it('shows a vendor nothing of another vendor and of the installation', async () => {
    const [vendor, other] = [await aVendor(), await aVendor()];
    const theirs = await relays.add(other, settings(NOBODY));
    const platform = await relays.add(SYSTEM, settings(NOBODY, { priority: 900 }));
    expect(await relays.list(vendor)).toEqual([]);
    for (const { id } of [theirs, platform]) {
      await expect(relays.get(vendor, id)).rejects.toMatchObject({ code: 'relay.not-found' });
      await expect(relays.checkNow(vendor, id)).rejects.toMatchObject({ code: 'relay.not-found' });
      await expect(relays.change(vendor, id, settings(NOBODY))).rejects.toMatchObject({ code: 'relay.not-found' });
      await expect(relays.remove(vendor, id)).rejects.toMatchObject({ code: 'relay.not-found' });
    }
    await relays.remove(SYSTEM, platform.id);
  });
});
