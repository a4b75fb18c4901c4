import { CampaignNews, VendorNews } from '#activations';
import { withClient } from '../../support/database.js';
import { stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';
import { type Ending, published, running, WAITS } from './ends.js';

/** The last day of a campaign, and the end of launches. */
export function lastDaysCases(): void {
  describe('on its last day', () => {
    const lifetimeOf = (campaignId: string) => `/api/v1/campaigns/${campaignId}/lifetime`;
    const days = { reviewOn: null, expiresOn: null, pagesAfterEnd: 'leads' };
    /** The clock of the product is shared: the day is moved instead. */
    const endIn = (campaignId: string, ahead: number) =>
      stage.api.asOwner('UPDATE campaigns.lifetime SET expires_on = $2 WHERE campaign_id = $1', [
        campaignId,
        stage.day(ahead),
      ]);

    it('stops it, and its page accepts leads or shows a notice, as the vendor chose', async () => {
      const version = await published();
      const { path, pagePath } = await stage.running(stage.partner.owner, {
        versionId: version.versionId,
        startAt: stage.inDays(5),
      });
      const save = (body: object) => stage.vendor.editor.put(lifetimeOf(version.campaignId), { ...days, ...body });
      expect((await save({ expiresOn: '2020-01-01' }).expect(422)).body.code).toBe('lifetime.ends-in-the-past');
      await save({ expiresOn: stage.day(3) }).expect(200);
      await endIn(version.campaignId, -1);
      stage.wake('end expired campaigns');
      await until(async () => (await stage.partner.owner.get(path)).body.status === 'stopped', 'its end');
      expect((await stage.partner.owner.get(path)).body.vendorEnd).toMatchObject({
        status: 'retired',
        reason: null,
        code: 'last-day',
      });
      const { body: ended } = await stage.vendor.editor.get(`/api/v1/campaigns/${version.campaignId}`).expect(200);
      expect(ended.versions[0]).toMatchObject({ endedReason: null, endedCode: 'last-day' });
      const vendorOwner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
      for (const reader of [stage.partner.owner, vendorOwner]) {
        const isTold = async (): Promise<boolean> => {
          await stage.api.app.get(VendorNews, { strict: false }).tellDue();
          await stage.api.app.get(CampaignNews, { strict: false }).notifyDue();
          return (await reader.get('/api/v1/notifications?limit=100').expect(200)).body.items.some(
            ({ event, path: at }: { event: string; path: string }) =>
              event === 'campaign-ended' && (at === `/campaigns/${version.campaignId}` || `/api/v1${at}` === path),
          );
        };
        await until(isTold, 'the notification');
      }
      const again = await stage.vendor.editor
        .post(`/api/v1/campaigns/${version.campaignId}/versions/1/publish`, {
          partnerGroupIds: [stage.vendor.groupId],
          opensOn: stage.day(0),
          closesOn: stage.day(30),
        })
        .expect(409);
      expect(again.body).toMatchObject({ code: 'campaign.expired', details: { expiresOn: stage.day(-1) } });
      await stage.api.http.get(pagePath).expect(200);
      await save({ pagesAfterEnd: 'notice' }).expect(200);
      const { text } = await stage.api.http.get(pagePath).expect(410);
      expect(text).toContain('This offer has ended');
    });

    it('is told to partners that run it 30, 7 and 1 days before, once each', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      await stage.vendor.editor.put(lifetimeOf(version.campaignId), { ...days, expiresOn: stage.day(40) }).expect(200);
      const told = async (): Promise<number[]> =>
        (
          await stage.api.asOwner<{ days: number }>(
            'SELECT days FROM activations.end_notice WHERE campaign_id = $1 AND partner_id = $2 ORDER BY days DESC',
            [version.campaignId, id],
          )
        ).map((one) => one.days);
      for (const [ahead, notices] of [
        [29, [30]],
        [6, [30, 7]],
        [1, [30, 7, 1]],
      ] as const) {
        await endIn(version.campaignId, ahead);
        await until(async () => {
          stage.wake('tell of ends');
          return (await told()).length === notices.length;
        }, `the notice ${ahead} days before`);
        expect(await told()).toEqual(notices);
      }
      const { body } = await owner.get('/api/v1/notifications').expect(200);
      expect(body.items.filter(({ event }: { event: string }) => event === 'campaign-ends-soon')).toHaveLength(3);
    });

    it('or review day, it is in the list with the partners that run it', async () => {
      const version = await published();
      await stage.running(stage.partner.owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      const own = async () =>
        (await stage.vendor.editor.get('/api/v1/old-contents').expect(200)).body.items.filter(
          ({ id }: { id: string }) => id === version.campaignId,
        );
      const save = (reviewOn: string) =>
        stage.vendor.editor.put(lifetimeOf(version.campaignId), { ...days, reviewOn }).expect(200);
      await save(stage.day(2));
      expect(await own()).toEqual([]);
      await save(stage.day(0));
      expect(await own()).toMatchObject([{ kind: 'campaign', reviewOn: stage.day(0), partners: 1 }]);
      // Over, and run by nobody any more.
      await stage.vendor.editor.post(`/api/v1/campaigns/${version.campaignId}/retire`, {}).expect(200);
      expect(await own()).toHaveLength(1);
      await endIn(version.campaignId, -1);
      await until(async () => (await own()).length === 0, 'it to leave the list');
    });
  });

  it('may be of new launches only: what runs continues, until launches are allowed again', async () => {
    const version = await published();
    const { path, assets } = await running(version);
    const campaign = `/api/v1/campaigns/${version.campaignId}`;
    const { body } = await stage.vendor.editor.post(`${campaign}/stop-launches`).expect(200);
    expect(body).toMatchObject({ partnersRunning: 1, versions: [{ status: 'published' }] });
    expect(body.versions[0].launchesStoppedAt).not.toBeNull();
    const offered = async () =>
      (await stage.partner.owner.get('/api/v1/offers').expect(200)).body.items.some(
        ({ versionId }: { versionId: string }) => versionId === version.versionId,
      );
    expect(await offered()).toBe(false);
    const { id: listId } = await stage.aList(stage.partner.owner, [{}]);
    const refused = await stage.launch(stage.partner.owner, { versionId: version.versionId, listId }).expect(409);
    expect(refused.body.code).toBe('campaign.launches-stopped');
    expect((await stage.partner.owner.get(path).expect(200)).body.status).toBe('active');
    expect((await assets()).items.length).toBeGreaterThan(0);
    await stage.vendor.editor.post(`${campaign}/allow-launches`).expect(200);
    expect(await offered()).toBe(true);
  });

  it.each([
    ['the campaign', 'campaign.ended', ({ campaignId }: Ending) => `campaigns/${campaignId}/retire`],
    ['its launches', 'campaign.launches-stopped', ({ campaignId }: Ending) => `campaigns/${campaignId}/stop-launches`],
    ['the partnership', 'campaign-version.not-found', ({ partnerId }: Ending) => `partners/${partnerId}/end`],
  ])('also refuses a launch that has begun before the end of %s', async (_, code, path) => {
    const { versionId, campaignId } = await published();
    const { id: partnerId, owner } = await stage.aCompletePartner();
    const { id: listId } = await stage.aList(owner);
    const key = `launch-${unique()}`;
    await withClient(stage.api.ownerUrl, async (client) => {
      // Everything is baked: the launch waits for its key before it stores it.
      await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`launch ${partnerId} ${key}`]);
      const launch = stage.launch(owner, { versionId, listId }, key).then((answer) => answer);
      await until(async () => (await client.query(WAITS)).rowCount === 1, 'the launch at its last step');
      const ending = path({ campaignId, partnerId });
      await stage.vendor.editor.post(`/api/v1/${ending}`, { reason: 'Meanwhile.' }).expect(200);
      await client.query('SELECT pg_advisory_unlock_all()');
      expect((await launch).body.code).toBe(code);
    });
    expect((await owner.get('/api/v1/activations').expect(200)).body.items).toEqual([]);
  });
}
