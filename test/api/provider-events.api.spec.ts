import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { ProviderSources, ReturnAddresses } from '#engagement';
import { type MessageId, newId, systemActor } from '#kernel';
import { SnsClient } from '../../libs/engagement/src/provider-events/sns-client.service.js';
import type { Browser } from '../support/api.js';
import { ProviderServers, type ProviderPost, SNS_HOST, TOPIC } from '../support/provider-servers.js';
import { type KnownMessage, type Shape, SHAPES } from '../support/provider-shapes.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

type Provider = Shape['provider'];
const OPERATOR = systemActor('operator test');
const RUNS = process.env['LONG'] === '1' ? 200 : 15;

describe('what mail providers tell by webhook', () => {
  let stage: TestProduct;
  let desk: ProviderServers;
  let vendorOwner: Browser;
  let activationId: string;
  let paths: Record<Provider, string>;
  let postmarkPassword: string;
  let people = 0;

  beforeAll(async () => {
    desk = await new ProviderServers().open();
    stage = await openTestProduct({ MESSAGE_HEADER: 'X-PM-Metadata-message-id' });
    stage.api.app.get(SnsClient, { strict: false }).get = desk.reach;
    vendorOwner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    activationId = (await stage.running()).id;
    const add = async (provider: Provider, secret?: string): Promise<URL> =>
      new URL((await stage.api.app.get(ProviderSources).create(OPERATOR, { provider, name: 'relay', secret })).url);
    const postmark = await add('postmark');
    postmarkPassword = postmark.password;
    paths = {
      postmark: postmark.pathname,
      ses: (await add('ses', TOPIC)).pathname,
      sendgrid: (await add('sendgrid', desk.sendgridKey)).pathname,
      mailgun: (await add('mailgun', desk.mailgunKey)).pathname,
    };
  });
  afterAll(async () => {
    await stage.close();
    await desk.close();
  });

  /** A message that the relay has taken, to a person of its own. */
  const aMessage = async (): Promise<KnownMessage & { contactId: string }> => {
    const email = `told${people++}@customer.example`;
    const consent = { basis: 'customer' };
    const { body } = await stage.partner.owner.post('/api/v1/contacts', { email, consent }).expect(201);
    const id = newId<MessageId>();
    await stage.api.asOwner(
      `INSERT INTO delivery.message (id, partner_id, vendor_id, activation_id, enrolment_id, contact_id, step_key, occurrence, email_key, state, reason, planned_at, settled_at)
       SELECT $1, partner_id, vendor_id, id, gen_random_uuid(), $2, 'welcome', 0, 'welcome', 'accepted', 'sent', $4, $4 FROM activations.activation WHERE id = $3`,
      [id, body.id, activationId, stage.api.clock.now()],
    );
    const returnPath = stage.api.app.get(ReturnAddresses).returnPath(id);
    return { id, email, returnPath, contactId: body.id as string };
  };
  const dress = (provider: Provider, body: object, n = newId()): ProviderPost => {
    if (provider === 'ses') return desk.fromSns(body, { MessageId: n });
    if (provider === 'sendgrid') return desk.fromSendgrid(body);
    if (provider === 'postmark') return desk.fromPostmark(body, postmarkPassword);
    return desk.fromMailgun(body);
  };
  const post = (path: string, { headers, body }: ProviderPost): ReturnType<typeof stage.api.http.post> =>
    stage.api.http.post(path).set(headers).send(body.toString());
  const tell = (provider: Provider, body: object): ReturnType<typeof post> =>
    post(paths[provider], dress(provider, body));

  const stateOf = async ({ id }: KnownMessage): Promise<object | undefined> =>
    (await stage.api.asOwner<object>('SELECT state, reason FROM delivery.message WHERE id = $1', [id]))[0];
  const kindsOf = async ({ id }: KnownMessage): Promise<string[]> =>
    (
      await stage.api.asOwner<{ kind: string }>(
        'SELECT kind FROM delivery.message_event WHERE message_id = $1 ORDER BY kind',
        [id],
      )
    ).map(({ kind }) => kind);
  const suppressionOf = async ({ email }: KnownMessage): Promise<string | undefined> =>
    (
      await stage.api.asOwner<{ reason: string }>('SELECT reason FROM contacts.suppression WHERE email = $1', [email])
    )[0]?.reason;
  const platformCount = async (): Promise<number> =>
    (
      await stage.api.asOwner<{ n: number }>(
        `SELECT count(*)::int AS n FROM contacts.keyed_suppression WHERE scope = 'platform'`,
      )
    )[0]!.n;
  const counts = async (provider: Provider): Promise<{ events: number; unmatched: number; ignored: number }> => {
    const found = (await stage.api.app.get(ProviderSources).list(OPERATOR)).find((one) => one.provider === provider)!;
    return { events: found.events, unmatched: found.unmatched, ignored: found.ignored };
  };

  it('is known in at least twenty shapes, of four providers', () => {
    expect(SHAPES.length).toBeGreaterThanOrEqual(20);
    expect(new Set(SHAPES.map(({ name }) => name)).size).toBe(SHAPES.length);
    expect(new Set(SHAPES.map(({ provider }) => provider)).size).toBe(4);
  });

  it.each(SHAPES.map((shape) => [shape.name, shape] as const))('%s', async (_, shape) => {
    const message = await aMessage();
    const before = await counts(shape.provider);
    await tell(shape.provider, shape.body(message, newId())).expect(200);
    expect(await stateOf(message)).toEqual({ state: shape.state, reason: shape.reason });
    expect(await kindsOf(message)).toEqual(shape.kind === null ? [] : [shape.kind]);
    expect(await suppressionOf(message)).toBe(shape.suppressed);
    const after = await counts(shape.provider);
    const [events, ignored] = shape.kind === null ? [0, 1] : [1, 0];
    expect(after).toEqual({
      events: before.events + events,
      unmatched: before.unmatched,
      ignored: before.ignored + ignored,
    });
  });

  it('suppresses a dead address for everybody where it names the contact’s own', async () => {
    const message = await aMessage();
    const before = await platformCount();
    await tell('sendgrid', [
      {
        event: 'bounce',
        email: message.email,
        sg_event_id: newId(),
        'smtp-id': `<${message.id}@mail.throughline.example>`,
        status: '5.1.1',
        reason: '550 5.1.1 user unknown',
      },
    ]).expect(200);
    expect(await platformCount()).toBe(before + 1);
  });

  it('keeps no address of what it was told', async () => {
    const message = await aMessage();
    await tell(
      'mailgun',
      SHAPES.find(({ name }) => name === 'Mailgun: permanent failure')!.body(message, newId()),
    ).expect(200);
    const rows = await stage.api.asOwner<object>('SELECT * FROM delivery.message_event WHERE message_id = $1', [
      message.id,
    ]);
    expect(JSON.stringify(rows)).not.toContain('@');
  });

  it('keeps and counts what names no message of ours', async () => {
    const before = await counts('sendgrid');
    const event = {
      event: 'bounce',
      email: 'x@y.example',
      sg_event_id: newId(),
      'smtp-id': '<other@elsewhere>',
      reason: 'unknown',
    };
    await tell('sendgrid', [event, event]).expect(200);
    expect(await counts('sendgrid')).toEqual({ ...before, events: before.events + 1, unmatched: before.unmatched + 1 });
  });

  it('asks to be told again of a message that is still in hand, and keeps the others of the batch', async () => {
    const [inHand, other] = [await aMessage(), await aMessage()];
    const hours = `now() + interval '1 hour'`;
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'releasing', settled_at = NULL, lease_until = ${hours}, submit_until = ${hours} WHERE id = $1`,
      [inHand.id],
    );
    const batch = [inHand, other].map(({ id }) => ({
      event: 'delivered',
      sg_event_id: newId(),
      'smtp-id': `<${id}@mail.throughline.example>`,
    }));
    await tell('sendgrid', batch).expect(503);
    expect(await stateOf(other)).toMatchObject({ state: 'delivered' });
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'accepted', settled_at = now(), lease_until = NULL WHERE id = $1`,
      [inHand.id],
    );
    await tell('sendgrid', batch).expect(200);
    expect(await stateOf(inHand)).toMatchObject({ state: 'delivered' });
  });

  it('counts a message once against its partner, and not what a provider withheld from somebody who had left', async () => {
    const shapeOf = (named: string) => SHAPES.find(({ name }) => name === named)!;
    const tellOf = async (message: KnownMessage, ...names: string[]): Promise<void> => {
      for (const { provider, body } of names.map(shapeOf)) await tell(provider, body(message, newId())).expect(200);
    };
    const bounced = async (): Promise<number | undefined> =>
      (await stage.api.asOwner<{ n: number }>('SELECT coalesce(sum(bounced), 0)::int AS n FROM delivery.tally'))[0]?.n;
    await stage.api.asOwner('DELETE FROM delivery.tally');
    await tellOf(await aMessage(), 'Mailgun: on its list of leavers');
    expect(await bounced()).toBe(0);
    const [dead, leavers] = ['SES: permanent bounce with a code', 'Mailgun: on its list of leavers'] as const;
    await tellOf(await aMessage(), dead, leavers);
    await tellOf(await aMessage(), leavers, dead);
    expect(await bounced()).toBe(2);
    await stage.api.asOwner('DELETE FROM delivery.tally');
  });

  describe('comes to the same however often and in whatever order it is told', () => {
    const inPlay = SHAPES.filter(({ kind }) => kind !== null && kind !== 'unknown');
    /**
     * What becomes of a new message of which these things are told.
     * @param order places in `shapes`: one that stands there twice is told
     *   twice.
     */
    const outcomeOf = async (shapes: typeof inPlay, order: readonly number[]): Promise<string> => {
      const message = await aMessage();
      const posts = shapes.map((shape) => ({
        path: paths[shape.provider],
        ...dress(shape.provider, shape.body(message, newId())),
      }));
      await stage.api.asOwner('DELETE FROM delivery.tally');
      for (const at of order) await post(posts[at]!.path, posts[at]!).expect(200);
      const tally = await stage.api.asOwner<object>(
        'SELECT coalesce(sum(bounced), 0)::int AS bounced, coalesce(sum(complained), 0)::int AS complained FROM delivery.tally',
      );
      await stage.api.asOwner('DELETE FROM delivery.tally');
      await stage.api.asOwner('DELETE FROM delivery.halt');
      const interactions = await stage.api.asOwner<object>(
        'SELECT kind FROM engagement.interaction WHERE message_id = $1',
        [message.id],
      );
      return JSON.stringify([
        await stateOf(message),
        await kindsOf(message),
        await suppressionOf(message),
        tally,
        interactions,
      ]);
    };

    it.each(['ses', 'sendgrid', 'postmark', 'mailgun'] as const)('by %s, all that it can tell', async (provider) => {
      const own = inPlay.filter((shape) => shape.provider === provider);
      expect(own.length).toBeGreaterThan(3);
      const straight = own.map((_, at) => at);
      const backwards = straight.toReversed();
      expect(await outcomeOf(own, [...backwards, ...straight, ...backwards])).toBe(await outcomeOf(own, straight));
    });

    it('by several at once', async () => {
      const seen = new Map<string, string>();
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.nat(inPlay.length - 1), { minLength: 2, maxLength: 5 }),
          fc.array(fc.nat(4), { minLength: 0, maxLength: 4 }),
          fc.infiniteStream(fc.nat(1000)),
          async (chosen, again, chance) => {
            const shapes = chosen.map((at) => inPlay[at]!);
            const straight = chosen.map((_, n) => n);
            const repeated = [...straight, ...again.map((n) => n % chosen.length)];
            const shuffled = repeated
              .map((n) => [chance.next().value, n] as const)
              .sort((a, b) => a[0] - b[0])
              .map(([, n]) => n);
            const first = await outcomeOf(shapes, straight);
            expect(await outcomeOf(shapes, shuffled)).toBe(first);
            seen.set(chosen.join(), first);
          },
        ),
        { numRuns: RUNS },
      );
      expect(seen.size).toBeGreaterThan(5);
    }, 240_000);
  });

  it('gives Postmark the message’s id in a header, for it changes Message-ID', async () => {
    const { email } = await stage.running(stage.partner.owner, {
      versionId: (await stage.anotherCampaign()).versionId,
    });
    stage.toWorkingHours();
    const [mail] = await stage.mailTo(email);
    expect(mail!.headers.get('x-pm-metadata-message-id')).toBe(mail!.messageId!.slice(1, 37));
  });

  describe('is believed only with its proof', () => {
    const delivered = (message: KnownMessage): object =>
      SHAPES.find(({ name }) => name === 'SES: delivered')!.body(message, newId());
    const strangers = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const event = [{ event: 'delivered', sg_event_id: 'x' }];

    it.each<[string, () => [Provider, ProviderPost]]>([
      ['SendGrid: another’s key', () => ['sendgrid', desk.fromSendgrid(event, strangers)]],
      ['SendGrid: a changed body', () => ['sendgrid', { ...desk.fromSendgrid(event), body: Buffer.from('[]') }]],
      ['SendGrid: no signature', () => ['sendgrid', { headers: {}, body: Buffer.from('[]') }]],
      ['Postmark: a wrong password', () => ['postmark', desk.fromPostmark({ RecordType: 'Open' }, 'wrong')]],
      ['Postmark: none', () => ['postmark', { headers: {}, body: Buffer.from('{"RecordType":"Open"}') }]],
      [
        'Mailgun: another’s key',
        () => ['mailgun', desk.fromMailgun({ 'event-data': { event: 'opened', id: 'x' } }, { key: 'x'.repeat(20) })],
      ],
      [
        'Mailgun: a moment of yesterday',
        () => ['mailgun', desk.fromMailgun({ 'event-data': { event: 'opened', id: 'x' } }, { ageS: 86_400 })],
      ],
      ['Mailgun: no signature', () => ['mailgun', { headers: {}, body: Buffer.from('{"event-data":{}}') }]],
      ['SES: another topic', () => ['ses', desk.fromSns({}, { TopicArn: TOPIC.replace('mail', 'other') })]],
      ['SES: a changed message', () => ['ses', desk.fromSns({}, {}, { Message: '{"eventType":"Open"}' })]],
      [
        'SES: a certificate on another host',
        () => ['ses', desk.fromSns({}, { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/x.pem' })],
      ],
      [
        'SES: a certificate in another region',
        () => ['ses', desk.fromSns({}, { SigningCertURL: 'https://sns.us-east-1.amazonaws.com/x.pem' })],
      ],
      [
        'SES: a certificate behind a user',
        () => ['ses', desk.fromSns({}, { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com@evil.example/x.pem' })],
      ],
      [
        'SES: a certificate by plain http',
        () => ['ses', desk.fromSns({}, { SigningCertURL: 'http://sns.eu-west-1.amazonaws.com/x.pem' })],
      ],
      ['SES: no JSON', () => ['ses', { headers: {}, body: Buffer.from('hello') }]],
    ])('%s', async (_, made) => {
      const [provider, request] = made();
      const answer = await post(paths[provider], request).expect(401);
      const unknown = await post(`/api/v1/provider-events/${provider}/${newId()}`, request).expect(401);
      const known = (body: object): object => ({ ...body, requestId: null });
      expect(known(answer.body as object)).toEqual(known(unknown.body as object));
    });

    it('takes a token of Mailgun’s for one body only, however often', async () => {
      const [message, other] = [await aMessage(), await aMessage()];
      const body = (of: KnownMessage): object =>
        SHAPES.find(({ name }) => name === 'Mailgun: complained')!.body(of, newId());
      const first = desk.fromMailgun(body(message), { token: 'once' });
      await post(paths.mailgun, first).expect(200);
      await post(paths.mailgun, first).expect(200);
      await post(paths.mailgun, desk.fromMailgun(body(other), { token: 'once' })).expect(401);
      expect(await suppressionOf(other)).toBeUndefined();
    });

    it('takes SHA-1 of SNS, too, which topics use that nobody has changed', async () => {
      const message = await aMessage();
      await post(paths.ses, desk.fromSns(delivered(message), { SignatureVersion: '1' })).expect(200);
      expect(await stateOf(message)).toMatchObject({ state: 'delivered' });
    });

    it('confirms a subscription once its signature is good, at SNS’s own host and nowhere else', async () => {
      const confirmation = (SubscribeURL: string): ProviderPost =>
        desk.fromSns('You have chosen to subscribe', {
          Type: 'SubscriptionConfirmation',
          Token: 'token',
          SubscribeURL,
        });
      const url = `${SNS_HOST}/?Action=ConfirmSubscription&Token=token`;
      await post(paths.ses, confirmation(url)).expect(200);
      expect(desk.asked).toContain('/?Action=ConfirmSubscription&Token=token');
      const before = desk.asked.length;
      for (const elsewhere of ['https://evil.example/', 'http://169.254.169.254/', `${SNS_HOST}.evil.example/`])
        await post(paths.ses, confirmation(elsewhere)).expect(503);
      const forged = desk.fromSns(
        'x',
        { Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL: url },
        { Token: 'other' },
      );
      await post(paths.ses, forged).expect(401);
      expect(desk.asked.length).toBe(before);
    });

    it('asks for the certificate of SNS once', () => {
      expect(desk.asked.filter((path) => path.endsWith('.pem'))).toHaveLength(1);
    });

    it('says which field cannot be read, and keeps nothing', async () => {
      const { body } = await tell('sendgrid', [{ event: 'bounce' }]).expect(422);
      expect(body).toMatchObject({ code: 'provider-event.unreadable', field: '0.sg_event_id' });
      await tell(
        'sendgrid',
        Array.from({ length: 20_000 }, () => ({ event: 'open', sg_event_id: 'x'.repeat(60) })),
      ).expect(413);
    });
  });

  describe('a vendor’s own account', () => {
    it('speaks of that vendor’s messages only, and stops that vendor’s mail only', async () => {
      const message = await aMessage();
      const input = { provider: 'sendgrid', name: 'Ours', secret: desk.sendgridKey };
      const { body } = await vendorOwner.post('/api/v1/provider-sources', input).expect(201);
      const path = new URL(body.url as string).pathname;
      const complaint = (of: KnownMessage): object => [
        { event: 'spamreport', sg_event_id: newId(), 'smtp-id': `<${of.id}@mail.throughline.example>` },
      ];
      // The id of a mail that the installation's relay took is no evidence: who
      // gets the mail can read it.
      await post(path, desk.fromSendgrid(complaint(message))).expect(200);
      expect(await stateOf(message)).toMatchObject({ state: 'accepted' });
      const own = await aMessage();
      await stage.api.asOwner('UPDATE delivery.message SET relay = $2 WHERE id = $1', [own.id, newId()]);
      await post(path, desk.fromSendgrid(complaint(own))).expect(200);
      expect(await stateOf(own)).toMatchObject({ state: 'complained' });
      expect(await suppressionOf(own)).toBeUndefined();
      const [keyed] = await stage.api.asOwner<{ n: number }>(
        `SELECT count(*)::int AS n FROM contacts.keyed_suppression WHERE scope = 'vendor' AND vendor_id = $1`,
        [stage.vendor.vendorId],
      );
      expect(keyed!.n).toBe(1);
      const stranger = await stage.api.aVendor('Contoso');
      const strangers = await stage.api.signIn(stranger.vendorId, 'owner');
      const theirs = await strangers.post('/api/v1/provider-sources', input).expect(201);
      const other = await aMessage();
      await post(new URL(theirs.body.url as string).pathname, desk.fromSendgrid(complaint(other))).expect(200);
      expect(await stateOf(other)).toMatchObject({ state: 'accepted' });
      const { items } = (await strangers.get('/api/v1/provider-sources').expect(200)).body;
      expect(items).toMatchObject([{ events: 1, unmatched: 1 }]);
    });

    it('is sent back while its account is paused, and its owner sees what was not taken', async () => {
      const account = { provider: 'sendgrid', name: 'own', secret: desk.sendgridKey };
      const { body: made } = await vendorOwner.post('/api/v1/provider-sources', account).expect(201);
      const sourcePath = `/api/v1/provider-sources/${made.source.id}`;
      const { pathname } = new URL(made.url as string);
      const seen = async () =>
        ((await vendorOwner.get('/api/v1/provider-sources').expect(200)).body.items as { id: string }[]).find(
          ({ id }) => id === made.source.id,
        );
      expect(await seen()).toMatchObject({ pausedAt: null, lastRefusal: null });
      const message = await aMessage();
      await stage.api.asOwner('UPDATE delivery.message SET relay = $2 WHERE id = $1', [message.id, newId()]);
      const shape = SHAPES.find(({ provider, kind }) => provider === 'sendgrid' && kind === 'hard')!;
      const telling = desk.fromSendgrid(shape.body(message, newId()));
      await vendorOwner.patch(sourcePath, { paused: true }).expect(200);
      const { body } = await post(pathname, telling).expect(503);
      expect(body.code).toBe('provider-event.paused');
      expect(await seen()).toMatchObject({ pausedAt: expect.any(String), events: 0, lastRefusal: { why: 'paused' } });
      // Who cannot prove itself does not learn of the pause.
      const forged = desk.fromSendgrid([], generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
      expect((await post(pathname, forged).expect(401)).body.code).toBe('provider-event.refused');
      expect(await seen()).toMatchObject({ lastRefusal: { why: 'proof' } });
      await vendorOwner.patch(sourcePath, { paused: false }).expect(200);
      await post(pathname, desk.fromSendgrid({})).expect(422);
      expect(await seen()).toMatchObject({ pausedAt: null, lastRefusal: { why: 'unreadable' } });
      await post(pathname, telling).expect(200);
      expect(await stateOf(message)).toEqual({ state: shape.state, reason: shape.reason });
      expect(await seen()).toMatchObject({ events: 1 });
      await vendorOwner.delete(sourcePath).expect(204);
      await vendorOwner.patch(sourcePath, { paused: true }).expect(404);
    });

    it('changes its secret with time to change over, and is revoked for good; both stand in the audit log', async () => {
      const { body } = await vendorOwner
        .post('/api/v1/provider-sources', { provider: 'postmark', name: 'Old' })
        .expect(201);
      const [id, first] = [body.source.id as string, new URL(body.url as string)];
      const open = (password: string): ReturnType<typeof post> =>
        post(first.pathname, desk.fromPostmark({ RecordType: 'Open' }, password));
      const rotated = await vendorOwner.post(`/api/v1/provider-sources/${id}/secrets`, {}).expect(201);
      const second = new URL(rotated.body.url as string);
      await open(first.password).expect(200);
      await open(second.password).expect(200);
      stage.api.clock.advance(25 * 3_600_000);
      await open(first.password).expect(401);
      await vendorOwner.delete(`/api/v1/provider-sources/${id}`).expect(204);
      await open(second.password).expect(401);
      await vendorOwner.delete(`/api/v1/provider-sources/${id}`).expect(404);
      const { body: log } = await vendorOwner.get('/api/v1/audit-entries').expect(200);
      const actions = (log.items as { action: string }[]).map(({ action }) => action);
      for (const what of ['created', 'secret-rotated', 'revoked']) expect(actions).toContain(`provider-source.${what}`);
      expect(JSON.stringify(log)).not.toContain(second.password);
    });

    it.each([
      ['ses', 'not an arn'],
      ['sendgrid', 'bm8ga2V5'],
      ['mailgun', 'short'],
      ['postmark', 'given'],
    ])('is refused a secret that %s has not got', async (provider, secret) => {
      const { body } = await vendorOwner.post('/api/v1/provider-sources', { provider, name: 'x', secret }).expect(422);
      expect(body).toMatchObject({ code: 'provider-source.secret-invalid', field: 'secret' });
    });

    it('has a secret that nobody reads in the database', async () => {
      const rows = await stage.api.asOwner<{ secret: Buffer }>('SELECT secret FROM engagement.provider_source');
      expect(rows.length).toBeGreaterThan(4);
      expect(rows.some(({ secret }) => secret.includes(TOPIC) || secret.includes(desk.mailgunKey))).toBe(false);
    });
  });
});
