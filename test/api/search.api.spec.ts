import type { Browser } from '../support/api.js';
import { smallCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

interface Found {
  readonly kind: string;
  readonly name: string | null;
  readonly title: Readonly<Record<string, string>> | null;
  readonly path: string;
}

describe('finding things', () => {
  let stage: TestProduct;

  beforeAll(async () => {
    stage = await openTestProduct();
  });
  afterAll(() => stage.close());

  const found = async (by: Browser, words: string): Promise<Found[]> =>
    (await by.get(`/api/v1/search?q=${encodeURIComponent(words)}`).expect(200)).body.items as Found[];
  const kinds = (items: readonly Found[]): string[] => [...new Set(items.map(({ kind }) => kind))];

  describe('by name', () => {
    it('gives a vendor its campaigns, partners and groups', async () => {
      const { editor } = stage.vendor;
      expect(await found(editor, 'brightwater')).toEqual([
        expect.objectContaining({ kind: 'partner', name: expect.stringMatching(/Brightwater/) }),
      ]);
      const { body } = await editor.get('/api/v1/partner-groups').expect(200);
      const [group] = body.items as { name: string }[];
      expect(kinds(await found(editor, group?.name ?? ''))).toContain('partner-group');
      const { body: campaigns } = await editor.get('/api/v1/campaigns').expect(200);
      const [campaign] = campaigns.items as { id: string; title: Record<string, string> }[];
      const [, ...words] = Object.values(campaign?.title ?? {})[0]?.toUpperCase() ?? '';
      expect(await found(editor, words.join(''))).toContainEqual(
        expect.objectContaining({ kind: 'campaign', path: `/campaigns/${campaign?.id}` }),
      );
    });

    it('gives a partner its contacts and offers, and nobody those of others', async () => {
      const { owner } = stage.partner;
      const email = 'searched.person@customer.example';
      const { body } = await owner
        .post('/api/v1/contacts', { email, firstName: 'Zora', lastName: 'Quill' })
        .expect(201);
      expect(await found(owner, 'quill')).toEqual([
        expect.objectContaining({ kind: 'contact', name: 'Zora Quill', path: `/contacts/${body.id}/file` }),
      ]);
      expect(await found(stage.vendor.editor, 'quill')).toEqual([]);
      const { body: offers } = await owner.get('/api/v1/offers').expect(200);
      const [offer] = offers.items as { title: Record<string, string> }[];
      const [title = ''] = Object.values(offer?.title ?? {});
      expect(kinds(await found(owner, title))).toContain('offer');
    });

    it('takes any words as words', async () => {
      for (const words of ['%', '_', "'; --", '\\', '🦊', 'x'.repeat(100)])
        expect(await found(stage.vendor.editor, words)).toEqual([]);
      await stage.vendor.editor.get('/api/v1/search?q=').expect(422);
      await stage.vendor.editor.get(`/api/v1/search?q=${'x'.repeat(101)}`).expect(422);
    });
  });

  describe('in the planner', () => {
    const plan = (from: string, to: string) => stage.vendor.editor.get(`/api/v1/campaign-plan?from=${from}&to=${to}`);

    it('are drafts, reviews with their days, and windows that touch the days', async () => {
      const { editor } = stage.vendor;
      const zip = await smallCampaign('planned');
      const { body: draft } = await editor.post('/api/v1/campaigns').attach('package', zip, 'package.zip').expect(201);
      const ofDraft = async () =>
        ((await plan(stage.day(0), stage.day(30)).expect(200)).body.items as { campaignId: string }[]).find(
          ({ campaignId }) => campaignId === draft.campaignId,
        );
      expect(await ofDraft()).toMatchObject({ kind: 'draft', to: null });
      await editor.post(`/api/v1/campaigns/${draft.campaignId}/versions/1/submit`, { dueOn: stage.day(5) }).expect(200);
      expect(await ofDraft()).toMatchObject({ kind: 'review', to: stage.day(5) });
      const { body } = await plan(stage.day(0), stage.day(30)).expect(200);
      expect(body.today).toBe(stage.day(0));
      expect(body.items).toContainEqual(expect.objectContaining({ kind: 'window', isStopped: false }));
      const { body: later } = await plan(stage.day(3000), stage.day(3010)).expect(200);
      expect((later.items as { kind: string }[]).filter(({ kind }) => kind === 'window')).toEqual([]);
    });

    it('need days in their order, and at most 400', async () => {
      await plan('2026-02-01', '2026-01-01').expect(422);
      await plan('2026-01-01', '2028-01-01').expect(422);
      await plan('2026-13-01', '2026-14-01').expect(422);
    });
  });
});
