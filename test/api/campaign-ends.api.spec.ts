import { jest } from '@jest/globals';
import { ActivationControl, Activations, CampaignNews, RecallWork, VendorNews } from '#activations';
import { RecalledImages, type RecallId } from '#campaigns';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type ActivationId, newId, packageRoot, type PartnerId, systemActor } from '#kernel';
import { openSigned } from '#seal';
import { publish, upload, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { withClient } from '../support/database.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

interface Ending {
  readonly campaignId: string;
  readonly partnerId: string;
}

/** A transaction that waits for a lock by name. */
const WAITS = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND pid IN (
  SELECT pid FROM pg_stat_activity WHERE datname = current_database())`;

describe('the end of a campaign', () => {
  let stage: TestProduct;
  let names = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const published = async (): Promise<UploadedVersion> =>
    publish(stage.vendor, await wholeCampaign(`end-${names++}`), {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(9),
    });
  const running = async ({ versionId }: UploadedVersion) => {
    const { path } = await stage.running(stage.partner.owner, { versionId, startAt: stage.inDays(5) });
    const assets = async () => (await stage.partner.owner.get(`${path}/assets`).expect(200)).body;
    await until(async () => (await assets()).coming === 0, 'its files');
    return { path, assets };
  };

  it.each([
    ['retire', 'Its time is over.'],
    ['retire', undefined],
    ['recall', 'Its price is wrong.'],
  ])('takes away from partners what they could download, and shows the reason: %s, %s', async (verb, reason) => {
    const version = await published();
    const { path, assets } = await running(version);
    const { items } = await assets();
    expect(items.length).toBeGreaterThan(0);
    const file = `${path}/assets/${items[0].id}`;
    await stage.partner.owner.get(file).expect(200);
    await stage.vendor.editor.post(`/api/v1/campaigns/${version.campaignId}/${verb}`, { reason }).expect(200);
    expect(await assets()).toEqual({ items: [], coming: 0 });
    await stage.partner.owner.get(file).expect(404);
    const { body } = await stage.partner.owner.get(`/api/v1/offers/${version.versionId}`).expect(409);
    expect(body.code).toBe('campaign.ended');
    expect((await stage.partner.owner.get(path).expect(200)).body.vendorEnd).toMatchObject({
      status: verb === 'retire' ? 'retired' : 'recalled',
      reason: reason ?? null,
    });
  });

  it('needs a reason where it is a recall', async () => {
    const { campaignId } = await published();
    const recall = (body?: object) => stage.vendor.editor.post(`/api/v1/campaigns/${campaignId}/recall`, body);
    for (const body of [{}, { reason: ' ' }])
      expect((await recall(body).expect(422)).body.problems).toMatchObject([{ field: 'reason' }]);
    await recall().expect(422);
  });

  describe('by a recall', () => {
    const REASON = { reason: 'Its price is wrong.' };
    const scheduler = (partnerId: string) => systemActor('scheduler', { partnerId: partnerId as PartnerId });
    const runner = async () => {
      const version = await published();
      const partner = await stage.aCompletePartner();
      const launched = await stage.running(partner.owner, {
        versionId: version.versionId,
        startAt: stage.inDays(5),
      });
      const campaign = `/api/v1/campaigns/${version.campaignId}`;
      const recall = (body: object = {}) => stage.vendor.editor.post(`${campaign}/recall`, { ...REASON, ...body });
      const newest = async () => (await stage.vendor.editor.get(`${campaign}/recalls`).expect(200)).body.items[0];
      const complete = async () => {
        await until(async () => (await newest()).done === 1, 'the report');
        return newest();
      };
      const read = () => stage.api.app.get(Activations).forSending(scheduler(partner.id), launched.id as ActivationId);
      return { ...partner, ...launched, version, campaign, recall, newest, complete, read };
    };

    it('shows its extent first, and no number about contacts', async () => {
      const { campaign } = await runner();
      const preview = (body: object) => stage.vendor.editor.post(`${campaign}/recall/preview`, body);
      expect((await preview({}).expect(200)).body).toEqual({
        versions: [1],
        assets: [],
        partners: 1,
        activations: 1,
        items: { email: expect.any(Number), page: 1, file: expect.any(Number), post: expect.any(Number) },
        rows: expect.any(Number),
      });
      const tactic = { kind: 'email', key: 'nothing' };
      expect((await preview({ tactic }).expect(422)).body.code).toBe('recall.tactic-unknown');
      expect((await preview({ locale: 'fi' }).expect(422)).body.code).toBe('recall.locale-unknown');
      expect((await preview({ mode: 'replace', replacementNumber: 9 }).expect(422)).body.code).toBe(
        'recall.replacement-unusable',
      );
      expect((await preview({ versionNumber: 7 }).expect(409)).body.code).toBe('campaign.not-published');
    });

    it('holds what runs at once, though the job that fills the report has not run, and goes on when it is reversed', async () => {
      const { owner, path, recall, read, complete, campaign, newest } = await runner();
      const { recallId } = (await recall().expect(200)).body;
      expect(recallId).toBe((await newest()).id);
      expect((await read()).activation.status).toBe('held');
      const { id } = await complete();
      expect((await owner.get(path).expect(200)).body.status).toBe('held');
      expect((await owner.post(`${path}/resume`).expect(409)).body.code).toBe('activation.recalled');
      expect((await recall().expect(409)).body.code).toBe('campaign.not-published');
      const reverse = (body: object) => stage.vendor.editor.post(`${campaign}/recalls/${id}/reverse`, body);
      await reverse({}).expect(422);
      expect((await reverse({ reason: 'The price was right.' }).expect(200)).body.reversedAt).not.toBeNull();
      expect((await reverse({ reason: 'Again.' }).expect(409)).body.code).toBe('recall.reversed');
      await until(async () => (await owner.get(path)).body.status === 'active', 'the campaign to go on');
      expect((await read()).activation.status).toBe('active');
      const { body } = await stage.vendor.editor.get(campaign).expect(200);
      expect(body.versions[0].status).toBe('published');
      const { body: log } = await owner.get('/api/v1/audit-entries?limit=50').expect(200);
      expect(log.items.map(({ action }: { action: string }) => action)).toEqual(
        expect.arrayContaining(['campaign.recalled', 'campaign.recall-reversed', 'activation.resumed']),
      );
    });

    it('tells a partner only of the reversal, if its recall was never told', async () => {
      const { recall, complete, campaign } = await runner();
      await recall().expect(200);
      const { id } = await complete();
      const letters = () =>
        stage.api.asOwner<{ kind: string }>(
          'SELECT kind FROM activations.recall_letter WHERE recall_id = $1 AND told_at IS NOT NULL',
          [id],
        );
      await until(async () => (await letters()).length === 1, 'the letter');
      // As of a recall from before recalls had a list of work.
      for (const table of ['recall_letter', 'recall_count', 'recall_item', 'recall_target'])
        await stage.api.asOwner(`DELETE FROM activations.${table} WHERE recall_id = $1`, [id]);
      await stage.vendor.editor.post(`${campaign}/recalls/${id}/reverse`, { reason: 'It was right.' }).expect(200);
      await until(async () => (await letters()).some(({ kind }) => kind === 'reversed'), 'the letter');
      expect(await letters()).toEqual([{ kind: 'reversed' }]);
    });

    it('holds nothing after its reversal, though a process has read it before', async () => {
      const { owner, path, recall, complete, campaign } = await runner();
      await recall().expect(200);
      const { id } = await complete();
      const told = () =>
        stage.api.asOwner<{ kind: string }>(
          'SELECT kind FROM activations.recall_letter WHERE recall_id = $1 AND told_at IS NOT NULL',
          [id],
        );
      await until(async () => (await told()).length === 1, 'the letter');
      const images = stage.api.app.get(RecalledImages, { strict: false });
      const work = stage.api.app.get(RecallWork, { strict: false });
      const done = (value: string) =>
        stage.api.asOwner(`UPDATE activations.recall_target SET done_at = ${value} WHERE recall_id = $1`, [id]);
      const delayed = jest.spyOn(images, 'hide').mockImplementationOnce(async () => {
        await stage.vendor.editor.post(`${campaign}/recalls/${id}/reverse`, { reason: 'It was right.' }).expect(200);
        await until(async () => (await owner.get(path)).body.status === 'active', 'the campaign to go on');
        // As of one that had an e-mail on its way all the time, so that nobody was told yet.
        await done('NULL');
        await stage.api.asOwner('DELETE FROM activations.recall_letter WHERE recall_id = $1', [id]);
      });
      await work.carryOut(id as RecallId);
      expect(delayed).toHaveBeenCalledTimes(1);
      delayed.mockRestore();
      const targets = 'SELECT 1 FROM activations.recall_target WHERE recall_id = $1 AND done_at IS NOT NULL';
      expect(await stage.api.asOwner(targets, [id])).toHaveLength(1);
      expect((await owner.get(path).expect(200)).body.status).toBe('active');
      expect(await told()).toEqual([{ kind: 'reversed' }]);
    });

    it('takes in nothing that was launched after it', async () => {
      const { owner, recall, complete, campaign, version } = await runner();
      await recall({ tactic: { kind: 'email', key: 'proof' } }).expect(200);
      const { id } = await complete();
      await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      await stage.vendor.editor.post(`${campaign}/recalls/${id}/reverse`, { reason: 'It was right.' }).expect(200);
      const one = async () => (await stage.vendor.editor.get(`${campaign}/recalls/${id}`).expect(200)).body;
      await until(async () => (await one()).goingOn > 0, 'the reversal');
      expect(await one()).toMatchObject({ activations: 1, goingOn: 1 });
    });

    it('has a complete, signed report, in which the vendor reads no number of e-mails', async () => {
      const { owner, path, recall, complete, campaign } = await runner();
      await recall().expect(200);
      const { id, activations, sums } = await complete();
      expect(activations).toBe(1);
      const editor = stage.vendor.editor;
      const { body: rows } = await editor.get(`${campaign}/recalls/${id}/rows?limit=200`).expect(200);
      expect(rows.items.length).toBe(sums.reduce((sum: number, { items }: { items: number }) => sum + items, 0));
      expect(rows.items).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ channel: 'email', outcome: 'stopped-before-sending', cannot: null }),
          expect.objectContaining({
            channel: 'page',
            outcome: 'page-gone',
            name: expect.objectContaining({ en: expect.any(String) }),
          }),
          expect.objectContaining({ channel: 'copy', outcome: 'file-marked' }),
          ...['qr', 'public-file'].map((channel) => expect.objectContaining({ channel })),
          ...['email', 'page', 'file'].map((kind) =>
            expect.objectContaining({ channel: `${kind}-preview`, outcome: 'withdrawn' }),
          ),
        ]),
      );
      // Its first day is to come: no e-mail can be in an inbox.
      expect(sums.filter(({ outcome }: { outcome: string }) => outcome === 'cannot')).toEqual([]);
      expect(JSON.stringify(rows)).not.toContain('waiting');
      const { body: signed } = await editor.get(`${campaign}/recalls/${id}/report.json`).expect(200);
      const { body: keys } = await editor.get(`/api/v1/vendors/${stage.vendor.vendorId}/signing-keys`).expect(200);
      expect(openSigned(z.any(), 'report', signed, keys.keys)).toMatchObject({ recallId: id, isComplete: true });
      expect(signed.payload.rows).toHaveLength(rows.items.length);
      const { text: csv } = await editor.get(`${campaign}/recalls/${id}/report.csv`).expect(200);
      expect(csv.trim().split('\n').slice(1)).toHaveLength(rows.items.length);
      expect(csv).toContain(rows.items.find(({ channel }: { channel: string }) => channel === 'page').name.en);
      const { body: own } = await owner.get(`${path}/recalls`).expect(200);
      const waiting = own.items[0].rows.reduce(
        (sum: number, one: { waiting: number | null }) => sum + (one.waiting ?? 0),
        0,
      );
      expect(waiting).toBe(1);
      await owner.get(`${path}/recalls/${id}/report.json`).expect(200);
    });

    it('may be of one e-mail, one document, one language or one group, and leaves the rest', async () => {
      const { owner, path, recall, read, campaign, id: activationId } = await runner();
      const files = async () => (await owner.get(`${path}/assets`).expect(200)).body;
      await until(async () => (await files()).coming === 0, 'its files');
      const { items } = await files();
      const { key } = items[0];
      const { body: pdf } = await owner.get(`${path}/assets/${items[0].id}`).buffer(true).expect(200);
      await recall({ tactic: { kind: 'document', key } }).expect(200);
      expect((await files()).items.map((one: { key: string }) => one.key)).not.toContain(key);
      expect((await read()).activation.status).toBe('active');
      const copy = async () =>
        (await stage.api.http.get(`/api/v1/copies/${createHash('sha256').update(pdf).digest('hex')}`).expect(200)).body;
      expect(await copy()).toMatchObject({ state: 'recalled', replacementUrl: null });
      expect((await stage.api.http.get(`/api/v1/copies/${'0'.repeat(64)}`).expect(200)).body.state).toBe('unknown');
      await recall({ groupId: stage.vendor.groupId }).expect(200);
      expect((await files()).items).toEqual([]);
      expect((await read()).activation.status).toBe('held');
      const { body } = await stage.vendor.editor.get(campaign).expect(200);
      expect(body.versions[0].status).toBe('published');
      const { body: seen } = await stage.vendor.editor.get(`${campaign}/activations?limit=1`).expect(200);
      await until(
        async () =>
          (await stage.vendor.editor.get(`${campaign}/activations?limit=1`)).body.items[0].heldReason === 'recalled',
        'the hold',
      );
      expect(seen.items[0].id).toBe(activationId);
    });

    it('may be of an asset of the library: what shows it stops, partners are told, and no campaign may show it', async () => {
      const { editor, approver } = stage.vendor;
      const hero = await readFile(join(packageRoot(), 'templates/zero-trust-edge/images/hero.jpg'));
      const hash = createHash('sha256').update(hero).digest('hex');
      const { body: asset } = await editor
        .post('/api/v1/assets/uploads?name=Hero.jpg')
        .attach('file', hero, 'file')
        .expect(201);
      await stage.api.asOwner(
        `INSERT INTO assets.library_copy (vendor_id, hash, asset_id, file_number, max_width, copied_at)
         VALUES ($1, $2, $3, 1, 1200, now())`,
        [stage.vendor.vendorId, hash, asset.id],
      );
      const { body: twin } = await editor
        .post('/api/v1/assets/uploads?name=Hero again.jpg')
        .attach('file', hero, 'file')
        .expect(201);
      const share = { as: 'picture', partnerGroupIds: [], opensOn: stage.day(0), closesOn: stage.day(9) };
      for (const { id } of [asset, twin]) await editor.put(`/api/v1/assets/${id}/share`, share).expect(200);
      const { owner, pagePath, read, complete, campaign, version } = await runner();
      const file = `/api/v1/library/${asset.id}/file`;
      const used = async () =>
        (await editor.get('/api/v1/old-contents').expect(200)).body.items.find(
          ({ id }: { id: string }) => id === asset.id,
        );
      await stage.api.asOwner('UPDATE assets.asset SET review_on = $2 WHERE id = $1', [asset.id, stage.day(0)]);
      expect(await used()).toMatchObject({ kind: 'asset', partners: 1 });
      await stage.partner.owner.get(file).expect(200);
      expect((await used()).partners).toBe(2);
      await owner.get(file).expect(200);
      const otherLink = `/api/v1/library/${twin.id}/file`;
      const { body: bytes } = await stage.partner.owner.get(otherLink).buffer(true).expect(200);
      const copy = async () => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        return (await stage.api.http.get(`/api/v1/copies/${sha256}`).expect(200)).body;
      };
      expect(await copy()).toMatchObject({ state: 'current', since: null });
      const named = { id: asset.id, title: 'Hero' };
      const { body: extent } = await editor.post(`${campaign}/recall/preview`, { assetId: asset.id }).expect(200);
      expect(extent).toMatchObject({
        activations: 1,
        items: { email: 1, page: 1, file: 0, post: 0 },
        assets: [named],
      });
      const unused = { assetId: newId(), tactic: { kind: 'email', key: 'welcome' } };
      expect((await editor.post(`${campaign}/recall/preview`, unused).expect(422)).body.problems).toMatchObject([
        { field: 'assetId' },
      ]);
      const recall = () => editor.post(`/api/v1/assets/${asset.id}/recall`, REASON);
      const { body } = await recall().expect(200);
      expect(body).toMatchObject({ isWithdrawn: true, recalls: [{ campaignId: version.campaignId }] });
      await stage.api.http.get(pagePath).expect(410);
      await owner.get(file).expect(410);
      await stage.partner.owner.get(otherLink).expect(410);
      expect(await copy()).toMatchObject({ state: 'recalled', since: expect.any(String) });
      expect((await read()).activation.status).toBe('active');
      const { id, asset: recalled } = await complete();
      expect(recalled).toEqual(named);
      const { items } = (await editor.get(`${campaign}/recalls/${id}/rows?limit=200`).expect(200)).body;
      expect(items).toHaveLength(extent.rows);
      expect(new Set(items.map(({ itemKey }: { itemKey: string }) => itemKey))).toEqual(
        new Set(['welcome', 'landing']),
      );
      expect((await stage.api.http.get(`/b/${hash}.jpg`).expect(200)).headers['cache-control']).toBe('no-store');
      const told = async (): Promise<string[]> =>
        (await owner.get('/api/v1/notifications').expect(200)).body.items
          .filter(({ event }: { event: string }) => event === 'campaign-recalled')
          .map(({ path }: { path: string }) => path.split('/')[1]);
      await until(async () => (await told()).length === 2, 'the notices');
      expect((await told()).sort()).toEqual(['activations', 'library']);
      expect((await recall().expect(409)).body.code).toBe('asset.not-used');
      const next = await upload(editor, await wholeCampaign(`end-${names++}`));
      await editor.post(`${next.path}/submit`).expect(200);
      await approver.post(`${next.path}/approve`).expect(200);
      const availability = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
      const refused = await editor.post(`${next.path}/publish`, availability).expect(409);
      expect(refused.body.code).toBe('asset.recalled');
      await editor.post(`${campaign}/recalls/${id}/reverse`, { reason: 'It was right.' }).expect(200);
      await stage.api.http.get(pagePath).expect(200);
    });

    it('lets contacts finish who have begun: nobody enters and nothing is downloaded, and nothing is held', async () => {
      const { owner, path, recall, read, version } = await runner();
      await recall({ mode: 'finish' }).expect(200);
      const running = await read();
      expect([running.activation.status, running.versionLive, running.recalls.length]).toEqual(['active', true, 1]);
      expect((await owner.get(`${path}/assets`).expect(200)).body.items).toEqual([]);
      const { id: listId } = await stage.aList(owner, [{}]);
      const refused = await stage.launch(owner, { versionId: version.versionId, listId }).expect(409);
      expect(refused.body.code).toBe('campaign.launches-stopped');
    });
  });

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
    const key = `launch-${names++}`;
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

  describe('of one partner’s activation', () => {
    const MISTAKE = { reason: 'A claim is wrong.' };
    const runner = async () => {
      const version = await published();
      const partner = await stage.aCompletePartner();
      const { path, id } = await stage.running(partner.owner, {
        versionId: version.versionId,
        startAt: stage.inDays(5),
      });
      const scheduler = systemActor('scheduler', { partnerId: partner.id });
      return {
        ...partner,
        path,
        activationId: id as ActivationId,
        act: (verb: string, body?: object) =>
          stage.vendor.editor.post(`/api/v1/campaigns/${version.campaignId}/activations/${id}/${verb}`, body),
        sendingStatus: async () =>
          (await stage.api.app.get(Activations).forSending(scheduler, id as ActivationId)).activation.status,
      };
    };
    const mailed = async (subject: string): Promise<void> =>
      until(
        async () =>
          (await stage.api.asOwner(`DELETE FROM identity.system_mail WHERE subject LIKE $1 RETURNING 1`, [subject]))
            .length > 0,
        subject,
      );

    it('holds it with a reason that the partner reads, and the partner cannot resume it', async () => {
      const { owner, path, act, sendingStatus } = await runner();
      expect((await act('hold', MISTAKE).expect(200)).body).toMatchObject({
        status: 'held',
        heldReason: 'by the vendor',
        vendorAct: { kind: 'held', ...MISTAKE },
      });
      expect(await sendingStatus()).toBe('held');
      const { body } = await owner.get(path).expect(200);
      expect(body).toMatchObject({ status: 'held', vendorAct: { kind: 'held', by: expect.any(String), ...MISTAKE } });
      await mailed('%has paused “%');
      const { body: refused } = await owner.post(`${path}/resume`).expect(409);
      expect(refused).toMatchObject({
        code: 'activation.vendor-holds',
        detail: expect.stringContaining(MISTAKE.reason),
      });
      const { body: log } = await owner
        .get('/api/v1/audit-entries?limit=5&action=activation.held-by-vendor')
        .expect(200);
      expect(log.items).toMatchObject([{ actorKind: 'vendor', details: MISTAKE }]);
      expect((await act('hold', MISTAKE).expect(409)).body.code).toBe('activation.held-by-vendor');
      expect((await act('release').expect(200)).body).toMatchObject({ status: 'active', vendorAct: null });
      expect([await sendingStatus(), (await owner.get(path)).body.vendorAct]).toEqual(['active', null]);
      await mailed('%has released “%');
    });

    it('keeps the partner’s own hold when the vendor releases its hold', async () => {
      const { owner, path, act, sendingStatus } = await runner();
      await owner.post(`${path}/hold`).expect(200);
      await act('hold', MISTAKE).expect(200);
      expect((await owner.post(`${path}/resume`).expect(409)).body.code).toBe('activation.vendor-holds');
      await act('release').expect(200);
      expect((await act('release').expect(409)).body.code).toBe('activation.not-held-by-vendor');
      expect(await sendingStatus()).toBe('held');
      await owner.post(`${path}/resume`).expect(200);
      expect(await sendingStatus()).toBe('active');
    });

    it('answers for one whose contacts have finished as for any other, and holds what is sent again', async () => {
      const { id, activationId, act, sendingStatus } = await runner();
      await stage.api.app.get(ActivationControl).complete(activationId, id);
      expect((await act('hold', MISTAKE).expect(200)).body.status).toBe('held');
      expect(await sendingStatus()).toBe('held');
      await act('release').expect(200);
      expect((await act('stop', MISTAKE).expect(200)).body.status).toBe('stopped');
    });

    it('stops it for good, and says so to the partner', async () => {
      const { owner, path, act, sendingStatus } = await runner();
      expect((await act('stop', MISTAKE).expect(200)).body).toMatchObject({
        status: 'stopped',
        vendorAct: { kind: 'stopped', ...MISTAKE },
      });
      expect(await sendingStatus()).toBe('stopped');
      const { body } = await owner.get(path).expect(200);
      expect(body).toMatchObject({ status: 'stopped', vendorAct: { kind: 'stopped', ...MISTAKE } });
      await mailed('%has stopped “%');
      for (const verb of ['hold', 'release', 'stop'])
        expect((await act(verb, verb === 'release' ? undefined : MISTAKE).expect(409)).body.code).toBe(
          'activation.over-for-vendor',
        );
    });

    it('needs a reason, and an activation of the campaign', async () => {
      const { act, activationId } = await runner();
      expect((await act('hold', { reason: ' ' }).expect(422)).body.problems).toMatchObject([{ field: 'reason' }]);
      const { campaignId } = await published();
      const other = `/api/v1/campaigns/${campaignId}/activations/${activationId}/stop`;
      expect((await stage.vendor.editor.post(other, MISTAKE).expect(404)).body.code).toBe('activation.not-found');
    });
  });

  it('of a draft is that it is deleted with its comments, and a campaign without versions too', async () => {
    const { editor } = stage.vendor;
    const { body: draft } = await editor
      .post('/api/v1/campaigns')
      .attach('package', await wholeCampaign(`draft-${names++}`), 'package.zip')
      .expect(201);
    const path = `/api/v1/campaigns/${draft.campaignId}`;
    await editor.post(`${path}/versions/1/comments`, { text: 'A remark.' }).expect(201);
    await editor.post(`${path}/versions/1/submit`).expect(200);
    expect((await editor.delete(`${path}/versions/1`).expect(409)).body.code).toBe('campaign-version.not-draft');
    await stage.vendor.approver.post(`${path}/versions/1/return`, { comment: 'Not yet.' }).expect(200);
    await editor.delete(`${path}/versions/1`).expect(204);
    await editor.get(path).expect(404);
  });

  it('leaves published versions when a later draft is deleted', async () => {
    const { editor } = stage.vendor;
    const version = await published();
    const path = `/api/v1/campaigns/${version.campaignId}`;
    const { body } = await editor.get(path).expect(200);
    await editor
      .post(`${path}/versions`)
      .attach('package', await wholeCampaign(body.name), 'package.zip')
      .expect(201);
    await editor.delete(`${path}/versions/1`).expect(409);
    await editor.delete(`${path}/versions/2`).expect(204);
    expect((await editor.get(path).expect(200)).body.versions).toHaveLength(1);
  });

  it('lets it be archived: out of the list and not changed until it is restored', async () => {
    const { editor } = stage.vendor;
    const version = await published();
    const path = `/api/v1/campaigns/${version.campaignId}`;
    expect((await editor.post(`${path}/archive`).expect(409)).body.code).toBe('campaign.not-over');
    await editor.post(`${path}/retire`).expect(200);
    expect((await editor.post(`${path}/archive`).expect(200)).body.archivedAt).not.toBeNull();
    const listed = async (query: string): Promise<boolean> =>
      (await editor.get(`/api/v1/campaigns?limit=200${query}`).expect(200)).body.items.some(
        ({ id }: { id: string }) => id === version.campaignId,
      );
    expect([await listed(''), await listed('&state=retired'), await listed('&state=archived')]).toEqual([
      false,
      false,
      true,
    ]);
    const { body } = await editor.get(path).expect(200);
    const next = await editor
      .post(`${path}/versions`)
      .attach('package', await wholeCampaign(body.name), 'package.zip')
      .expect(409);
    expect(next.body.code).toBe('campaign.archived');
    expect((await editor.post(`${path}/restore`).expect(200)).body.archivedAt).toBeNull();
    expect(await listed('')).toBe(true);
  });

  describe('of a partnership', () => {
    const end = (partnerId: string, reason = 'The contract is over.') =>
      stage.vendor.editor.post(`/api/v1/partners/${partnerId}/end`, { reason });
    const letters = (): Promise<{ body_text: string }[]> =>
      stage.api.asOwner(
        `DELETE FROM identity.system_mail WHERE subject LIKE '%has ended the partnership'
           AND body_text LIKE '%The contract is over.%' RETURNING body_text`,
      );

    const announcements = (): Promise<{ body_text: string }[]> =>
      stage.api.asOwner(
        `DELETE FROM identity.system_mail WHERE subject LIKE '%ends the partnership on %' RETURNING body_text`,
      );

    it('stops what the partner runs, offers it nothing, and tells it the reason once', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path } = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      expect((await end(id).expect(200)).body).toMatchObject({ id, status: 'ended' });
      expect((await owner.get('/api/v1/offers').expect(200)).body.items).toEqual([]);
      await owner.get(`/api/v1/offers/${version.versionId}`).expect(404);
      await until(async () => (await owner.get(path)).body.status === 'stopped', 'the stop');
      const told: { body_text: string }[] = [];
      await until(async () => told.push(...(await letters())) > 0, 'the mail');
      expect(told).toEqual([{ body_text: expect.stringContaining('The contract is over.') }]);
      const { body: log } = await owner.get('/api/v1/audit-entries?limit=5&action=membership.ended').expect(200);
      expect(log.items).toMatchObject([{ action: 'membership.ended', details: { reason: 'The contract is over.' } }]);
      expect((await end(id).expect(409)).body.code).toBe('membership.not-active');
      const { vendorId } = stage.vendor;
      const stay = await owner.post('/api/v1/vendors/stay', { vendorId }).expect(409);
      expect(stay.body.code).toBe('membership.ended-by-vendor');
    });

    it('lets no message out after its answer, though the job that stops campaigns has not run', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const running = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      const { id: activationId, email } = running;
      await end(id).expect(200);
      await until(async () => (await owner.get(running.path)).body.status === 'stopped', 'the stop');
      // As while the job waits, or after a kill of the process that had it.
      await stage.api.asOwner(`UPDATE activations.activation SET status = 'active', ended_at = NULL WHERE id = $1`, [
        activationId,
      ]);
      const scheduler = systemActor('scheduler', { partnerId: id });
      const read = await stage.api.app.get(Activations).forSending(scheduler, activationId as ActivationId);
      expect(read.activation.status).toBe('stopped');
      expect(stage.mails.to(email)).toEqual([]);
    });

    it('can be taken back: the partner is offered campaigns, and what was stopped stays stopped', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path } = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      const reinstate = () => stage.vendor.editor.post(`/api/v1/partners/${id}/reinstate`);
      expect((await reinstate().expect(409)).body.code).toBe('membership.not-ended');
      await end(id).expect(200);
      await until(async () => (await owner.get(path)).body.status === 'stopped', 'the stop');
      expect((await reinstate().expect(200)).body).toMatchObject({ id, status: 'active' });
      expect((await owner.get('/api/v1/offers').expect(200)).body.items.length).toBeGreaterThan(0);
      expect((await owner.get(path).expect(200)).body.status).toBe('stopped');
    });

    it('is seen by both sides until its day, and then ends, with campaigns that run to a day of their own', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path, id: activationId } = await stage.running(owner, {
        versionId: version.versionId,
        startAt: stage.inDays(9),
      });
      const days = { lastDay: stage.day(1), campaigns: 'run-until', campaignsLastDay: stage.day(3) };
      await stage.vendor.editor
        .post(`/api/v1/partners/${id}/end`, { reason: 'The contract is over.', ...days })
        .expect(200);
      const told: { body_text: string }[] = [];
      await until(async () => told.push(...(await announcements())) > 0, 'the mail');
      const seen = {
        by: 'vendor',
        reason: 'The contract is over.',
        lastDay: stage.day(1),
        campaignsLastDay: stage.day(3),
      };
      const [vendorSees] = (
        await stage.vendor.editor.get(`/api/v1/partners?q=&limit=200`).expect(200)
      ).body.items.filter((one: { id: string }) => one.id === id);
      expect(vendorSees).toMatchObject({ status: 'active', end: seen });
      expect((await owner.get('/api/v1/vendors').expect(200)).body.items[0]).toMatchObject({
        isMember: true,
        end: seen,
      });
      expect((await owner.get(path).expect(200)).body.partnershipEnd).toMatchObject(seen);
      expect((await owner.get('/api/v1/offers').expect(200)).body.items.length).toBeGreaterThan(0);
      // The clock of the product is shared: the days are moved back instead.
      const back = (column: string) =>
        stage.api.asOwner(
          `UPDATE organisations.membership SET ${column} = ${column} - interval '30 days' WHERE partner_id = $1`,
          [id],
        );
      await back('ends_at');
      expect((await owner.get('/api/v1/offers').expect(200)).body.items).toEqual([]);
      stage.wake('end partnerships');
      await until(async () => (await owner.get('/api/v1/vendors')).body.items[0].isMember === false, 'the end');
      const scheduler = systemActor('scheduler', { partnerId: id });
      const read = () => stage.api.app.get(Activations).forSending(scheduler, activationId as ActivationId);
      expect((await read()).activation.status).toBe('active');
      await withClient(stage.api.ownerUrl, async (client) => {
        // As a launch does that found the membership before its end, and is not stored yet.
        const end = `end of partnership ${stage.vendor.vendorId} ${id}`;
        await client.query('SELECT pg_advisory_lock_shared(hashtextextended($1, 0))', [end]);
        await back('campaigns_end_at');
        expect((await read()).activation.status).toBe('stopped');
        stage.wake('end partnerships');
        await until(async () => (await client.query(WAITS)).rowCount === 1, 'the job, before it stops what is stored');
        const stored = `SELECT status FROM activations.activation WHERE id = '${activationId}'`;
        expect(await stage.api.asOwner(stored)).toEqual([{ status: 'active' }]);
        await client.query('SELECT pg_advisory_unlock_all()');
      });
      await until(async () => (await owner.get(path)).body.status === 'stopped', 'the stop');
    });

    it('is taken back by the side that has announced it, until its day', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path } = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      const { vendorId } = stage.vendor;
      await stage.api.signIn(vendorId, 'owner');
      const leave = () =>
        owner.post('/api/v1/vendors/leave', { vendorId, reason: 'We sell others.', lastDay: stage.day(2) });
      const stay = () => owner.post('/api/v1/vendors/stay', { vendorId });
      expect((await stay().expect(409)).body.code).toBe('membership.not-ended');
      await leave().expect(200);
      const reinstate = () => stage.vendor.editor.post(`/api/v1/partners/${id}/reinstate`);
      expect((await reinstate().expect(409)).body.code).toBe('membership.left-by-partner');
      expect((await end(id).expect(409)).body.code).toBe('membership.ends-already');
      const mailed = (subject: string): Promise<void> =>
        until(
          async () =>
            (await stage.api.asOwner('SELECT 1 FROM identity.system_mail WHERE subject LIKE $1', [subject])).length > 0,
          `the mail “${subject}” to the owner of the vendor`,
        );
      await mailed('%your programme on %');
      const { body } = await stay().expect(200);
      expect(body.items[0]).toMatchObject({ isMember: true, end: null });
      expect((await owner.get(path).expect(200)).body.status).toBe('active');
      await mailed('%in your programme');
    });

    it('is also the partner’s to decide: what it runs stops, and it comes back only if both want it', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path } = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      const { vendorId } = stage.vendor;
      await owner.post('/api/v1/vendors/leave', { vendorId, reason: 'We sell others.' }).expect(200);
      await until(async () => (await owner.get(path)).body.status === 'stopped', 'the stop');
      expect((await owner.get('/api/v1/contact-lists').expect(200)).body.items.length).toBeGreaterThan(0);
      const { body } = await stage.vendor.editor.get(`/api/v1/partners/${id}`).expect(200);
      expect(body).toMatchObject({ status: 'ended', end: { by: 'partner', reason: 'We sell others.' } });
      const vendorOwner = await stage.api.signIn(vendorId, 'owner');
      const log = await vendorOwner.get('/api/v1/audit-entries?limit=50&action=membership.ended').expect(200);
      expect(log.body.items).toContainEqual(
        expect.objectContaining({ actorKind: 'partner', details: expect.objectContaining({ partnerId: id }) }),
      );
      const back = () => owner.post('/api/v1/vendors/stay', { vendorId });
      expect((await back().expect(409)).body.code).toBe('membership.left');
      const offered = await stage.vendor.editor.post(`/api/v1/partners/${id}/reinstate`).expect(200);
      expect(offered.body).toMatchObject({ status: 'ended', end: { returnOfferedAt: expect.any(String) } });
      await until(async () => {
        const told = await stage.api.asOwner(
          `SELECT 1 FROM identity.system_mail WHERE subject LIKE '%invites you back'`,
        );
        return told.length > 0;
      }, 'the mail to the partner');
      expect((await back().expect(200)).body.items[0]).toMatchObject({ isMember: true, end: null });
      expect((await owner.get('/api/v1/offers').expect(200)).body.items.length).toBeGreaterThan(0);
    });

    it('needs a reason, and a partner of the vendor that has joined', async () => {
      const { id } = await stage.aCompletePartner();
      expect((await end(id, ' ').expect(422)).body.problems).toMatchObject([{ field: 'reason' }]);
      await end('01a218c0-de5b-7409-9cb6-5b262a682896').expect(404);
    });
  });
});
