import { createHash } from 'node:crypto';
import { TermsMail } from '#joining';
import { DAY_MS } from '#kernel';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const TEXTS = { en: 'Sell fairly.', de: 'Verkaufen Sie redlich.' };

describe('the terms of a programme', () => {
  let stage: TestProduct;
  let owner: Browser;
  let published = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    owner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const post = (changes: object = {}) =>
    owner.post('/api/v1/programme-terms', {
      number: published + 1,
      texts: TEXTS,
      effectiveOn: stage.day(1),
      acceptBy: stage.day(2),
      isRequired: true,
      ...changes,
    });
  const publish = async (changes: object = {}): Promise<number> => {
    await post(changes).expect(201);
    return ++published;
  };
  const accept = (number: number, language = 'en', by = stage.partner.owner) =>
    by.post('/api/v1/vendor-terms/accept', { vendorId: stage.vendor.vendorId, number, language });
  const launch = async () =>
    stage.launch(stage.partner.owner, { versionId: stage.campaign.versionId, listId: (await stage.aList()).id });
  const partnersThat = async (state: 'accepted' | 'waiting'): Promise<object[]> =>
    (await stage.vendor.editor.get(`/api/v1/programme-terms/partners?state=${state}`).expect(200)).body.items;
  const actionsOf = async (by: Browser): Promise<string[]> =>
    (await by.get('/api/v1/audit-entries?limit=50').expect(200)).body.items.map(
      ({ action }: { action: string }) => action,
    );

  it('are accepted by an owner of a partner, with the text that the person read', async () => {
    const number = await publish();
    const marketer = await stage.api.signIn(stage.partner.id, 'marketer');
    await accept(number, 'de', marketer).expect(403);
    const { body } = await accept(number, 'de').expect(200);
    const acceptance = {
      number,
      acceptedBy: 'owner person',
      language: 'de',
      textHash: createHash('sha256').update(TEXTS.de).digest('hex'),
    };
    expect(body.items).toMatchObject([{ number, texts: TEXTS, isOverdue: false, acceptance }]);
    await accept(number, 'en').expect(200);
    expect(await partnersThat('accepted')).toMatchObject([{ partnerId: stage.partner.id, acceptance }]);
    expect(await partnersThat('waiting')).toEqual([]);
    const versions = await stage.vendor.editor.get('/api/v1/programme-terms').expect(200);
    expect(versions.body).toMatchObject({ partnerCount: 1, items: [{ number, acceptedCount: 1 }] });
    expect(await actionsOf(stage.partner.owner)).toContain('programme-terms.accepted');
    expect(await actionsOf(owner)).toEqual(
      expect.arrayContaining(['programme-terms.published', 'programme-terms.accepted']),
    );
  });

  it('are told to the owners of each partner, once', async () => {
    const number = await publish();
    const letters = async () =>
      stage.api.asOwner<{ subject: string }>(
        `SELECT subject FROM identity.system_mail WHERE recipient = $1
           AND regexp_replace(body_text, '\\s+', ' ', 'g') LIKE '%version ' || $2 || ' of the terms%'`,
        [stage.partner.owner.email, String(number)],
      );
    await until(async () => (await letters()).length > 0, 'the e-mail about the terms');
    await stage.api.app.get(TermsMail, { strict: false }).tell({ vendorId: stage.vendor.vendorId, number });
    expect(await letters()).toHaveLength(1);
    const { body } = await stage.partner.owner.get('/api/v1/notifications').expect(200);
    expect(body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ event: 'terms-published', number, path: '/vendors' })]),
    );
  });

  it('stop launches after the last day, until they are accepted', async () => {
    const number = await publish();
    const before = await launch();
    expect(before.status).toBe(201);
    stage.api.clock.advance(3 * DAY_MS);
    stage.toWorkingHours();
    const refused = await launch();
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'programme-terms.unaccepted' });
    const offer = await stage.partner.owner.get(`/api/v1/offers/${stage.campaign.versionId}`).expect(200);
    expect(offer.body.vendor.terms).toMatchObject({ number, isOverdue: true, acceptance: null });
    await accept(number).expect(200);
    expect((await launch()).status).toBe(201);
  });

  it('do not stop launches if the vendor does not require them', async () => {
    await publish({ isRequired: false });
    stage.api.clock.advance(3 * DAY_MS);
    stage.toWorkingHours();
    expect((await launch()).status).toBe(201);
  });

  it('are published once each, by an owner, with days to come', async () => {
    const number = await publish();
    expect((await post({ number }).expect(409)).body.code).toBe('programme-terms.not-next');
    expect((await post({ acceptBy: stage.day(-1) }).expect(422)).body.code).toBe('programme-terms.day-past');
    await post({ texts: {} }).expect(422);
    await stage.vendor.editor.post('/api/v1/programme-terms', {}).expect(403);
  });

  it('are accepted in the newest version, in a language in which they are written', async () => {
    const number = await publish();
    expect((await accept(number - 1).expect(409)).body.code).toBe('programme-terms.superseded');
    expect((await accept(number, 'fr').expect(422)).body.code).toBe('programme-terms.language-unknown');
  });

  it('are no business of other vendors and their partners', async () => {
    const number = await publish();
    const other = await stage.api.aVendor('Contoso');
    const stranger = { id: await stage.api.aPartner(other, { name: 'Stranger', tier: 'gold' }) };
    const strangerOwner = await stage.api.signIn(stranger.id, 'owner');
    expect((await strangerOwner.get('/api/v1/vendor-terms').expect(200)).body.items).toEqual([]);
    expect((await accept(number, 'en', strangerOwner).expect(404)).body.code).toBe('programme-terms.not-found');
    const otherOwner = await stage.api.signIn(other.vendorId, 'owner');
    const seen = await otherOwner.get('/api/v1/programme-terms').expect(200);
    expect(seen.body).toEqual({ items: [], partnerCount: 1 });
  });

  it('are a step of the checklist of a new partner, until they are accepted or the checklist is hidden', async () => {
    const number = await publish();
    const list = async () => (await stage.partner.owner.get('/api/v1/onboarding').expect(200)).body;
    const open = async () => (await list()).steps.filter(({ isDone }: { isDone: boolean }) => !isDone);
    expect(await open()).toEqual([{ key: 'terms', isDone: false }]);
    await accept(number).expect(200);
    expect(await open()).toEqual([]);
    const fresh = { id: await stage.api.aPartner(stage.vendor, { name: 'Fresh', tier: 'gold' }) };
    const freshOwner = await stage.api.signIn(fresh.id, 'owner');
    const first = await freshOwner.get('/api/v1/onboarding').expect(200);
    expect(first.body).toMatchObject({ isHidden: false, steps: [{ key: 'brand', isDone: false }, {}, {}, {}, {}] });
    await freshOwner.post('/api/v1/onboarding/hidden').expect(204);
    await freshOwner.post('/api/v1/onboarding/hidden').expect(204);
    expect((await freshOwner.get('/api/v1/onboarding').expect(200)).body.isHidden).toBe(true);
    expect((await actionsOf(freshOwner)).filter((action) => action === 'onboarding.hidden')).toHaveLength(1);
  });
});
