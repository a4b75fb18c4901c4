import { newId } from '#kernel';
import { CampaignNews, VersionNotifications } from '#activations';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

interface Letter {
  readonly recipient: string;
  readonly subject: string;
  readonly body_text: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('news of campaigns', () => {
  let stage: TestProduct;
  let names = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
  });
  beforeEach(async () => {
    stage.toWorkingHours();
    // What other tests have left is told, and longer ago than a day.
    await told();
    stage.api.clock.advance(2 * DAY_MS);
    await told();
    stage.api.clock.advance(2 * DAY_MS);
  });
  afterAll(() => stage.close());

  const published = async (changes: { opensOn?: string; groupId?: string } = {}): Promise<UploadedVersion> =>
    publish(stage.vendor, await wholeCampaign(`news-${names++}`), {
      partnerGroupIds: [changes.groupId ?? stage.vendor.groupId],
      opensOn: changes.opensOn ?? stage.day(0),
      closesOn: stage.day(30),
    });
  const letters = (): Promise<Letter[]> =>
    stage.api.asOwner<Letter>('DELETE FROM identity.system_mail RETURNING recipient, subject, body_text');
  /** What the partner Brightwater is told by now. */
  const told = async (): Promise<Letter[]> => {
    await stage.api.app.get(VersionNotifications, { strict: false }).notifyDue();
    await stage.api.app.get(CampaignNews, { strict: false }).notifyDue();
    return (await letters()).filter(({ recipient }) => recipient === 'bea@brightwater.example');
  };

  it('that were published to a partner come once, several in one mail, and at most once a day', async () => {
    const first = await published();
    await published();
    expect(await told()).toEqual([]);
    stage.api.clock.advance(6 * MINUTE_MS);
    const [letter, ...more] = await told();
    expect(more).toEqual([]);
    expect(letter?.subject).toBe('2 new campaigns for you');
    await published();
    stage.api.clock.advance(6 * MINUTE_MS);
    expect(await told()).toEqual([]);
    stage.api.clock.advance(DAY_MS);
    expect((await told()).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^New campaign from /)]);
    stage.api.clock.advance(2 * DAY_MS);
    expect(await told()).toEqual([]);
    expect(first.versionId).toBeDefined();
  });

  it('come on the first day of the launch period, with the way to the campaign', async () => {
    const { versionId } = await published({ opensOn: stage.day(1) });
    stage.api.clock.advance(6 * MINUTE_MS);
    expect(await told()).toEqual([]);
    stage.api.clock.advance(DAY_MS);
    await told();
    stage.api.clock.advance(6 * MINUTE_MS);
    const [letter] = await told();
    expect(letter?.body_text).toContain(`/offers/${versionId}`);
  });

  it('are notifications of the partner’s people, until they are read', async () => {
    const { versionId } = await published();
    const { owner } = stage.partner;
    const newest = async (): Promise<{ unread: number; item: { id: string; path: string } | undefined }> => {
      const { body } = await owner.get('/api/v1/notifications').expect(200);
      return { unread: body.unread, item: body.items[0] };
    };
    await told();
    await until(async () => (await newest()).item?.path === `/offers/${versionId}`, 'the news');
    const { unread, item } = await newest();
    expect(unread).toBeGreaterThan(0);
    expect(item).toMatchObject({ event: 'campaign-published', isUnread: true, by: expect.any(String) });
    const { body } = await owner.post('/api/v1/notifications/read', { ids: [item!.id] }).expect(200);
    expect(body.unread).toBe(unread - 1);
  });

  it('do not come to a partner of another group, or of a campaign that was stopped meanwhile', async () => {
    const group = { name: `Elsewhere ${names++}`, rule: { tiers: ['no such tier'] } };
    const { body } = await stage.vendor.editor.post('/api/v1/partner-groups', group).expect(201);
    await published({ groupId: (body as { id: string }).id });
    const { campaignId } = await published();
    await stage.vendor.editor.post(`/api/v1/campaigns/${campaignId}/stop-launches`).expect(200);
    stage.api.clock.advance(6 * MINUTE_MS);
    expect(await told()).toEqual([]);
  });

  it.each([
    ['retire', 'stopped', /^.+ has ended “.+”$/],
    // It can be reversed.
    ['recall', 'held', /^.+ has recalled “.+”$/],
  ])('come at once to partners that launched a campaign, with the reason: %s', async (verb, status, subject) => {
    const version = await published();
    const { id, path } = await stage.running(stage.partner.owner, {
      versionId: version.versionId,
      startAt: stage.inDays(5),
    });
    await told();
    const reason = 'Its price is wrong.';
    await stage.vendor.editor.post(`/api/v1/campaigns/${version.campaignId}/${verb}`, { reason }).expect(200);
    await until(async () => (await stage.partner.owner.get(path).expect(200)).body.status === status, status);
    const found: Letter[] = [];
    await until(async () => {
      found.push(...(await told()));
      return found.length > 0;
    }, 'the mail');
    expect(found).toHaveLength(1);
    expect(found[0]?.subject).toMatch(subject);
    expect(found[0]?.body_text).toContain(reason);
    expect(found[0]?.body_text).toContain(`/activations/${id}`);
    expect(await told()).toEqual([]);
  });

  it('of a review come to the approvers, and decisions to the person who submitted', async () => {
    const { editor, approver } = stage.vendor;
    const { body } = await editor
      .post('/api/v1/campaigns')
      .attach('package', await wholeCampaign(`news-${names++}`), 'package.zip')
      .expect(201);
    const path = `/api/v1/campaigns/${body.campaignId}/versions/1`;
    const subjects = async (): Promise<string[]> => (await letters()).map(({ subject }) => subject);
    await letters();
    await editor.post(`${path}/submit`).expect(200);
    expect(await subjects()).toContainEqual(expect.stringMatching(/^Please review “.+”, version 1$/));
    await approver.post(`${path}/return`, { comment: 'The price is wrong.' }).expect(200);
    const [returned, ...others] = await letters();
    expect(others).toEqual([]);
    expect(returned?.body_text).toContain('The price is wrong.');
    await editor.post(`${path}/submit`).expect(200);
    await letters();
    await approver.post(`${path}/approve`).expect(200);
    expect(await subjects()).toEqual([expect.stringMatching(/^Approved: /)]);
    const window = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
    await editor.post(`${path}/publish`, window).expect(200);
    // The author published it: nothing to tell.
    expect(await subjects()).toEqual([]);
  });

  describe('a request for review', () => {
    const draft = async (): Promise<string> => {
      const { body } = await stage.vendor.editor
        .post('/api/v1/campaigns')
        .attach('package', await wholeCampaign(`news-${names++}`), 'package.zip')
        .expect(201);
      await letters();
      return `/api/v1/campaigns/${body.campaignId}/versions/1`;
    };
    const reviewers = async (): Promise<{ id: string; name: string }[]> =>
      (await stage.vendor.editor.get('/api/v1/campaign-reviewers').expect(200)).body.items;

    it('goes to the chosen approver only, with the day, and stands on the version', async () => {
      const { editor, approver } = stage.vendor;
      const path = await draft();
      const { user } = (await approver.get('/api/v1/session').expect(200)).body;
      const chosen = (await reviewers()).find(({ id }) => id === user.id);
      const { body } = await editor.post(`${path}/submit`, { reviewerIds: [user.id], dueOn: stage.day(3) }).expect(200);
      expect(body).toMatchObject({ reviewers: [chosen], reviewDueOn: stage.day(3), submittedBy: expect.any(String) });
      const [letter, ...others] = await letters();
      expect(others).toEqual([]);
      expect(letter?.body_text).toContain('Please decide by');
      const { body: log } = await approver.get('/api/v1/audit-entries?limit=1').expect(200);
      expect(log.items[0].details).toMatchObject({ reviewers: [user.name], reviewDueOn: stage.day(3) });
    });

    it('waits for who is asked, is a notification of theirs until it is read, and is followed by the next task', async () => {
      const { editor, approver } = stage.vendor;
      const path = await draft();
      const [, campaignId] = /campaigns\/([^/]+)/.exec(path) ?? [];
      const waits = async (by: typeof editor): Promise<string[]> => {
        const { body } = await by.get('/api/v1/waiting-work').expect(200);
        const versions: { campaignId: string; kind: string }[] = body.versions;
        return versions.filter((one) => one.campaignId === campaignId).map(({ kind }) => kind);
      };
      await editor.post(`${path}/submit`).expect(200);
      expect(await waits(approver)).toEqual(['review']);
      expect(await waits(editor)).toEqual([]);
      const { body: news } = await approver.get('/api/v1/notifications').expect(200);
      expect(news.items[0]).toMatchObject({
        event: 'submitted',
        isUnread: true,
        path: `/campaigns/${campaignId}/versions/1`,
      });
      const { body: read } = await approver.post('/api/v1/notifications/read', {}).expect(200);
      expect(read.unread).toBe(0);
      await approver.post(`${path}/return`, { comment: 'The price is wrong.' }).expect(200);
      expect(await waits(editor)).toEqual(['returned']);
      const { body: returned } = await editor.get('/api/v1/notifications').expect(200);
      expect(returned.items[0]).toMatchObject({ event: 'returned', isUnread: true });
      await editor.post(`${path}/submit`).expect(200);
      await approver.post(`${path}/approve`).expect(200);
      expect(await waits(editor)).toEqual(['publish']);
      expect(await waits(approver)).toEqual([]);
    });

    it('sends no mail to a person who has turned such mails off', async () => {
      const { editor, approver } = stage.vendor;
      const choose = (delivery: string) =>
        approver.patch('/api/v1/account/notifications', { items: [{ kind: 'reviews', delivery }] }).expect(200);
      const path = await draft();
      await choose('none');
      await editor.post(`${path}/submit`).expect(200);
      expect((await letters()).filter(({ recipient }) => recipient === approver.email)).toEqual([]);
      await choose('at-once');
    });

    it('is withdrawn: the version is a draft, an approval is void, and who was asked is told', async () => {
      const { editor, approver } = stage.vendor;
      const path = await draft();
      await editor.post(`${path}/submit`).expect(200);
      await approver.post(`${path}/approve`).expect(200);
      await letters();
      const { body } = await editor.post(`${path}/withdraw`).expect(200);
      expect(body).toMatchObject({ status: 'draft', submittedAt: null, approvedAt: null, reviewers: [] });
      expect((await letters()).map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/^Withdrawn: /));
      const again = await editor.post(`${path}/withdraw`).expect(409);
      expect(again.body.code).toBe('campaign-version.not-submitted');
    });

    it('is refused for people who may not approve, for the submitter, and for a past day', async () => {
      const { editor } = stage.vendor;
      const path = await draft();
      const refused = async (body: object, status = 422): Promise<string> =>
        (await editor.post(`${path}/submit`, body).expect(status)).body.code;
      expect(await refused({ reviewerIds: [newId()] })).toBe('review.reviewer-unknown');
      expect(await refused({ dueOn: stage.day(-1) })).toBe('review.due-past');
      const { body } = await editor.get('/api/v1/session').expect(200);
      const isApprover = (await reviewers()).some(({ id }) => id === body.user.id);
      expect(await refused({ reviewerIds: [body.user.id] })).toBe(
        isApprover ? 'review.own-review' : 'review.reviewer-unknown',
      );
    });
  });
});
