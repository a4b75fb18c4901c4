import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { CAMPAIGN_YAML, campaignFiles, zipOf } from '../../libs/content/src/package/package.fixture.js';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const HOSTILE = '<script>alert(1)</script> & <b>Zoë</b> \u202eabc\u202c 🎉\nلماذا؟ {{partner.name}}';
const WELCOME = { kind: 'email', key: 'welcome' };

describe('comments in a review', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let marketer: Browser;
  let approver: Browser;
  let names = 0;

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { rendering: 2 } });
    vendor = await api.aVendor();
    marketer = await api.signIn(vendor.vendorId, 'marketer');
    approver = await api.signIn(vendor.vendorId, 'approver');
  });
  afterAll(() => api.close());

  const aPackage = (name: string, changes: Parameters<typeof campaignFiles>[0] = {}): Promise<Buffer> =>
    zipOf(
      campaignFiles({ 'campaign.yaml': CAMPAIGN_YAML.replace('name: zero-trust-edge', `name: ${name}`), ...changes }),
    );
  const aDraft = async (): Promise<string> => {
    const zip = await aPackage(`commented-${names++}`);
    const { body } = await marketer.post('/api/v1/campaigns').attach('package', zip, 'package.zip').expect(201);
    return `/api/v1/campaigns/${body.campaignId}/versions/1`;
  };
  const inReview = async (): Promise<string> => {
    const path = await aDraft();
    await marketer.post(`${path}/submit`).expect(200);
    return path;
  };
  const deedsOf = async (path: string): Promise<Record<string, unknown>[]> => {
    const [, campaignId] = /campaigns\/([0-9a-f-]+)\//.exec(path) ?? [];
    return api.asOwner(
      "SELECT action, actor_name AS who, details FROM audit.entry WHERE details->>'campaignId' = $1 AND action LIKE '%comment%' ORDER BY id",
      [campaignId],
    );
  };

  it('are written by who reviews, answered by who wrote the campaign, and change nothing of the version', async () => {
    const path = await inReview();
    const before = (await marketer.get(path).expect(200)).body;
    const { body: comment } = await approver
      .post(`${path}/comments`, { text: '  Name a source.\n', about: WELCOME })
      .expect(201);
    expect(comment).toMatchObject({
      author: 'approver person',
      text: 'Name a source.',
      about: WELCOME,
      returned: false,
      answers: [],
      resolvedAt: null,
      resolvedBy: null,
    });
    const { body: answered } = await marketer
      .post(`${path}/comments/${comment.id}/answers`, { text: 'It is in the footnote.' })
      .expect(201);
    expect(answered).toMatchObject({
      id: comment.id,
      answers: [{ author: 'marketer person', text: 'It is in the footnote.' }],
    });
    const { body: after } = await approver.get(path).expect(200);
    expect(after).toEqual({ ...before, comments: [answered] });
  });

  it('are about the version as a whole, or about a step, a page, a document or a post that it has', async () => {
    const path = await inReview();
    const { body: version } = await marketer.get(path).expect(200);
    const { pages, documents, social } = version.tactics as Record<string, { key: string }[]>;
    const parts = [
      { kind: 'step', key: version.sequence.steps[0].key },
      ...pages!.map(({ key }) => ({ kind: 'page', key })),
      ...documents!.map(({ key }) => ({ kind: 'document', key })),
      ...social!.map(({ key }) => ({ kind: 'social', key })),
    ];
    for (const about of parts)
      expect((await marketer.post(`${path}/comments`, { text: 'x', about }).expect(201)).body.about).toEqual(about);
    expect((await marketer.post(`${path}/comments`, { text: 'x' }).expect(201)).body).toMatchObject({
      about: null,
      block: null,
    });
    const block = { number: 3, name: 'Text: Hello', tag: 'mj-text', open: '<mj-text>', keys: ['a.b'], content: '' };
    const onBlock = await marketer.post(`${path}/comments`, { text: 'Too long', about: WELCOME, block }).expect(201);
    expect(onBlock.body).toMatchObject({ about: WELCOME, block });
    const { body: seen } = await marketer.get(path).expect(200);
    expect(seen.comments.find(({ id }: { id: string }) => id === onBlock.body.id)).toMatchObject({ block });
    for (const about of [null, parts[0]])
      await marketer.post(`${path}/comments`, { text: 'x', about, block }).expect(422);
    const { body: refusal } = await marketer
      .post(`${path}/comments`, { text: 'x', about: { kind: 'page', key: 'welcome' } })
      .expect(422);
    expect(refusal).toMatchObject({ code: 'review-comment.about-unknown', field: 'about' });
    expect(refusal.detail).toContain('Choose one that it has');
    await marketer.post(`${path}/comments`, { text: 'x', about: { kind: 'slot', key: 'offer' } }).expect(422);
  });

  it('keep naming a part that the next upload of the draft removed', async () => {
    const path = await inReview();
    const about = { kind: 'step', key: 'welcome' };
    await approver.post(`${path}/comments`, { text: 'Why so early?', about }).expect(201);
    await approver.post(`${path}/return`, { comment: 'See the step.' }).expect(200);
    const { body: files } = await marketer.get(`${path}/files`).expect(200);
    const yaml = (files.files as { path: string; text: string }[]).find((file) => file.path === 'campaign.yaml')!.text;
    const changes = { 'campaign.yaml': yaml.replaceAll('key: welcome', 'key: hello') };
    const saved = await marketer.patch(`${path}/files`, { basedOn: files.packageHash, changes });
    expect([200, 201]).toContain(saved.status);
    const { body: version } = await marketer.get(path).expect(200);
    expect(version.sequence.steps.map(({ key }: { key: string }) => key)).not.toContain('welcome');
    expect(version.comments[0]).toMatchObject({ about, resolvedAt: null });
  });

  it('are resolved by anybody who may comment, once, and opened again; who and when is told and recorded', async () => {
    const path = await inReview();
    const { body: comment } = await approver.post(`${path}/comments`, { text: 'Shorter, please.' }).expect(201);
    const own = `${path}/comments/${comment.id}`;
    const { body: resolved } = await marketer.post(`${own}/resolve`).expect(200);
    expect(resolved).toMatchObject({ resolvedBy: 'marketer person', resolvedAt: expect.any(String) });
    expect((await approver.post(`${own}/resolve`).expect(200)).body).toEqual(resolved);
    expect((await approver.post(`${own}/reopen`).expect(200)).body).toMatchObject({ resolvedBy: null });
    await approver.post(`${own}/reopen`).expect(200);
    await marketer.post(`${own}/answers`, { text: 'Done.' }).expect(201);
    expect((await deedsOf(path)).map(({ action, who }) => [action, who])).toEqual([
      ['campaign-version.commented', 'approver person'],
      ['campaign-version.comment-resolved', 'marketer person'],
      ['campaign-version.comment-reopened', 'approver person'],
      ['campaign-version.comment-answered', 'marketer person'],
    ]);
    expect(JSON.stringify(await deedsOf(path))).not.toContain('Shorter');
  });

  it('are one comment when the same words come twice at once', async () => {
    const path = await inReview();
    const answers = await Promise.all(
      [1, 2, 3].map(() => approver.post(`${path}/comments`, { text: 'Twice?' }).expect(201)),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await marketer.post(`${path}/comments`, { text: 'Twice?' }).expect(201);
    expect((await marketer.get(path)).body.comments).toHaveLength(2);
    expect(await deedsOf(path)).toHaveLength(2);
  });

  it('with which a version was sent back stay open until somebody resolves them, and hold up nothing', async () => {
    const path = await inReview();
    await approver.post(`${path}/return`, { comment: 'Claim needs a source.' }).expect(200);
    const [comment] = (await marketer.get(path).expect(200)).body.comments;
    expect(comment).toMatchObject({ returned: true, text: 'Claim needs a source.', resolvedAt: null });
    // In a draft, too: who changes it answers there.
    await marketer.post(`${path}/comments/${comment.id}/answers`, { text: 'Named now.' }).expect(201);
    await marketer.post(`${path}/submit`).expect(200);
    await approver.post(`${path}/approve`).expect(200);
    const publication = { partnerGroupIds: [vendor.groupId], opensOn: day(0), closesOn: day(30) };
    await marketer.post(`${path}/publish`, publication).expect(200);
    const { body: published } = await approver.get(path).expect(200);
    expect(published.comments).toMatchObject([{ resolvedAt: null, answers: [{ text: 'Named now.' }] }]);
  });

  it('end with publication', async () => {
    const path = await inReview();
    const { body: comment } = await approver.post(`${path}/comments`, { text: 'Good.' }).expect(201);
    await approver.post(`${path}/approve`).expect(200);
    await approver.post(`${path}/comments`, { text: 'Also approved, it may be talked about.' }).expect(201);
    const publication = { partnerGroupIds: [vendor.groupId], opensOn: day(0), closesOn: day(30) };
    await marketer.post(`${path}/publish`, publication).expect(200);
    const deeds = ['', `/${comment.id}/answers`, `/${comment.id}/resolve`, `/${comment.id}/reopen`];
    for (const deed of deeds) {
      const { body } = await marketer.post(`${path}/comments${deed}`, { text: 'x' }).expect(409);
      expect(body).toMatchObject({ code: 'campaign-version.comments-closed' });
      expect(body.detail).toContain('comment on the next version');
    }
  });

  it('are kept letter by letter, whatever stands in them, up to 4,000 letters', async () => {
    const path = await inReview();
    const longest = 'W'.repeat(4_000);
    for (const text of [HOSTILE, longest])
      expect((await approver.post(`${path}/comments`, { text }).expect(201)).body.text).toBe(text);
    const refused = ['W'.repeat(10_000), '  \n ', 7, null];
    for (const text of refused) {
      const { body } = await approver.post(`${path}/comments`, { text }).expect(422);
      expect(body).toMatchObject({ code: 'request.invalid', field: 'text' });
    }
    await approver.post(`${path}/comments`, { text: 'a\u0000b' }).expect(({ status }) => {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    });
    expect((await marketer.get(path)).body.comments).toHaveLength(2);
  });

  it('are read, but not written, by an analyst', async () => {
    const path = await inReview();
    const { body: comment } = await approver.post(`${path}/comments`, { text: 'Name a source.' }).expect(201);
    const analyst = await api.signIn(vendor.vendorId, 'analyst');
    expect((await analyst.get(path).expect(200)).body.comments).toMatchObject([{ text: 'Name a source.' }]);
    for (const deed of ['', `/${comment.id}/answers`, `/${comment.id}/resolve`, `/${comment.id}/reopen`])
      expect((await analyst.post(`${path}/comments${deed}`, { text: 'x' }).expect(403)).body).toMatchObject({
        code: 'permission.missing',
      });
  });

  it('do not exist for another vendor, for a partner, or under another version', async () => {
    const path = await inReview();
    const { body: comment } = await approver.post(`${path}/comments`, { text: 'A secret.' }).expect(201);
    const stranger = await api.signIn((await api.aVendor('Stranger')).vendorId, 'owner');
    const partner = await api.signIn(await api.aPartner(vendor), 'owner');
    const other = await inReview();
    for (const deed of ['', `/${comment.id}/answers`, `/${comment.id}/resolve`, `/${comment.id}/reopen`]) {
      await stranger.post(`${path}/comments${deed}`, { text: 'x' }).expect(404);
      await partner.post(`${path}/comments${deed}`, { text: 'x' }).expect(403);
      if (deed !== '') await approver.post(`${other}/comments${deed}`, { text: 'x' }).expect(404);
    }
    await stranger.get(path).expect(404);
    await partner.get(path).expect(403);
    const [answer] = (await marketer.post(`${path}/comments/${comment.id}/answers`, { text: 'Why?' })).body.answers;
    const { body } = await approver.post(`${path}/comments/${answer.id}/resolve`).expect(404);
    expect(body.code).toBe('review-comment.not-found');
  });
});
