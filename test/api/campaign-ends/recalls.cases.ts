import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecallWork, RunningActivations } from '#activations';
import { RecalledImages, type RecallId } from '#campaigns';
import { type ActivationId, newId, packageRoot, type PartnerId, systemActor } from '#kernel';
import { openSigned } from '#seal';
import { jest } from '@jest/globals';
import { z } from 'zod';
import { upload, wholeCampaign } from '../../support/campaigns.js';
import { stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';
import { published } from './ends.js';

/** A recall with its report. */
export function recallsCases(): void {
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
      const read = () =>
        stage.api.app.get(RunningActivations).forSending(scheduler(partner.id), launched.id as ActivationId);
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
      const next = await upload(editor, await wholeCampaign(`end-${unique()}`));
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
}
