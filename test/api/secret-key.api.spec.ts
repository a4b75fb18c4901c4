import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkSecretKey, Database, rotateSecretKey } from '#database';
import { type PartnerId, SecretSealer, type VendorId } from '#kernel';
import { AddressKeys } from '../../libs/contacts/src/address-keys.service.js';
import { SEALED } from '../../apps/cli/src/secret-key-command.js';
import { createTestApi, openBrowser, type TestApi } from '../support/api.js';
import { ownerUrlOf, withClient } from '../support/database.js';
import { preparedProduct } from '../support/prepared-product.js';

/** As the first process of the prepared product has it. */
const FIRST = 'a-secret-of-at-least-32-characters';
const NEXT = 'the-key-that-replaces-the-first-key';
const THIRD = 'the-key-that-replaces-the-second-key';

interface Sealed {
  readonly owner: string;
  readonly secret: Buffer;
}

/** Fills every table that has sealed secrets. */
async function sealSecrets(api: TestApi, vendorId: VendorId, partnerId: PartnerId): Promise<void> {
  const vendor = await api.signIn(vendorId, 'owner');
  const partner = await api.signIn(partnerId, 'owner');
  const relay = { name: 'Ours', host: '127.0.0.1', port: 25, tls: 'required', username: 'user', password: 'word' };
  await vendor.post('/api/v1/relays', { ...relay, priority: 10, connections: 2, enabled: false }).expect(201);
  await vendor.post('/api/v1/provider-sources', { provider: 'postmark', name: 'Ours' }).expect(201);
  const hook = { url: 'https://crm.example/hooks', description: 'CRM', eventTypes: ['lead.disclosed'] };
  await vendor.post('/api/v1/webhook-endpoints', hook).expect(201);
  await vendor.post('/api/v1/account/totp').expect(200);
  await partner.put('/api/v1/sending/domain', { domain: 'news.brightwater-it.example', fromLocal: 'mia' }).expect(200);
}

describe('a new SECRET_KEY', () => {
  let api: TestApi;
  const keys = { current: NEXT, previous: [FIRST] };
  const rotate = (given: { current: string; previous: readonly string[] } = keys): Promise<number> =>
    rotateSecretKey(api.ownerUrl, given, SEALED);
  /** By a connection of its own: none is left when the database is cloned. */
  const read = <Row>(sql: string): Promise<Row[]> =>
    withClient(api.ownerUrl, async (client) => (await client.query(sql)).rows as Row[]);

  beforeAll(async () => {
    const prepared = await preparedProduct();
    // No name server listens there.
    api = await createTestApi({ from: prepared.from, environment: { DNS_SERVERS: '127.0.0.1:1' } });
    await sealSecrets(api, prepared.vendor.vendorId, prepared.partner.id);
  });
  afterAll(async () => {
    rmSync(dirname(api.config.STORAGE_FOLDER), { recursive: true, force: true });
    await withClient(ownerUrlOf('postgres'), (client) =>
      client.query(`DROP DATABASE ${api.databaseName} WITH (FORCE)`),
    );
  });

  it('is for every column with a secret in the database', async () => {
    const columns = await read<{ name: string }>(
      `SELECT table_schema || '.' || table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE data_type = 'bytea' AND column_name ~ '(^|_)(sealed|secret|private_key)(_|$)' ORDER BY 1`,
    );
    const listed = SEALED.flatMap(({ table, columns: all }) => all.map((column) => `${table}.${column}`));
    expect(listed.sort()).toEqual(columns.map(({ name }) => name));
  });

  it('waits until no process is left that seals under the first', async () => {
    await expect(rotate()).rejects.toThrow(/^Stop all processes first: throughline_app/);
  });

  it('opens every secret, and the first key opens none', async () => {
    await api.stop();
    await expect(rotate({ current: NEXT, previous: [] })).rejects.toThrow(/SECRET_KEY_PREVIOUS is missing/);
    await expect(rotate({ current: NEXT, previous: [THIRD] })).rejects.toThrow(/does not end with the first/);
    await expect(rotate({ current: THIRD, previous: [NEXT, FIRST] })).rejects.toThrow(/does not begin with/);
    expect(await rotate()).toBeGreaterThan(5);
    expect(await rotate()).toBe(0);
    const filled = new Set<string>();
    for (const one of SEALED)
      for (const column of one.columns)
        for (const { owner, secret } of await read<Sealed>(
          `SELECT ${one.owner}::text AS owner, ${column} AS secret FROM ${one.table} WHERE ${column} IS NOT NULL`,
        )) {
          filled.add(one.table);
          expect(new SecretSealer(NEXT, one.purpose).open(owner, secret).length).toBeGreaterThan(0);
          expect(() => new SecretSealer(FIRST, one.purpose).open(owner, secret)).toThrow();
        }
    expect([...filled].sort()).toEqual([
      'brand.dkim_key',
      'delivery.relay',
      'engagement.provider_source',
      'identity.totp',
      'seal.signing_key',
      'webhooks.endpoint',
    ]);
  });

  it('is asked of every process, with all keys before it', async () => {
    const from = { database: api.databaseName, blobs: api.config.STORAGE_FOLDER };
    const next = await createTestApi({ from, environment: { SECRET_KEY: NEXT, SECRET_KEY_PREVIOUS: FIRST } });
    await openBrowser(next.http, (await preparedProduct()).editor);
    const database = next.app.get(Database, { strict: false });
    await expect(checkSecretKey(database, FIRST)).rejects.toThrow(/^SECRET_KEY is not the one that this database has/);
    await expect(checkSecretKey(database, NEXT)).rejects.toThrow(/^SECRET_KEY_PREVIOUS does not end with the first/);
    await next.close();
  });

  it('can be replaced again, and addresses stay recognised by the first', async () => {
    expect(await rotate({ current: THIRD, previous: [NEXT, FIRST] })).toBeGreaterThan(5);
    const hashBy = (SECRET_KEY: string, SECRET_KEY_PREVIOUS: string[]): string =>
      new AddressKeys({ SECRET_KEY, SECRET_KEY_PREVIOUS }).keyOf({ kind: 'platform' }, 'a@b.example').toString('hex');
    const hash = hashBy(FIRST, []);
    expect([hashBy(NEXT, [FIRST]), hashBy(THIRD, [NEXT, FIRST])]).toEqual([hash, hash]);
    expect(hashBy(NEXT, [])).not.toBe(hash);
  });
});
