import type { PartnerId } from '#kernel';
import { type Browser, openBrowser, type TestVendor } from '../../support/api.js';
import { unique } from '../../support/unique.js';
import { api, marketer, tokens, vendor } from './invitations.js';

/** Companies that are here already. */
export function companiesCases(): void {
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
      const domain = `verified-${unique()}.example`;
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
}
