import type { TeamInvitationView } from '#contracts';
import { Database } from '#database';
import { PartnerInvitations } from '#identity';
import { type InvitationId, systemActor, DAY_MS } from '#kernel';
import { type Browser, createTestApi, PASSWORD, type TestApi, type TestVendor } from '../support/api.js';

const PATH = '/api/v1/team/invitations';

describe('an invitation into a team', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let owner: Browser;
  let count = 0;

  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
  });
  beforeEach(async () => {
    owner = await api.signIn(vendor.vendorId, 'owner');
  });
  afterAll(() => api.close());

  const invite = async (role = 'marketer', by = owner): Promise<TeamInvitationView> => {
    const email = `colleague-${++count}@example.com`;
    await by.post(PATH, { email, role }).expect(202);
    return (await open(by)).find((one) => one.email === email)!;
  };
  const open = async (by = owner): Promise<TeamInvitationView[]> =>
    ((await by.get(PATH).expect(200)).body as { items: TeamInvitationView[] }).items;
  /** Links that were sent to an address, oldest first. */
  const tokens = async (email: string): Promise<string[]> => {
    const mails = await api.asOwner<{ text: string }>(
      'SELECT body_text AS text FROM identity.system_mail WHERE recipient = $1 ORDER BY id',
      [email],
    );
    return mails.map(({ text }) => /\/invitation\/([\w-]+)/.exec(text)![1]!);
  };
  const accept = (token: string) =>
    api.http.post(`/api/v1/invitations/${token}/accept`).send({ name: 'Colleague', password: PASSWORD });
  const actions = async (id: string): Promise<string[]> =>
    (
      await api.asOwner<{ action: string }>('SELECT action FROM audit.entry WHERE subject_id = $1 ORDER BY id', [id])
    ).map(({ action }) => action);

  it('stands there until it is accepted, with its role, its sender and what became of its mail', async () => {
    const { id, email } = await invite('analyst');
    const [shown] = await open();
    expect(shown).toMatchObject({
      id,
      email,
      role: 'analyst',
      sentBy: 'owner person',
      hasExpired: false,
      mail: 'on-its-way',
    });
    const analyst = await api.signIn(vendor.vendorId, 'analyst');
    expect((await open(analyst)).map((one) => one.id)).toContain(id);
    await accept((await tokens(email))[0]!).expect(200);
    expect((await open()).map((one) => one.id)).not.toContain(id);
  });

  it('that is sent again has a new link and fourteen days more, and the one before leads nowhere', async () => {
    const first = await invite();
    api.clock.advance(15 * DAY_MS);
    owner = await api.signIn(vendor.vendorId, 'owner');
    expect(await open()).toContainEqual(expect.objectContaining({ id: first.id, hasExpired: true }));
    await owner.post(`${PATH}/${first.id}/resend`).expect(202);
    const again = (await open()).filter(({ email }) => email === first.email);
    expect(again).toMatchObject([{ role: 'marketer', hasExpired: false }]);
    const [before, after] = await tokens(first.email);
    await accept(before!).expect(410);
    await accept(after!).expect(200);
    expect(await actions(first.id)).toEqual(['person.invited', 'invitation.voided']);
  });

  it('does not take its only owner from an organisation', async () => {
    const lonely = await api.aVendor('Lonely');
    const only = await api.signIn(lonely.vendorId, 'owner');
    await only.post(PATH, { email: only.email, role: 'analyst' }).expect(202);
    const [token] = await tokens(only.email);
    const { body } = await accept(token!).expect(409);
    expect(body.code).toBe('team.last-owner');
    expect((await only.get('/api/v1/team').expect(200)).body.items).toMatchObject([{ role: 'owner' }]);
    // It waits until there is another.
    await api.signIn(lonely.vendorId, 'owner');
    await accept(token!).expect(200);
  });

  it('that is withdrawn leads nowhere, and can neither be sent nor withdrawn again', async () => {
    const { id, email } = await invite();
    await owner.delete(`${PATH}/${id}`).expect(204);
    await accept((await tokens(email))[0]!).expect(410);
    expect((await open()).map((one) => one.id)).not.toContain(id);
    expect((await owner.delete(`${PATH}/${id}`).expect(404)).body.code).toBe('invitation.not-found');
    await owner.post(`${PATH}/${id}/resend`).expect(404);
    expect(await actions(id)).toEqual(['person.invited', 'invitation.voided']);
  });

  it('to an address that has one replaces it, however the address is written', async () => {
    const { email } = await invite('analyst');
    await owner.post(PATH, { email: email.toUpperCase(), role: 'owner' }).expect(202);
    const same = (await open()).filter((one) => one.email.toLowerCase() === email);
    expect(same.map(({ role }) => role)).toEqual(['owner']);
    await accept((await tokens(email))[0]!).expect(410);
  });

  it('sent twice at once leaves one link', async () => {
    const email = `colleague-${++count}@example.com`;
    await Promise.all([1, 2].map(() => owner.post(PATH, { email, role: 'marketer' }).expect(202)));
    expect((await open()).filter((one) => one.email === email)).toHaveLength(1);
  });

  it('goes five times a day to one address, and the sixth is refused with the time of the next', async () => {
    const { id: first, email } = await invite();
    let id = first;
    for (let sent = 1; sent < 5; sent++) {
      await owner.post(`${PATH}/${id}/resend`).expect(202);
      id = (await open()).find((one) => one.email === email)!.id;
    }
    const { body } = await owner.post(`${PATH}/${id}/resend`).expect(429);
    expect(body.code).toBe('invitation.too-many');
    expect(body.detail).toContain(body.details.retryAt);
    expect((await open()).map((one) => one.id)).toContain(id);
    await invite();
  });

  it('that came back says so, to its team and in its audit log', async () => {
    const { id } = await invite();
    const invitations = api.app.get(PartnerInvitations, { strict: false });
    const actor = systemActor('test');
    const database = api.app.get(Database, { strict: false });
    await database.inTransaction(actor, () =>
      invitations.recordBounce(actor, id as InvitationId, '5.1.1 no such person'),
    );
    expect((await open()).find((one) => one.id === id)).toMatchObject({
      mail: 'bounced',
      refusal: '5.1.1 no such person',
    });
    const { body } = await owner.get('/api/v1/audit-entries').expect(200);
    expect(body.items[0]).toMatchObject({ action: 'invitation.bounced', subjectId: id });
  });

  it('is its own team’s alone, and an owner’s to send, repeat and withdraw', async () => {
    const { id } = await invite();
    const others = await api.aVendor('Others');
    const stranger = await api.signIn(others.vendorId, 'owner');
    await stranger.post(`${PATH}/${id}/resend`).expect(404);
    await stranger.delete(`${PATH}/${id}`).expect(404);
    expect(await open(stranger)).toEqual([]);
    const marketer = await api.signIn(vendor.vendorId, 'marketer');
    await marketer.post(`${PATH}/${id}/resend`).expect(403);
    await marketer.delete(`${PATH}/${id}`).expect(403);
  });
});
