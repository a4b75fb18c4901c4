import { BouncedAddresses } from '#contacts';
import { Database } from '#database';
import { ReturnAddresses } from '#engagement';
import { DAY_MS, type MessageId, newId, systemActor } from '#kernel';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { aBounce, aComplaint, anAnswer, InboundMail } from '../support/inbound-mail.js';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

interface Sent {
  readonly email: string;
  readonly path: string;
  readonly returnPath: string;
  readonly messageId: string;
  readonly id: string;
}

describe('what comes back by mail', () => {
  let stage: TestProduct;
  let owner: Browser;
  let office: InboundMail;

  beforeAll(async () => {
    const port = await freePort();
    stage = await openTestProduct({ INBOUND_SMTP_PORT: String(port) });
    ({ owner } = stage.partner);
    office = new InboundMail(port);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await office.close();
    await stage.close();
  });

  const sent = async (by = owner): Promise<Sent> => {
    const { email, path } = await stage.running(by);
    const [mail] = await stage.mailTo(email);
    await until(async () => (await by.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
    const messageId = mail!.messageId!.slice(1, -1);
    return { email, path, returnPath: stage.mails.returnPathTo(email), messageId, id: messageId.split('@')[0]! };
  };
  const stateOf = async ({ id }: Sent): Promise<{ state: string; reason: string }> =>
    (
      await stage.api.asOwner<{ state: string; reason: string }>(
        'SELECT state, reason FROM delivery.message WHERE id = $1',
        [id],
      )
    )[0]!;
  const events = (kind: string): Promise<{ message_id: string | null; excerpt: string; why: string }[]> =>
    stage.api.asOwner('SELECT message_id, excerpt, why FROM delivery.message_event WHERE kind = $1 ORDER BY id', [
      kind,
    ]);
  const suppressionOf = async (email: string, by = owner): Promise<string | null> => {
    const { body } = await by.get(`/api/v1/suppressions?q=${encodeURIComponent(email)}`).expect(200);
    return (body.items as { reason: string }[])[0]?.reason ?? null;
  };
  const platform = async (): Promise<number> =>
    Number(
      (
        await stage.api.asOwner<{ n: string }>(
          `SELECT count(*) AS n FROM contacts.keyed_suppression WHERE scope = 'platform'`,
        )
      )[0]!.n,
    );

  it('has a return path of its own for each message, in an address that every server takes', async () => {
    const { returnPath, id } = await sent();
    expect(returnPath).toMatch(new RegExp(`^bounce\\+${id}-[0-9a-f]{16}@mail\\.throughline\\.example$`));
    expect(returnPath.split('@')[0]!.length).toBeLessThanOrEqual(64);
  });

  it('suppresses a dead address at once, for its partner and for everybody, and ends its sequence', async () => {
    const message = await sent();
    const before = await platform();
    const said = `550 5.1.1 <${message.email}>: User unknown`;
    expect(
      await office.deliver(message.returnPath, aBounce({ to: message.email, status: '5.1.1', said })),
    ).toMatchObject({ kind: 'accepted' });
    expect(await stateOf(message)).toEqual({ state: 'bounced', reason: 'bounced-hard' });
    expect(await suppressionOf(message.email)).toBe('bounced');
    expect(await platform()).toBe(before + 1);
    const told = (await events('hard')).filter((event) => event.message_id === message.id);
    expect(told).toMatchObject([{ excerpt: '550 5.1.1 <<address>>: User unknown' }]);
    stage.api.clock.advance(8 * DAY_MS);
    await until(async () => (await owner.get(message.path)).body.reasons.length > 0, 'the end of the sequence');
    expect((await owner.get(message.path)).body.reasons).toMatchObject([{ reason: 'suppressed', count: 1 }]);
  });

  it('suppresses it for a vendor alone whose own relay has seen the return path', async () => {
    const message = await sent();
    const scopes = (): Promise<{ scope: string }[]> =>
      stage.api.asOwner('SELECT scope FROM contacts.keyed_suppression ORDER BY id DESC');
    const before = (await scopes()).length;
    await stage.api.asOwner('UPDATE delivery.message SET relay = $2 WHERE id = $1', [message.id, 'a relay of theirs']);
    await office.deliver(message.returnPath, aBounce({ to: message.email, status: '5.1.1', said: 'unknown' }));
    expect(await stateOf(message)).toEqual({ state: 'bounced', reason: 'bounced-hard' });
    const after = await scopes();
    expect(after.slice(0, after.length - before)).toEqual([{ scope: 'vendor' }]);
    expect(await suppressionOf(message.email)).toBeNull();
  });

  it('does so also where the return path has lost its capitals or gained some', async () => {
    const message = await sent();
    await office.deliver(
      message.returnPath.toUpperCase(),
      aBounce({ to: message.email, status: '5.1.1', said: 'unknown' }),
    );
    expect(await stateOf(message)).toMatchObject({ state: 'bounced' });
  });

  it.each([
    ['5.7.1', '550 5.7.1 blocked using zen.spamhaus.org', 'bounced-block'],
    ['5.2.1', '550 5.2.1 mailbox disabled', 'bounced-soft'],
    ['5.9.9', '599 Xyzzy', 'bounced-unknown'],
  ])('suppresses nobody for %s', async (status, said, reason) => {
    const message = await sent();
    await office.deliver(message.returnPath, aBounce({ to: message.email, status, said }));
    expect(await stateOf(message)).toEqual({ state: 'bounced', reason });
    expect(await suppressionOf(message.email)).toBeNull();
  });

  it('gives an address up when three messages in a row come back soft within more than three days', async () => {
    const list = await stage.aList();
    const email = list.emails[0]!;
    const soft = async (): Promise<void> => {
      const before = stage.mails.to(email).length;
      const { versionId } = await stage.anotherCampaign();
      const { body } = await stage.launch(owner, { versionId, listId: list.id }).expect(201);
      await stage.mailTo(email, before + 1);
      const id = stage.mails.to(email).at(-1)!.messageId!.slice(1, 37);
      await until(
        async () =>
          (await stage.api.asOwner(`SELECT 1 FROM delivery.message WHERE id = $1 AND state = 'accepted'`, [id]))
            .length > 0,
      );
      await office.deliver(
        stage.mails.returnPathTo(email),
        aBounce({ to: email, status: '5.2.2', said: '552 5.2.2 full' }),
      );
      // Its next mail would come between.
      await owner.post(`/api/v1/activations/${body.id}/stop`).expect(200);
    };
    await soft();
    await soft();
    expect(await suppressionOf(email)).toBeNull();
    stage.api.clock.advance(4 * DAY_MS);
    stage.toWorkingHours();
    await soft();
    expect(await suppressionOf(email)).toBe('bounced');
  });

  it('suppresses who complains, by what the report names, also with nothing but the complaint desk to write to', async () => {
    const message = await sent();
    await office.deliver('fbl@mail.throughline.example', aComplaint(message.messageId), 'fbl@provider.example');
    expect(await stateOf(message)).toEqual({ state: 'complained', reason: 'complained' });
    expect(await suppressionOf(message.email)).toBe('complained');
  });

  it('counts evidence of delivery, and a delay as nothing', async () => {
    const message = await sent();
    await office.deliver(
      message.returnPath,
      aBounce({ to: message.email, action: 'delayed', status: '4.4.1', said: 'busy' }),
    );
    expect(await stateOf(message)).toMatchObject({ state: 'accepted' });
    await office.deliver(
      message.returnPath,
      aBounce({ to: message.email, action: 'delivered', status: '2.0.0', said: '250 ok' }),
    );
    expect(await stateOf(message)).toMatchObject({ state: 'delivered' });
  });

  it('learns from a bounce that a message nobody was sure of had gone out', async () => {
    const message = await sent();
    // By the product's clock, which is days ahead here: by the machine's it
    // would be closed at once for its age.
    await stage.api.asOwner(`UPDATE delivery.message SET state = 'unknown', unknown_since = $2 WHERE id = $1`, [
      message.id,
      stage.api.clock.now(),
    ]);
    await office.deliver(message.returnPath, aBounce({ to: message.email, status: '5.7.1', said: 'spam' }));
    expect(await stateOf(message)).toEqual({ state: 'bounced', reason: 'bounced-block' });
  });

  it('leaves a report about a message that is still in hand to its server', async () => {
    const message = await sent();
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'releasing', lease_until = now() + interval '1 hour', submit_until = now() + interval '1 hour' WHERE id = $1`,
      [message.id],
    );
    const report = aBounce({ to: message.email, status: '5.1.1', said: 'unknown' });
    expect(await office.deliver(message.returnPath, report)).toMatchObject({ kind: 'transient', code: 451 });
    expect(await suppressionOf(message.email)).toBeNull();
    await stage.api.asOwner(`UPDATE delivery.message SET state = 'accepted', lease_until = NULL WHERE id = $1`, [
      message.id,
    ]);
    expect(await office.deliver(message.returnPath, report)).toMatchObject({ kind: 'accepted' });
    expect(await stateOf(message)).toMatchObject({ state: 'bounced' });
  });

  it('ends with the gravest that was told, in whatever order', async () => {
    const message = await sent();
    const bounce = (status: string): string => aBounce({ to: message.email, status, said: status });
    await office.deliver(message.returnPath, bounce('5.2.2'));
    await office.deliver(message.returnPath, bounce('5.1.1'));
    await office.deliver(message.returnPath, bounce('5.7.1'));
    expect(await stateOf(message)).toEqual({ state: 'bounced', reason: 'bounced-hard' });
    expect(await suppressionOf(message.email)).toBe('bounced');
    await office.deliver(message.returnPath, aComplaint(message.messageId));
    await office.deliver(
      message.returnPath,
      aBounce({ to: message.email, action: 'delivered', status: '2.0.0', said: 'ok' }),
    );
    expect(await stateOf(message)).toEqual({ state: 'complained', reason: 'complained' });
    expect(await suppressionOf(message.email)).toBe('complained');
  });

  it('writes the same report down once, however often and at once it comes', async () => {
    const message = await sent();
    const report = aBounce({ to: message.email, status: '5.7.1', said: 'twice' });
    await Promise.all([1, 2, 3].map(() => office.deliver(message.returnPath, report)));
    expect((await events('block')).filter((event) => event.message_id === message.id)).toHaveLength(1);
  });

  it('passes an answer on to the partner with its text, and writes no more of that campaign to the person', async () => {
    const message = await sent();
    const answer = anAnswer(`Ada <${message.email}>`, message.messageId, `Call me about ${message.id}.`);
    await office.deliver('brightwater-it@mail.throughline.example', answer, message.email);
    await until(() => stage.mails.mails.some(({ text }) => text?.includes(message.id) === true), 'the answer');
    const passed = stage.mails.mails.find(({ text }) => text?.includes(message.id))!;
    expect(passed.from!.value[0]).toEqual({ name: 'Ada', address: 'returns@mail.throughline.example' });
    expect(passed.replyTo!.value[0]!.address).toBe(message.email);
    expect([passed.to].flat()[0]!.value[0]!.address).toBe('bea@brightwater.example');
    await until(async () => (await owner.get(message.path)).body.waiting === 0, 'the end of the sequence');
    stage.api.clock.advance(8 * DAY_MS);
    const other = await sent();
    expect(stage.mails.to(message.email)).toHaveLength(1);
    expect(await stateOf(other)).toMatchObject({ state: 'accepted' });
    expect(await suppressionOf(message.email)).toBeNull();
  });

  it('refuses a letter to a sending address that answers no message, and passes it on to no partner', async () => {
    const message = await sent();
    const secret = `approve?code=${message.id}`;
    const letter = anAnswer('Ada <ada@ca.example>', newId(), secret);
    expect(await office.deliver('brightwater-it@mail.throughline.example', letter, 'ada@ca.example')).toMatchObject({
      code: 550,
      enhanced: '5.7.1',
    });
    expect(stage.mails.mails.some(({ text }) => text?.includes(secret) === true)).toBe(false);
  });

  it('passes the same answer on once, and none that comes round in a loop', async () => {
    const message = await sent();
    const answer = anAnswer(message.email, message.messageId, `Only once, ${message.id}.`);
    for (let n = 0; n < 3; n++) await office.deliver(message.returnPath, answer, message.email);
    const round = `X-Throughline-Forwarded: mail.throughline.example${anAnswer(message.email, message.messageId, `Round ${message.id}.`)}`;
    await office.deliver(message.returnPath, round, message.email);
    const texts = stage.mails.mails.map(({ text }) => text ?? '');
    expect(texts.filter((text) => text.includes(`Only once, ${message.id}`))).toHaveLength(1);
    expect(texts.filter((text) => text.includes(`Round ${message.id}`))).toHaveLength(0);
    expect((await events('reply')).filter((event) => event.message_id === message.id)).toHaveLength(2);
  });

  it('forwards twenty answers to one message in a day; the next waits at its server', async () => {
    const message = await sent();
    const answer = (n: number): Promise<object> =>
      office.deliver(message.returnPath, anAnswer(message.email, message.messageId, `No ${n}, ${message.id}.`));
    for (let n = 1; n <= 20; n++) expect(await answer(n)).toMatchObject({ kind: 'accepted' });
    expect(await answer(21)).toMatchObject({ code: 451 });
    // What was stored before is not asked for again.
    expect(await answer(1)).toMatchObject({ kind: 'accepted' });
    const forwarded = (): number =>
      stage.mails.mails.filter(({ text }) => text?.includes(`, ${message.id}.`) === true).length;
    expect(forwarded()).toBe(20);
    const other = await sent();
    await office.deliver(other.returnPath, anAnswer(other.email, other.messageId, `Of another, ${message.id}.`));
    expect(forwarded()).toBe(21);
    stage.api.clock.advance(DAY_MS + 60_000);
    expect(await answer(21)).toMatchObject({ kind: 'accepted' });
    expect(forwarded()).toBe(22);
  });

  it('leaves who is away in the sequence', async () => {
    const message = await sent();
    const away = anAnswer(message.email, message.messageId).replace(
      'Subject: Re:',
      'Auto-Submitted: auto-replied\nSubject: Away:',
    );
    await office.deliver(message.returnPath, away);
    expect((await events('auto-reply')).map(({ message_id }) => message_id)).toContain(message.id);
    expect((await owner.get(message.path)).body).toMatchObject({ waiting: 1 });
  });

  it('lets people leave by mail, too (RFC 2369)', async () => {
    const message = await sent();
    await office.deliver(
      stage.api.app.get(ReturnAddresses, { strict: false }).leaveAddress(message.id as MessageId),
      `From: ${message.email}\nSubject: unsubscribe\n\n`,
      message.email,
    );
    expect(await suppressionOf(message.email)).toBe('unsubscribed');
  });

  it('keeps and counts what it does not understand', async () => {
    const message = await sent();
    const before = (await events('unknown')).length;
    await office.deliver(message.returnPath, 'From: postmaster@x.example\nSubject: Notice\n\nA ticket for you.');
    await office.deliver(
      'postmaster@mail.throughline.example',
      'From: postmaster@x.example\nSubject: Notice\n\nAnother.',
    );
    const kept = (await events('unknown')).slice(before);
    expect(kept.map(({ message_id }) => message_id)).toEqual([message.id, null]);
    expect(kept[0]!.excerpt).toBe('Notice A ticket for you.');
  });

  it.each([
    ['a stranger’s address', () => 'somebody@mail.throughline.example'],
    ['another domain', () => 'postmaster@elsewhere.example'],
    ['a return path without its seal', (id: string) => `bounce+${id}@mail.throughline.example`],
    ['a return path with a made-up seal', (id: string) => `bounce+${id}-0123456789abcdef@mail.throughline.example`],
    ['a Reply-To with the seal of a return path', (_: string, path: string) => path.replace('bounce+', 'reply+')],
    ['a message that never was', () => 'leave+00000000-0000-5000-8000-000000000000@mail.throughline.example'],
    ['leaving by an id alone', (id: string) => `leave+${id}@mail.throughline.example`],
    ['leaving with a made-up seal', (id: string) => `leave+${id}-0123456789abcdef@mail.throughline.example`],
  ])('refuses mail for %s', async (_, address) => {
    const { id, returnPath } = await sent();
    expect(await office.deliver(address(id, returnPath), anAnswer('x@y.example', 'z@z'))).toMatchObject({
      kind: 'permanent',
      code: 550,
    });
  });

  it('believes no bounce for everybody that did not come to the return path itself', async () => {
    const message = await sent();
    const before = await platform();
    const { email: to, messageId: originalId } = message;
    const report = aBounce({ to, status: '5.1.1', said: '550 5.1.1 User unknown', originalId });
    await office.deliver('postmaster@mail.throughline.example', report);
    expect(await suppressionOf(message.email)).toBe('bounced');
    expect(await platform()).toBe(before);
  });

  it('believes a server of a forwarded address for this partner only', async () => {
    const message = await sent();
    const before = await platform();
    await office.deliver(
      message.returnPath,
      aBounce({ to: 'other@elsewhere.example', status: '5.1.1', said: '550 5.1.1 User unknown' }),
    );
    expect(await suppressionOf(message.email)).toBe('bounced');
    expect(await platform()).toBe(before);
  });

  it('believes a code that the words do not prove for this partner only, and one that they contradict not at all', async () => {
    const [message, listed] = [await sent(), await sent()];
    const before = await platform();
    await office.deliver(
      message.returnPath,
      aBounce({ to: message.email, status: '5.1.1', said: '550 Not here, not now' }),
    );
    expect(await suppressionOf(message.email)).toBe('bounced');
    const said = '550 5.7.1 IP address blacklisted by recipient';
    await office.deliver(listed.returnPath, aBounce({ to: listed.email, status: '5.1.1', said }));
    expect(await stateOf(listed)).toEqual({ state: 'bounced', reason: 'bounced-block' });
    expect(await suppressionOf(listed.email)).toBeNull();
    expect(await platform()).toBe(before);
  });

  it('lets an operator lift a wrong bounce for every sender, with an entry in the partner’s audit log', async () => {
    const message = await sent();
    const before = await platform();
    await office.deliver(
      message.returnPath,
      aBounce({ to: message.email, status: '5.1.1', said: '550 5.1.1 User unknown' }),
    );
    const bounces = stage.api.app.get(BouncedAddresses, { strict: false });
    const operator = systemActor('operator test');
    expect(await bounces.lift(operator, message.email.toUpperCase())).toEqual({ platform: 1, vendors: 0, partners: 1 });
    expect(await platform()).toBe(before);
    expect(await suppressionOf(message.email)).toBeNull();
    expect(await bounces.lift(operator, message.email)).toEqual({ platform: 0, vendors: 0, partners: 0 });
    const { body } = await owner.get('/api/v1/audit-entries?limit=20').expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        action: 'suppression.removed',
        actorName: 'operator test',
      }),
    );
  });

  it('knows an answer from an absence notice where the campaign’s own subject begins like one', async () => {
    const message = await sent();
    const own = 'Out of office, and still protected';
    await stage.api.asOwner(
      `UPDATE seal.receipt SET signed = jsonb_set(signed, '{payload,hashes,subject}', to_jsonb(encode(sha256(convert_to($2, 'UTF8')), 'hex')))
       WHERE subject_id = $1`,
      [message.id, own],
    );
    const titled = (subject: string): string =>
      anAnswer(message.email, message.messageId, `About ${subject}.`).replace(
        'Subject: Re: Your mail',
        `Subject: ${subject}`,
      );
    await office.deliver(message.returnPath, titled(`Automatic reply: ${own}`), message.email);
    await office.deliver(message.returnPath, titled(own), message.email);
    const kinds = await stage.api.asOwner<{ kind: string }>(
      'SELECT kind FROM delivery.message_event WHERE message_id = $1 ORDER BY id',
      [message.id],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['auto-reply', 'reply']);
  });

  it('shows its partner what came back, and nobody else', async () => {
    const neighbour = await stage.aCompletePartner();
    const database = stage.api.app.get(Database);
    const seenBy = async (partnerId: typeof neighbour.id): Promise<number> => {
      const person = { kind: 'partner', partnerId, role: 'owner', userId: null, apiKeyId: null, name: 'test' } as const;
      const rows = await database.inTransaction(person, () => database.query('SELECT 1 FROM delivery.message_event'));
      return rows.length;
    };
    expect(await seenBy(stage.partner.id)).toBeGreaterThan(0);
    expect(await seenBy(neighbour.id)).toBe(0);
  });
});
