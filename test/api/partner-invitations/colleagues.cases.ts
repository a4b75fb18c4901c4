import { ColleagueSuggestions } from '#identity';
import { PASSWORD } from '../../support/api.js';
import { unique } from '../../support/unique.js';
import { api, lettersTo, marketer, tokens, vendor } from './invitations.js';

/** Further people of a partner. */
export function colleaguesCases(): void {
  describe('of a company that is a partner already', () => {
    const alike = async (organisationName: string, email: string, by = marketer) =>
      (await by.post('/api/v1/partners/duplicates', { organisationName, email }).expect(200)).body.items;

    it('is seen before it is sent: by name, domain and address that this vendor has typed', async () => {
      const email = `anna@unlike-${unique()}.example`;
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
      const email = `further-${unique()}@example.com`;
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
}
