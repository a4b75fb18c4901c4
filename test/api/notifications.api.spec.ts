import { CampaignNews, VendorNews, VersionNotifications } from '#activations';
import { WeeklySummaries } from '#insight';
import type { Browser } from '../support/api.js';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

interface Letter {
  readonly recipient: string;
  readonly subject: string;
  readonly body_text: string;
  readonly body_html: string;
  readonly unsubscribe_url: string | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('notifications', () => {
  let stage: TestProduct;
  let owner: Browser;
  let names = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    owner = stage.partner.owner;
  });
  beforeEach(async () => {
    stage.toWorkingHours();
    await announced();
    stage.api.clock.advance(2 * DAY_MS);
    await announced();
    stage.api.clock.advance(2 * DAY_MS);
    await choose('campaigns', { delivery: 'at-once', inApp: true });
  });
  afterAll(() => stage.close());

  const letters = (): Promise<Letter[]> =>
    stage.api.asOwner<Letter>(
      'DELETE FROM identity.system_mail RETURNING recipient, subject, body_text, body_html, unsubscribe_url',
    );
  const choose = (kind: string, change: { delivery?: string; inApp?: boolean }) =>
    owner.patch('/api/v1/account/notifications', { items: [{ kind, ...change }] }).expect(200);
  const published = async (posts = false): Promise<UploadedVersion> =>
    publish(stage.vendor, await wholeCampaign(`notified-${names++}`, undefined, { posts }), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(60),
    });
  const campaign = async (posts = false): Promise<string> => (await published(posts)).versionId;
  /** E-mails to the owner about campaigns, after all that is due was told. */
  const announced = async (): Promise<Letter[]> => {
    await stage.api.app.get(VersionNotifications, { strict: false }).notifyDue();
    stage.api.clock.advance(6 * MINUTE_MS);
    await stage.api.app.get(CampaignNews, { strict: false }).notifyDue();
    return (await letters()).filter(({ recipient }) => recipient === owner.email);
  };
  const listed = async (versionId: string): Promise<boolean> => {
    const { body } = await owner.get('/api/v1/notifications?limit=100').expect(200);
    return body.items.some(({ path }: { path: string }) => path === `/offers/${versionId}`);
  };
  const settingOf = async (kind: string): Promise<{ delivery: string; inApp: boolean }> => {
    const { body } = await owner.get('/api/v1/account/notifications').expect(200);
    return body.items.find((one: { kind: string }) => one.kind === kind);
  };
  const toMonday = (): void => {
    stage.api.clock.advance(DAY_MS);
    while (stage.api.clock.now().getUTCDay() !== 1) stage.api.clock.advance(DAY_MS);
  };

  it('of a new campaign come once by e-mail, in the partner’s brand, with picture, reason and settings', async () => {
    const versionId = await campaign(true);
    const [letter, ...more] = await announced();
    expect(more).toEqual([]);
    expect(letter!.body_html).toContain(`/offers/${versionId}`);
    expect(letter!.body_text).toContain('What it has: ');
    expect(letter!.body_text).toContain(letter!.unsubscribe_url);
    expect(letter!.body_text).toMatch(/This e-mail goes to |You chose to get /);
    const picture = /src="([^"]+\/n\/pictures\/[^"]+)"/.exec(letter!.body_html)![1]!;
    const drawn = await stage.api.http.get(new URL(picture).pathname).expect(200);
    expect(drawn.headers['content-type']).toBe('image/jpeg');
    expect(await listed(versionId)).toBe(true);
    await stage.api.app.get(CampaignNews, { strict: false }).recordAvailable();
    stage.api.clock.advance(2 * DAY_MS);
    expect(await announced()).toEqual([]);
  });

  it('of a kind stop by one click of the mail program without a sign-in, and only of this kind', async () => {
    await campaign();
    const [letter] = await announced();
    const { pathname } = new URL(letter!.unsubscribe_url!);
    const others = await settingOf('versions');
    const page = await stage.api.http.get(pathname).expect(200);
    expect(page.text).toContain('New campaigns');
    expect(await settingOf('campaigns')).toMatchObject({ delivery: 'at-once' });
    await stage.api.http.post(pathname).type('form').send({ 'List-Unsubscribe': 'One-Click' }).expect(200);
    expect(await settingOf('campaigns')).toMatchObject({ delivery: 'none', inApp: true });
    expect(await settingOf('versions')).toEqual(others);
    stage.api.clock.advance(2 * DAY_MS);
    const versionId = await campaign();
    expect(await announced()).toEqual([]);
    expect(await listed(versionId)).toBe(true);
    const saved = await stage.api.http.post(pathname).type('form').send({ delivery: 'weekly' }).expect(200);
    expect(saved.text).toContain('in the weekly summary');
    expect(await settingOf('campaigns')).toMatchObject({ delivery: 'weekly' });
  });

  it('are refused with a damaged link, and as weekly where that cannot be', async () => {
    await stage.api.http.get('/n/AAAA').expect(404);
    await stage.api.http.post('/n/AAAA').expect(404);
    await stage.api.http.get('/n/pictures/AAAA').expect(404);
    const items = [{ kind: 'sending', delivery: 'weekly' }];
    const { body } = await owner.patch('/api/v1/account/notifications', { items }).expect(422);
    expect(body.code).toBe('notification.delivery-unknown');
    expect(body.detail).toContain('at-once, none');
  });

  it('that are wanted weekly come once on Monday, with what waits; an empty week brings no e-mail', async () => {
    const summaries = stage.api.app.get(WeeklySummaries, { strict: false });
    await choose('campaigns', { delivery: 'weekly' });
    const versionId = await campaign();
    const ended = await published();
    expect(await announced()).toEqual([]);
    await stage.vendor.editor.post(`/api/v1/campaigns/${ended.campaignId}/stop-launches`).expect(200);
    await stage.api.app.get(CampaignNews, { strict: false }).recordAvailable();
    toMonday();
    // A zone of another person that PostgreSQL does not know stops no summary.
    await stage.api.asOwner(
      `UPDATE identity.user_account SET time_zone = 'Mars/Base' WHERE email = '${stage.vendor.editor.email}'`,
    );
    const weekly = async (): Promise<Letter[]> => {
      while (await summaries.sendDue());
      return (await letters()).filter(({ recipient }) => recipient === owner.email);
    };
    const [letter, ...more] = await weekly();
    expect(more).toEqual([]);
    await stage.api.asOwner('UPDATE identity.user_account SET time_zone = NULL');
    expect(letter!.subject).toMatch(/^Your week at /);
    expect(letter!.body_text).toContain('News: New campaign from ');
    expect(letter!.body_html).toContain(`/offers/${versionId}`);
    expect(letter!.body_html).not.toContain(`/offers/${ended.versionId}`);
    expect(await weekly()).toEqual([]);
    await choose('weekly', { delivery: 'none' });
    stage.api.clock.advance(7 * DAY_MS);
    expect(await weekly()).toEqual([]);
    await choose('weekly', { delivery: 'weekly' });
  });

  it('are not shown to a person who turned the kind off in the portal, nor to other people', async () => {
    await choose('campaigns', { delivery: 'none', inApp: false });
    const versionId = await campaign();
    await announced();
    expect(await listed(versionId)).toBe(false);
    const [mine] = (await owner.get('/api/v1/notifications?limit=1').expect(200)).body.items;
    const other = stage.vendor.editor;
    await other.post('/api/v1/notifications/read', { ids: [mine.id] }).expect(200);
    expect((await owner.get('/api/v1/notifications?limit=1').expect(200)).body.items[0]).toEqual(mine);
  });

  it('are marked as read one by one, as unread again, and all at once', async () => {
    await campaign();
    await announced();
    const first = async () => (await owner.get('/api/v1/notifications?limit=1').expect(200)).body;
    const { unread, items } = await first();
    const ids = [items[0].id];
    const mark = (body: object) => owner.post('/api/v1/notifications/read', body).expect(200);
    expect((await mark({ ids })).body.unread).toBe(unread - 1);
    expect((await mark({ ids, isRead: false })).body.unread).toBe(unread);
    expect((await mark({})).body.unread).toBe(0);
  });

  it('of a campaign come to a partner that joins its group later', async () => {
    const { body: group } = await stage.vendor.editor
      .post('/api/v1/partner-groups', { name: `Later ${names++}`, rule: { tiers: ['no such tier'] } })
      .expect(201);
    const { versionId } = await publish(stage.vendor, await wholeCampaign(`notified-${names++}`), {
      partnerGroupIds: [group.id],
      opensOn: stage.day(0),
      closesOn: stage.day(60),
    });
    await announced();
    expect(await listed(versionId)).toBe(false);
    await stage.api.asOwner(`UPDATE organisations.partner_group SET rule = '{}' WHERE id = '${group.id}'`);
    await stage.api.app.get(CampaignNews, { strict: false }).recordAvailable();
    expect(await listed(versionId)).toBe(true);
    expect((await announced()).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^New campaign from /)]);
    const regroup = async (rule: string): Promise<void> => {
      await stage.api.asOwner(`UPDATE organisations.partner_group SET rule = '${rule}' WHERE id = '${group.id}'`);
      await stage.api.app.get(CampaignNews, { strict: false }).recordAvailable();
      stage.api.clock.advance(2 * DAY_MS);
    };
    await regroup('{"tiers":["no such tier"]}');
    expect(await listed(versionId)).toBe(false);
    await regroup('{}');
    expect(await listed(versionId)).toBe(true);
    expect(await announced()).toEqual([]);
  });

  describe('of a vendor’s team', () => {
    const events = async (by: Browser): Promise<string[]> => {
      const { body } = await by.get('/api/v1/notifications?limit=100').expect(200);
      return body.items.map(({ event }: { event: string }) => event);
    };
    const tell = async (): Promise<void> => stage.api.app.get(VendorNews, { strict: false }).tellDue();

    it('tell of the first launch of a campaign once, half an hour later, and of its end a week before', async () => {
      const vendorOwner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
      const versionId = await campaign();
      await stage.running(owner, { versionId });
      await tell();
      expect(await events(vendorOwner)).not.toContain('first-launch');
      stage.api.clock.advance(31 * MINUTE_MS);
      await letters();
      await tell();
      await tell();
      expect((await events(vendorOwner)).filter((event) => event === 'first-launch')).toHaveLength(1);
      const first = (await letters()).filter(({ recipient }) => recipient === vendorOwner.email);
      expect(first.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^First launch of “/)]);
      expect(await events(vendorOwner)).not.toContain('campaign-expiring');
      stage.api.clock.advance(54 * DAY_MS);
      await tell();
      await tell();
      expect((await events(vendorOwner)).filter((event) => event === 'campaign-expiring')).not.toEqual([]);
    });

    it('tell on Mondays of partners that have launched nothing for two weeks', async () => {
      const vendorOwner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
      await stage.aCompletePartner();
      stage.api.clock.advance(15 * DAY_MS);
      toMonday();
      await tell();
      const { body } = await vendorOwner.get('/api/v1/notifications?limit=100').expect(200);
      const idle = body.items.find(({ event }: { event: string }) => event === 'partners-idle');
      expect(idle).toMatchObject({ kind: 'idle-partners', path: '/partners' });
      expect(idle.number).toBeGreaterThan(0);
    });

    it('tell the person who submitted a version of comments on it, and not the person who comments', async () => {
      const { editor, approver } = stage.vendor;
      const { body } = await editor
        .post('/api/v1/campaigns')
        .attach('package', await wholeCampaign(`notified-${names++}`), 'package.zip')
        .expect(201);
      const path = `/api/v1/campaigns/${body.campaignId}/versions/1`;
      await editor.post(`${path}/submit`).expect(200);
      await letters();
      await approver.post(`${path}/comments`, { text: 'Is the price right?' }).expect(201);
      const [letter, ...more] = await letters();
      expect(more).toEqual([]);
      expect(letter).toMatchObject({ recipient: editor.email });
      expect(letter!.body_text).toContain('Is the price right?');
      expect((await events(editor))[0]).toBe('commented');
    });
  });
});
