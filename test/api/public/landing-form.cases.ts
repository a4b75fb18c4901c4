import { publish, wholeCampaign } from '../../support/campaigns.js';
import { http, owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { aPage, BRANDED, contactOf, expectDeadEnd, leads, send, visitor } from './strangers.js';

/** A lead of the form of a landing page. */
export function landingFormCases(): void {
  describe('the landing page', () => {
    it.each([
      ['nothing', 'nothing-here'],
      ['a script', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
      ['a path that climbs', '..%2f..%2fapi'],
      ['a very long name', 'x'.repeat(3000)],
    ])('at the address of %s is not found', async (_, slug) => {
      for (const answer of [await http.get(`/p/${slug}`), await send(`/p/${slug}`, visitor())]) expectDeadEnd(answer);
      const { body, headers } = await http.get(`/p/${slug}`).set('Accept', 'application/json').expect(404);
      expect(body.code).toBe('page.not-found');
      expect(headers['content-type']).toContain('application/problem+json');
    });

    it('makes a lead of who fills in its form, with the consent as it was shown', async () => {
      const { page, path } = await aPage();
      const form = visitor({ message: 'Call me <b>tomorrow</b>.\nPlease.' });
      const { text } = await send(page, form).expect(200);
      expect(text).toContain('role="status"');
      expect(text).toMatch(BRANDED);
      const [lead] = await leads();
      expect(lead).toMatchObject({
        email: form['email'],
        name: 'Vera Visitor',
        company: 'Prospects Ltd',
        message: 'Call me <b>tomorrow</b>.\nPlease.',
        status: 'new',
        source: 'form',
        activationId: path.split('/').at(-1),
      });
      const { body } = await owner.get(`/api/v1/contacts/${(await contactOf(form['email']!)).id}`).expect(200);
      const shown = /<label for="tc-consent">([^<]+)</.exec((await http.get(page)).text)![1];
      const page_ = `${stage.api.config.PUBLIC_URL}${page}`;
      const asked = { language: 'en', page: page_, versionId: stage.campaign.versionId, confirmation: 'none' };
      expect(body.consent).toMatchObject([{ basis: 'opt-in', evidence: shown, form: asked, jurisdiction: null }]);
    });

    describe('that asks for everything', () => {
      let page: string;
      let title: string;

      beforeAll(async () => {
        title = `Every field ${unique()}`;
        const fields = ['firstName', 'lastName', 'email', 'company', 'phone', 'country', 'message'];
        const zip = await wholeCampaign(`fields-${unique()}`, undefined, { form: { fields }, title: { en: title } });
        const window = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
        const { versionId } = await publish(stage.vendor, zip, window);
        ({ page } = await aPage({ versionId }));
      });
      const answered = (changes: object = {}): Record<string, string> =>
        visitor({ phone: '0711 9012-0', country: 'Germany', message: 'Soon, please.', ...changes });

      it('keeps each answer with the new contact, typed, and the country with the consent', async () => {
        const form = answered();
        await send(page, form).expect(200);
        const contact: object = await contactOf(form['email']!);
        expect(contact).toMatchObject({
          firstName: 'Vera',
          lastName: 'Visitor',
          company: 'Prospects Ltd',
          phone: '+49 711 90120',
          country: 'DE',
          language: 'en',
          consent: [{ jurisdiction: 'DE', jurisdictionSource: 'stated' }],
        });
        expect((await leads())[0]).toMatchObject({
          message: 'Soon, please.',
          phone: '0711 9012-0',
          answers: expect.arrayContaining([
            { field: 'country', value: 'DE', contactValue: null },
            { field: 'phone', value: '0711 9012-0', contactValue: null },
          ]),
        });
      });

      it('fills in what is unknown of a contact, and shows the partner what differs', async () => {
        const form = answered({ company: 'Other Ltd', phone: '+44 20 7946 0958' });
        const { email } = form;
        await owner.post('/api/v1/contacts', { email, company: 'Own Ltd', country: 'FR' }).expect(201);
        await send(page, form).expect(200);
        const contact: object = await contactOf(email!);
        expect(contact).toMatchObject({
          firstName: 'Vera',
          lastName: 'Visitor',
          company: 'Own Ltd',
          phone: '+44 20 7946 0958',
          country: 'FR',
        });
        expect((await leads())[0]).toMatchObject({
          answers: [
            { field: 'firstName', value: 'Vera', contactValue: null },
            { field: 'lastName', value: 'Visitor', contactValue: null },
            { field: 'company', value: 'Other Ltd', contactValue: 'Own Ltd' },
            { field: 'phone', value: '+44 20 7946 0958', contactValue: null },
            { field: 'country', value: 'DE', contactValue: 'FR' },
          ],
        });
      });

      it('puts all who send it on one list that has the name of the campaign, also once it is renamed', async () => {
        const listed = async (): Promise<{ id: string; name: string; size: number; isDefault: boolean }[]> =>
          (await owner.get('/api/v1/contact-lists').expect(200)).body.items;
        const before = await listed();
        const [one, other] = [answered(), answered()];
        await Promise.all([send(page, one).expect(200), send(page, other).expect(200)]);
        const list = (await listed()).find(({ name }) => name === `Responses: ${title}`)!;
        expect(list).toMatchObject({ isDefault: false });
        const had = before.find(({ id }) => id === list.id)?.size ?? 0;
        expect(list.size).toBe(had + 2);
        await owner.patch(`/api/v1/contact-lists/${list.id}`, { name: `Renamed ${unique()}` }).expect(200);
        await send(page, answered()).expect(200);
        expect((await listed()).find(({ id }) => id === list.id)).toMatchObject({ size: had + 3 });
        await owner.delete(`/api/v1/contact-lists/${list.id}`).expect(204);
        await send(page, answered()).expect(200);
        expect((await listed()).filter(({ name }) => name === `Responses: ${title}`)).toMatchObject([{ size: 1 }]);
      });

      it('ignores a field that it does not ask for', async () => {
        const { page: short } = await aPage();
        const form = answered();
        await send(short, form).expect(200);
        expect((await contactOf(form['email']!)) as object).toMatchObject({ country: null });
      });

      it('takes the answers out of a lead with its contact', async () => {
        const form = answered();
        await send(page, form).expect(200);
        const [{ id: leadId } = { id: '' }] = await leads();
        await owner.post(`/api/v1/contacts/${(await contactOf(form['email']!)).id}/erase`).expect(204);
        const { body } = await owner.get(`/api/v1/leads/${leadId}`).expect(200);
        expect(body).toMatchObject({ answers: [], phone: null, message: null });
      });
    });
  });
}
