import { DisclosureView, type LeadView } from '#contracts';
import { LeadReminders } from '#leads';
import { DAY_MS } from '#kernel';
import type { Browser } from '../support/api.js';
import { sendForm } from '../support/leads.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

const REMINDED = 'bea@brightwater.example: quiet: 7 days';
const ESCALATED = 'owner: quiet: 21 days';

describe('a lead that was taken up', () => {
  let stage: TestProduct;
  let owner: Browser;
  /**
   * Each test has a partner of its own: mails name the partner, and no lead.
   */
  let name: string;
  let number = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
  });
  beforeEach(async () => {
    stage.toWorkingHours();
    name = `House ${number++} Ltd`;
    ({ owner } = await stage.aCompletePartner(undefined, { name }));
  });
  afterAll(() => stage.close());

  const aLead = async (): Promise<LeadView> => {
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(100) });
    return sendForm(stage, owner, pagePath, { email: `visitor${number++}@prospect.example` });
  };
  const change = (id: string, status: string): Promise<unknown> =>
    owner.patch(`/api/v1/leads/${id}`, { status }).expect(200);
  const disclose = async (id: string): Promise<DisclosureView> =>
    DisclosureView.parse(
      (await owner.post(`/api/v1/leads/${id}/disclosures`, { fields: ['name'], purpose: 'A quote' }).expect(201)).body,
    );
  const tick = (): Promise<boolean> => stage.api.app.get(LeadReminders, { strict: false }).sendDue();

  /**
   * What the house was told in the days that pass: who reads it, and of what.
   */
  const toldIn = async (days: number): Promise<string[]> => {
    const mails = (): Promise<{ recipient: string; subject: string; body_text: string }[]> =>
      stage.api.asOwner(
        'SELECT recipient, subject, body_text FROM identity.system_mail WHERE subject LIKE $1 ORDER BY id',
        [`A lead % ${name}%`],
      );
    const before = await mails();
    stage.api.clock.advance(days * DAY_MS);
    await Promise.all([tick(), tick()]);
    return (await mails())
      .slice(before.length)
      .map(({ recipient, subject, body_text: text }) =>
        [
          recipient === owner.email ? 'owner' : recipient,
          subject.includes('gone quiet') ? 'quiet' : subject,
          /no activity for ([\w ]+)/.exec(text)?.[1],
        ].join(': '),
      );
  };

  it.each(['accepted', 'working'])(
    'and lies still as %s is remembered after a week and its owners told after three, once, and not who it is',
    async (status) => {
      const { id, email } = await aLead();
      await change(id, 'accepted');
      if (status === 'working') await change(id, status);
      expect(await toldIn(6.9)).toEqual([]);
      expect(await toldIn(0.2)).toEqual([REMINDED]);
      expect(await toldIn(13.8)).toEqual([]);
      expect(await toldIn(0.2)).toEqual([ESCALATED]);
      expect(await toldIn(22)).toEqual([]);
      const said = await stage.api.asOwner('SELECT * FROM identity.system_mail WHERE subject LIKE $1', [`%${name}%`]);
      expect(JSON.stringify(said)).not.toContain(email);
    },
  );

  it('begins anew when somebody is still at it', async () => {
    const { id } = await aLead();
    await change(id, 'accepted');
    await change(id, 'working');
    expect(await toldIn(6)).toEqual([]);
    await owner.post(`/api/v1/leads/${id}/follow-ups`, { note: 'They decide in spring' }).expect(200);
    expect(await toldIn(6.9)).toEqual([]);
    expect(await toldIn(0.2)).toEqual([REMINDED]);
    // The reminder was heard: the owners are not told of a silence that is
    // over.
    await owner.post(`/api/v1/leads/${id}/follow-ups`, {}).expect(200);
    expect(await toldIn(0.1)).toEqual([]);
    await change(id, 'lost');
  });

  it('begins anew with every touch: a state, a disclosure and its end', async () => {
    const { id } = await aLead();
    await change(id, 'accepted');
    let disclosureId = '';
    for (const touch of [
      () => change(id, 'working'),
      () => disclose(id).then((made) => (disclosureId = made.id)),
      () => owner.post(`/api/v1/disclosures/${disclosureId}/revoke`).expect(200),
    ]) {
      expect(await toldIn(6)).toEqual([]);
      await touch();
    }
    expect(await toldIn(7.1)).toEqual([REMINDED]);
    // The reminder was heard: the owners are not told of a silence that is
    // over, and the next one has its own reminder.
    await disclose(id);
    expect(await toldIn(6.9)).toEqual([]);
    expect(await toldIn(0.2)).toEqual([REMINDED]);
    expect(await toldIn(14)).toEqual([ESCALATED]);
  });

  it('is not spoken of as a new one, nor sooner because it was disclosed while it was new', async () => {
    const { id } = await aLead();
    await disclose(id);
    expect(await toldIn(1.1)).toEqual([`bea@brightwater.example: A lead is waiting for ${name}: `]);
    await change(id, 'accepted');
    expect(await toldIn(6.9)).toEqual([]);
    expect(await toldIn(0.2)).toEqual([REMINDED]);
  });

  it('is not spoken of once it is won or lost, and is when it is taken up again', async () => {
    const [won, lost] = [await aLead(), await aLead()];
    await change(won.id, 'accepted');
    await change(won.id, 'won');
    await change(lost.id, 'accepted');
    await change(lost.id, 'lost');
    await disclose(won.id);
    expect(await toldIn(22)).toEqual([]);
    await change(lost.id, 'working');
    expect(await toldIn(7.1)).toEqual([REMINDED]);
  });

  it('is not spoken of when its person was erased', async () => {
    const { id, contactId } = await aLead();
    await change(id, 'accepted');
    await disclose(id);
    await owner.post(`/api/v1/contacts/${contactId}/erase`).expect(204);
    expect(await toldIn(22)).toEqual([]);
  });

  it('before there was such a rule is spoken of from its next touch on, not on the day on which the rule comes', async () => {
    const [planned, past] = [await aLead(), await aLead()];
    // As it was written then: what was planned of a new lead stayed until it
    // was due, and a lead that was taken up long ago has no plan.
    await change(planned.id, 'accepted');
    await change(past.id, 'accepted');
    await stage.api.asOwner('DELETE FROM leads.reminder WHERE lead_id = $1', [past.id]);
    await stage.api.asOwner('UPDATE leads.reminder SET since = NULL, due_at = $2 WHERE lead_id = $1', [
      planned.id,
      stage.api.clock.now(),
    ]);
    expect(await toldIn(0.1)).toEqual([]);
    expect(await stage.api.asOwner('SELECT 1 FROM leads.reminder WHERE lead_id = $1', [planned.id])).toEqual([]);
    expect(await toldIn(30)).toEqual([]);
    await change(past.id, 'working');
    expect(await toldIn(7.1)).toEqual([REMINDED]);
  });

  it('is remembered sooner where the partner says so', async () => {
    const { id, activationId } = await aLead();
    await change(id, 'accepted');
    await owner.put(`/api/v1/activations/${activationId}/lead-rule`, { remindAfterHours: 12 }).expect(200);
    expect(await toldIn(3.4)).toEqual([]);
    expect(await toldIn(0.2)).toEqual(['bea@brightwater.example: quiet: 3 days']);
  });

  it('waits for somebody while it is new, and again once it has lain untouched for too long', async () => {
    const waiting = async (): Promise<[new_: number, quiet: number, shown: string[]]> => {
      const { body } = await owner.get('/api/v1/leads/waiting').expect(200);
      const { body: page } = await owner.get('/api/v1/leads?waiting=yes').expect(200);
      return [body.new, body.quiet, (page.items as { id: string }[]).map(({ id }) => id)];
    };
    const lead = await aLead();
    expect(await waiting()).toEqual([1, 0, [lead.id]]);
    await change(lead.id, 'accepted');
    expect(await waiting()).toEqual([0, 0, []]);
    stage.api.clock.advance(15 * DAY_MS);
    // Before and after anybody was reminded.
    expect(await waiting()).toEqual([0, 1, [lead.id]]);
    await tick();
    expect(await waiting()).toEqual([0, 1, [lead.id]]);
    await owner.post(`/api/v1/leads/${lead.id}/follow-ups`, {}).expect(200);
    expect(await waiting()).toEqual([0, 0, []]);
    stage.api.clock.advance(15 * DAY_MS);
    await owner.delete(`/api/v1/contacts/${lead.contactId}`).expect(204);
    expect(await waiting()).toEqual([0, 0, []]);
    expect((await owner.get('/api/v1/leads').expect(200)).body.items).toHaveLength(1);
    await owner.get('/api/v1/leads?waiting=perhaps').expect(422);
  });
});
