import type { AuditEntryView, ReadyPostView } from '#contracts';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const window = { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };
const WITH_POST = {
  window,
  steps: [
    { key: 'first', email: 'welcome' },
    { key: 'announced', post: 'announce' },
    // Nobody is through with it while a test looks.
    { key: 'pause', wait: { days: 30 } },
    { key: 'last', email: 'proof' },
  ],
};
const FORMATS = ['landscape', 'square', 'story'];
type Page = { readonly items: readonly ReadyPostView[]; readonly nextCursor: string | null };

describe('a post that fell due', () => {
  let stage: TestProduct;
  let version: UploadedVersion;
  let partner: TestProduct['partner'];

  beforeAll(async () => {
    stage = await openTestProduct();
    version = await publish(
      stage.vendor,
      await wholeCampaign('with-post', undefined, { posts: true, sequence: WITH_POST }),
      {
        partnerGroupIds: [stage.vendor.groupId],
        opensOn: stage.day(0),
        closesOn: stage.day(300),
      },
    );
  });
  beforeEach(async () => {
    stage.toWorkingHours();
    partner = await stage.aCompletePartner();
  });
  afterAll(() => stage.close());

  const page = async (query = ''): Promise<Page> =>
    (await partner.owner.get(`/api/v1/ready-posts${query}`).expect(200)).body as Page;
  const due = async (): Promise<ReadyPostView> => {
    const { id } = await stage.running(partner.owner, { versionId: version.versionId });
    const post = async () => (await page(`?activationId=${id}`)).items[0];
    const isWhole = async (): Promise<boolean> => {
      const found = await post();
      return found?.text != null && found.pictures.length === FORMATS.length;
    };
    await until(isWhole, 'the post with its text and all its pictures');
    return (await post())!;
  };
  const say = (post: ReadyPostView, posted: boolean) =>
    partner.owner.put(`/api/v1/activations/${post.activationId}/ready-posts/${post.postKey}`, { posted });

  it('stands there with its text, the address of the page, and pictures that can be downloaded', async () => {
    const post = await due();
    expect(post).toMatchObject({ postKey: 'announce', postedAt: null, postedBy: null, mayPublish: true });
    expect(post.text).toMatch(/\S+\nhttps?:\/\/\S+\/p\/\S+$/);
    expect(post.pictures.map(({ format }) => format).sort()).toEqual(FORMATS);
    const [picture] = post.pictures;
    const { headers } = await partner.owner
      .get(`/api/v1/activations/${post.activationId}/assets/${picture!.assetId}`)
      .expect(200);
    expect(headers['content-type']).toContain('image/jpeg');
  });

  it('is counted while it waits and may be published, for its own partner alone', async () => {
    const waiting = async (session = partner.owner) =>
      (await session.get('/api/v1/ready-posts/waiting').expect(200)).body as { count: number };
    expect(await waiting()).toEqual({ count: 0 });
    const post = await due();
    expect(await waiting()).toEqual({ count: 1 });
    expect(await waiting(stage.partner.owner)).toEqual({ count: 0 });
    await partner.owner.post(`/api/v1/activations/${post.activationId}/hold`).expect(200);
    expect(await waiting()).toEqual({ count: 0 });
    await partner.owner.post(`/api/v1/activations/${post.activationId}/resume`).expect(200);
    await say(post, true).expect(200);
    expect(await waiting()).toEqual({ count: 0 });
  });

  it('is published once somebody says so, which stands in the audit log once, and can be taken back', async () => {
    const post = await due();
    const { body } = await say(post, true).expect(200);
    expect(body).toMatchObject({ postKey: 'announce', postedBy: 'owner person' });
    expect((await say(post, true).expect(200)).body).toEqual(body);
    expect((await page('?state=open')).items).toEqual([]);
    expect((await page()).items).toHaveLength(1);
    expect((await say(post, false).expect(200)).body).toMatchObject({ postedAt: null, postedBy: null });
    expect((await page('?state=open')).items).toHaveLength(1);
    const { body: log } = await partner.owner.get('/api/v1/audit-entries?action=post').expect(200);
    expect((log.items as AuditEntryView[]).map(({ action }) => action)).toEqual(['post.reopened', 'post.published']);
  });

  it('is not to be published while its activation is held, and none of it is shown once that is stopped', async () => {
    const post = await due();
    await partner.owner.post(`/api/v1/activations/${post.activationId}/hold`).expect(200);
    expect((await page('?state=open')).items).toMatchObject([{ mayPublish: false, text: null, pictures: [] }]);
    await partner.owner.post(`/api/v1/activations/${post.activationId}/stop`).expect(200);
    expect((await page('?state=open')).items).toEqual([]);
    expect((await page()).items).toMatchObject([{ mayPublish: false, text: null, pictures: [] }]);
  });

  it('is listed page by page, newest first, and a cursor that is none is refused', async () => {
    const first = await due();
    stage.api.clock.advance(60_000);
    const second = await due();
    const { items, nextCursor } = await page('?limit=1');
    expect(items.map(({ activationId }) => activationId)).toEqual([second.activationId]);
    const rest = await page(`?limit=1&cursor=${encodeURIComponent(nextCursor!)}`);
    expect(rest.items.map(({ activationId }) => activationId)).toEqual([first.activationId]);
    await partner.owner.get('/api/v1/ready-posts?limit=1&cursor=nowhere').expect(422);
  });

  it('is its partner’s alone, and there is none that has not fallen due', async () => {
    const post = await due();
    const path = `/api/v1/activations/${post.activationId}/ready-posts`;
    const { body } = await stage.partner.owner.put(`${path}/announce`, { posted: true }).expect(404);
    expect(body.code).toBe('post.not-found');
    expect((await stage.partner.owner.get('/api/v1/ready-posts').expect(200)).text).not.toContain(post.activationId);
    await say({ ...post, postKey: 'another' }, true).expect(404);
  });

  it('and stands in no step is due at the start, a further one a week later each', async () => {
    const zip = await wholeCampaign('post-without-step', undefined, { posts: true });
    const { versionId } = await publish(stage.vendor, zip, {
      partnerGroupIds: [stage.vendor.groupId],
      opensOn: stage.day(0),
      closesOn: stage.day(300),
    });
    const { id } = await stage.running(partner.owner, { versionId });
    const keys = async () => (await page(`?activationId=${id}`)).items.map(({ postKey }) => postKey);
    await until(async () => (await keys()).length > 0, 'the post');
    expect(await keys()).toEqual(['announce']);
    await stage.api.asOwner(
      `INSERT INTO sequences.ready_post (activation_id, post_key, partner_id, ready_at)
       SELECT activation_id, 'later', partner_id, ready_at + interval '7 days' FROM sequences.ready_post WHERE activation_id = '${id}'`,
    );
    expect(await keys()).toEqual(['announce']);
    const count = async (): Promise<number> =>
      (await partner.owner.get('/api/v1/ready-posts/waiting').expect(200)).body.count;
    const before = await count();
    stage.api.clock.advance(7 * 86_400_000);
    expect(await keys()).toEqual(['later', 'announce']);
    expect(await count()).toBe(before + 1);
  });
});
