import { RelayRoutes } from '#delivery';
import type { Browser } from '../support/api.js';
import { openMailSink, type MailSink } from '../support/mail-sink.js';
import { openScriptedServer } from '../support/scripted-smtp.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('consent to the mail servers of a vendor', () => {
  let stage: TestProduct;
  let owner: Browser;
  let sink: MailSink;

  beforeAll(async () => {
    stage = await openTestProduct({ RELAY_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128' }, { notifications: 1 });
    owner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    sink = await openMailSink();
  });
  beforeEach(() => stage.toWorkingHours());
  afterEach(async () => {
    for (const { id } of (await owner.get('/api/v1/relays').expect(200)).body.items as { id: string }[])
      await owner.delete(`/api/v1/relays/${id}`).expect(204);
    await stage.api.asOwner('DELETE FROM organisations.relay_consent');
    forget();
  });
  afterAll(async () => {
    await stage.close();
    await sink.close();
  });

  const forget = (): void => stage.api.app.get(RelayRoutes, { strict: false }).expire();
  const addRelay = async (port: number, changes: object = {}): Promise<void> => {
    await owner
      .post('/api/v1/relays', {
        name: 'Main',
        host: '127.0.0.1',
        port,
        tls: 'opportunistic',
        username: null,
        priority: 10,
        connections: 2,
        enabled: true,
        ...changes,
      })
      .expect(201);
    forget();
  };
  const addSink = (changes: object = {}): Promise<void> => addRelay(Number(new URL(sink.url).port), changes);
  const RELAY = { purpose: 'relay', host: '127.0.0.1' };
  const revoke = () =>
    stage.partner.owner.post('/api/v1/relay-consents/revoke', { vendorId: stage.vendor.vendorId, ...RELAY });
  const give = (servers: readonly object[], by = stage.partner.owner) =>
    by.post('/api/v1/relay-consents', { vendorId: stage.vendor.vendorId, servers });
  const statusOf = async (path: string): Promise<{ status: string; statusReason: string | null }> =>
    (await stage.partner.owner.get(path).expect(200)).body as { status: string; statusReason: string | null };
  const launchTo = (listId: string) =>
    stage.launch(stage.partner.owner, { versionId: stage.campaign.versionId, listId });

  it('is required for a launch; no address gets to the server before', async () => {
    await addSink();
    const list = await stage.aList();
    const { body } = await launchTo(list.id).expect(409);
    expect(body).toMatchObject({ code: 'relay.consent' });
    expect((body as { detail: string }).detail).toContain('127.0.0.1');
    const offer = await stage.partner.owner.get(`/api/v1/offers/${stage.campaign.versionId}`).expect(200);
    expect(offer.body.vendor.servers).toEqual([{ ...RELAY, hasMoved: false, consent: null }]);
    expect(sink.mails).toHaveLength(0);
    await give([RELAY]).expect(200);
    await launchTo(list.id).expect(201);
    await until(() => sink.to(list.emails[0]!).length === 1, 'the mail after the consent');
    expect(sink.mails).toHaveLength(1);
  });

  it('holds what runs when it is withdrawn, and lets it go on when it is given again', async () => {
    await addSink();
    await give([RELAY]).expect(200);
    const { path } = await stage.running(undefined, { startAt: stage.inDays(2) });
    const before = sink.mails.length;
    await revoke().expect(200);
    expect(await statusOf(path)).toMatchObject({ status: 'held', statusReason: 'relay-consent' });
    await stage.partner.owner.post(`${path}/resume`, {}).expect(409, /relay\.consent/);
    stage.api.clock.advance(3 * 86_400_000);
    stage.toWorkingHours();
    await revoke().expect(409, /relay-consent\.not-given/);
    expect(sink.mails).toHaveLength(before);
    await give([RELAY]).expect(200);
    expect(await statusOf(path)).toMatchObject({ status: 'active' });
    await until(() => sink.mails.length === before + 1, 'the mail that waited');
  });

  it('does not resume what the partner holds itself', async () => {
    await addSink();
    await give([RELAY]).expect(200);
    const { path } = await stage.running(undefined, { startAt: stage.inDays(2) });
    await stage.partner.owner.post(`${path}/hold`, {}).expect(200);
    await revoke().expect(200);
    await give([RELAY]).expect(200);
    expect(await statusOf(path)).toMatchObject({ status: 'held', statusReason: 'by the partner' });
  });

  it('is asked for each server: mail waits, and goes to none, when the vendor names another', async () => {
    const other = await openScriptedServer({});
    await addSink();
    await give([RELAY]).expect(200);
    const { path } = await stage.running(undefined, { startAt: stage.inDays(2) });
    const before = sink.mails.length;
    await addRelay(other.port, { name: 'Other', host: 'localhost', priority: 1 });
    await until(async () => (await statusOf(path)).status === 'held', 'the hold');
    const { contact } = (await stage.partner.owner.get('/api/v1/brand-profile').expect(200)).body as {
      contact: { email: string };
    };
    const letters = (): string[] =>
      stage.mails
        .to(contact.email)
        .map(({ text = '' }) => text)
        .filter((text) => text.includes('/vendors'));
    // Tests above have had campaigns held for another server. Links of the
    // product lead to this host, too.
    const newOnes = (): string[] => letters().filter((text) => text.includes('write to: localhost.'));
    await until(() => newOnes().length > 0, 'the mail about the hold');
    expect(newOnes()).toHaveLength(1);
    stage.api.clock.advance(3 * 86_400_000);
    stage.toWorkingHours();
    const list = await stage.aList();
    await launchTo(list.id).expect(409, /localhost/);
    expect(sink.mails).toHaveLength(before);
    // A check of the server says EHLO and QUIT, and names no address.
    expect(other.said.filter((line) => /^(MAIL|RCPT|DATA)/i.test(line))).toEqual([]);
    await other.close();
  });

  /** As if the partner had agreed while the server was in another network. */
  const moveFrom = async (network: string): Promise<void> => {
    const { items } = (await owner.get('/api/v1/relays').expect(200)).body as { items: { id: string }[] };
    await stage.api.asOwner('UPDATE organisations.relay_consent SET networks = $1', [[network]]);
    await stage.api.asOwner(`UPDATE delivery.relay SET networks = '{}'`);
    for (const { id } of items) await owner.post(`/api/v1/relays/${id}/check`, {}).expect(200);
  };

  it('is asked again when the server leaves its networks, if no certificate proves its name', async () => {
    await addSink({ host: 'localhost' });
    await give([{ ...RELAY, host: 'localhost' }]).expect(200);
    const { path } = await stage.running(undefined, { startAt: stage.inDays(2) });
    await moveFrom('198.51.0.0/16');
    await until(async () => (await statusOf(path)).status === 'held', 'the hold');
    const ask = async () => (await stage.partner.owner.get('/api/v1/vendors').expect(200)).body.items[0].servers;
    expect(await ask()).toEqual([{ purpose: 'relay', host: 'localhost', hasMoved: true, consent: null }]);
    await give([{ ...RELAY, host: 'localhost' }]).expect(200);
    expect(await statusOf(path)).toMatchObject({ status: 'active' });
    expect(await ask()).toMatchObject([{ hasMoved: false, consent: { givenBy: expect.any(String) as string } }]);
  });

  it('stays when a server moves whose certificate proves its name', async () => {
    await addSink({ host: 'localhost', tls: 'required' });
    await give([{ ...RELAY, host: 'localhost' }]).expect(200);
    const { path } = await stage.running(undefined, { startAt: stage.inDays(2) });
    await moveFrom('198.51.0.0/16');
    const networks = (): Promise<{ networks: string[] }[]> => stage.api.asOwner('SELECT networks FROM delivery.relay');
    await until(async () => (await networks())[0]?.networks.length !== 0, 'the networks of the server');
    expect(await statusOf(path)).toMatchObject({ status: 'active' });
  });

  it('is asked again at the release: what was planned before it was withdrawn is not sent', async () => {
    await addSink();
    await give([RELAY]).expect(200);
    const { path, email } = await stage.running(undefined, { startAt: stage.inDays(2) });
    // Withdrawn without the hold: as between the plan and the release.
    await stage.api.asOwner(`UPDATE organisations.relay_consent SET revoked_at = now(), revoked_by = 'test'`);
    stage.api.clock.advance(3 * 86_400_000);
    stage.toWorkingHours();
    const waiting = async (): Promise<boolean> =>
      (await stage.api.asOwner(`SELECT 1 FROM delivery.message WHERE reason = 'relay-consent'`)).length > 0;
    await until(waiting, 'the message to wait');
    expect(await statusOf(path)).toMatchObject({ status: 'active' });
    expect(sink.to(email)).toEqual([]);
    expect(stage.mails.to(email)).toEqual([]);
  });

  it('is in the audit logs of both sides, and the vendor sees who has not agreed', async () => {
    await addSink();
    const missing = async (): Promise<unknown> =>
      (await owner.get('/api/v1/partner-sending?limit=50').expect(200)).body.items[0].missingConsents;
    expect(await missing()).toEqual([RELAY]);
    await give([RELAY]).expect(200);
    expect(await missing()).toEqual([]);
    await revoke().expect(200);
    const ask = async (by: Browser): Promise<string[]> =>
      (await by.get('/api/v1/audit-entries?limit=2&action=relay-consent').expect(200)).body.items.map(
        ({ action }: { action: string }) => action,
      );
    const both = ['relay-consent.revoked', 'relay-consent.given'];
    expect(await ask(stage.partner.owner)).toEqual(both);
    expect(await ask(owner)).toEqual(both);
  });

  it('is given to servers by their present names only, by an owner or a marketer', async () => {
    await addSink();
    await give([{ purpose: 'relay', host: 'mail.elsewhere.example' }]).expect(409, /mail\.elsewhere\.example/);
    await give([]).expect(422);
    const viewer = await stage.api.signIn(stage.partner.id, 'viewer');
    await give([RELAY], viewer).expect(403);
    await stage.partner.owner
      .post('/api/v1/relay-consents', { vendorId: stage.partner.id, servers: [RELAY] })
      .expect(404);
  });
});
