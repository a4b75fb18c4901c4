import { ReturnAddresses, Returns } from '#engagement';
import { Database } from '#database';
import { ColleagueSuggestions, SystemMail, WaitingInvitations } from '#identity';
import { type InvitationId, DAY_MS, type PartnerId } from '#kernel';
import { SchedulerModule } from '../../apps/scheduler/src/scheduler.module.js';
import { type Browser, createTestApi, openBrowser, PASSWORD, type TestApi, type TestVendor } from '../support/api.js';

describe('the invitation of a partner', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let marketer: Browser;
  let partners = 0;
  beforeAll(async () => {
    api = await createTestApi({ with: [SchedulerModule] });
    vendor = await api.aVendor();
    marketer = await api.signIn(vendor.vendorId, 'marketer');
  });
  afterAll(() => api.close());

  const anInvitation = async (): Promise<{ id: string; email: string }> => {
    const email = `first-${++partners}@example.com`;
    const facts = { organisationName: `Partner ${partners}`, email, countryCode: 'GB', tier: 'gold', region: 'emea' };
    const { body } = await marketer.post('/api/v1/partners/invitations', facts).expect(201);
    return { id: body.id, email };
  };
  const lettersTo = (email: string): Promise<{ id: string; body_text: string }[]> =>
    api.asOwner(
      `SELECT set_config('throughline.system', 'on', false), id, body_text FROM identity.system_mail WHERE recipient = $1 ORDER BY id`,
      [email],
    );
  const tokens = async (email: string): Promise<string[]> =>
    (await lettersTo(email)).map(({ body_text }) => /\/invitation\/([\w-]+)/.exec(body_text)![1]!);
  const accept = (token: string) =>
    api.http
      .post(`/api/v1/invitations/${token}/accept`)
      .send({ name: 'Olivia', password: PASSWORD, sharesTotals: false });
  const line = async (id: string) => {
    const { body } = await marketer.get('/api/v1/partners?limit=200').expect(200);
    return body.items.find((partner: { id: string }) => partner.id === id);
  };
  const counts = async (): Promise<Record<string, number>> =>
    (await marketer.get('/api/v1/partners/progress').expect(200)).body;

  it('is shown with who sent it, to whom, and until when, as long as nobody has accepted it', async () => {
    const { id, email } = await anInvitation();
    const { invitation } = await line(id);
    expect(invitation).toEqual({
      email,
      language: 'en',
      sentBy: 'marketer person',
      sentAt: expect.any(String),
      expiresAt: new Date(Date.parse(invitation.sentAt) + 14 * DAY_MS).toISOString(),
      hasExpired: false,
      mail: 'on-its-way',
      refusal: null,
    });
    await accept((await tokens(email))[0]!).expect(200);
    expect(await line(id)).toMatchObject({ status: 'active', invitation: null, hasLaunched: false, hasBrand: false });
  });

  describe('from a list', () => {
    const newcomers = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        externalId: `L-${partners + at}`,
        organisationName: `Listed ${partners + at}`,
        email: `listed-${partners + at}@example.com`,
        countryCode: 'GB',
        tier: 'gold',
        region: 'emea',
      }));
    const upsert = (list: object[], more: object = {}) =>
      marketer.post('/api/v1/partners/upsert', { partners: list, ...more });
    const sendDue = () => api.app.get(WaitingInvitations).sendDue();

    it('goes out once, however often the list is imported and by however many processes', async () => {
      const other = await api.signIn((await api.aVendor('Fabrikam')).vendorId, 'marketer');
      const list = newcomers(25);
      const [first] = list;
      const { body: dry } = await upsert(list, { dryRun: true }).expect(200);
      expect(dry.counts).toEqual({ new: 25, changed: 0, unchanged: 0, refused: 0 });
      expect(await lettersTo(first!.email)).toEqual([]);
      const { body: again } = await other.post('/api/v1/partners/upsert', { partners: list, dryRun: true }).expect(200);
      expect(again.version).not.toBe(dry.version);
      const stale = await other.post('/api/v1/partners/upsert', { partners: list, basedOn: dry.version }).expect(412);
      expect(stale.body.code).toBe('partner-import.stale');
      await other.post('/api/v1/partners/upsert', { partners: list }).expect(200);
      await Promise.all([sendDue(), sendDue()]);
      const { body: unchanged } = await other.post('/api/v1/partners/upsert', { partners: list }).expect(200);
      expect(unchanged.counts).toEqual({ new: 0, changed: 0, unchanged: 25, refused: 0 });
      await sendDue();
      const sent = async (): Promise<number[]> =>
        Promise.all(list.map(async ({ email }) => (await lettersTo(email)).length));
      expect(await sent()).toEqual(list.map(() => 1));
      await sendDue();
      expect(await sent()).toEqual(list.map(() => 1));
    });

    it('is one partner’s alone, also while it waits, and says why one is not sent', async () => {
      const { vendorId } = await api.aVendor('Tailspin');
      const other = await api.signIn(vendorId, 'marketer');
      partners += 25;
      const [one, two, third] = newcomers(3);
      await other.post('/api/v1/partners/upsert', { partners: [one, two] }).expect(200);
      const { externalId: _, ...again } = { ...third!, email: one!.email.toUpperCase() };
      const refused = { code: 'invitation.address-invited' };
      expect((await other.post('/api/v1/partners/invitations', again).expect(409)).body).toMatchObject(refused);
      const { organisationName, email } = again;
      const { body: alike } = await other.post('/api/v1/partners/duplicates', { organisationName, email }).expect(200);
      expect(alike.items).toMatchObject([{ name: one!.organisationName, same: ['address'] }]);
      const person = { role: 'marketer', userId: null, apiKeyId: null, name: 'Maya' } as const;
      const database = api.app.get(Database);
      const sameAddress = 'UPDATE identity.waiting_invitation SET email = $1 WHERE vendor_id = $2 AND email = $3';
      await database.inTransaction({ kind: 'vendor', vendorId, ...person }, () =>
        database.query(sameAddress, [one!.email, vendorId, two!.email]),
      );
      await sendDue();
      await sendDue();
      expect(await lettersTo(one!.email)).toEqual([]);
      const lines = async (): Promise<{ id: string }[]> => (await other.get('/api/v1/partners').expect(200)).body.items;
      const said = { isInvitationWaiting: false, invitationRefusal: refused.code };
      expect(await lines()).toMatchObject([said, said]);
      const [, last] = await lines();
      await other.post(`/api/v1/partners/${last!.id}/invitation`, { email: one!.email }).expect(409);
      await other.post(`/api/v1/partners/${last!.id}/invitation`, { email: two!.email }).expect(202);
      expect(await lettersTo(two!.email)).toHaveLength(1);
    });

    it('changes known partners by their external id, in the file of a spreadsheet too', async () => {
      const [one] = newcomers(1);
      const { id } = await anInvitation();
      await marketer.patch(`/api/v1/partners/${id}`, { externalId: `-${one!.externalId}` }).expect(200);
      const file = Buffer.from(
        `\uFEFFExterne ID;Stufe;Gebiet;Fax\r\n'-${one!.externalId};Silber;DACH;0711\r\n;;;\r\nX-404;Silber;DACH;\r\n`,
      );
      const uploaded = (path: string) => marketer.post(path).attach('file', file, 'p.csv');
      const { body: preview } = await uploaded('/api/v1/partners/import/preview').expect(200);
      expect(preview).toMatchObject({
        counts: { new: 0, changed: 1, unchanged: 0, refused: 1 },
        ignoredColumns: ['Fax'],
        rows: [
          {
            line: 2,
            partnerId: id,
            changes: [{ field: 'tier', before: 'gold', after: 'Silber' }, { field: 'region' }],
          },
          {
            line: 4,
            outcome: 'refused',
            faults: expect.arrayContaining([{ reason: 'missing', field: 'email', value: '', otherLine: null }]),
          },
        ],
      });
      expect(await line(id)).toMatchObject({ tier: 'gold' });
      await uploaded('/api/v1/partners/import').expect(200);
      expect(await line(id)).toMatchObject({ tier: 'Silber', region: 'DACH', externalId: `-${one!.externalId}` });
    });
  });

  describe('its language', () => {
    const invited = async (changes: object): Promise<{ id: string; email: string; text: string }> => {
      const email = `first-${++partners}@example.com`;
      const facts = { organisationName: `Partner ${partners}`, email, countryCode: 'DE', tier: 'gold', region: 'emea' };
      const { body } = await marketer.post('/api/v1/partners/invitations', { ...facts, ...changes }).expect(201);
      const address = (changes as { email?: string }).email ?? email;
      return { id: body.id, email: address, text: (await lettersTo(address)).at(-1)!.body_text };
    };

    it('is that of the country, also when it is sent again, and becomes that of the account', async () => {
      const { id, email, text } = await invited({});
      expect(text).toContain('Guten Tag,');
      expect((await line(id)).invitation).toMatchObject({ language: 'de' });
      await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
      expect((await lettersTo(email)).at(-1)!.body_text).toContain('Wählen Sie ein Passwort');
      const { body } = await accept((await tokens(email)).at(-1)!).expect(200);
      expect(body.user).toMatchObject({ email, locale: 'de' });
    });

    it('is the chosen one', async () => {
      const { id, email, text } = await invited({ language: 'en' });
      expect(text).toContain('Hello,');
      await marketer.post(`/api/v1/partners/${id}/invitation`, { language: 'de' }).expect(202);
      expect((await lettersTo(email)).at(-1)!.body_text).toContain('Guten Tag,');
    });

    it('is refused if the product does not have it', async () => {
      const facts = { organisationName: 'X', email: 'x@example.com', countryCode: 'FR', tier: 'gold', region: 'emea' };
      const { body } = await marketer.post('/api/v1/partners/invitations', { ...facts, language: 'fr' }).expect(422);
      expect(JSON.stringify(body)).toContain('language');
    });

    it('is that of the account of a person who has one; the mail greets them, and asks them to sign in', async () => {
      const { email } = await invited({});
      await accept((await tokens(email)).at(-1)!).expect(200);
      const other = await api.aVendor();
      const facts = { organisationName: 'Once more', email, countryCode: 'GB', tier: 'gold', region: 'emea' };
      const inviting = await api.signIn(other.vendorId, 'marketer');
      await inviting.post('/api/v1/partners/invitations', facts).expect(201);
      const { body_text: text } = (await lettersTo(email)).at(-1)!;
      expect(text).toContain('Guten Tag Olivia,');
      expect(text).toContain('Anmelden:\n');
      expect(text).not.toContain('Passwort wählen');
    });
  });

  describe('asked for more than once', () => {
    const facts = (email: string) => ({
      organisationName: `Partner ${++partners}`,
      email,
      countryCode: 'GB',
      tier: 'gold',
      region: 'emea',
    });
    const withKey = (key: string, body: object) =>
      marketer.post('/api/v1/partners/invitations', body).set('Idempotency-Key', key);

    it('is refused while one to the address is open, however it is written, and not once that is withdrawn', async () => {
      const { id, email } = await anInvitation();
      const before = await counts();
      const { body } = await marketer.post('/api/v1/partners/invitations', facts(email.toUpperCase())).expect(409);
      expect(body).toMatchObject({ code: 'invitation.address-invited', field: 'email' });
      expect(body.detail).toContain('Send it again from the list of partners');
      expect(await counts()).toEqual(before);
      expect(await lettersTo(email)).toHaveLength(1);
      await marketer.delete(`/api/v1/partners/${id}/invitation`).expect(204);
      await marketer.post('/api/v1/partners/invitations', facts(email)).expect(201);
    });

    it('is no matter of another vendor’s', async () => {
      const { email } = await anInvitation();
      const other = await api.signIn((await api.aVendor()).vendorId, 'marketer');
      await other.post('/api/v1/partners/invitations', facts(email)).expect(201);
    });

    it('makes one partner of many at once to the same address', async () => {
      const before = await counts();
      const many = [1, 2, 3, 4].map(() => marketer.post('/api/v1/partners/invitations', facts('at-once@example.com')));
      const answers = (await Promise.all(many)).map(({ status }) => status).sort();
      expect(answers).toEqual([201, 409, 409, 409]);
      expect((await counts())['invited']).toBe(before['invited']! + 1);
    });

    it('with the same key is one partner and one letter, also at once, and another with it is refused', async () => {
      const body = facts('with-a-key@example.com');
      const answers = await Promise.all([1, 2, 3].map(() => withKey('row-1', body).expect(201)));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(await lettersTo(body.email)).toHaveLength(1);
      const reused = await withKey('row-1', facts('somebody-else@example.com')).expect(409);
      expect(reused.body).toMatchObject({ code: 'invitation.key-reused', field: 'Idempotency-Key' });
      expect(await lettersTo('somebody-else@example.com')).toEqual([]);
      const empty = await withKey(' ', facts('somebody-else@example.com')).expect(422);
      expect(empty.body.code).toBe('invitation.key-invalid');
    });
  });

  describe('from a list, withdrawn before it is sent', () => {
    it('leaves its external id, name and address to the next one', async () => {
      const { vendorId } = await api.aVendor('Adventure');
      const other = await api.signIn(vendorId, 'marketer');
      const one = {
        externalId: 'W-1',
        organisationName: 'Withdrawn Ltd',
        email: 'withdrawn@example.com',
        countryCode: 'GB',
        tier: 'gold',
        region: 'emea',
      };
      const imported = async (): Promise<{ counts: { new: number } }> =>
        (await other.post('/api/v1/partners/upsert', { partners: [one] }).expect(200)).body;
      await imported();
      const { body } = await other.get('/api/v1/partners').expect(200);
      await other.delete(`/api/v1/partners/${body.items[0].id}/invitation`).expect(204);
      expect(await imported()).toMatchObject({ counts: { new: 1, refused: 0 } });
      await api.app.get(WaitingInvitations).sendDue();
      expect(await lettersTo(one.email)).toHaveLength(1);
    });
  });

  describe('to a company that is here already', () => {
    let other: TestVendor;
    let inviting: Browser;
    let companyId: PartnerId;
    let owner: Browser;
    beforeEach(async () => {
      other = await api.aVendor('Contoso');
      inviting = await api.signIn(other.vendorId, 'marketer');
      companyId = await api.aPartner(vendor, { name: 'Brightwater IT' });
      owner = await api.signIn(companyId, 'owner');
    });

    const inviteTo = async (email: string, by = inviting): Promise<{ id: string; token: string }> => {
      const facts = { organisationName: 'Bright Water Ltd', email, countryCode: 'GB', tier: 'gold', region: 'emea' };
      const { body } = await by.post('/api/v1/partners/invitations', facts).expect(201);
      return { id: body.id, token: (await tokens(email)).at(-1)! };
    };
    const companies = (token: string, of: Browser) => of.get(`/api/v1/invitations/${token}/companies`);
    const join = (token: string, of: Browser, organisationId: string | null) =>
      of.post(`/api/v1/invitations/${token}/join`, { organisationId, sharesTotals: false });

    it('makes its owner’s company a partner of both vendors, with one brand and one set of contacts', async () => {
      const list = { name: 'Customers' };
      await owner.post('/api/v1/contact-lists', list).expect(201);
      const { id, token } = await inviteTo(owner.email);
      const rule = { name: 'Only Bright', rule: { partnerIds: [id] } };
      const group = await inviting.post('/api/v1/partner-groups', rule).expect(201);
      const shown = await companies(token, owner).expect(200);
      expect(shown.body).toEqual({
        isInvited: true,
        items: [{ id: companyId, name: 'Brightwater IT', standing: 'free' }],
      });
      const { body } = await join(token, owner, companyId).expect(200);
      expect(body.organisation).toMatchObject({ id: companyId, role: 'owner' });
      expect(body.organisations).toHaveLength(1);
      const again = await openBrowser(api.http, owner.email);
      const vendors = await again.get('/api/v1/vendors').expect(200);
      expect(vendors.body.items.map(({ name }: { name: string }) => name)).toEqual(['Northwind Systems', 'Contoso']);
      expect((await again.get('/api/v1/contact-lists').expect(200)).body.items).toEqual([
        expect.objectContaining(list),
      ]);
      const members = await inviting.get(`/api/v1/partner-groups/${group.body.id}/members`).expect(200);
      expect(members.body.items.map((one: { id: string }) => one.id)).toEqual([companyId]);
      await join(token, again, companyId).expect(410);
      for (const [vendorId, action] of [
        [other.vendorId, 'membership.joined'],
        [companyId, 'membership.joined'],
      ] as const) {
        const entries = await (await api.signIn(vendorId, 'owner')).get('/api/v1/audit-entries?limit=50').expect(200);
        expect(entries.body.items.map((one: { action: string }) => one.action)).toContain(action);
      }
    });

    it('tells its vendor the company’s name, and neither vendor of the other', async () => {
      const { id, token } = await inviteTo(owner.email);
      await join(token, owner, companyId).expect(200);
      const partners = await inviting.get('/api/v1/partners').expect(200);
      expect(partners.body.items).toEqual([
        expect.objectContaining({ id: companyId, name: 'Brightwater IT', status: 'active', invitation: null }),
      ]);
      await inviting.get(`/api/v1/partners/${id}`).expect(404);
      for (const [from, foreign] of [
        [inviting, [vendor.vendorId, 'Northwind']],
        [marketer, [other.vendorId, 'Contoso']],
      ] as const)
        for (const path of ['/api/v1/partners', `/api/v1/partners/${companyId}`, '/api/v1/partners/list.csv']) {
          const { text } = await from.get(path).expect(200);
          for (const word of foreign) expect(text).not.toContain(word);
        }
    });

    it('names no company before its person has signed in, and to no other person', async () => {
      const { token } = await inviteTo(owner.email);
      const { text, body } = await api.http.get(`/api/v1/invitations/${token}`).expect(200);
      expect(body.company).toBe('known-person');
      expect(text).not.toContain('Brightwater IT');
      await api.http.get(`/api/v1/invitations/${token}/companies`).expect(401);
      const stranger = await api.signIn(await api.aPartner(vendor, { name: 'Kessler' }), 'owner');
      expect((await companies(token, stranger).expect(200)).body).toEqual({ isInvited: false, items: [] });
      expect((await join(token, stranger, companyId).expect(404)).body.code).toBe('organisation.not-found');
      expect((await join(token, stranger, null).expect(403)).body.code).toBe('invitation.of-another');
    });

    it('is for an owner to accept as the company; a colleague may join as another one', async () => {
      const colleague = await api.signIn(companyId, 'marketer');
      const { id, token } = await inviteTo(colleague.email);
      const { body } = await companies(token, colleague).expect(200);
      expect(body.items).toEqual([{ id: companyId, name: 'Brightwater IT', standing: 'not-owner' }]);
      const refused = await join(token, colleague, companyId).expect(403);
      expect(refused.body.code).toBe('invitation.company-not-yours');
      const joined = await join(token, colleague, null).expect(200);
      expect(joined.body.organisation).toMatchObject({ id, name: 'Bright Water Ltd', role: 'owner' });
      expect(joined.body.organisations).toHaveLength(2);
    });

    it('is offered to an owner with another address if the company has proved the domain of the invited one', async () => {
      const domain = `verified-${++partners}.example`;
      await api.asOwner(
        `INSERT INTO brand.sending_domain (partner_id, domain, from_local, state, findings, chosen_at, next_check_at, state_since)
         VALUES ($1, $2, 'hello', 'verified', '[]', now(), now() + interval '1 year', now())`,
        [companyId, domain],
      );
      const { token } = await inviteTo(`sales@${domain}`);
      const invitation = await api.http.get(`/api/v1/invitations/${token}`).expect(200);
      expect(invitation.body.company).toBe('known-domain');
      expect(invitation.text).not.toContain('Brightwater IT');
      const stranger = await api.signIn(await api.aPartner(vendor, { name: 'Kessler' }), 'owner');
      expect((await companies(token, stranger).expect(200)).body.items).toEqual([]);
      const { body } = await companies(token, owner).expect(200);
      expect(body).toEqual({ isInvited: false, items: [expect.objectContaining({ id: companyId, standing: 'free' })] });
      await join(token, owner, companyId).expect(200);
    });

    it('is refused to a company that is, or was, in the programme, and says what to do', async () => {
      const { token } = await inviteTo(owner.email, marketer);
      expect((await join(token, owner, companyId).expect(409)).body.code).toBe('invitation.company-joined');
      await marketer.post(`/api/v1/partners/${companyId}/end`, { reason: 'Over' }).expect(200);
      const { body } = await join(token, owner, companyId).expect(409);
      expect(body.code).toBe('invitation.company-ended');
    });

    it('needs the second factor that the company asks of its people', async () => {
      await api.asOwner('INSERT INTO identity.sign_in_policy VALUES ($1, true, now())', [companyId]);
      const { token } = await inviteTo(owner.email);
      expect((await join(token, owner, companyId).expect(403)).body.code).toBe('second-factor.missing');
    });

    it('is accepted once, as the company or as another one', async () => {
      const { token } = await inviteTo(owner.email);
      const answers = await Promise.all([join(token, owner, companyId), join(token, owner, null)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    });
  });

  describe('of a company that is a partner already', () => {
    const alike = async (organisationName: string, email: string, by = marketer) =>
      (await by.post('/api/v1/partners/duplicates', { organisationName, email }).expect(200)).body.items;

    it('is seen before it is sent: by name, domain and address that this vendor has typed', async () => {
      const email = `anna@unlike-${++partners}.example`;
      const facts = {
        organisationName: 'Zumwald & Söhne GmbH',
        email,
        countryCode: 'DE',
        tier: 'gold',
        region: 'emea',
      };
      const { body } = await marketer.post('/api/v1/partners/invitations', facts).expect(201);
      const same = async (name: string, address: string) =>
        (await alike(name, address)).map((one: { id: string; same: string[] }) => [one.id, one.same]);
      expect(await same('Zumwald Data', 'x@example.com')).toEqual([]);
      expect(await same('ZUMWALD SOEHNE', 'x@other.example')).toEqual([[body.id, ['name']]]);
      expect(await same('Other', email.toUpperCase())).toEqual([[body.id, ['address', 'domain']]]);
      expect(await same('Other', email.replace('anna', 'berta'))).toEqual([[body.id, ['domain']]]);
      const others = await api.signIn((await api.aVendor()).vendorId, 'marketer');
      expect(await alike('Zumwald & Söhne GmbH', email, others)).toEqual([]);
      await marketer.delete(`/api/v1/partners/${body.id}/invitation`).expect(204);
      expect(await same('Zumwald & Söhne GmbH', email)).toEqual([]);
    });

    it('is a suggestion to its owners, who invite the person or decline, and the vendor gets no answer', async () => {
      const partnerId = await api.aPartner(vendor, { name: 'Suggestible' });
      const owner = await api.signIn(partnerId, 'owner');
      const email = `further-${++partners}@example.com`;
      const suggest = (address: string) =>
        marketer.post(`/api/v1/partners/${partnerId}/colleagues`, { email: address });
      await suggest(email).expect(202);
      await suggest(email.toUpperCase()).expect(202);
      const [letter, ...more] = await lettersTo(owner.email);
      expect(more).toEqual([]);
      expect(letter!.body_text).toContain(email);
      const { body } = await owner.get('/api/v1/team/suggestions').expect(200);
      expect(body.items).toEqual([expect.objectContaining({ email, vendorName: 'Northwind Systems' })]);
      expect(await lettersTo(email)).toEqual([]);
      await owner.post(`/api/v1/team/suggestions/${body.items[0].id}/invite`, { role: 'viewer' }).expect(202);
      const [token] = await tokens(email);
      await api.http.post(`/api/v1/invitations/${token}/accept`).send({ name: 'Ada', password: PASSWORD }).expect(200);
      expect((await owner.get('/api/v1/team/suggestions').expect(200)).body.items).toEqual([]);
      await suggest('declined@example.com').expect(202);
      const { body: second } = await owner.get('/api/v1/team/suggestions').expect(200);
      await owner.post(`/api/v1/team/suggestions/${second.items[0].id}/decline`).expect(204);
      expect(await lettersTo('declined@example.com')).toEqual([]);
      expect((await owner.get('/api/v1/team/suggestions').expect(200)).body.items).toEqual([]);
    });

    it('is kept as a suggestion for 30 days after the answer, else for 90 days or as long as the partnership', async () => {
      const of = async (name: string) => {
        const partnerId = await api.aPartner(vendor, { name });
        const suggest = (email: string) =>
          marketer.post(`/api/v1/partners/${partnerId}/colleagues`, { email }).expect(202);
        return { partnerId, suggest, owner: await api.signIn(partnerId, 'owner') };
      };
      const [stays, leaves] = [await of('Stays'), await of('Leaves')];
      await stays.suggest('answered@example.com');
      const { body } = await stays.owner.get('/api/v1/team/suggestions').expect(200);
      await stays.owner.post(`/api/v1/team/suggestions/${body.items[0].id}/decline`).expect(204);
      await stays.suggest('open@example.com');
      await leaves.suggest('former@example.com');
      const leftAfter = async (days: number): Promise<string[]> => {
        await api.asOwner(
          `UPDATE identity.colleague_suggestion SET suggested_at = suggested_at - $1 * interval '1 day',
             answered_at = answered_at - $1 * interval '1 day'`,
          [days],
        );
        await api.app.get(ColleagueSuggestions, { strict: false }).deleteOld();
        const rows = await api.asOwner<{ email: string }>(
          'SELECT email FROM identity.colleague_suggestion WHERE partner_id = ANY ($1) ORDER BY email',
          [[stays.partnerId, leaves.partnerId]],
        );
        return rows.map(({ email }) => email);
      };
      expect(await leftAfter(29)).toEqual(['answered@example.com', 'former@example.com', 'open@example.com']);
      await api.asOwner("UPDATE organisations.membership SET status = 'ended' WHERE partner_id = $1", [
        leaves.partnerId,
      ]);
      expect(await leftAfter(1)).toEqual(['open@example.com']);
      expect(await leftAfter(60)).toEqual([]);
    });

    it('is no suggestion while nobody of the partner has joined', async () => {
      const partnerId = await api.aPartner(vendor, { joined: false });
      const { body } = await marketer
        .post(`/api/v1/partners/${partnerId}/colleagues`, { email: 'a@b.example' })
        .expect(409);
      expect(body.code).toBe('colleague.partner-not-joined');
    });
  });

  it.each([
    ['a sentence with a link', 'Your account was hacked: go to https://evil.example/login now'],
    ['a second line', 'Brightwater\r\nBcc: everybody@example.com'],
    ['a hidden direction', 'Brightwater\u202eTI'],
    ['letters that look like others', 'Brightwаter IT'],
  ])('is refused with %s as the name of the partner, which the mail shows', async (_, organisationName) => {
    const email = `named-${++partners}@example.com`;
    const facts = { organisationName, email, countryCode: 'GB', tier: 'gold', region: 'emea' };
    const { body } = await marketer.post('/api/v1/partners/invitations', facts).expect(422);
    expect(body).toMatchObject({ code: 'organisation.name-invalid', field: 'organisationName' });
    expect(await lettersTo(email)).toEqual([]);
  });

  it('is accepted by nobody under a name that misleads, and stays open', async () => {
    const { email } = await anInvitation();
    const [token] = await tokens(email);
    const answer = { name: 'See www.evil.example', password: PASSWORD, sharesTotals: false };
    const { body } = await api.http.post(`/api/v1/invitations/${token}/accept`).send(answer).expect(422);
    expect(body).toMatchObject({ code: 'account.name-invalid', field: 'name' });
    await accept(token!).expect(200);
  });

  it('is sent again with a new link, and the one before leads nowhere', async () => {
    const { id, email } = await anInvitation();
    await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
    const [before, after] = await tokens(email);
    await accept(before!).expect(410);
    await accept(after!).expect(200);
    const { body } = await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(409);
    expect(body.code).toBe('invitation.not-pending');
  });

  it('is sent to another address where the first was wrong, also when it has expired', async () => {
    const { id } = await anInvitation();
    api.clock.advance(15 * DAY_MS);
    expect((await line(id)).invitation.hasExpired).toBe(true);
    marketer = await api.signIn(vendor.vendorId, 'marketer');
    await marketer.post(`/api/v1/partners/${id}/invitation`, { email: 'right@example.com' }).expect(202);
    expect((await line(id)).invitation).toMatchObject({ email: 'right@example.com', hasExpired: false });
    await accept((await tokens('right@example.com'))[0]!).expect(200);
  });

  it('needs an address where none was ever sent', async () => {
    const id = await api.aPartner(vendor, { joined: false });
    expect((await line(id)).invitation).toBeNull();
    const { body } = await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(422);
    expect(body).toMatchObject({ code: 'invitation.address-missing', field: 'email' });
  });

  it('is withdrawn, after which its link leads nowhere and the partner has left', async () => {
    const { id, email } = await anInvitation();
    await marketer.delete(`/api/v1/partners/${id}/invitation`).expect(204);
    await accept((await tokens(email))[0]!).expect(410);
    expect(await line(id)).toMatchObject({ status: 'ended', invitation: null });
    await marketer.delete(`/api/v1/partners/${id}/invitation`).expect(409);
    const owner = await api.signIn(vendor.vendorId, 'owner');
    const { body } = await owner.get('/api/v1/audit-entries?limit=10').expect(200);
    const actions = body.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['membership.withdrawn', 'invitation.voided']));
  });

  it('cannot be accepted and withdrawn both, whoever comes first', async () => {
    const { id, email } = await anInvitation();
    const [token] = await tokens(email);
    const [accepted, withdrawn] = await Promise.all([
      accept(token!),
      marketer.delete(`/api/v1/partners/${id}/invitation`),
    ]);
    expect([`${accepted.status} ${withdrawn.status}`]).toEqual([expect.stringMatching(/^(?:200 409|410 204)$/)]);
    expect((await line(id)).status).toBe(accepted.status === 200 ? 'active' : 'ended');
  });

  it('is accepted as a whole or not at all, so that its link works again after an error', async () => {
    const { id, email } = await anInvitation();
    const [token] = await tokens(email);
    await api.asOwner(
      `CREATE FUNCTION organisations.fail_in_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
       CREATE TRIGGER fail_in_test BEFORE UPDATE ON organisations.membership
         FOR EACH ROW EXECUTE FUNCTION organisations.fail_in_test()`,
    );
    await accept(token!).expect(500);
    await api.asOwner('DROP FUNCTION organisations.fail_in_test CASCADE');
    expect((await line(id)).status).toBe('invited');
    await accept(token!).expect(200);
    expect((await line(id)).status).toBe('active');
  });

  it('leaves one open link, however many send it again at once', async () => {
    const { id, email } = await anInvitation();
    await Promise.all([1, 2, 3, 4].map(() => marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202)));
    const answers = await Promise.all(
      (await tokens(email)).map(async (token) => (await api.http.get(`/api/v1/invitations/${token}`)).status),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers).toHaveLength(5);
  });

  it('knows what became of its mail, and a void one is not mailed any more', async () => {
    const { id, email } = await anInvitation();
    const mail = api.app.get(SystemMail);
    const [letter] = await lettersTo(email);
    const refused = mail.deliver(letter!.id, () => Promise.reject(new Error('550 No such person')));
    await expect(refused).rejects.toThrow('550');
    expect((await line(id)).invitation).toMatchObject({ mail: 'refused', refusal: '550 No such person' });
    await mail.deliver(letter!.id, () => Promise.resolve({ kind: 'accepted' }));
    expect((await line(id)).invitation).toMatchObject({ mail: 'submitted', refusal: null });
    await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
    const [second] = await lettersTo(email);
    await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
    const sent: unknown[] = [];
    for (const { id: mailId } of await lettersTo(email))
      await mail.deliver(mailId, (message) => {
        sent.push(message);
        return Promise.resolve({ kind: 'accepted' });
      });
    expect(second).toBeDefined();
    expect(sent).toHaveLength(1);
    expect(await lettersTo(email)).toEqual([]);
  });

  describe('whose mail comes back', () => {
    const returnsOf = async (email: string): Promise<{ id: InvitationId; recipient: string }> => {
      const [open] = await api.asOwner<{ id: InvitationId }>(
        'SELECT id FROM identity.invitation WHERE email = $1 ORDER BY created_at DESC LIMIT 1',
        [email],
      );
      return {
        id: open!.id,
        recipient: api.app.get(ReturnAddresses, { strict: false }).invitationReturnPath(open!.id),
      };
    };
    const report = (status: string, said: string, action = 'failed'): Buffer =>
      Buffer.from(
        [
          'From: MAILER-DAEMON@mx.example',
          'Subject: Undelivered Mail Returned to Sender',
          'MIME-Version: 1.0',
          'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
          '',
          '--b',
          'Content-Type: text/plain',
          '',
          said,
          '--b',
          'Content-Type: message/delivery-status',
          '',
          'Reporting-MTA: dns; mx.example',
          '',
          `Action: ${action}`,
          `Status: ${status}`,
          `Diagnostic-Code: smtp; 550 ${status} ${said}`,
          '',
          '--b--',
          '',
        ].join('\r\n'),
      );
    const comesBack = (recipient: string, raw: Buffer): Promise<string> =>
      api.app.get(Returns, { strict: false }).receive({ from: '', recipient, raw });

    it('says so where it is pending, with why and without an address, until it is sent again', async () => {
      const { id, email } = await anInvitation();
      const { recipient } = await returnsOf(email);
      expect(await api.app.get(Returns, { strict: false }).accepts(recipient)).toBe(true);
      const raw = report('5.1.1', `<${email}>: no such person here`);
      for (let n = 0; n < 2; n++) await comesBack(recipient, raw);
      const { invitation } = await line(id);
      expect(invitation).toMatchObject({ mail: 'bounced', refusal: expect.stringContaining('5.1.1') });
      expect(invitation.refusal).toContain('no such person here');
      expect(invitation.refusal).not.toContain(email);
      const owner = await api.signIn(vendor.vendorId, 'owner');
      const { body } = await owner.get('/api/v1/audit-entries?limit=5').expect(200);
      const told = body.items.filter(({ action }: { action: string }) => action === 'invitation.bounced');
      expect(told).toHaveLength(1);
      await marketer.post(`/api/v1/partners/${id}/invitation`, { email: 'better@example.com' }).expect(202);
      expect((await line(id)).invitation).toMatchObject({ email: 'better@example.com', mail: 'on-its-way' });
    });

    it('is left as it is by a delay, by whoever made the address up, and by what came back after it was accepted', async () => {
      const { id, email } = await anInvitation();
      const { recipient } = await returnsOf(email);
      await comesBack(recipient, report('4.4.1', 'still trying', 'delayed'));
      const forged = recipient.replace(/-[0-9a-f]{16}@/, '-0123456789abcdef@');
      expect(await api.app.get(Returns, { strict: false }).accepts(forged)).toBe(false);
      await comesBack(forged, report('5.1.1', 'no such person here'));
      expect((await line(id)).invitation.mail).toBe('on-its-way');
      await accept((await tokens(email))[0]!).expect(200);
      await comesBack(recipient, report('5.1.1', 'no such person here'));
      expect(await line(id)).toMatchObject({ status: 'active', invitation: null });
    });
  });

  it('is sent five times in a day and no sixth time, and the refusal says when it may', async () => {
    const { id } = await anInvitation();
    for (let n = 0; n < 4; n++) await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
    const before = (await line(id)).invitation;
    const { body } = await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(429);
    expect(body.code).toBe('invitation.too-many');
    const retryAt = Date.parse(body.details.retryAt as string);
    expect(body.detail).toContain(body.details.retryAt);
    expect((await line(id)).invitation).toEqual(before);
    api.clock.advance(retryAt - api.clock.now().getTime() + 1_000);
    marketer = await api.signIn(vendor.vendorId, 'marketer');
    await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
  });

  it('of one vendor is nobody else’s, nor are those that a partner sends itself', async () => {
    const { id, email } = await anInvitation();
    await accept((await tokens(email))[0]!).expect(200);
    const owner = await api.signIn(id as never, 'owner');
    await owner.post('/api/v1/team/invitations', { email: 'colleague@example.com', role: 'marketer' }).expect(202);
    const { text } = await marketer.get('/api/v1/partners?limit=200').expect(200);
    expect(text).not.toContain('colleague@example.com');
  });

  it('counts with its partner by how far that is', async () => {
    const before = await counts();
    const { email } = await anInvitation();
    expect(await counts()).toEqual({ ...before, invited: before['invited']! + 1 });
    await accept((await tokens(email))[0]!).expect(200);
    expect(await counts()).toEqual({ ...before, accepted: before['accepted']! + 1 });
    for (const progress of ['invited', 'accepted', 'launched', 'ended']) {
      const { body } = await marketer.get(`/api/v1/partners?limit=200&progress=${progress}`).expect(200);
      expect(body.items).toHaveLength((await counts())[progress]!);
    }
    await marketer.get('/api/v1/partners?progress=asleep').expect(422);
  });
});
