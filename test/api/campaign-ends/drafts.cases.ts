import { wholeCampaign } from '../../support/campaigns.js';
import { stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { published } from './ends.js';

/** Deleted drafts, and the archive. */
export function draftsCases(): void {
  it('of a draft is that it is deleted with its comments, and a campaign without versions too', async () => {
    const { editor } = stage.vendor;
    const { body: draft } = await editor
      .post('/api/v1/campaigns')
      .attach('package', await wholeCampaign(`draft-${unique()}`), 'package.zip')
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
}
