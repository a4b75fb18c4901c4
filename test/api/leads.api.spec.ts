import { DisclosedLeads, DisclosureView, LeadHistory, LeadView } from '#contracts';
import { Clicks } from '#engagement';
import { type DisclosureId, DisclosureMail, LeadReminders } from '#leads';
import { HOUR_MS, type Id, newId } from '#kernel';
import type { Browser } from '../support/api.js';
import { sendForm } from '../support/leads.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

describe('a lead', () => {
  let stage: TestProduct;
  let owner: Browser;
  let people = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    ({ owner } = stage.partner);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const send = (pagePath: string, email: string, message = 'Call me.'): Promise<LeadView> =>
    sendForm(stage, owner, pagePath, { email, lastName: 'Visitor', message });
  const aLead = async (): Promise<LeadView> => {
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    return send(pagePath, `visitor${people++}@prospect.example`);
  };
  const change = async (id: string, body: object, status = 200): Promise<object> =>
    (await owner.patch(`/api/v1/leads/${id}`, body).expect(status)).body;
  const historyOf = async (id: string): Promise<LeadHistory['items']> =>
    LeadHistory.parse((await owner.get(`/api/v1/leads/${id}/history`).expect(200)).body).items;
  const disclose = async (
    id: string,
    body: object = { fields: ['name', 'company'], purpose: 'A quote for 40 seats' },
  ): Promise<DisclosureView> =>
    DisclosureView.parse((await owner.post(`/api/v1/leads/${id}/disclosures`, body).expect(201)).body);
  const vendorSees = async (): Promise<DisclosedLeads['items']> =>
    DisclosedLeads.parse((await stage.vendor.editor.get('/api/v1/disclosed-leads?limit=100').expect(200)).body).items;
  type DisclosedLeads = ReturnType<typeof DisclosedLeads.parse>;

  it('tells what the person did and what was done, in order', async () => {
    const { email, path, pagePath } = await stage.running(owner);
    const [mail] = await stage.mailTo(email);
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
    stage.api.clock.advance(60_000);
    const link = /\/l\/[\w-]+/.exec(mail!.html as string)![0];
    await stage.api.http.get(link).set('User-Agent', PERSON).redirects(0).expect(302);
    await stage.api.http.get(link).set('User-Agent', 'curl/8').redirects(0).expect(302);
    await stage.api.app.get(Clicks).flushed();
    const { id } = await send(pagePath, email);
    await change(id, { status: 'accepted' });
    await change(id, { status: 'won', amount: { minorUnits: 129_900, currency: 'EUR' } });
    const history = await historyOf(id);
    expect(history.filter(({ kind }) => kind !== 'click').map(({ kind, what }) => [kind, what])).toEqual([
      ['sent', expect.any(String)],
      ['form', 'Call me.'],
      ['status', 'new'],
      ['status', 'accepted'],
      ['status', 'won'],
    ]);
    expect(history.filter(({ kind }) => kind === 'click').length).toBeGreaterThanOrEqual(1);
    expect(history.find(({ kind }) => kind === 'click')).toMatchObject({
      link: { kind: expect.not.stringMatching('other') },
    });
    expect(history.at(-1)).toMatchObject({ by: 'owner person', amount: { minorUnits: 129_900, currency: 'EUR' } });
  });

  it('that was won or lost can be worked on again, with its history', async () => {
    const { id } = await aLead();
    await change(id, { status: 'accepted' });
    for (const status of ['won', 'working', 'lost', 'working'])
      expect(await change(id, { status })).toMatchObject({ status });
    expect((await historyOf(id)).filter(({ kind }) => kind === 'status').map(({ what }) => what)).toEqual([
      'new',
      'accepted',
      'won',
      'working',
      'lost',
      'working',
    ]);
  });

  it('shows each amount of a won deal, and counts the last one', async () => {
    const { id } = await aLead();
    const setAmount = (amount: object | null) => owner.put(`/api/v1/leads/${id}/amount`, { amount });
    const { body: refused } = await setAmount({ minorUnits: 1, currency: 'EUR' }).expect(409);
    expect(refused).toMatchObject({ code: 'lead.not-won' });
    await change(id, { status: 'accepted' });
    await change(id, { status: 'won', amount: { minorUnits: 40_000, currency: 'EUR' } });
    const corrected = { minorUnits: 1_240_050, currency: 'EUR' };
    const { body } = await setAmount(corrected).expect(200);
    expect(body).toMatchObject({ status: 'won', amount: corrected });
    await setAmount(corrected).expect(200);
    const moments = (await historyOf(id)).map(({ kind, what, amount }) => [kind, what, amount?.minorUnits ?? null]);
    expect(moments.slice(-2)).toEqual([
      ['status', 'won', 40_000],
      ['amount', '', 1_240_050],
    ]);
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=20').expect(200);
    expect(log.items.filter(({ action }: { action: string }) => action === 'lead.amount-changed')).toMatchObject([
      { details: { from: { minorUnits: 40_000 }, to: { minorUnits: 1_240_050 } } },
    ]);
    await setAmount(null).expect(200);
    expect((await historyOf(id)).at(-1)).toMatchObject({ kind: 'amount', amount: null });
  });

  it('is told page by page, each moment once, however many came in the same one', async () => {
    const { email, path, pagePath } = await stage.running(owner);
    await stage.mailTo(email);
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
    const { id } = await send(pagePath, email);
    await change(id, { status: 'accepted' });
    for (const note of ['one', 'two', 'three', 'four'])
      await owner.post(`/api/v1/leads/${id}/follow-ups`, { note }).expect(200);
    const whole = await historyOf(id);
    const pages: LeadHistory['items'] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/api/v1/leads/${id}/history?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page = LeadHistory.parse((await owner.get(path).expect(200)).body);
      expect(page.items.length).toBeLessThanOrEqual(2);
      pages.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(pages).toEqual(whole);
    expect(
      whole
        .filter(({ kind }) => kind === 'follow-up')
        .map(({ what }) => what)
        .toSorted(),
    ).toEqual(['one', 'two', 'three', 'four'].toSorted());
    expect(whole[0]).toMatchObject({ kind: 'sent', name: { kind: 'email', number: 1 } });
    for (const cursor of ['nonsense', '1 sent', '99999999999999999999 sent x'])
      await owner.get(`/api/v1/leads/${id}/history?cursor=${encodeURIComponent(cursor)}`).expect(422);
  });

  it('keeps what the deal is worth, and takes no half of an amount', async () => {
    const { id } = await aLead();
    await change(id, { status: 'accepted', amount: { minorUnits: 500, currency: 'GBP' } });
    expect(await change(id, { status: 'working' })).toMatchObject({ amount: { minorUnits: 500, currency: 'GBP' } });
    for (const amount of [
      { minorUnits: 1.5, currency: 'EUR' },
      { minorUnits: -1, currency: 'EUR' },
      { minorUnits: 1, currency: 'euro' },
      { minorUnits: 1 },
    ])
      await change(id, { status: 'won', amount }, 422);
  });

  it('that lies still is remembered after a day and its owners told after three, once, and not who it is', async () => {
    const still = await aLead();
    const reminders = stage.api.app.get(LeadReminders, { strict: false });
    const mails = async (): Promise<{ recipient: string; body_text: string }[]> =>
      stage.api.asOwner(
        `SELECT recipient, body_text FROM identity.system_mail WHERE subject LIKE 'A lead is waiting%' ORDER BY id`,
      );
    await reminders.sendDue();
    expect(await mails()).toEqual([]);
    stage.api.clock.advance(25 * HOUR_MS);
    await Promise.all([reminders.sendDue(), reminders.sendDue()]);
    const first = await mails();
    // Other tests' leads may lie still, too: this one is among them.
    expect(first.length).toBeGreaterThanOrEqual(1);
    expect(new Set(first.map(({ recipient }) => recipient))).toEqual(new Set(['bea@brightwater.example']));
    expect(first[0]!.body_text).toContain('waiting for a day');
    await reminders.sendDue();
    expect(await mails()).toHaveLength(first.length);
    stage.api.clock.advance(48 * HOUR_MS);
    await reminders.sendDue();
    const told = (await mails()).slice(first.length);
    expect(told[0]).toMatchObject({ recipient: owner.email });
    expect(JSON.stringify(await mails())).not.toContain(still.email);
    // A stranger makes as many leads as forms: each address gets so many a day.
    const counted = await stage.api.asOwner<{ n: number }>(
      `SELECT sum(cardinality(sent))::int AS n FROM identity.mail_allowance WHERE kind = 'lead-reminder'`,
    );
    expect(counted).toEqual([{ n: (await mails()).length }]);
    expect(await stage.api.asOwner('SELECT 1 FROM leads.reminder WHERE lead_id = $1', [still.id])).toEqual([]);
  });

  describe('that somebody is still at', () => {
    const follow = (id: string, body: object = {}, by = owner) => by.post(`/api/v1/leads/${id}/follow-ups`, body);

    it('keeps who said so and their note in its history, and shows the last in the list', async () => {
      const { id } = await aLead();
      await change(id, { status: 'accepted' });
      await follow(id, { note: '  They decide in spring ' }).expect(200);
      stage.api.clock.advance(HOUR_MS);
      const last = LeadView.parse((await follow(id).expect(200)).body);
      expect(last).toMatchObject({ status: 'accepted', followedUp: { by: 'owner person', note: null } });
      expect((await historyOf(id)).slice(-2)).toMatchObject([
        { kind: 'follow-up', what: 'They decide in spring', by: 'owner person' },
        { kind: 'follow-up', what: '', by: 'owner person' },
      ]);
      const { body } = await owner.get('/api/v1/leads?limit=50').expect(200);
      expect(body.items.find((lead: LeadView) => lead.id === id)).toEqual(last);
    });

    it('has been taken up and has not ended', async () => {
      const { id } = await aLead();
      expect((await follow(id).expect(409)).body).toMatchObject({ code: 'lead.not-taken-up' });
      await change(id, { status: 'accepted' });
      await change(id, { status: 'lost' });
      expect((await follow(id).expect(409)).body).toMatchObject({ code: 'lead.not-taken-up' });
      expect((await historyOf(id)).map(({ kind }) => kind)).not.toContain('follow-up');
      await follow(newId()).expect(404);
    });

    it('takes one line of a note', async () => {
      const { id } = await aLead();
      await change(id, { status: 'accepted' });
      for (const note of ['', ' ', 'a\nb', 'x'.repeat(301), 7]) await follow(id, { note }).expect(422);
      await follow(id, { note: 'x'.repeat(300) }).expect(200);
    });

    it('is no other partner’s, and no vendor learns of it', async () => {
      const { id, contactId } = await aLead();
      await change(id, { status: 'accepted' });
      await disclose(id);
      const before = await vendorSees();
      await follow(id, { note: 'Zebulon is on holiday' }).expect(200);
      expect(await vendorSees()).toEqual(before);
      const { owner: other } = await stage.aCompletePartner();
      await follow(id, {}, other).expect(404);
      await follow(id, {}, stage.vendor.editor).expect(403);
      // What is written down of a person goes with them.
      await owner.post(`/api/v1/contacts/${contactId}/erase`).expect(204);
      expect(JSON.stringify(await historyOf(id))).not.toContain('Zebulon');
      expect(await stage.api.asOwner('SELECT note FROM leads.follow_up WHERE lead_id = $1', [id])).toEqual([
        { note: null },
      ]);
      expect((await follow(id, { note: 'Zebulon' }).expect(409)).body).toMatchObject({ code: 'lead.contact-erased' });
    });
  });

  describe('whose person asks again', () => {
    const waiting = async (): Promise<LeadView[]> =>
      (await owner.get('/api/v1/leads?limit=50&waiting=yes').expect(200)).body.items;
    const askedTwice = async (status: 'lost' | 'won' | null) => {
      const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
      const email = `visitor${people++}@prospect.example`;
      const first = await send(pagePath, email, 'Call on Monday.');
      if (status !== null) {
        await change(first.id, { status: 'accepted' });
        await change(first.id, { status });
      }
      stage.api.clock.advance(HOUR_MS);
      const later = await aLead();
      stage.api.clock.advance(HOUR_MS);
      const again = await send(pagePath, email, 'We want to buy now.');
      return { first, again, later };
    };
    const requests = async (id: string) => (await historyOf(id)).filter(({ kind }) => kind === 'form');
    const mailsAbout = (id: string): Promise<{ subject: string; body_text: string }[]> =>
      stage.api.asOwner('SELECT subject, body_text FROM identity.system_mail WHERE body_text LIKE $1 ORDER BY id', [
        `%/leads?lead=${id}%`,
      ]);

    it('opens a lost lead again, at the head of the list, with every message, and counts once', async () => {
      const { first, again, later } = await askedTwice('lost');
      expect(again).toMatchObject({ id: first.id, status: 'new', askedAgain: true, createdAt: first.createdAt });
      expect(again.requestedAt > first.requestedAt).toBe(true);
      expect((await requests(first.id)).map(({ what }) => what)).toEqual(['Call on Monday.', 'We want to buy now.']);
      expect((await historyOf(first.id)).filter(({ kind }) => kind === 'status').map(({ what }) => what)).toEqual([
        'new',
        'accepted',
        'lost',
        'new',
      ]);
      const order = (await owner.get('/api/v1/leads?limit=50').expect(200)).body.items.map(({ id }: LeadView) => id);
      expect(order.indexOf(first.id)).toBeLessThan(order.indexOf(later.id));
      const { body: page } = await owner.get('/api/v1/leads?limit=1').expect(200);
      const { body: next } = await owner.get(`/api/v1/leads?limit=1&cursor=${page.nextCursor}`).expect(200);
      expect([page.items[0].id, next.items[0].id]).toEqual([first.id, later.id]);
      expect((await waiting()).map(({ id }) => id)).toContain(first.id);
      const [, mail] = await mailsAbout(first.id);
      expect(mail!.subject).toContain('asked again');
      expect(mail!.body_text).not.toContain('buy');
      const interactions = await stage.api.asOwner(
        `SELECT 1 FROM engagement.interaction WHERE kind = 'lead' AND contact_id = $1`,
        [first.contactId],
      );
      expect(interactions).toHaveLength(1);
      expect(await change(first.id, { status: 'accepted' })).toMatchObject({ askedAgain: false });
      const events = await stage.api.asOwner<{ type: string }>(
        `SELECT type FROM webhooks.event WHERE data->>'leadId' = $1 ORDER BY id`,
        [first.id],
      );
      expect(events.map(({ type }) => type)).toContain('lead.reopened');
      const reminders = await stage.api.asOwner('SELECT 1 FROM leads.reminder WHERE lead_id = $1', [first.id]);
      expect(reminders).toHaveLength(2);
    });

    it('leaves a won lead won, and waits until a user reacts', async () => {
      const { first, again } = await askedTwice('won');
      expect(again).toMatchObject({ status: 'won', askedAgain: true });
      expect((await waiting()).map(({ id }) => id)).toContain(first.id);
      await owner.post(`/api/v1/leads/${first.id}/follow-ups`, { note: 'called' }).expect(200);
      expect((await waiting()).map(({ id }) => id)).not.toContain(first.id);
      await owner.post(`/api/v1/leads/${first.id}/follow-ups`, {}).expect(409);
    });

    it('keeps both messages of an open lead, in the export of its person, until the person is erased', async () => {
      const { first, again } = await askedTwice(null);
      expect(again).toMatchObject({ status: 'new', askedAgain: true, message: 'We want to buy now.' });
      const { body: file } = await owner.get(`/api/v1/contacts/${first.contactId}/data-export`).expect(200);
      expect(file.leads[0].requests).toMatchObject([
        { message: 'Call on Monday.' },
        { message: 'We want to buy now.' },
      ]);
      await owner.post(`/api/v1/contacts/${first.contactId}/erase`).expect(204);
      expect((await requests(first.id)).map(({ what }) => what)).toEqual(['', '']);
    });
  });

  describe('in its list', () => {
    it('has its campaign, how the person responded, and the telephone number and message of the form', async () => {
      const { pagePath, id: activationId } = await stage.running(owner, { startAt: stage.inDays(1) });
      const email = `visitor${people++}@prospect.example`;
      const form = { email, firstName: 'Vera', lastName: 'Visitor', company: 'P', message: 'Call me.', consent: 'yes' };
      const { text } = await stage.api.http
        .post(`${pagePath}/form`)
        .type('form')
        .send({ ...form, phone: 'call me' })
        .expect(422);
      expect(text).toContain('this is not a telephone number');
      await stage.api.http
        .post(`${pagePath}/form`)
        .type('form')
        .send({ ...form, phone: '+49 30 12345' })
        .expect(200);
      const { body } = await owner.get('/api/v1/leads?limit=50').expect(200);
      const listed = (body.items as LeadView[]).find((lead) => lead.email === email)!;
      const { body: activation } = await owner.get(`/api/v1/activations/${activationId}`).expect(200);
      expect(listed).toMatchObject({
        phone: '+49 30 12345',
        message: 'Call me.',
        campaignTitle: activation.title,
        campaignTitles: activation.titles,
        vendorName: 'Northwind Systems',
        response: { kind: 'form', links: [] },
        disclosure: null,
      });
      expect((await owner.get(`/api/v1/leads/${listed.id}`).expect(200)).body).toEqual(listed);
      const { owner: other } = await stage.aCompletePartner();
      await other.get(`/api/v1/leads/${listed.id}`).expect(404);
      // A form proves nothing about its sender: a known contact keeps its number.
      await stage.api.http
        .post(`${pagePath}/form`)
        .type('form')
        .send({ ...form, phone: '030 99999' })
        .expect(200);
      const { body: contact } = await owner.get(`/api/v1/contacts/${listed.contactId}`).expect(200);
      expect(contact.phone).toBe('+49 30 12345');
      // Stored as it was typed; dialled by the country of its person, or of the partner.
      expect((await owner.get(`/api/v1/leads/${listed.id}`).expect(200)).body).toMatchObject({
        phone: '030 99999',
        phoneLink: { text: '+44 3099999', url: 'tel:+443099999' },
      });
    });
  });

  describe('in an e-mail', () => {
    const aLeadWithPhone = async (): Promise<LeadView> => {
      const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
      const named = { email: `visitor${people++}@prospect.example`, firstName: 'Zora', lastName: 'Quill' };
      return sendForm(stage, owner, pagePath, { ...named, phone: '+49 (0)30 12345' });
    };
    const mailOf = async ({ id }: LeadView): Promise<{ body_text: string; body_html: string }> => {
      const mails = await stage.api.asOwner<{ body_text: string; body_html: string }>(
        'SELECT body_text, body_html FROM identity.system_mail WHERE body_text LIKE $1',
        [`%/leads?lead=${id}%`],
      );
      return mails[0]!;
    };
    const setting = (details: string, by = owner) => by.put('/api/v1/lead-mail-setting', { details });

    it('has a button to this lead, the campaign and the number to call, and the name only if an owner wants it', async () => {
      const lead = await aLeadWithPhone();
      const mail = await mailOf(lead);
      expect(mail.body_text).toContain(`Campaign: ${lead.campaignTitle}`);
      expect(mail.body_html).toContain('href="tel:+493012345"');
      expect(mail.body_text).not.toContain('Zora');
      await setting('person').expect(200);
      expect((await mailOf(await aLeadWithPhone())).body_text).toContain('Name: Zora Quill\nCompany: Prospects Ltd\n');
      await setting('none').expect(200);
      expect((await mailOf(await aLeadWithPhone())).body_text).not.toMatch(/Zora|12345/);
      await setting('everything').expect(422);
      await setting('person', await stage.api.signIn(stage.partner.id, 'marketer')).expect(403);
      await setting('phone').expect(200);
    });

    it('that waits to be sent is deleted with the contact', async () => {
      const lead = await aLeadWithPhone();
      expect(await mailOf(lead)).toBeDefined();
      await owner.post(`/api/v1/contacts/${lead.contactId}/erase`).expect(204);
      expect(await mailOf(lead)).toBeUndefined();
      const rows = await stage.api.asOwner('SELECT phone, message FROM leads.lead WHERE id = $1', [lead.id]);
      expect(rows).toEqual([{ phone: null, message: null }]);
    });
  });

  describe('that is disclosed', () => {
    it('is seen by its vendor: what was said, and nothing else', async () => {
      const lead = await aLead();
      const before = await vendorSees();
      expect(await disclose(lead.id)).toMatchObject({
        vendorName: 'Northwind Systems',
        fields: ['name', 'company'],
        revokedAt: null,
      });
      const [seen] = await vendorSees();
      expect(seen).toMatchObject({
        partnerName: 'Brightwater IT',
        campaignId: stage.campaign.campaignId,
        person: { name: 'Vera Visitor', company: 'Prospects Ltd' },
        purpose: 'A quote for 40 seats',
      });
      expect(JSON.stringify(seen)).not.toContain(lead.email);
      expect(await vendorSees()).toHaveLength(before.length + 1);
    });

    it('is seen by no other vendor', async () => {
      const { id } = await aLead();
      await disclose(id);
      const other = await stage.api.aVendor('Contoso');
      const editor = await stage.api.signIn(other.vendorId, 'marketer');
      expect((await editor.get('/api/v1/disclosed-leads').expect(200)).body.items).toEqual([]);
    });

    it('can be taken back: the vendor sees it no more, the copy is gone, and the record stays', async () => {
      const lead = await aLead();
      const { id } = await disclose(lead.id);
      const before = await vendorSees();
      await owner.post(`/api/v1/disclosures/${id}/revoke`).expect(200);
      await owner.post(`/api/v1/disclosures/${id}/revoke`).expect(200);
      expect(await vendorSees()).toHaveLength(before.length - 1);
      expect(await stage.api.asOwner('SELECT person FROM leads.disclosure WHERE id = $1', [id])).toEqual([
        { person: null },
      ]);
      const { body } = await owner.get(`/api/v1/leads/${lead.id}/disclosures`).expect(200);
      expect(body.items).toMatchObject([{ id, revokedAt: expect.any(String) }]);
      expect((await historyOf(lead.id)).map(({ kind }) => kind).slice(-2)).toEqual(['disclosed', 'revoked']);
      await disclose(lead.id);
    });

    it('is taken back with the person’s erasure', async () => {
      const lead = await aLead();
      const { id } = await disclose(lead.id, { fields: ['email'], purpose: 'A demo' });
      await owner.post(`/api/v1/contacts/${lead.contactId}/erase`).expect(204);
      expect((await vendorSees()).map((one) => one.id)).not.toContain(id);
      expect(await stage.api.asOwner('SELECT person FROM leads.disclosure WHERE id = $1', [id])).toEqual([
        { person: null },
      ]);
      const { body } = await owner
        .post(`/api/v1/leads/${lead.id}/disclosures`, { fields: ['email'], purpose: 'A demo' })
        .expect(409);
      expect(body.code).toBe('disclosure.contact-erased');
    });

    it('stands once, with a reason and a field, by who may', async () => {
      const { id } = await aLead();
      await disclose(id);
      const again = await owner
        .post(`/api/v1/leads/${id}/disclosures`, { fields: ['email'], purpose: 'Again' })
        .expect(409);
      expect(again.body.code).toBe('disclosure.exists');
      for (const body of [
        { fields: [], purpose: 'Why' },
        { fields: ['email'], purpose: '' },
        { fields: ['amount'], purpose: 'Why' },
      ])
        await owner.post(`/api/v1/leads/${id}/disclosures`, body).expect(422);
      const viewer = await stage.api.signIn(stage.partner.id, 'viewer');
      await viewer.post(`/api/v1/leads/${id}/disclosures`, { fields: ['email'], purpose: 'Why' }).expect(403);
      const analyst = await stage.api.signIn(stage.vendor.vendorId, 'analyst');
      await analyst.get('/api/v1/disclosed-leads').expect(403);
      await owner.post(`/api/v1/disclosures/${newId()}/revoke`).expect(404);
    });

    const answer = (id: string, body: object, by = stage.vendor.editor) =>
      by.post(`/api/v1/disclosed-leads/${id}/answers`, body);
    const told = (like: string): Promise<{ recipient: string; body_text: string }[]> =>
      stage.api.asOwner(`SELECT recipient, body_text FROM identity.system_mail WHERE body_text LIKE $1 ORDER BY id`, [
        like,
      ]);
    const mails = () => stage.api.app.get(DisclosureMail, { strict: false });

    it('is answered by its vendor: the partner sees it at the lead, and nothing after taking it back', async () => {
      const lead = await aLead();
      const { id } = await disclose(lead.id);
      expect((await answer(id, { status: 'done' }).expect(409)).body).toMatchObject({ code: 'disclosure.answer' });
      const { body: accepted } = await answer(id, { status: 'accepted', note: 'Ilse calls on Monday' }).expect(200);
      expect(accepted).toMatchObject({
        id,
        answer: { status: 'accepted', note: 'Ilse calls on Monday' },
        next: ['accepted', 'done', 'declined'],
      });
      await answer(id, { status: 'done' }).expect(200);
      const { body: seen } = await owner.get(`/api/v1/leads/${lead.id}`).expect(200);
      expect(seen.disclosure).toMatchObject({ id, answer: { status: 'done', note: null } });
      expect((await historyOf(lead.id)).slice(-2)).toMatchObject([
        { kind: 'answered', what: 'accepted', by: 'Northwind Systems' },
        { kind: 'answered', what: 'done', by: 'Northwind Systems' },
      ]);
      const { body: file } = await owner.get(`/api/v1/contacts/${lead.contactId}/data-export`).expect(200);
      expect(file.disclosures[0].answers).toMatchObject([{ note: 'Ilse calls on Monday' }, { status: 'done' }]);
      await owner.post(`/api/v1/disclosures/${id}/revoke`).expect(200);
      await answer(id, { status: 'accepted' }).expect(404);
      await stage.vendor.editor.get(`/api/v1/disclosed-leads/${id}`).expect(404);
      await owner.post(`/api/v1/contacts/${lead.contactId}/erase`).expect(204);
      const notes = await stage.api.asOwner('SELECT note FROM leads.disclosure_answer WHERE disclosure_id = $1', [id]);
      expect(notes).toEqual([{ note: null }, { note: null }]);
    });

    it('is answered by those of its vendor who may, and by no other vendor', async () => {
      const { id } = await disclose((await aLead()).id);
      await answer(id, { status: 'accepted', note: 'a\nb' }).expect(422);
      await answer(id, { status: 'won' }).expect(422);
      await answer(id, { status: 'accepted' }, await stage.api.signIn(stage.vendor.vendorId, 'analyst')).expect(403);
      const other = await stage.api.aVendor('Fabrikam');
      await answer(id, { status: 'accepted' }, await stage.api.signIn(other.vendorId, 'owner')).expect(404);
      await answer(id, { status: 'accepted' }, owner).expect(403);
    });

    it('is announced by e-mail to the chosen person, else the owners; the answer to the partner. None names the person', async () => {
      const chief = await stage.api.signIn(stage.vendor.vendorId, 'owner');
      const choose = (userId: string | null, by = chief) => by.put('/api/v1/disclosure-recipient', { userId });
      const lead = await aLead();
      const { id } = await disclose(lead.id);
      const vendorId = stage.vendor.vendorId;
      await mails().tellVendor(vendorId, id as DisclosureId);
      const first = await told(`%/shared-leads?lead=${id}%`);
      expect(first.map(({ recipient }) => recipient)).toContain(chief.email);
      const { body } = await chief.get('/api/v1/disclosure-recipient').expect(200);
      expect(body.userId).toBeNull();
      const marketer = await stage.api.signIn(vendorId, 'marketer');
      const { candidates } = (await chief.get('/api/v1/disclosure-recipient').expect(200)).body as {
        candidates: { userId: string }[];
      };
      const [chosen] = candidates.filter(
        ({ userId }) => !(body.candidates as { userId: string }[]).some((one) => one.userId === userId),
      );
      expect((await choose(chosen!.userId).expect(200)).body.userId).toBe(chosen!.userId);
      await choose(newId()).expect(422);
      await choose(null, marketer).expect(403);
      await mails().tellVendor(vendorId, id as DisclosureId);
      const then = (await told(`%/shared-leads?lead=${id}%`)).slice(first.length);
      expect(then.map(({ recipient }) => recipient)).toEqual([marketer.email]);
      await answer(id, { status: 'declined', note: 'Vera is a customer already' }).expect(200);
      const [row] = await stage.api.asOwner<{ id: Id<'disclosure-answer'> }>(
        'SELECT id FROM leads.disclosure_answer WHERE disclosure_id = $1',
        [id],
      );
      await mails().tellPartner(stage.partner.id, row!.id);
      const answered = await told(`%does not take over the lead%/leads?lead=${lead.id}%`);
      expect(answered).toMatchObject([{ recipient: 'bea@brightwater.example' }]);
      expect(JSON.stringify([first, then, answered])).not.toMatch(new RegExp(`Vera|${lead.email}`));
      await owner.post(`/api/v1/disclosures/${id}/revoke`).expect(200);
      // Mails about other leads may still come.
      const about = async () => [
        ...(await told(`%/shared-leads?lead=${id}%`)),
        ...(await told(`%does not take over the lead%/leads?lead=${lead.id}%`)),
      ];
      const before = await about();
      await mails().tellVendor(vendorId, id as DisclosureId);
      await mails().tellPartner(stage.partner.id, row!.id);
      expect(await about()).toHaveLength(before.length);
      await choose(null).expect(200);
    });
  });
});
