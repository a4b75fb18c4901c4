import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addRelay, checkRelay, listRelays, removeRelay } from '../../apps/cli/src/relay-commands.js';
import { RelayRoutes, Relays } from '#delivery';
import type { Browser } from '../support/api.js';
import { openMailSink, type MailSink } from '../support/mail-sink.js';
import { openScriptedServer, type ScriptedServer } from '../support/scripted-smtp.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('the relays of a vendor', () => {
  let stage: TestProduct;
  let owner: Browser;
  let sink: MailSink;
  let away: ScriptedServer;

  beforeAll(async () => {
    stage = await openTestProduct({ RELAY_PRIVATE_NETWORKS: '127.0.0.1/32' });
    owner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    sink = await openMailSink();
    away = await openScriptedServer({ greeting: '421 4.3.2 maintenance' });
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await stage.close();
    await sink.close();
    await away.close();
  });

  const forget = (): void => stage.api.app.get(RelayRoutes, { strict: false }).expire();
  const relay = (port: number, changes: object = {}): object => ({
    name: 'Main',
    host: '127.0.0.1',
    port,
    tls: 'opportunistic',
    username: null,
    priority: 10,
    connections: 2,
    enabled: true,
    ...changes,
  });
  const sinkPort = (): number => Number(new URL(sink.url).port);
  const idOf = ({ body }: { body: unknown }): string => (body as { id: string }).id;

  it('take the mail of its campaigns, the first that is well; the product’s own letters go on by the installation’s', async () => {
    const first = idOf(await owner.post('/api/v1/relays', relay(away.port)).expect(201));
    const second = idOf(
      await owner.post('/api/v1/relays', relay(sinkPort(), { name: 'Spare', priority: 20 })).expect(201),
    );
    await owner.post(`/api/v1/relays/${first}/check`).expect(200, /maintenance/);
    await owner.post(`/api/v1/relays/${second}/check`).expect(200, /"state":"healthy"/);
    await stage.agreeToServers();
    forget();
    const { email } = await stage.running();
    await until(() => sink.to(email).length === 1);
    expect(stage.mails.to(email)).toEqual([]);
    const { body } = await owner.get('/api/v1/relays').expect(200);
    expect(body.items).toMatchObject([
      { name: 'Main', state: 'unhealthy', problem: 'The relay does not greet: 421 4.3.2 maintenance' },
      { name: 'Spare', state: 'healthy', problem: null },
    ]);
    for (const id of [first, second]) await owner.delete(`/api/v1/relays/${id}`).expect(204);
    forget();
    const next = await stage.running();
    await stage.mailTo(next.email);
    expect(sink.to(next.email)).toEqual([]);
  });

  it('are added, changed and removed in the audit log, which tells no password', async () => {
    const password = 'open sesame';
    const id = idOf(
      await owner.post('/api/v1/relays', relay(587, { username: 'anna', password, enabled: false })).expect(201),
    );
    const { text } = await owner.get('/api/v1/relays').expect(200);
    expect(text).not.toContain(password);
    await owner
      .put(`/api/v1/relays/${id}`, relay(465, { username: 'anna', enabled: false, tls: 'implicit' }))
      .expect(200);
    await owner.delete(`/api/v1/relays/${id}`).expect(204);
    const entries = await stage.api.asOwner<{ action: string; details: object }>(
      'SELECT action, details FROM audit.entry WHERE subject_id = $1 ORDER BY id',
      [id],
    );
    expect(entries.map(({ action }) => action)).toEqual(['relay.added', 'relay.changed', 'relay.removed']);
    expect(JSON.stringify(entries)).not.toContain(password);
  });

  it.each<[string, object]>([
    ['host', { host: 'not a host' }],
    ['host', { host: 'smtp.example.com:25' }],
    ['port', { port: 0 }],
    ['priority', { priority: 0 }],
    ['connections', { connections: 1000 }],
    ['password', { username: 'anna' }],
  ])('are refused by name of the field: %s', async (field, changes) => {
    const { body } = await owner
      .post('/api/v1/relays', relay(587, changes))
      .expect(({ status }) => expect([400, 409, 422]).toContain(status));
    expect(JSON.stringify(body)).toContain(field);
  });

  it('of the installation are an operator’s to add, look at and remove', async () => {
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    const desk = { relays: stage.api.app.get(Relays, { strict: false }) };
    const passwordFile = join(stage.api.config.STORAGE_FOLDER, 'password');
    writeFileSync(passwordFile, 'secret\n');
    const options = { name: 'Spare', host: '127.0.0.1', tls: 'opportunistic', priority: 200, connections: 4 };
    await addRelay(desk, { ...options, port: sinkPort() }, print);
    expect(lines[0]).toMatch(/the installation {2}200 {2}Spare .* healthy since/);
    const id = lines[0]!.split(' ')[0]!;
    await checkRelay(desk, id, print);
    await listRelays(desk, print);
    expect(lines.at(-1)).toContain('1 relays');
    await removeRelay(desk, id, print);
    await expect(checkRelay(desk, id, print)).rejects.toMatchObject({ code: 'relay.not-found' });
    await expect(addRelay(desk, { ...options, port: 25, host: 'no host', passwordFile }, print)).rejects.toThrow(
      'host',
    );
  });
});
