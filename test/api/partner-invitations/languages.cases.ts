import { accept, api, factsOf, lettersTo, line, marketer, tokens } from './invitations.js';

/** Its language. */
export function languagesCases(): void {
  describe('its language', () => {
    const invited = async (changes: object): Promise<{ id: string; email: string; text: string }> => {
      const facts = { ...factsOf(), countryCode: 'DE', ...changes };
      const { body } = await marketer.post('/api/v1/partners/invitations', facts).expect(201);
      const { email } = facts;
      return { id: body.id, email, text: (await lettersTo(email)).at(-1)!.body_text };
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
}
