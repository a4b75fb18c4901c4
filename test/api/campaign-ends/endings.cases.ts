import { stage } from '../../support/suite-product.js';
import { published, running } from './ends.js';

/** What partners lose at the end, and what a recall needs. */
export function endingsCases(): void {
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
}
