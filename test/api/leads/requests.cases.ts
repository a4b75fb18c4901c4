import { LeadView } from '#contracts';
import { HOUR_MS } from '#kernel';
import { owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { aLead, change, historyOf, send } from './leads.js';

/** People who ask again. */
export function requestsCases(): void {
  describe('whose person asks again', () => {
    const waiting = async (): Promise<LeadView[]> =>
      (await owner.get('/api/v1/leads?limit=50&waiting=yes').expect(200)).body.items;
    const askedTwice = async (status: 'lost' | 'won' | null) => {
      const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
      const email = `visitor${unique()}@prospect.example`;
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
}
