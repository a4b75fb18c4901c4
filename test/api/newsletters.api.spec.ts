import { randomUUID } from 'node:crypto';
import { NewsletterSending } from '#newsletters';
import { SystemMailDelivery } from '../../apps/scheduler/src/system-mail-delivery.service.js';
import type { Browser } from '../support/api.js';
import { writeNewsletter } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

interface Letter {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body_text: string;
  readonly body_html: string;
  readonly unsubscribe_url: string | null;
}

const DAY_MS = 86_400_000;
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140',
  accept: 'text/html',
  'accept-language': 'en',
};

describe('newsletters to partners', () => {
  let stage: TestProduct;
  let maya: Browser;
  let owner: Browser;

  beforeAll(async () => {
    stage = await openTestProduct();
    maya = stage.vendor.editor;
    owner = stage.partner.owner;
    // From five people on, results are shown.
    for (let people = 1; people < 5; people += 1) await stage.api.signIn(stage.partner.id, 'viewer');
  });
  beforeEach(async () => {
    stage.toWorkingHours();
    await letters();
    await stage.api.asOwner(`DELETE FROM identity.notification_choice WHERE kind = 'newsletters'`);
  });
  afterAll(() => stage.close());

  const letters = (): Promise<Letter[]> =>
    stage.api.asOwner<Letter>(
      'DELETE FROM identity.system_mail RETURNING id, recipient, subject, body_text, body_html, unsubscribe_url',
    );
  const created = async (title = 'News of May'): Promise<string> =>
    (await maya.post('/api/v1/newsletters', { title, languages: ['en', 'de'] }).expect(201)).body.id as string;
  const written = async (): Promise<string> => {
    const id = await created();
    await writeNewsletter(maya, id);
    return id;
  };
  const shown = async (id: string) => (await maya.get(`/api/v1/newsletters/${id}`).expect(200)).body;
  const send = (id: string, at?: Date) =>
    maya.post(`/api/v1/newsletters/${id}/send`, at === undefined ? {} : { at: at.toISOString() });
  const sendDue = async (): Promise<void> => {
    while (await stage.api.app.get(NewsletterSending, { strict: false }).sendDue());
  };
  const toOwner = (sent: readonly Letter[]): Letter[] => sent.filter(({ recipient }) => recipient === owner.email);
  const inPortal = async (id: string): Promise<boolean> => {
    const { body } = await owner.get('/api/v1/notifications?limit=100').expect(200);
    return body.items.some(({ path }: { path: string }) => path === `/news/${id}`);
  };

  it('are refused while placeholders are left, the address is missing, or nobody would get them', async () => {
    const id = await created();
    expect((await send(id).expect(422)).body.code).toBe('newsletter.address-missing');
    const change = { groupIds: [], roles: [], senderAddress: '1 High Street, London' };
    await maya.put(`/api/v1/newsletters/${id}`, change).expect(200);
    expect((await send(id).expect(409)).body.code).toBe('campaign-version.texts-open');
    await writeNewsletter(maya, id);
    const rule = { partnerIds: [stage.partner.id], exceptPartnerIds: [stage.partner.id] };
    const group = await maya.post('/api/v1/partner-groups', { name: randomUUID(), rule }).expect(201);
    await maya.put(`/api/v1/newsletters/${id}`, { ...change, groupIds: [group.body.id] }).expect(200);
    expect((await send(id).expect(409)).body.code).toBe('newsletter.nobody');
    expect((await send(id, new Date(0)).expect(422)).body.code).toBe('newsletter.time-past');
  });

  it('count people and partners before they are sent, by groups and roles', async () => {
    const all = (await maya.post('/api/v1/newsletters/audience', { groupIds: [], roles: [] }).expect(200)).body;
    const group = { groupIds: [stage.vendor.groupId], roles: ['owner'] };
    const some = (await maya.post('/api/v1/newsletters/audience', group).expect(200)).body;
    expect(some).toMatchObject({ people: 1, withoutEmail: null });
    expect(all.people).toBeGreaterThanOrEqual(5);
    expect(all.withoutEmail).toBe(0);
    expect(some.first.every(({ role }: { role: string }) => role === 'owner')).toBe(true);
  });

  it('go to each person once, in their language, with reason and one-click unsubscribe', async () => {
    const id = await written();
    await stage.api.asOwner(`UPDATE identity.user_account SET locale = 'de' WHERE email = '${owner.email}'`);
    await send(id).expect(200);
    await sendDue();
    await sendDue();
    await stage.api.asOwner(`UPDATE identity.user_account SET locale = 'en' WHERE email = '${owner.email}'`);
    const sent = await letters();
    expect(new Set(sent.map(({ recipient }) => recipient)).size).toBe(sent.length);
    const [letter] = toOwner(sent);
    expect(letter!.subject).toBe('Our Betreff');
    expect(letter!.body_text).toContain('Partner des Absenders');
    expect(letter!.body_text).toContain(letter!.unsubscribe_url);
    expect(letter!.body_html).toContain('1 High Street, London');
    expect(letter!.body_html).not.toMatch(/legal=|tc-legal|>iv>/);
    expect(letter!.body_text).not.toContain('Impressum');
    expect(await inPortal(id)).toBe(true);
    const { state, results } = await shown(id);
    expect(state).toBe('sent');
    expect(results).toMatchObject({ people: sent.length, waiting: sent.length, accepted: 0 });
  });

  it('are not sent twice by a process that was killed, whatever it had recorded', async () => {
    const id = await written();
    await send(id).expect(200);
    await sendDue();
    const [letter] = await stage.api.asOwner<Letter>(
      `SELECT id, recipient FROM identity.system_mail WHERE recipient = '${owner.email}'`,
    );
    const arrived = (): number => stage.mails.mails.filter(({ subject }) => subject === 'Our subject').length;
    const before = arrived();
    // Killed after the mail server's answer, before the e-mail was deleted.
    await stage.api.asOwner(`UPDATE newsletters.recipient SET accepted_at = now() WHERE mail_id = '${letter!.id}'`);
    await stage.api.app.get(SystemMailDelivery, { strict: false }).deliver(letter!.id);
    expect(arrived()).toBe(before);
    // Told again, as after a database that was restored without the last batch.
    await letters();
    await stage.api.asOwner(
      `UPDATE newsletters.recipient SET told_at = NULL, mail_id = NULL WHERE newsletter_id = '${id}'`,
    );
    await stage.api.asOwner(`UPDATE newsletters.newsletter SET state = 'sending', sent_at = NULL WHERE id = '${id}'`);
    await sendDue();
    expect(await letters()).toEqual([]);
    expect((await shown(id)).state).toBe('sent');
  });

  it('count what mail servers accept and what people do; programs are left out', async () => {
    const id = await written();
    await send(id).expect(200);
    await sendDue();
    const sent = await stage.api.asOwner<Letter>(
      'SELECT id, recipient, body_html, unsubscribe_url FROM identity.system_mail',
    );
    const [letter] = toOwner(sent);
    const delivery = stage.api.app.get(SystemMailDelivery, { strict: false });
    await delivery.deliver(letter!.id);
    const counted = async () => {
      const [row] = await stage.api.asOwner<Record<string, unknown>>(
        `SELECT accepted_at IS NOT NULL AS accepted, opened_at IS NOT NULL AS opened, clicked_at IS NOT NULL AS clicked,
           unsubscribed_at IS NOT NULL AS unsubscribed FROM newsletters.recipient WHERE mail_id = '${letter!.id}'`,
      );
      return row;
    };
    expect(await counted()).toEqual({ accepted: true, opened: false, clicked: false, unsubscribed: false });
    const link = new URL(/href="([^"]+\/n\/l\/[^"]+)"/.exec(letter!.body_html)![1]!).pathname;
    stage.api.clock.advance(DAY_MS);
    await stage.api.http.get(link).set('user-agent', 'Mimecast scan').expect(302);
    expect(await counted()).toMatchObject({ clicked: false });
    await stage.api.http.get(link).set(BROWSER).expect(302);
    expect(await counted()).toMatchObject({ opened: true, clicked: true });
    const { pathname, search } = new URL(letter!.unsubscribe_url!);
    expect((await stage.api.http.get(pathname + search).expect(200)).text).toContain('?m=');
    await stage.api.http
      .post(pathname + search)
      .type('form')
      .send({ 'List-Unsubscribe': 'One-Click' })
      .expect(200);
    expect(await counted()).toMatchObject({ unsubscribed: true });
    const next = await written();
    await send(next).expect(200);
    await sendDue();
    expect(toOwner(await letters())).toEqual([]);
    expect(await inPortal(next)).toBe(true);
  });

  it('that wait can be cancelled and changed, and are sent at their time', async () => {
    const id = await written();
    const at = new Date(stage.api.clock.now().getTime() + DAY_MS);
    await send(id, at).expect(200);
    await sendDue();
    expect(await letters()).toEqual([]);
    const { campaignId, versionNumber } = await shown(id);
    const { body } = await maya.get(`/api/v1/campaigns/${campaignId}/versions/${versionNumber}/files`).expect(200);
    const files = [{ kind: 'removed', path: 'locales/de.yaml', revision: null }];
    const change = () => maya.put(`/api/v1/campaigns/${campaignId}/draft-files`, { basedOn: body.packageHash, files });
    expect((await change().expect(409)).body.code).toBe('campaign.frozen');
    await maya.post(`/api/v1/newsletters/${id}/cancel`).expect(200);
    stage.api.clock.advance(2 * DAY_MS);
    await sendDue();
    expect(await letters()).toEqual([]);
    await send(id).expect(200);
    await sendDue();
    expect(toOwner(await letters())).toHaveLength(1);
    expect((await maya.post(`/api/v1/newsletters/${id}/cancel`).expect(409)).body.code).toBe('newsletter.wrong-state');
  });

  it('keep their groups while they wait, and one that cannot start stops no other', async () => {
    const blocked = await written();
    const rule = { partnerIds: [stage.partner.id] };
    const { id: groupId } = (await maya.post('/api/v1/partner-groups', { name: randomUUID(), rule }).expect(201)).body;
    const change = { groupIds: [groupId], roles: [], senderAddress: '1 High Street, London' };
    await maya.put(`/api/v1/newsletters/${blocked}`, change).expect(200);
    await send(blocked).expect(200);
    expect((await maya.delete(`/api/v1/partner-groups/${groupId}`).expect(409)).body.code).toBe('partner-group.in-use');
    // Lost all the same, as in a database that was restored.
    await stage.api.asOwner(`DELETE FROM organisations.partner_group WHERE id = '${groupId}'`);
    const other = await written();
    await send(other).expect(200);
    await sendDue();
    expect((await shown(other)).state).toBe('sent');
    expect((await shown(blocked)).state).toBe('scheduled');
    await maya.post(`/api/v1/newsletters/${blocked}/cancel`).expect(200);
  });

  it('skip a person without a name that they need, and go to the others', async () => {
    const other = await stage.api.signIn(stage.partner.id, 'marketer');
    const id = await written();
    const { campaignId, versionNumber } = await shown(id);
    const { body } = await maya.get(`/api/v1/campaigns/${campaignId}/versions/${versionNumber}/files`).expect(200);
    const { text } = body.files.find(({ path }: { path: string }) => path === 'emails/news.mjml');
    const named = text.replace('{{fallback recipient.greeting (t "news.hello")}}', '{{recipient.lastName}}');
    const files = [{ kind: 'text', path: 'emails/news.mjml', revision: null, text: named }];
    await maya.put(`/api/v1/campaigns/${campaignId}/draft-files`, { basedOn: body.packageHash, files }).expect(200);
    await stage.api.asOwner(`UPDATE identity.user_account SET name = 'محمد' WHERE email = '${owner.email}'`);
    await send(id).expect(200);
    await sendDue();
    await stage.api.asOwner(`UPDATE identity.user_account SET name = 'owner person' WHERE email = '${owner.email}'`);
    const sent = await letters();
    expect(toOwner(sent)).toEqual([]);
    expect(sent.map(({ recipient }) => recipient)).toContain(other.email);
    expect((await shown(id)).state).toBe('sent');
  });

  it('are sent as a test to their author, duplicated and deleted, and are no campaigns', async () => {
    const id = await written();
    expect((await maya.post(`/api/v1/newsletters/${id}/test`, {})).body).toEqual({ to: maya.email });
    const [test] = await letters();
    expect(test).toMatchObject({ recipient: maya.email, subject: '[Test] Our subject' });
    const copy = (await maya.post('/api/v1/newsletters', { title: 'Copy', from: id }).expect(201)).body;
    expect(copy).toMatchObject({ state: 'draft', senderAddress: '1 High Street, London' });
    const { subject } = (await maya.post(`/api/v1/newsletters/${copy.id}/preview`, { locale: 'de' }).expect(200)).body;
    expect(subject).toBe('Our Betreff');
    const campaigns = (await maya.get('/api/v1/campaigns?limit=200').expect(200)).body.items as { id: string }[];
    expect(campaigns.map((one) => one.id)).not.toContain(copy.campaignId);
    const path = `/api/v1/campaigns/${copy.campaignId}/versions/1/submit`;
    expect((await maya.post(path).expect(409)).body.code).toBe('campaign.is-newsletter');
    await maya.delete(`/api/v1/newsletters/${copy.id}`).expect(204);
    await maya.get(`/api/v1/newsletters/${copy.id}`).expect(404);
  });

  it('are read in the portal by those to whom they were sent, and by nobody else', async () => {
    const id = await written();
    await owner.get(`/api/v1/received-newsletters/${id}`).expect(404);
    await send(id).expect(200);
    await sendDue();
    const { body } = await owner.get(`/api/v1/received-newsletters/${id}`).expect(200);
    expect(body).toMatchObject({ subject: 'Our subject' });
    await owner.post(`/api/v1/received-newsletters/${id}/opening`).expect(204);
    const [row] = await stage.api.asOwner<{ opened: boolean }>(
      `SELECT bool_or(opened_at IS NOT NULL) AS opened FROM newsletters.recipient WHERE newsletter_id = '${id}'`,
    );
    expect(row!.opened).toBe(true);
  });
});
