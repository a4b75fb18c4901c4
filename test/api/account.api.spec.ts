import { Database } from '#database';
import { SystemMail } from '#identity';
import { type Id, newId, systemActor } from '#kernel';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';

describe('the account of a person', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let owner: Browser;
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
    owner = await api.signIn(vendor.vendorId, 'owner');
  });
  afterAll(() => api.close());

  const lastEntry = async (by: Browser, action: string) =>
    (await by.get(`/api/v1/audit-entries?limit=1&action=${action}`).expect(200)).body.items[0];
  const organisationOf = async (browser: Browser): Promise<string> =>
    (await browser.get('/api/v1/session').expect(200)).body.organisation.id;

  it('has a name, a language and a date format, which the session tells', async () => {
    const change = { name: 'Ada Weber', language: 'de', region: 'GB', weekStartsOn: 7, timeZone: 'Asia/Tokyo' };
    const { body } = await owner.patch('/api/v1/account/profile', change).expect(200);
    expect(body).toEqual(change);
    await owner.patch('/api/v1/account/profile', { region: null }).expect(200);
    expect((await owner.get('/api/v1/account/profile').expect(200)).body).toEqual({ ...change, region: null });
    const { body: session } = await owner.get('/api/v1/session').expect(200);
    expect(session.user).toMatchObject({ name: 'Ada Weber', locale: 'de', region: null, weekStartsOn: 7 });
    expect(await lastEntry(owner, 'profile.changed')).toMatchObject({ details: { fields: ['region'] } });
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ language: 'fr' }, 'language'],
    [{ region: 'gb' }, 'region'],
    [{ weekStartsOn: 2 }, 'weekStartsOn'],
    [{ timeZone: 'Mars/Base' }, 'timeZone'],
    [{ timeZone: '+02:00' }, 'timeZone'],
  ])('refuses %j and names the field', async (change, field) => {
    const { body } = await owner.patch('/api/v1/account/profile', change).expect(422);
    expect(JSON.stringify(body)).toContain(field);
  });

  it('has no name that misleads the readers of its invitations', async () => {
    const { body: before } = await owner.get('/api/v1/account/profile').expect(200);
    for (const name of [
      'Your account was hacked: go to https://evil.example/login now',
      'Olivia\r\nBcc: everybody@example.com',
      'Olivia \u202etraH',
      'Оlivia Hart',
    ]) {
      const { body } = await owner.patch('/api/v1/account/profile', { name }).expect(422);
      expect(body).toMatchObject({ code: 'account.name-invalid', field: 'name' });
    }
    expect((await owner.get('/api/v1/account/profile').expect(200)).body).toEqual(before);
  });

  it('chooses mails of its organisation: owners get all, others none, until they say otherwise', async () => {
    const partner = await api.aPartner(vendor);
    const partnerOwner = await api.signIn(partner, 'owner');
    const marketer = await api.signIn(partner, 'marketer');
    const choices = async (browser: Browser) =>
      Object.fromEntries(
        (await browser.get('/api/v1/account/notifications').expect(200)).body.items.map(
          ({ kind, delivery }: { kind: string; delivery: string }) => [kind, delivery],
        ),
      );
    expect(await choices(partnerOwner)).toMatchObject({ leads: 'at-once', sending: 'at-once' });
    expect(await choices(marketer)).toMatchObject({ leads: 'none', sending: 'none' });
    const items = [{ kind: 'leads', delivery: 'at-once' }];
    await marketer.patch('/api/v1/account/notifications', { items }).expect(200);
    expect(await choices(marketer)).toMatchObject({ leads: 'at-once', sending: 'none' });
    expect(await lastEntry(partnerOwner, 'notifications.changed')).toMatchObject({
      details: { fields: ['leads: at-once'] },
    });
    expect(Object.keys(await choices(owner))).toEqual([
      'reviews',
      'launches',
      'shared-leads',
      'expiring',
      'idle-partners',
      'partnerships',
      'saved-views',
      'weekly',
      'sending',
      'webhooks',
    ]);
    const { body } = await owner.patch('/api/v1/account/notifications', { items }).expect(422);
    expect(body).toMatchObject({ code: 'notification.kind-unknown' });
    expect(body.detail).toContain('sending, webhooks');
  });

  it('leaves its organisation: the session ends, and the team and the audit log know', async () => {
    const leaver = await api.signIn(vendor.vendorId, 'marketer');
    await leaver.patch('/api/v1/account/notifications', { items: [{ kind: 'sending', delivery: 'at-once' }] });
    const id = await organisationOf(leaver);
    await leaver.delete(`/api/v1/account/organisations/${id}`).expect(204);
    await leaver.get('/api/v1/campaigns').expect(403);
    const { body } = await owner.get('/api/v1/team').expect(200);
    expect(body.items.map(({ email }: { email: string }) => email)).not.toContain(leaver.email);
    expect(await lastEntry(owner, 'person.left')).toMatchObject({ actorName: 'marketer person' });
  });

  it('has left at once for keys, for older invitations and for mails that wait', async () => {
    const leaver = await api.signIn(vendor.vendorId, 'owner');
    const id = vendor.vendorId;
    const { body: made } = await leaver.post('/api/v1/api-keys', { name: 'Mine', role: 'owner' }).expect(201);
    await owner.post('/api/v1/team/invitations', { email: leaver.email, role: 'owner' }).expect(202);
    const post = api.app.get(SystemMail);
    const letter = { to: leaver.email, subject: 'News', text: 'News', html: '<p>News</p>', teamOf: id };
    const mailIds = [newId<Id<'system-mail'>>(), newId<Id<'system-mail'>>()];
    const send = async (mailId: string | undefined): Promise<number> => {
      let sent = 0;
      await post.deliver(mailId ?? '', () => {
        sent++;
        return Promise.resolve({ kind: 'accepted' });
      });
      return sent;
    };
    const system = systemActor('test');
    for (const mailId of mailIds)
      await api.app.get(Database).inTransaction(system, () => post.post(letter, { mailId }));
    expect(await send(mailIds[0])).toBe(1);
    await leaver.delete(`/api/v1/account/organisations/${id}`).expect(204);
    expect(await send(mailIds[1])).toBe(0);
    await api.http.get('/api/v1/team').set('authorization', `Bearer ${made.key}`).expect(401);
    const { body: open } = await owner.get('/api/v1/team/invitations').expect(200);
    expect(open.items).toEqual([]);
  });

  it('cannot leave as the last owner, nor an organisation in which it is not working', async () => {
    const other = await api.aVendor();
    const lone = await api.signIn(other.vendorId, 'owner');
    const { body } = await lone.delete(`/api/v1/account/organisations/${other.vendorId}`).expect(409);
    expect(body).toMatchObject({ code: 'team.last-owner' });
    await lone.delete(`/api/v1/account/organisations/${vendor.vendorId}`).expect(404);
  });

  it('leaves only after a confirmation', async () => {
    const leaver = await api.signIn(vendor.vendorId, 'analyst');
    await api.asOwner(`UPDATE identity.session SET confirmed_at = confirmed_at - interval '1 hour'`);
    await leaver.delete(`/api/v1/account/organisations/${vendor.vendorId}`).expect(403);
  });
});
