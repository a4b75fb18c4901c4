import { readPackage, writeZip } from '#content';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';
import { CAMPAIGN_YAML, campaignFiles, zipOf } from '../../libs/content/src/package/package.fixture.js';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';

interface Language {
  readonly locale: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly isHeldBack: boolean;
  readonly reviewer: { readonly name: string; readonly isYou: boolean } | null;
}

describe('the translation desk', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let maya: Browser;
  let ben: Browser;
  let ann: Browser;
  let campaign: string;

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { rendering: 2 } });
    vendor = await api.aVendor();
    maya = await api.signIn(vendor.vendorId, 'marketer');
    ben = await api.signIn(vendor.vendorId, 'owner');
    ann = await api.signIn(vendor.vendorId, 'approver');
    const read = await readPackage({ folder: 'templates/zero-trust-edge' });
    if (!read.ok) throw new Error('The shipped campaign is broken.');
    const zip = await writeZip(read.pkg);
    const { body } = await maya.post('/api/v1/campaigns').attach('package', zip, 'package.zip').expect(201);
    campaign = `/api/v1/campaigns/${body.campaignId}`;
  });
  afterAll(() => api.close());

  const german = async (): Promise<Language> => {
    const { body } = await maya.get(`${campaign}/translations`).expect(200);
    return (body.languages as Language[]).find(({ locale }) => locale === 'de') as Language;
  };
  const xliff = async (): Promise<string> => {
    const { body } = await maya.get(`${campaign}/translations/de/xliff`).responseType('blob').expect(200);
    return (body as Buffer).toString('utf8');
  };
  const check = (file: string | Buffer, locale = 'de') =>
    maya.post(`${campaign}/translations/${locale}/xliff-checks`).attach('file', Buffer.from(file), 'texts.xlf');
  /** All texts with their translations, from the exported file. */
  const allTexts = async () => {
    const { body } = await check(await xliff()).expect(200);
    return (body.texts as { key: string; source: string; before: string }[]).map(({ key, source, before }) => ({
      key,
      source,
      text: before,
    }));
  };
  const idOf = async (role: string): Promise<string> => {
    const { body } = await ben.get('/api/v1/team').expect(200);
    return (body.items as { id: string; role: string }[]).find((person) => person.role === role)?.id ?? '';
  };

  it('computes states from the texts and what was said of them', async () => {
    const before = await german();
    expect(before.counts).toMatchObject({ missing: 0, draft: 0, reviewed: 0 });
    const [first, second] = await allTexts();
    await maya.post(`${campaign}/translations/de`, { texts: [first] }).expect(200);
    // Another source than that of the draft: somebody has changed it meanwhile.
    await maya.post(`${campaign}/translations/de`, { texts: [{ ...second, source: 'Other words' }] }).expect(200);
    expect((await german()).counts).toMatchObject({
      draft: 1,
      outdated: 1,
      new: (before.counts['new'] ?? 0) - 2,
    });
  });

  it('takes each text once, and only those of the campaign', async () => {
    const [first] = await allTexts();
    const twice = await maya.post(`${campaign}/translations/de`, { texts: [first, first] }).expect(422);
    expect(twice.body.problems).toEqual([expect.objectContaining({ field: 'texts[1].key' })]);
    const unknown = await maya.post(`${campaign}/translations/de`, { texts: [{ ...first, key: 'no.text' }] });
    expect(unknown).toMatchObject({
      status: 422,
      body: { code: 'translation.text-unknown', field: 'texts[0].key', details: { key: 'no.text' } },
    });
    await maya.post(`${campaign}/translations/fr`, { texts: [first] }).expect(404);
  });

  it('gives a file back as it was exported, and says so', async () => {
    const { body } = await check(await xliff()).expect(200);
    expect(new Set((body.texts as { outcome: string }[]).map(({ outcome }) => outcome))).toEqual(
      new Set(['unchanged']),
    );
    const zip = await maya.get(`${campaign}/translations/all.zip`).expect(200);
    expect(zip.headers['content-disposition']).toContain('zero-trust-edge-translations.zip');
  });

  it('names what is wrong with a file, and changes nothing', async () => {
    const file = await xliff();
    await check(file.replace('original="zero-trust-edge"', 'original="other"')).expect(422, /other-campaign/);
    await check(file.replace('trgLang="de"', 'trgLang="fr"')).expect(422, /other-language/);
    await check(`<!DOCTYPE x [<!ENTITY a "b">]>${file.slice(file.indexOf('\n') + 1)}`).expect(422, /xliff\.doctype/);
    await check('{}').expect(422, /xliff\.unreadable/);
    await check(Buffer.alloc(5_000_001, 32)).expect(422, /xliff\.too-large/);
    await check(file, 'fr').expect(404);
    const broken = await check(file.replaceAll(/(<target>.*)<pc [^>]*>(.*?)<\/pc>/g, '$1$2')).expect(200);
    expect(broken.body.texts).toContainEqual(
      expect.objectContaining({
        outcome: 'error',
        problems: [expect.objectContaining({ code: 'code-missing', codes: ['<b>', '</b>'] })],
      }),
    );
  });

  it('lets only the reviewer of a language release its texts', async () => {
    const [first] = await allTexts();
    await maya.post(`${campaign}/translations/de/requests`, { kind: 'review' }).expect(409, /no-reviewer/);
    await maya.put('/api/v1/translation-rule/reviewers/de', { userId: await idOf('approver') }).expect(403);
    await ben.put('/api/v1/translation-rule/reviewers/de', { userId: await idOf('approver') }).expect(200);
    await maya.post(`${campaign}/translations/de/reviews`, { texts: [first] }).expect(403, /not-reviewer/);
    await maya.post(`${campaign}/translations/de/requests`, { kind: 'rework' }).expect(403, /not-reviewer/);
    await ann.post(`${campaign}/translations/de/requests`, { kind: 'done' }).expect(409, /still-open/);
    await ann.post(`${campaign}/translations/fr/requests`, { kind: 'rework' }).expect(404);
    await maya.post(`${campaign}/translations/de/requests`, { kind: 'review' }).expect(204);
    const { body } = await ann.get('/api/v1/waiting-work').expect(200);
    expect(body.translations).toEqual([expect.objectContaining({ kind: 'review', locale: 'de', number: 1 })]);
    await ann.post(`${campaign}/translations/de/reviews`, { texts: [first] }).expect(200);
    expect((await german()).counts['reviewed']).toBe(1);
    // Saying the same again takes no review back.
    await maya.post(`${campaign}/translations/de`, { texts: [first] }).expect(200);
    expect((await german()).counts['reviewed']).toBe(1);
    await ann.post(`${campaign}/translations/de/reopened`, { keys: [first?.key] }).expect(200);
    expect((await german()).counts['reviewed']).toBe(0);
  });

  it('may refuse the review of own translations', async () => {
    const [first, , third] = await allTexts();
    await ben.patch('/api/v1/translation-rule', { ownReview: 'refused' }).expect(200);
    await ben.put('/api/v1/translation-rule/reviewers/de', { userId: await idOf('marketer') }).expect(200);
    await maya.post(`${campaign}/translations/de`, { texts: [{ ...first, text: 'Meins' }] }).expect(200);
    await maya
      .post(`${campaign}/translations/de/reviews`, { texts: [{ ...first, text: 'Meins' }] })
      .expect(403, /own-translation/);
    await maya.post(`${campaign}/translations/de/reviews`, { texts: [third] }).expect(403, /translator-unknown/);
    await ben.patch('/api/v1/translation-rule', { ownReview: 'allowed' }).expect(200);
  });

  it('holds a submission back while texts are not reviewed, unless the vendor only wants a warning', async () => {
    await maya.post(`${campaign}/versions/1/submit`).expect(409, /texts-unreviewed/);
    await ben.patch('/api/v1/translation-rule', { unreviewed: 'warn' }).expect(200);
    expect((await german()).isHeldBack).toBe(false);
    await ben.patch('/api/v1/translation-rule', { unreviewed: 'hold' }).expect(200);
    await maya.post(`${campaign}/translations/de/reviews`, { texts: await allTexts() }).expect(200);
    expect(await german()).toMatchObject({ isHeldBack: false, counts: { reviewed: (await allTexts()).length } });
    await maya.post(`${campaign}/versions/1/submit`).expect(200);
  });

  it('ends what waits for a reviewer when the campaign loses the language', async () => {
    await ben.put('/api/v1/translation-rule/reviewers/de', { userId: await idOf('approver') }).expect(200);
    const upload = async (path: string, files: Parameters<typeof campaignFiles>[0], yaml: string): Promise<string> => {
      const named = yaml.replace('name: zero-trust-edge', 'name: one-language');
      const zip = await zipOf(campaignFiles({ ...files, 'campaign.yaml': named }));
      const { body } = await maya.post(path).attach('package', zip, 'package.zip').expect(201);
      return body.campaignId as string;
    };
    const waiting = async () => {
      const { body } = await ann.get('/api/v1/waiting-work').expect(200);
      return (body.translations as { campaignId: string }[]).filter(({ campaignId }) => campaignId === id);
    };
    const id = await upload('/api/v1/campaigns', {}, CAMPAIGN_YAML);
    await maya.post(`/api/v1/campaigns/${id}/translations/de/requests`, { kind: 'review' }).expect(204);
    expect(await waiting()).toHaveLength(1);
    await upload(
      `/api/v1/campaigns/${id}/versions`,
      { 'locales/de.yaml': null },
      CAMPAIGN_YAML.replaceAll(/, de: [^}]*/g, ' ').replace('[en, de]', '[en]'),
    );
    expect(await waiting()).toEqual([]);
  });

  it('needs a person for a review', async () => {
    const { body } = await ben.post('/api/v1/api-keys', { name: 'agency', role: 'marketer' }).expect(201);
    const review = api.http.post(`${campaign}/translations/de/reviews`).set('Authorization', `Bearer ${body.key}`);
    await review.send({ texts: await allTexts() }).expect(403, /person-only/);
  });
});
