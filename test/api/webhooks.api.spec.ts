import { Webhook } from 'standardwebhooks';
import { Database } from '#database';
import { newId, systemActor, DAY_MS, HOUR_MS } from '#kernel';
import { WebhookEvents, type WebhookEndpointId } from '#webhooks';
import { WebhookFailures } from '../../apps/scheduler/src/webhook-failures.service.js';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';
import { openWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const TEST = systemActor('test');

interface Endpoint {
  readonly id: string;
  readonly secret: string;
  readonly path: string;
}
interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly state: string;
  readonly attempts: number;
  readonly cause: string;
  readonly lastStatus: number | null;
}

describe('webhooks', () => {
  let stage: TestProduct;
  let owner: Browser;
  let vendor: Browser;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    stage = await openTestProduct({ WEBHOOK_TRIAL_NETWORKS: '127.0.0.1' });
    ({ owner } = stage.partner);
    vendor = await stage.api.signIn(stage.vendor.vendorId, 'owner');
  });
  beforeEach(async () => {
    receiver = await openWebhookReceiver();
  });
  afterEach(async () => {
    for (const by of [owner, vendor]) {
      const { body } = await by.get('/api/v1/webhook-endpoints').expect(200);
      for (const { id } of body.items as { id: string }[])
        await by.delete(`/api/v1/webhook-endpoints/${id}`).expect(204);
    }
    await receiver.close();
  });
  afterAll(() => stage.close());

  const create = async (eventTypes: string[], by = owner, url = receiver.url): Promise<Endpoint> => {
    const { body } = await by.post('/api/v1/webhook-endpoints', { url, eventTypes }).expect(201);
    return { id: body.endpoint.id, secret: body.secret, path: `/api/v1/webhook-endpoints/${body.endpoint.id}` };
  };
  /**
   * Something that happened to a contact of the partner.
   * @returns the contact, by which it is told from others.
   */
  const happens = async (times = 1): Promise<string[]> => {
    const contacts = Array.from({ length: times }, () => newId<never>() as string);
    const partner = { kind: 'partner', id: stage.partner.id } as const;
    await stage.api.app.get(Database).inTransaction(TEST, async () => {
      for (const contactId of contacts)
        await stage.api.app.get(WebhookEvents).emit(partner, 'form.submitted', { contactId, activationId: newId() });
    });
    return contacts;
  };
  const contactsTold = (): unknown[] => receiver.received.map(({ event }) => event.data['contactId']);
  const deliveries = async ({ path }: Endpoint, query = '', by = owner): Promise<Delivery[]> =>
    (await by.get(`${path}/deliveries${query}`).expect(200)).body.items;
  const settled = (endpoint: Endpoint, count: number): Promise<void> =>
    until(
      async () => (await deliveries(endpoint)).filter(({ state }) => state === 'delivered').length >= count,
      `${count} deliveries`,
    );
  const tried = (endpoint: Endpoint, attempts: number): Promise<void> =>
    until(async () => (await deliveries(endpoint)).some((one) => one.attempts === attempts), 'another try');

  it('tell both sides what happened, signed, and the vendor of no person', async () => {
    const mine = await create([
      'activation.launched',
      'form.submitted',
      'lead.created',
      'lead.accepted',
      'lead.disclosed',
    ]);
    const theirs = await create(
      ['activation.launched', 'lead.disclosed', 'lead.disclosure-revoked'],
      vendor,
      `${receiver.url}/vendor`,
    );
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    const form = {
      email: 'visitor@prospect.example',
      firstName: 'Vera',
      lastName: 'Visitor',
      company: 'P',
      consent: 'yes',
    };
    await stage.api.http.post(`${pagePath}/form`).type('form').send(form).expect(200);
    const { body } = await owner.get('/api/v1/leads').expect(200);
    const { id, contactId } = body.items[0];
    await owner.patch(`/api/v1/leads/${id}`, { status: 'accepted' }).expect(200);
    await owner.post(`/api/v1/leads/${id}/disclosures`, { fields: ['name'], purpose: 'A quote' }).expect(201);
    await owner.post(`/api/v1/contacts/${contactId}/erase`).expect(204);
    await settled(mine, 5);
    await until(() => receiver.received.length === 8, 'what both were told');
    const told = (path: string) => receiver.received.filter((one) => one.path === path);
    for (const { headers, body: sent } of told('/hooks'))
      expect(() => new Webhook(mine.secret).verify(sent, headers as Record<string, string>)).not.toThrow();
    for (const { headers, body: sent } of told('/hooks/vendor'))
      expect(() => new Webhook(theirs.secret).verify(sent, headers as Record<string, string>)).not.toThrow();
    expect(told('/hooks').map(({ event }) => event.type)).toEqual([
      'activation.launched',
      'form.submitted',
      'lead.created',
      'lead.accepted',
      'lead.disclosed',
    ]);
    expect(told('/hooks/vendor').map(({ event }) => event.type)).toEqual([
      'activation.launched',
      'lead.disclosed',
      'lead.disclosure-revoked',
    ]);
    expect(JSON.stringify(told('/hooks/vendor'))).not.toContain(contactId);
    expect(JSON.stringify(receiver.received)).not.toMatch(/Vera|prospect\.example/);
  });

  it('show a secret once, and keep it sealed', async () => {
    const { secret, path, id } = await create(['form.submitted']);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(JSON.stringify((await owner.get(path).expect(200)).body)).not.toContain(secret);
    expect(JSON.stringify((await owner.get('/api/v1/webhook-endpoints').expect(200)).body)).not.toContain(secret);
    const [row] = await stage.api.asOwner<{ secret: Buffer }>('SELECT secret FROM webhooks.endpoint WHERE id = $1', [
      id,
    ]);
    expect(row!.secret.includes(Buffer.from(secret.slice(6)))).toBe(false);
  });

  it('are signed by two secrets for as long as the change takes, then by the new one', async () => {
    const endpoint = await create(['form.submitted']);
    const { body } = await owner.post(`${endpoint.path}/secrets`, { overlapHours: 24 }).expect(201);
    await happens();
    await settled(endpoint, 1);
    const [both] = receiver.received;
    for (const secret of [endpoint.secret, body.secret as string])
      expect(() => new Webhook(secret).verify(both!.body, both!.headers as Record<string, string>)).not.toThrow();
    stage.api.clock.advance(24 * HOUR_MS);
    await happens();
    await settled(endpoint, 2);
    const after = receiver.received[1]!;
    const verify = (secret: string) => () =>
      new Webhook(secret).verify(after.body, after.headers as Record<string, string>);
    expect(verify(body.secret as string)).not.toThrow();
    expect(verify(endpoint.secret)).toThrow('No matching signature');
  });

  it('wait behind a server in trouble, in their order, and all come once it is back', async () => {
    const endpoint = await create(['form.submitted']);
    receiver.answers.push({ status: 503, body: 'closed for lunch' }, { status: 500 });
    const contacts = await happens(3);
    await tried(endpoint, 1);
    expect(contactsTold()).toEqual(contacts.slice(0, 1));
    expect((await owner.get(endpoint.path).expect(200)).body.failingSince).not.toBeNull();
    stage.api.clock.advance(6_000);
    await tried(endpoint, 2);
    stage.api.clock.advance(40_000);
    await settled(endpoint, 3);
    expect(contactsTold()).toEqual([contacts[0], contacts[0], contacts[0], contacts[1], contacts[2]]);
    expect(new Set(receiver.received.slice(0, 3).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await owner.get(endpoint.path).expect(200)).body.failingSince).toBeNull();
    const first = (await deliveries(endpoint)).at(-1)!;
    const { body } = await owner.get(`${endpoint.path}/deliveries/${first.id}`).expect(200);
    expect(body.body).toBe(receiver.received[0]!.body);
    expect((body.tries as { status: number }[]).map(({ status }) => status)).toEqual([503, 500, 204]);
    expect(body.tries[0].excerpt).toBe('closed for lunch');
  });

  it('go past one that is refused', async () => {
    const endpoint = await create(['form.submitted']);
    receiver.answers.push({ status: 422, body: 'not this one' });
    const contacts = await happens(2);
    await settled(endpoint, 1);
    expect(contactsTold()).toEqual(contacts);
    expect((await deliveries(endpoint, '?state=pending')).map(({ lastStatus }) => lastStatus)).toEqual([422]);
  });

  it('do not follow redirects', async () => {
    const endpoint = await create(['form.submitted']);
    receiver.answers.push({ status: 302, headers: { location: `${receiver.url}/elsewhere` } });
    await happens();
    await tried(endpoint, 1);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks']);
  });

  it.each([
    ['a private network', 'https://10.0.0.1/'],
    ['where clouds keep their metadata', 'https://169.254.169.254/latest/meta-data'],
    ['loopback of IPv6', 'https://[::1]/'],
    ['a mapped address', 'https://[::ffff:10.0.0.1]/'],
    ['an address as one number', 'https://2886729729/'],
    ['an address in hexadecimal', 'https://0xc0.0xa8.1.1/'],
    ['another scheme', 'ftp://hooks.example/'],
    ['a password', 'https://me:secret@hooks.example/'],
    ['no address', 'hooks'],
  ])('are refused at once an endpoint at %s, made anew or changed', async (_, url) => {
    const eventTypes = ['form.submitted'];
    const { body } = await owner.post('/api/v1/webhook-endpoints', { url, eventTypes }).expect(422);
    expect(body).toMatchObject({
      code: 'webhook-endpoint.url-refused',
      field: 'url',
      detail: expect.stringMatching(/Enter an https URL that is reachable from the internet\.$/),
    });
    const { path } = await create(eventTypes);
    const change = { url, eventTypes, description: '', enabled: true };
    expect((await owner.put(path, change).expect(422)).body.code).toBe('webhook-endpoint.url-refused');
    expect((await owner.get(path).expect(200)).body.url).toBe(receiver.url);
  });

  it('say of a name that leads nowhere that it does', async () => {
    const endpoint = await create(['form.submitted'], owner, 'https://hooks.example.invalid/');
    const { body } = await owner.post(`${endpoint.path}/tests`).expect(201);
    expect(body).toMatchObject({ status: null, error: expect.stringMatching(/could not be resolved/) });
  });

  it('stop for good where 410 asks for it, and the owners hear of it', async () => {
    const endpoint = await create(['form.submitted']);
    receiver.answers.push({ status: 410 });
    await happens(2);
    await until(async () => (await owner.get(endpoint.path)).body.disabledReason === 'gone', 'the end');
    expect(receiver.received).toHaveLength(1);
    const { body } = await owner.get('/api/v1/audit-entries?limit=5').expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({ action: 'webhook-endpoint.disabled', subjectId: endpoint.id, actorKind: 'system' }),
    );
    await stage.api.app.get(WebhookFailures).notifyOwners(endpoint.id as WebhookEndpointId);
    const letters = await stage.api.asOwner<{ recipient: string }>(
      `SELECT recipient FROM identity.system_mail WHERE subject = 'A webhook endpoint was disabled'`,
    );
    expect(letters.map(({ recipient }) => recipient)).toEqual([owner.email]);
  });

  it('are given up after days of failure, wait, and go out once somebody enables the endpoint again', async () => {
    const endpoint = await create(['form.submitted']);
    receiver.answers.push({ status: 500 }, { status: 500 });
    const contacts = await happens();
    await tried(endpoint, 1);
    stage.api.clock.advance(5 * DAY_MS);
    await until(async () => (await owner.get(endpoint.path)).body.disabledReason === 'failed-for-days', 'the end');
    const { url, eventTypes, description } = (await owner.get(endpoint.path)).body;
    await owner.put(endpoint.path, { url, eventTypes, description, enabled: true }).expect(200);
    await settled(endpoint, 1);
    expect(contactsTold()).toEqual([contacts[0], contacts[0], contacts[0]]);
  });

  it('are told again under the same id, one by one and by a span of time', async () => {
    const endpoint = await create(['form.submitted']);
    const from = stage.api.clock.now().toISOString();
    await happens(3);
    await settled(endpoint, 3);
    const [newest] = await deliveries(endpoint);
    await owner.post(`${endpoint.path}/deliveries/${newest!.id}/replay`).expect(201);
    await settled(endpoint, 4);
    expect(receiver.received[3]!.headers['webhook-id']).toBe(newest!.eventId);
    const to = new Date(stage.api.clock.now().getTime() + HOUR_MS).toISOString();
    const nothing = await owner.post(`${endpoint.path}/replays`, { from, to }).expect(201);
    expect(nothing.body.count).toBe(0);
    const all = await owner.post(`${endpoint.path}/replays`, { from, to, only: 'all' }).expect(201);
    expect(all.body.count).toBe(3);
    await settled(endpoint, 7);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids.slice(4)).toEqual(ids.slice(0, 3));
    await owner.post(`${endpoint.path}/replays`, { from: to, to: from }).expect(422);
  });

  it('that an endpoint missed while it was disabled are replayed', async () => {
    const endpoint = await create(['form.submitted']);
    const { url, eventTypes, description } = (await owner.get(endpoint.path)).body;
    await owner.put(endpoint.path, { url, eventTypes, description, enabled: false }).expect(200);
    const from = stage.api.clock.now().toISOString();
    const contacts = await happens(2);
    await until(
      async () => (await stage.api.asOwner('SELECT 1 FROM webhooks.event WHERE fanned_out_at IS NULL')).length === 0,
      'the events',
    );
    const to = new Date(stage.api.clock.now().getTime() + HOUR_MS).toISOString();
    await owner.post(`${endpoint.path}/replays`, { from, to }).expect(409);
    await owner.put(endpoint.path, { url, eventTypes, description, enabled: true }).expect(200);
    expect((await owner.post(`${endpoint.path}/replays`, { from, to }).expect(201)).body.count).toBe(2);
    await settled(endpoint, 2);
    expect(contactsTold()).toEqual(contacts);
  });

  it('are tried with a test event, which changes nothing about the endpoint', async () => {
    const endpoint = await create(['form.submitted']);
    receiver.answers.push({ status: 500, body: 'oh' });
    const { body } = await owner.post(`${endpoint.path}/tests`).expect(201);
    expect(body).toMatchObject({ status: 500, excerpt: 'oh', error: null });
    expect((await owner.get(endpoint.path)).body.failingSince).toBeNull();
    expect(await deliveries(endpoint)).toMatchObject([{ id: body.deliveryId, cause: 'test', state: 'failed' }]);
    expect(receiver.received[0]!.event).toMatchObject({ type: 'webhook.test', data: { endpointId: endpoint.id } });
  });

  it('are chosen from what concerns one’s own side', async () => {
    const { body } = await vendor.get('/api/v1/webhook-event-types').expect(200);
    expect(body.items).toContain('campaign.published');
    expect((body.items as string[]).filter((type) => /^(contact|message|form)\./.test(type))).toEqual([]);
    const refused = await vendor
      .post('/api/v1/webhook-endpoints', { url: receiver.url, eventTypes: ['contact.unsubscribed'] })
      .expect(422);
    expect(refused.body).toMatchObject({ code: 'webhook-endpoint.type-unknown', field: 'eventTypes' });
  });
});
