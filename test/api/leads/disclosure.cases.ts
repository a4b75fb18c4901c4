import { type DisclosureId, DisclosureMail } from '#leads';
import { type Id, newId } from '#kernel';
import { owner, stage } from '../../support/suite-product.js';
import { aLead, disclose, historyOf, vendorSees } from './leads.js';

/** What its vendor sees, and answers. */
export function disclosureCases(): void {
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
}
