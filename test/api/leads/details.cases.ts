import { LeadView } from '#contracts';
import { sendForm } from '../../support/leads.js';
import { owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';

/** What the list and the e-mail say of it. */
export function detailsCases(): void {
  describe('in its list', () => {
    it('has its campaign, how the person responded, and the telephone number and message of the form', async () => {
      const { pagePath, id: activationId } = await stage.running(owner, { startAt: stage.inDays(1) });
      const email = `visitor${unique()}@prospect.example`;
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
      const named = { email: `visitor${unique()}@prospect.example`, firstName: 'Zora', lastName: 'Quill' };
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
}
