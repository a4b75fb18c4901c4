import { LeadView } from '#contracts';
import { LeadReminders } from '#leads';
import { HOUR_MS, newId } from '#kernel';
import { owner, stage } from '../../support/suite-product.js';
import { aLead, change, disclose, historyOf, vendorSees } from './leads.js';

/** Leads that wait for a user, and those that somebody is still at. */
export function remindersCases(): void {
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
}
