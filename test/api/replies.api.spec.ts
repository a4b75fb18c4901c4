import { ContactCampaigns } from '#contracts';
import { DAY_MS } from '#kernel';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import type { Browser } from '../support/api.js';
import { aBounce, InboundMail } from '../support/inbound-mail.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const DOMAIN = 'mail.throughline.example';

/** A person's mail from a domain with a strict DMARC policy, with a file. */
const aReply = (from: string, marker: string): string => `
DKIM-Signature: v=1; a=rsa-sha256; d=customer.example; s=s; h=from:to; bh=x; b=y
From: =?UTF-8?Q?Zo=C3=AB_Lind?= <${from}>
To: Brightwater IT <sales@brightwater.example>
Subject: =?UTF-8?Q?Re:_Gr=C3=BC=C3=9Fe?=
Message-ID: <${marker}@customer.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B
Content-Type: text/plain; charset=utf-8

Please call me (${marker}).
--B
Content-Type: application/pdf; name="plan.pdf"
Content-Disposition: attachment; filename="plan.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjQK
--B--`;

describe('a person who answered, became a lead or was taken out', () => {
  let stage: TestProduct;
  let owner: Browser;
  let office: InboundMail;
  let second: string;

  beforeAll(async () => {
    const port = await freePort();
    stage = await openTestProduct(
      // The tests of e-mails a day send more of them in a week than the usual cap allows.
      { INBOUND_SMTP_PORT: String(port), EMAILS_PER_DAY: '1', FREQUENCY_CAP: '20' },
      { notifications: 1 },
    );
    ({ owner } = stage.partner);
    office = new InboundMail(port);
    second = (await stage.anotherCampaign()).versionId;
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await office.close();
    await stage.close();
  });

  interface Running {
    readonly id: string;
    readonly email: string;
    readonly listId: string;
    readonly contactId: string;
    readonly replyTo: string;
    readonly paths: readonly string[];
  }

  const rowsOf = (contactId: string): Promise<{ state: string; end_reason: string | null }[]> =>
    stage.api.asOwner('SELECT state, end_reason FROM sequences.enrolment WHERE contact_id = $1 ORDER BY enrolled_at', [
      contactId,
    ]);
  const launched = async (versionId: string, listId: string): Promise<string> =>
    `/api/v1/activations/${((await stage.launch(owner, { versionId, listId }).expect(201)).body as { id: string }).id}`;
  const contactIdOf = async (email: string): Promise<string> =>
    (await owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200)).body.items[0].id as string;

  /**
   * A contact that got the first e-mail of one campaign, and waits in a second
   * one. Another contact keeps both running.
   */
  const inTwoCampaigns = async (): Promise<Running> => {
    const { id: listId, emails } = await stage.aList(owner, [{}, {}]);
    const [email] = emails as [string, string];
    const first = await launched(stage.campaign.versionId, listId);
    const [mail] = await stage.mailTo(email);
    await until(async () => (await owner.get(first)).body.steps[0]?.sent === 2, 'the record of the mails');
    const other = await launched(second, listId);
    const contactId = await contactIdOf(email);
    await until(async () => (await rowsOf(contactId)).length === 2, 'both enrolments');
    const id = mail!.messageId!.slice(1, 37);
    const replyTo = mail!.replyTo!.value[0]!.address!;
    return { id, email, listId, contactId, replyTo, paths: [first, other] };
  };
  const campaignsOf = async ({ contactId }: Pick<Running, 'contactId'>): Promise<ContactCampaigns> =>
    ContactCampaigns.parse((await owner.get(`/api/v1/contacts/${contactId}/campaigns`).expect(200)).body);
  const ended = (contactId: string, reason: string): Promise<void> =>
    until(
      async () =>
        (await rowsOf(contactId)).every(({ state, end_reason }) => state === 'exited' && end_reason === reason),
      `the end of both campaigns for ${reason}`,
    );
  const post = async ({ contactId }: Pick<Running, 'contactId'>, what: string, body = {}): Promise<ContactCampaigns> =>
    ContactCampaigns.parse(
      (await owner.post(`/api/v1/contacts/${contactId}/campaigns/${what}`, body).expect(200)).body,
    );
  const audienceOf = async (versionId: string, listId: string) =>
    (await owner.get(`/api/v1/offers/${versionId}/audience?listId=${listId}`).expect(200)).body;
  it('reaches us by a Reply-To of the message, and the partner in a form that DMARC accepts', async () => {
    const running = await inTwoCampaigns();
    expect(running.replyTo).toMatch(new RegExp(`^reply\\+${running.id}-[0-9a-f]{16}@${DOMAIN}$`));
    const marker = `m-${running.id}`;
    expect(await office.deliver(running.replyTo, aReply(running.email, marker), running.email)).toMatchObject({
      kind: 'accepted',
    });
    await until(() => stage.mails.mails.some(({ text }) => text?.includes(marker) === true), 'the forwarded reply');
    const mail = stage.mails.mails.find(({ text }) => text?.includes(marker))!;
    expect(mail.from!.value).toEqual([{ name: 'Zoë Lind', address: `returns@${DOMAIN}` }]);
    expect(mail.replyTo!.value[0]!.address).toBe(running.email);
    expect(mail.subject).toBe('Re: Grüße');
    expect(mail.messageId).toBe(`<${marker}@customer.example>`);
    expect(mail.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
      ['plan.pdf', '%PDF-1.4\n'],
    ]);
    expect(mail.headers.has('dkim-signature')).toBe(false);
    await ended(running.contactId, 'answered');
    expect((await campaignsOf(running)).exclusion).toMatchObject({ reason: 'answered', by: null });
    stage.api.clock.advance(8 * DAY_MS);
    stage.toWorkingHours();
    await stage.booked();
    expect(stage.mails.to(running.email)).toHaveLength(1);
  });

  it('is known to the partner also where its reply could not be delivered', async () => {
    const running = await inTwoCampaigns();
    const marker = `m-${running.id}`;
    await office.deliver(running.replyTo, aReply(running.email, marker), running.email);
    await until(() => stage.mails.mails.some(({ text }) => text?.includes(marker) === true), 'the forwarded reply');
    const to = stage.mails.mails.find(({ text }) => text?.includes(marker))!.to;
    const mailbox = [to].flat()[0]!.value[0]!.address!;
    const returnPath = stage.mails.returnPathTo(mailbox);
    expect(returnPath).toMatch(new RegExp(`^forwarded\\+${running.id}-[0-9a-f]{16}@${DOMAIN}$`));
    const before = stage.mails.mails.length;
    const said = `550 5.7.1 <${mailbox}>: rejected by DMARC policy`;
    await office.deliver(returnPath, aBounce({ to: mailbox, status: '5.7.1', said }));
    const notice = () =>
      stage.mails.mails.slice(before).find(({ subject }) => subject?.includes('could not be delivered'));
    await until(() => notice() !== undefined, 'the notice to an owner');
    expect(notice()!.text).toContain('rejected by DMARC policy');
    expect(notice()!.text).not.toContain(running.email);
    expect(notice()!.html).toContain(`/contacts/${running.contactId}`);
    expect((await campaignsOf(running)).lostReply?.why).toContain('5.7.1');
    // It concerns the partner's mailbox, not the message or its contact.
    const [message] = await stage.api.asOwner<{ state: string }>('SELECT state FROM delivery.message WHERE id = $1', [
      running.id,
    ]);
    expect(message).toEqual({ state: 'accepted' });
    const { body } = await owner.get(`/api/v1/suppressions?q=${encodeURIComponent(mailbox)}`).expect(200);
    expect(body.items).toEqual([]);
  });

  it('gets nothing more after “They answered”, until the partner takes it back', async () => {
    const running = await inTwoCampaigns();
    expect((await post(running, 'answered')).exclusion).toMatchObject({ reason: 'answered', by: 'owner person' });
    await ended(running.contactId, 'answered');
    await post(running, 'answered');
    const before = await campaignsOf(running);
    expect(before.running).toEqual([]);
    expect((await post(running, 'readmit')).exclusion).toBeNull();
    await until(async () => (await campaignsOf(running)).running.length === 2, 'both campaigns to go on');
    expect(await rowsOf(running.contactId)).toMatchObject([{ end_reason: null }, { end_reason: null }]);
    stage.api.clock.advance(8 * DAY_MS);
    stage.toWorkingHours();
    await stage.mailTo(running.email, 2);
    const { body } = await owner.get('/api/v1/audit-entries?limit=200').expect(200);
    const recorded = (body.items as { action: string; subjectId: string }[])
      .filter(({ subjectId }) => subjectId === running.contactId)
      .map(({ action }) => action);
    expect(recorded).toEqual(expect.arrayContaining(['contact.answered', 'contact.readmitted']));
  });

  it('keeps an earlier answer when a later “Take this person out” is taken back', async () => {
    const running = await inTwoCampaigns();
    const replies = async (): Promise<number | undefined> => {
      const rows = await stage.api.asOwner<{ n: number }>(
        `SELECT count(*)::int AS n FROM sequences.event WHERE contact_id = $1 AND kind = 'reply'`,
        [running.contactId],
      );
      return rows[0]?.n;
    };
    await post(running, 'answered');
    await ended(running.contactId, 'answered');
    stage.api.clock.advance(31 * DAY_MS);
    await post(running, 'take-out');
    await post(running, 'readmit');
    expect(await replies()).toBe(1);
    await post(running, 'answered');
    await post(running, 'readmit');
    expect(await replies()).toBe(1);
  });

  it('gets nothing of a later launch while it is taken out, and the launch says so', async () => {
    const { id: listId, emails } = await stage.aList(owner, [{}, {}]);
    const contactId = await contactIdOf(emails[0]!);
    expect((await post({ contactId }, 'take-out')).exclusion).toMatchObject({ reason: 'taken-out', endsAt: null });
    expect(await audienceOf(second, listId)).toMatchObject({
      total: 2,
      willGet: 1,
      skipped: [{ reason: 'taken-out', count: 1 }],
    });
    const path = await launched(second, listId);
    await stage.mailTo(emails[1]!);
    expect((await owner.get(path).expect(200)).body.reasons).toMatchObject([{ reason: 'taken-out', count: 1 }]);
    await post({ contactId }, 'readmit');
    expect(await audienceOf(second, listId)).toMatchObject({ willGet: 1, skipped: [{ reason: 'already-got' }] });
  });

  it('gets nothing more of any campaign once it is a lead', async () => {
    const running = await inTwoCampaigns();
    const { body } = await owner.get(running.paths[0]!).expect(200);
    const form = { email: running.email, firstName: 'Zoë', lastName: 'Lind', company: 'Lind', consent: 'yes' };
    const page = new URL((body as { pageUrl: string }).pageUrl).pathname;
    await stage.api.http.post(`${page}/form`).type('form').send(form).expect(200);
    await until(
      async () => (await rowsOf(running.contactId)).every(({ state }) => state === 'exited'),
      'the end of both campaigns',
    );
    expect((await campaignsOf(running)).exclusion).toMatchObject({ reason: 'became-lead' });
    expect((await rowsOf(running.contactId))[1]).toEqual({ state: 'exited', end_reason: 'became-lead' });
  });

  it('gets one campaign e-mail a day; the other waits with its reason, and is not lost', async () => {
    const running = await inTwoCampaigns();
    await until(async () => {
      const rows = await stage.api.asOwner<{ reason: string }>(
        `SELECT reason FROM delivery.message WHERE contact_id = $1 AND state = 'planned'`,
        [running.contactId],
      );
      return rows[0]?.reason === 'emails-of-day';
    }, 'the second e-mail to wait');
    expect(stage.mails.to(running.email)).toHaveLength(1);
    // The screens say when the e-mail goes out, and why it waits.
    const [row] = await stage.api.asOwner<{ activationId: string; retryAt: Date }>(
      `SELECT activation_id AS "activationId", retry_at AS "retryAt" FROM delivery.message WHERE contact_id = $1 AND state = 'planned'`,
      [running.contactId],
    );
    const path = running.paths.find((one) => one.endsWith(row!.activationId))!;
    const waits = [{ reason: 'emails-of-day', count: expect.any(Number) }];
    expect((await owner.get(path).expect(200)).body).toMatchObject({ nextAt: row!.retryAt.toISOString(), waits });
    const { body: people } = await owner.get(`${path}/people`).expect(200);
    expect(people.items.filter(({ id }: { id: string }) => id === running.contactId)).toMatchObject([
      { nextAt: row!.retryAt.toISOString(), blocked: null },
    ]);
    stage.api.clock.advance(DAY_MS);
    stage.toWorkingHours();
    await stage.mailTo(running.email, 2);
  });

  it('is forecast not to get a campaign on the day on which it got another', async () => {
    const { id: listId, emails } = await stage.aList();
    await stage.launch(owner, { versionId: stage.campaign.versionId, listId }).expect(201);
    await stage.mailTo(emails[0]!);
    await until(async () => {
      const rows = await stage.api.asOwner(
        `SELECT 1 FROM delivery.message m JOIN contacts.contact c ON c.id = m.contact_id WHERE c.email = $1 AND m.settled_at IS NOT NULL`,
        [emails[0]],
      );
      return rows.length === 1;
    }, 'the record of the mail');
    const { body } = await owner.post(`/api/v1/offers/${second}/dry-run`, { listId }).expect(200);
    const first = body.steps.find(({ kind }: { kind: string }) => kind === 'email');
    expect(first.delayed).toMatchObject([{ reason: 'emails-of-day', count: 1 }]);
    expect(first.first.slice(0, 10) > stage.api.clock.now().toISOString().slice(0, 10)).toBe(true);
  });

  it('is shown next e-mails that keep the limit, also against what another campaign only plans', async () => {
    const own = await stage.aCompletePartner();
    const limit = (emailsPerDay: number | null) =>
      own.owner.patch('/api/v1/sending/preferences', { repliesTo: 'mailbox', emailsPerDay }).expect(200);
    await limit(null);
    const { id: listId, emails } = await stage.aList(own.owner, [{}]);
    const paths: string[] = [];
    for (const versionId of [stage.campaign.versionId, second]) {
      const { body } = await stage.launch(own.owner, { versionId, listId }).expect(201);
      paths.push(`/api/v1/activations/${body.id}`);
    }
    await stage.mailTo(emails[0]!, 2);
    await stage.booked();
    const nextOf = async (path: string): Promise<string> => {
      const { body } = await own.owner.get(path).expect(200);
      const { body: people } = await own.owner.get(`${path}/people`).expect(200);
      expect(people.items).toMatchObject([{ nextAt: body.nextAt, blocked: null }]);
      return body.nextAt as string;
    };
    const nexts = async (): Promise<string[]> => [await nextOf(paths[0]!), await nextOf(paths[1]!)].sort();
    const planned = await nexts();
    expect(planned[0]!.slice(0, 10)).toBe(planned[1]!.slice(0, 10));
    await limit(1);
    const [first = '', later = ''] = await nexts();
    expect(first).toBe(planned[0]);
    expect(later.slice(0, 10) > first.slice(0, 10)).toBe(true);
    stage.api.clock.advance(Date.parse(first) - stage.api.clock.now().getTime() + 60_000);
    await stage.mailTo(emails[0]!, 3);
    expect(stage.mails.to(emails[0]!)).toHaveLength(3);
  });

  it('is shown that a next e-mail will be skipped, if the partner’s own limit has no room for it', async () => {
    const own = await stage.aCompletePartner();
    const { id: listId, emails } = await stage.aList(own.owner, [{}]);
    const { body } = await stage.launch(own.owner, { versionId: second, listId }).expect(201);
    const path = `/api/v1/activations/${body.id}`;
    await stage.mailTo(emails[0]!, 1);
    await stage.booked();
    const nextOf = async () => (await own.owner.get(`${path}/people`).expect(200)).body.items[0];
    const { nextAt, blocked } = await nextOf();
    expect(blocked).toBeNull();
    await own.owner.put('/api/v1/sending/frequency-cap', { cap: 1, days: 30 }).expect(200);
    expect(await nextOf()).toMatchObject({ nextAt, blocked: { reason: 'own-limit' } });
    expect((await own.owner.get(path).expect(200)).body.nextAt).toBeNull();
    stage.api.clock.advance(Date.parse(nextAt) - stage.api.clock.now().getTime() + 60_000);
    await until(async () => (await nextOf()).last?.reason === 'contact-policy', 'the e-mail to be skipped');
    expect(stage.mails.to(emails[0]!)).toHaveLength(1);
  });

  it('gets more a day where the partner chose so, and answers to its own mailbox where it chose that', async () => {
    const own = await stage.aCompletePartner();
    const preferences = { repliesTo: 'mailbox', emailsPerDay: null };
    await own.owner.patch('/api/v1/sending/preferences', { repliesTo: 'post', emailsPerDay: 0 }).expect(422);
    expect((await own.owner.patch('/api/v1/sending/preferences', preferences).expect(200)).body).toEqual({
      repliesTo: 'mailbox',
      emailsPerDay: null,
      canReceive: true,
    });
    const { id: listId, emails } = await stage.aList(own.owner, [{}]);
    for (const versionId of [stage.campaign.versionId, second])
      await stage.launch(own.owner, { versionId, listId }).expect(201);
    const mails = await stage.mailTo(emails[0]!, 2);
    for (const { replyTo } of mails) expect(replyTo!.value[0]!.address).toMatch(/@brightwater\.example$/);
  });
});
