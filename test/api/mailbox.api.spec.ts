import { MailboxProgress, MailboxReader, Returns } from '#engagement';
import { ImapServer } from '../support/imap-server.js';
import { aBounce, aComplaint, anAnswer } from '../support/inbound-mail.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const USER = 'returns';

describe('what comes back into a mailbox', () => {
  let server: ImapServer;
  let stage: TestProduct;
  let reader: MailboxReader;

  beforeAll(async () => {
    server = await ImapServer.start();
    await server.deliver(USER, 'From: old@x.example\nSubject: read long ago\n\nHello');
    await server.as(USER, (client) => client.messageFlagsAdd('1:*', ['\\Seen']));
    await server.deliver(USER, 'From: postmaster@x.example\nSubject: unread\n\nHello');
    // Rounds are the test's to make: the ticks' own come after hours.
    stage = await openTestProduct({ IMAP_URL: server.urlOf(USER), IMAP_POLL_SECONDS: '3600' });
    reader = stage.api.app.get(MailboxReader, { strict: false });
    await until(async () => (await server.read(USER)).seen === 2, 'the first look');
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await stage.close();
    await server.stop();
  });

  const sent = async (): Promise<{ email: string; id: string; messageId: string; returnPath: string }> => {
    const { email, path } = await stage.running();
    const [mail] = await stage.mailTo(email);
    await until(async () => (await stage.partner.owner.get(path)).body.steps[0]?.sent === 1, 'the mail');
    const messageId = mail!.messageId!.slice(1, -1);
    return { email, id: messageId.split('@')[0]!, messageId, returnPath: stage.mails.returnPathTo(email) };
  };
  const events = (): Promise<{ kind: string; message_id: string | null }[]> =>
    stage.api.asOwner('SELECT kind, message_id FROM delivery.message_event ORDER BY id');
  const eventsOf = async (id: string): Promise<string[]> =>
    (await events()).filter(({ message_id }) => message_id === id).map(({ kind }) => kind);
  const stateOf = async (id: string): Promise<string> =>
    (await stage.api.asOwner<{ state: string }>('SELECT state FROM delivery.message WHERE id = $1', [id]))[0]!.state;

  const endPause = (): Promise<unknown[]> =>
    stage.api.asOwner('UPDATE engagement.mailbox_mail SET not_before = now() WHERE not_before IS NOT NULL');

  it('takes of a mailbox that it meets what nobody has read, and leaves the rest', async () => {
    expect((await events()).map(({ kind }) => kind)).toEqual(['unknown']);
  });

  it('finds a bounce’s message by the return path in its header, and marks the mail as read', async () => {
    const message = await sent();
    const bounce = aBounce({ to: message.email, status: '5.1.1', said: 'unknown' });
    await server.deliver(USER, `Delivered-To: returns@customer.example\nX-Original-To: ${message.returnPath}${bounce}`);
    await reader.readOnce();
    expect(await eventsOf(message.id)).toEqual(['hard']);
    expect(await stateOf(message.id)).toBe('bounced');
    expect((await server.read(USER)).seen).toBe(3);
  });

  it('finds it by what is returned where the header names nothing of ours', async () => {
    const message = await sent();
    await server.deliver(USER, `To: returns@customer.example${aComplaint(message.messageId)}`);
    await reader.readOnce();
    expect(await eventsOf(message.id)).toEqual(['complaint']);
  });

  it('passes a person’s answer on once, however many read at once and however often', async () => {
    const message = await sent();
    const answer = anAnswer(message.email, message.messageId, `By IMAP, ${message.id}.`);
    await server.deliver(USER, `To: brightwater-it@mail.throughline.example${answer}`);
    await Promise.all([reader.readOnce(), reader.readOnce(), reader.readOnce()]);
    await reader.readOnce();
    const texts = (): string[] =>
      stage.mails.mails.map(({ text }) => text ?? '').filter((text) => text.includes(`By IMAP, ${message.id}`));
    await until(() => texts().length > 0, 'the answer');
    expect(texts()).toHaveLength(1);
    expect(await eventsOf(message.id)).toEqual(['reply']);
  });

  it('goes on where a crash left it, and takes nothing twice', async () => {
    const message = await sent();
    await server.deliver(
      USER,
      `To: ${message.returnPath}${aBounce({ to: message.email, status: '5.7.1', said: 'spam' })}`,
    );
    // Found, taken in, and nothing of it written down in the mailbox's
    // progress: as if the process had died there.
    const progress = stage.api.app.get(MailboxProgress, { strict: false });
    const { markRead: taken } = progress;
    progress.markRead = () => Promise.reject(new Error('the process dies'));
    await expect(reader.readOnce()).rejects.toThrow('the process dies');
    expect((await progress.state()).failingSince).not.toBeNull();
    progress.markRead = taken;
    expect(await eventsOf(message.id)).toEqual(['block']);
    await reader.readOnce();
    expect(await progress.state()).toEqual({ readAt: expect.any(Date), failingSince: null });
    expect(await eventsOf(message.id)).toEqual(['block']);
    const [waiting] = await stage.api.asOwner<{ n: number }>('SELECT count(*)::int AS n FROM engagement.mailbox_mail');
    expect(waiting!.n).toBe(0);
  });

  it('takes nothing twice where the mailbox counts anew', async () => {
    const before = (await events()).length;
    const moved = await server.as(USER, async (client) => {
      await client.messageFlagsRemove('1:*', ['\\Seen']);
      return client.mailbox === false ? 0 : client.mailbox.exists;
    });
    await stage.api.asOwner(`UPDATE engagement.mailbox SET uid_validity = 'of before'`);
    await reader.readOnce();
    // The one that had been read before we came was never taken.
    expect((await events()).length).toBe(before + 1);
    expect((await server.read(USER)).seen).toBe(moved);
  });

  it('leaves a mail about a message that is still in hand for later, and takes the others', async () => {
    const [inHand, other] = [await sent(), await sent()];
    const hours = `now() + interval '1 hour'`;
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'releasing', lease_until = ${hours}, submit_until = ${hours} WHERE id = $1`,
      [inHand.id],
    );
    for (const { returnPath, email } of [inHand, other])
      await server.deliver(USER, `To: ${returnPath}${aBounce({ to: email, status: '5.7.1', said: 'spam' })}`);
    await reader.readOnce();
    expect([await eventsOf(inHand.id), await eventsOf(other.id)]).toEqual([[], ['block']]);
    await stage.api.asOwner(`UPDATE delivery.message SET state = 'accepted', lease_until = NULL WHERE id = $1`, [
      inHand.id,
    ]);
    await endPause();
    await reader.readOnce();
    expect(await eventsOf(inHand.id)).toEqual(['block']);
  });

  it('postpones replies over the limit, reads what is behind them, and pauses', async () => {
    const message = await sent();
    await stage.api.asOwner(
      `INSERT INTO delivery.message_event (id, source, source_id, message_id, partner_id, kind, why, excerpt, at)
       SELECT gen_random_uuid(), 'smtp', 'flood-' || n, id, partner_id, 'reply', '', '', $2
       FROM delivery.message, generate_series(1, 20) n WHERE id = $1`,
      [message.id, stage.api.clock.now()],
    );
    const replies = Array.from({ length: 200 }, (_, n) =>
      anAnswer(message.email, message.messageId, 'x'.repeat(n + 1)),
    );
    const bounce = aBounce({ to: message.email, status: '5.1.1', said: 'unknown' });
    await server.deliver(
      USER,
      ...replies.map((reply) => `To: returns@customer.example${reply}`),
      `To: ${message.returnPath}${bounce}`,
    );
    const bounces = async (): Promise<string[]> => (await eventsOf(message.id)).filter((kind) => kind !== 'reply');
    expect(await reader.readOnce()).toBe(false);
    expect(await bounces()).toEqual([]);
    expect(await reader.readOnce()).toBe(false);
    expect(await bounces()).toEqual(['hard']);
    const waiting = (): Promise<{ n: number; tries: number }[]> =>
      stage.api.asOwner('SELECT count(*)::int AS n, max(tries) AS tries FROM engagement.mailbox_mail');
    expect(await waiting()).toEqual([{ n: 200, tries: 0 }]);
    await stage.api.asOwner('DELETE FROM engagement.mailbox_mail');
  });

  it('puts aside what is too large and what fails again and again, counts it, and goes on', async () => {
    const returns = stage.api.app.get(Returns, { strict: false });
    const take = returns.receive.bind(returns);
    returns.receive = (mail) =>
      mail.raw.includes('poison') ? Promise.reject(new Error('not accepted for ada@x.example')) : take(mail);
    const message = await sent();
    await server.deliver(USER, 'Subject: poison\n\npoison');
    await server.deliver(
      USER,
      Buffer.concat([Buffer.from('Subject: large\r\n\r\n'), Buffer.alloc(21 * 1024 * 1024, 'x'), Buffer.from('\r\n')]),
    );
    await server.deliver(
      USER,
      `To: ${message.returnPath}${aBounce({ to: message.email, status: '5.7.1', said: 'spam' })}`,
    );
    for (let n = 0; n < 6; n++) await reader.readOnce();
    expect(await eventsOf(message.id)).toEqual(['block']);
    const progress = stage.api.app.get(MailboxProgress, { strict: false });
    const why = (await progress.failedMails(10)).map((mail) => mail.why).sort();
    expect(why).toEqual(['not accepted for <address>', expect.stringContaining('too large')]);
    const flagged = await server.as(USER, (client) => client.search({ flagged: true }, { uid: true }));
    expect(flagged).toHaveLength(2);
    returns.receive = take;
    expect(await progress.retryFailedMails()).toBe(2);
    await reader.readOnce();
    expect((await progress.failedMails(10)).map((mail) => mail.why)).toEqual([expect.stringContaining('too large')]);
  });

  it('deletes nothing', async () => {
    expect((await server.read(USER)).all).toBeGreaterThan(9);
  });

  it('waits while the mailbox does not answer, and goes on', async () => {
    await server.stop();
    await expect(reader.readOnce()).rejects.toThrow();
    server = await ImapServer.start();
    const [lease] = await stage.api.asOwner<{ leased_until: Date | null }>(
      'SELECT leased_until FROM engagement.mailbox',
    );
    expect(lease!.leased_until).toBeNull();
  });
});
