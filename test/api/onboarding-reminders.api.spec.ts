import pg from 'pg';
import { OnboardingReminders } from '#activations';
import { Accounts } from '#identity';
import { DAY_MS, systemActor } from '#kernel';
import type { MailSink } from '../support/mail-sink.js';
import { openTestProduct, type TestPartner, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const SETTINGS = { isOn: true, firstAfterDays: 7, againAfterDays: 14, holdOutPercent: 0, dailyLimit: 1000 };
const PATH = '/api/v1/onboarding-reminders';

interface Reminded {
  readonly partnerId: string;
  readonly state: string;
  readonly sent: number;
  readonly nextAt: string | null;
}

describe('reminders of the first launch', () => {
  let stage: TestProduct;

  beforeAll(async () => {
    stage = await openTestProduct({}, { notifications: 2 });
  });
  beforeEach(() => save({}));
  afterAll(() => stage.close());

  const save = async (changes: object): Promise<void> => {
    await stage.vendor.editor.put(PATH, { ...SETTINGS, ...changes }).expect(200);
  };
  /** Moves the calendar, and sends what is due. */
  const after = async (days: number): Promise<void> => {
    stage.api.clock.advance(days * DAY_MS);
    await remind();
  };
  const remind = () => stage.api.app.get(OnboardingReminders, { strict: false }).remindDue();
  const aPartner = (name: string): Promise<TestPartner> => stage.aCompletePartner(stage.vendor, { name });
  const listed = async (query = ''): Promise<Reminded[]> =>
    (await stage.vendor.editor.get(`${PATH}/partners?limit=200${query}`).expect(200)).body.items;
  const stateOf = async ({ id }: { readonly id: string }): Promise<Reminded | undefined> =>
    (await listed()).find(({ partnerId }) => partnerId === id);
  const settingsLink = (mail: MailSink['mails'][number] | undefined): string =>
    /^List-Unsubscribe:\s+<([^>]+)>/m.exec(mail?.raw.toString() ?? '')?.[1] ?? '';
  const doneOf = async ({ id }: TestPartner): Promise<string[]> => {
    const [row] = await stage.api.asOwner<{ done_steps: string[] }>(
      'SELECT done_steps FROM activations.onboarding_reminder WHERE partner_id = $1',
      [id],
    );
    return row?.done_steps ?? [];
  };
  const waits = async (): Promise<boolean> => {
    const waiting = await stage.api.asOwner(
      `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory'
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return waiting.length > 0;
  };
  const reads = ({ owner }: TestPartner) => owner.post('/api/v1/notifications/read', {});

  it('come by e-mail with what is open, why it came and one-click settings; ignored twice, they end', async () => {
    const partner = await aPartner('Quiet');
    const { email } = partner.owner;
    await after(6);
    expect(await stateOf(partner)).toBeUndefined();
    await after(2);
    const [mail] = await stage.mailTo(email);
    expect(mail?.subject).toBe('Your first campaign with Northwind Systems');
    expect(mail?.text).toContain('Import contacts from a CSV file or your CRM');
    expect(mail?.text).not.toContain('Complete your brand');
    expect(mail?.text?.replace(/\s+/g, ' ')).toContain('This e-mail goes to the owners of Quiet.');
    expect(mail?.raw.toString()).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    expect(settingsLink(mail)).toMatch(/\/n\//);
    await remind();
    expect(await stateOf(partner)).toMatchObject({ state: 'waiting', sent: 1 });

    await after(14);
    await stage.mailTo(email, 2);
    await after(14);
    expect(await stateOf(partner)).toMatchObject({ state: 'ignored', sent: 2, nextAt: null });
    await after(30);
    expect(stage.mails.to(email)).toHaveLength(2);
  });

  it('go on while somebody looks, four times at most', async () => {
    const partner = await aPartner('Looking');
    await after(8);
    for (let sent = 1; sent < 4; sent++) {
      stage.api.clock.advance(DAY_MS);
      await reads(partner).expect(200);
      await after(14);
      expect(await stateOf(partner)).toMatchObject({ state: 'waiting', sent: sent + 1 });
    }
    stage.api.clock.advance(DAY_MS);
    await reads(partner).expect(200);
    await after(14);
    expect(await stateOf(partner)).toMatchObject({ state: 'enough', sent: 4 });
  });

  it('end with the first launch, and when the list is hidden', async () => {
    const [launched, hidden] = [await aPartner('Launched'), await aPartner('Hidden')];
    await after(8);
    expect(await stateOf(launched)).toMatchObject({ state: 'waiting', sent: 1 });
    stage.toWorkingHours();
    await stage.agreeToServers(launched.owner);
    const { id: listId } = await stage.aList(launched.owner);
    await stage.launch(launched.owner, { versionId: stage.campaign.versionId, listId }).expect(201);
    await hidden.owner.post('/api/v1/onboarding/hidden').expect(204);
    await after(1);
    expect(await stateOf(launched)).toMatchObject({ state: 'launched', nextAt: null });
    await after(14);
    expect(await stateOf(hidden)).toMatchObject({ state: 'hidden', sent: 1 });
    expect(await stateOf(launched)).toMatchObject({ state: 'launched', sent: 1 });
  });

  it('leave the weekly summary when the first launch is found as the next one is due', async () => {
    const partner = await aPartner('Weekly');
    const items = [{ kind: 'onboarding', delivery: 'weekly' }];
    await partner.owner.patch('/api/v1/account/notifications', { items }).expect(200);
    stage.api.clock.advance(8 * DAY_MS);
    // Now: a later day could be after the summary of a Monday.
    stage.toWorkingHours();
    await remind();
    const waiting = () =>
      stage.api.asOwner(
        `SELECT id FROM notifications.notification
         WHERE organisation_id = $1 AND event = 'onboarding-reminder' AND mailed_at IS NULL`,
        [partner.id],
      );
    expect(await waiting()).toHaveLength(1);
    await stage.agreeToServers(partner.owner);
    const { id: listId } = await stage.aList(partner.owner);
    await stage.launch(partner.owner, { versionId: stage.campaign.versionId, listId }).expect(201);
    await stage.api.asOwner('UPDATE activations.onboarding_reminder SET next_at = due_at WHERE partner_id = $1', [
      partner.id,
    ]);
    await remind();
    expect(await stateOf(partner)).toMatchObject({ state: 'launched', nextAt: null });
    expect(await waiting()).toEqual([]);
  });

  it('end for a partner whose people take no such e-mails', async () => {
    const partner = await aPartner('Refusing');
    await after(8);
    const [mail] = await stage.mailTo(partner.owner.email);
    const { pathname } = new URL(settingsLink(mail));
    await stage.api.http.post(pathname).type('form').send({ 'List-Unsubscribe': 'One-Click' }).expect(200);
    await after(14);
    expect(await stateOf(partner)).toMatchObject({ state: 'refused', sent: 1, nextAt: null });
    expect(stage.mails.to(partner.owner.email)).toHaveLength(1);
  });

  it('come to a person once in seven days, for all of its organisations', async () => {
    const [one, other] = [await aPartner('One of two'), await stage.api.aPartner(stage.vendor, { name: 'Two of two' })];
    const { email } = one.owner;
    const [user] = await stage.api.asOwner<{ id: never }>('SELECT id FROM identity.user_account WHERE email = $1', [
      email,
    ]);
    await stage.api.app.get(Accounts).assign(systemActor('test'), user!.id, other, 'owner');
    await after(8);
    await stage.mailTo(email);
    const states = [await stateOf(one), await stateOf({ id: other })];
    expect(states.map((state) => state?.sent).sort()).toEqual([0, 1]);
    await after(8);
    await stage.mailTo(email, 2);
    expect([await stateOf(one), await stateOf({ id: other })].map((state) => state?.sent)).toEqual([1, 1]);
  });

  it('wait for a reminder that another process posts to the same person', async () => {
    const partner = await aPartner('Raced');
    const { email } = partner.owner;
    const [user] = await stage.api.asOwner<{ id: string }>('SELECT id FROM identity.user_account WHERE email = $1', [
      email,
    ]);
    const other = new pg.Client({ connectionString: stage.api.ownerUrl });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `onboarding reminder of ${user!.id}`,
      ]);
      let isDone = false;
      const reminding = after(8).then(() => (isDone = true));
      await until(async () => isDone || (await waits()), 'the reminder');
      expect(isDone).toBe(false);
      await other.query('COMMIT');
      await reminding;
    } finally {
      await other.end();
    }
    expect(await stateOf(partner)).toMatchObject({ sent: 1 });
  });

  it('are no more in a day than the vendor has set', async () => {
    const partners = [await aPartner('First'), await aPartner('Second')];
    await save({ dailyLimit: 1 });
    stage.api.clock.advance(8 * DAY_MS);
    const sentOfBoth = async () => {
      await remind();
      const states = await Promise.all(partners.map(stateOf));
      return states.reduce((sum, state) => sum + (state?.sent ?? 0), 0);
    };
    // Others are due, too: at most one of all is reminded.
    expect(await sentOfBoth()).toBeLessThanOrEqual(1);
    const before = (await listed()).reduce((sum, { sent }) => sum + sent, 0);
    await sentOfBoth();
    expect((await listed()).reduce((sum, { sent }) => sum + sent, 0)).toBe(before);
  });

  it('are held back from a share of partners, whose launches are compared with those of the others', async () => {
    await save({ holdOutPercent: 50 });
    const partners = await Promise.all(Array.from({ length: 16 }, (_, index) => aPartner(`Drawn ${index}`)));
    await after(8);
    const drawn = await Promise.all(partners.map(stateOf));
    const heldOut = partners.filter((_, index) => drawn[index]?.state === 'held-out');
    const reminded = partners.filter((_, index) => drawn[index]?.state === 'waiting');
    expect(heldOut.length + reminded.length).toBe(16);
    // All of one group has the probability 2 to the power of -15.
    expect(Math.min(heldOut.length, reminded.length)).toBeGreaterThan(0);
    const [launching] = reminded;
    stage.toWorkingHours();
    await stage.agreeToServers(launching!.owner);
    const { id: listId } = await stage.aList(launching!.owner);
    await stage.launch(launching!.owner, { versionId: stage.campaign.versionId, listId }).expect(201);
    await after(1);

    const { body } = await stage.vendor.editor.get(PATH).expect(200);
    expect(body.effect[0]).toMatchObject({
      step: 'launch',
      reminded: { partners: reminded.length, done: 1 },
      heldOut: { partners: heldOut.length, done: 0 },
    });
    expect(body.effect[0].difference.estimate).toBeCloseTo(1 / reminded.length, 10);
    expect(body.effect[0].difference.from).toBeLessThan(0);
    await save({ holdOutPercent: 40 });
    await after(14);
    expect((await Promise.all(heldOut.map(stateOf))).map((state) => state?.state)).toEqual(
      heldOut.map(() => 'held-out'),
    );
    for (const { owner } of heldOut) expect(stage.mails.to(owner.email)).toEqual([]);
    // What a partner does later than 28 days after it became due does not count.
    const late = reminded[1] ?? heldOut[0]!;
    expect(await doneOf(launching!)).toEqual(['launch']);
    await after(20);
    const { id: lateListId } = await stage.aList(late.owner);
    stage.toWorkingHours();
    await stage.agreeToServers(late.owner);
    await stage.launch(late.owner, { versionId: stage.campaign.versionId, listId: lateListId }).expect(201);
    await after(1);
    expect(await doneOf(late)).toEqual([]);
    // Another share begins a new comparison.
    const again = await stage.vendor.editor.get(PATH).expect(200);
    expect(again.body.effect[0]).toMatchObject({ reminded: { partners: 0 }, difference: null });
  });

  it('come from no vendor that has not turned them on, and each change is in its audit log', async () => {
    await save({ isOn: false });
    const partner = await aPartner('Nobody asks');
    await after(8);
    expect(await stateOf(partner)).toBeUndefined();
    const owner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    const { body } = await owner.get('/api/v1/audit-entries?limit=50').expect(200);
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          action: 'onboarding-reminders.changed',
          details: expect.objectContaining({ isOn: false, holdOutPercent: 0 }),
        }),
      ]),
    );
    await stage.vendor.editor.put(PATH, { ...SETTINGS, againAfterDays: 3 }).expect(422);
    const other = await stage.api.aVendor('Contoso');
    const stranger = await stage.api.signIn(other.vendorId, 'owner');
    expect((await stranger.get(`${PATH}/partners`).expect(200)).body.items).toEqual([]);
    expect((await stranger.get(PATH).expect(200)).body).toMatchObject({ isOn: false, measuredSince: null });
  });
});
