import pg from 'pg';
import { Assets } from '#contracts';
import { newId, DAY_MS, HOUR_MS } from '#kernel';
import { StepOutcomes } from '#sequences';
import type { Browser } from '../support/api.js';
import {
  BRAND_PROFILE,
  campaignWithChoices,
  campaignWithLinkOn,
  fillBrand,
  launchKey,
  publish,
  smallCampaign,
  type UploadedVersion,
  wholeCampaign,
} from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('activations', () => {
  let stage: TestProduct;
  let owner: Browser;
  let versionId: string;
  let names = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    ({ owner } = stage.partner);
    ({ versionId } = stage.campaign);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const count = async (by = owner): Promise<number> =>
    (await by.get('/api/v1/activations?limit=200').expect(200)).body.items.length;
  const published = async (
    changes: { tiers?: string[]; opensOn?: string; closesOn?: string } = {},
    campaign: (name: string) => Promise<Buffer> = smallCampaign,
  ): Promise<UploadedVersion> => {
    const { tiers = [], opensOn = stage.day(0), closesOn = stage.day(200) } = changes;
    const group = { name: `Group ${names++}`, rule: { tiers } };
    const { body } = await stage.vendor.editor.post('/api/v1/partner-groups', group).expect(201);
    const window = { partnerGroupIds: [body.id as string], opensOn, closesOn };
    return publish(stage.vendor, await campaign(`campaign-${names++}`), window);
  };
  const statusOf = async (path: string): Promise<string> => (await owner.get(path).expect(200)).body.status;
  const words = (text: string, changes: object = {}): object => ({
    kind: 'paragraphs',
    blocks: [[{ text, ...changes }]],
  });

  describe('a launch to several lists', () => {
    const statesOf = async (path: string): Promise<Map<string, string>> =>
      new Map(
        (await owner.get(`${path}/people`).expect(200)).body.items.map(
          ({ email, state, last }: { email: string; state: string; last: { reason: string } | null }) => [
            email,
            state === 'not-enrolled' ? last!.reason : state,
          ],
        ),
      );
    const anOverlap = async () => {
      const [one, other, leftOut] = [
        await stage.aList(owner, [{}, {}, {}]),
        await stage.aList(owner, [{}]),
        await stage.aList(owner, []),
      ];
      const add = async (email: string, ids: string[]): Promise<void> => {
        const { items } = (await owner.get(`/api/v1/contacts?q=${email}`).expect(200)).body;
        await owner.patch(`/api/v1/contacts/${items[0].id}`, { addToLists: ids }).expect(200);
      };
      await add(one.emails[0]!, [other.id]);
      await add(one.emails[1]!, [other.id, leftOut.id]);
      return { include: [one.id, other.id], exclude: [leftOut.id], emails: [...one.emails, ...other.emails] };
    };

    it('enrols each person once, and nobody of a list that is left out, as the counts before it say', async () => {
      const { include, exclude, emails } = await anOverlap();
      const query = `include=${include.join(',')}&exclude=${exclude.join(',')}`;
      const { body: counted } = await owner.get(`/api/v1/offers/${versionId}/audience?${query}`).expect(200);
      const skipped = [{ reason: 'on-exclusion-list', sentence: expect.any(String), count: 1 }];
      expect(counted).toMatchObject({ total: 4, willGet: 3, skipped, nextAfter: null });
      const lists = { include, exclude };
      const { body: run } = await owner.post(`/api/v1/offers/${versionId}/dry-run`, { lists }).expect(200);
      expect(run).toMatchObject({ total: 4, reached: 3 });
      const { body: launched } = await stage.launch(owner, { versionId, lists }).expect(201);
      expect(launched).toMatchObject({
        listId: null,
        lists: { include: include.map((id) => expect.objectContaining({ id })), exclude: [{ id: exclude[0] }] },
      });
      const path = `/api/v1/activations/${launched.id}`;
      for (const at of [0, 2, 3]) await stage.mailTo(emails[at]!);
      await until(async () => (await statesOf(path)).size === 4, 'all of them');
      expect(await statesOf(path)).toEqual(
        new Map([
          [emails[0], 'waiting'],
          [emails[1], 'on-exclusion-list'],
          [emails[2], 'waiting'],
          [emails[3], 'waiting'],
        ]),
      );
      const { body: detail } = await owner.get(path).expect(200);
      expect(detail).toMatchObject({ contacts: 3, reasons: [{ reason: 'on-exclusion-list', count: 1 }] });
      for (const email of emails) expect(stage.mails.to(email).length).toBeLessThan(2);
    });

    it('reads a segment at the launch, and leaves out who is in one', async () => {
      const { id: everybody, emails } = await stage.aList(owner, [{}, {}, {}]);
      const idOf = async (email: string): Promise<string> =>
        (await owner.get(`/api/v1/contacts?q=${email}`).expect(200)).body.items[0].id;
      const rule = { match: 'all', conditions: [{ on: 'field', field: 'stage', is: [`left-${everybody}`] }] };
      const { body: segment } = await owner.post('/api/v1/contact-lists', { name: 'Left out', rule }).expect(201);
      expect(segment).toMatchObject({ size: 0, rule: { match: 'all', conditions: [{ on: 'field', not: false }] } });
      await owner.patch(`/api/v1/contacts/${await idOf(emails[0]!)}`, { stage: `left-${everybody}` }).expect(200);
      const counted = await owner.post('/api/v1/contact-lists/segment-count', { rule }).expect(200);
      expect(counted.body).toEqual({ count: 1 });
      const lists = { include: [everybody], exclude: [segment.id] };
      const { body: launched } = await stage.launch(owner, { versionId, lists }).expect(201);
      for (const at of [1, 2]) await stage.mailTo(emails[at]!);
      const path = `/api/v1/activations/${launched.id}`;
      await until(async () => (await statesOf(path)).size === 3, 'all of them');
      expect((await statesOf(path)).get(emails[0]!)).toBe('on-exclusion-list');
      const { body: refused } = await owner.delete(`/api/v1/contact-lists/${segment.id}`).expect(409);
      expect(refused.code).toBe('contact-list.in-use');
    });

    it('is the one to a list where it names one list, and repeated with its key in any order', async () => {
      const { id: listId } = await stage.aList();
      const { id: other } = await stage.aList();
      const key = launchKey();
      const lists = { include: [listId], exclude: [] };
      const { body } = await stage.launch(owner, { versionId, listId, startAt: stage.inDays(1) }, key).expect(201);
      expect(body).toMatchObject({ listId, lists: { include: [{ id: listId }], exclude: [] } });
      const { startAt } = { startAt: stage.inDays(2) };
      const second = launchKey();
      const twice = (include: string[]) => stage.launch(owner, { versionId, startAt, lists: { include } }, second);
      await twice([listId, other]).expect(201);
      await twice([other, listId]).expect(200);
      await stage.launch(owner, { versionId, lists }, second).expect(409);
    });

    it('is refused where lists contradict each other, are none of the partner’s, or none is named', async () => {
      const { id: listId } = await stage.aList();
      const refusal = async (body: object, status = 422) =>
        (await stage.launch(owner, { versionId, ...body }).expect(status)).body;
      const problem = (field: string) => ({ problems: [expect.objectContaining({ field })] });
      expect(await refusal({})).toMatchObject(problem('listId'));
      expect(await refusal({ listId, lists: { include: [listId] } })).toMatchObject(problem('listId'));
      expect(await refusal({ lists: { include: [listId], exclude: [listId] } })).toMatchObject(
        problem('lists.exclude'),
      );
      expect(await refusal({ lists: { include: [listId], exclude: [newId()] } }, 404)).toMatchObject({
        code: 'contact-list.not-found',
      });
      expect(await refusal({ lists: { include: [listId, newId()] } }, 404)).toMatchObject({
        code: 'contact-list.not-found',
      });
      await owner.get(`/api/v1/offers/${versionId}/audience`).expect(422);
    });
  });

  describe('a launch without a list', () => {
    const open = { include: [] };

    it('needs no contact, serves page and QR code, stays open, and says so', async () => {
      const { owner: alone } = await stage.aCompletePartner(undefined, { name: 'Alone IT' });
      const { body } = await stage.launch(alone, { versionId, lists: open }).expect(201);
      expect(body).toMatchObject({ listId: null, listName: '', lists: { include: [], exclude: [] }, hasPage: true });
      const path = `/api/v1/activations/${body.id}`;
      await until(
        async () =>
          (
            await stage.api.asOwner('SELECT 1 FROM activations.activation WHERE id = $1 AND enrolled_at IS NOT NULL', [
              body.id,
            ])
          ).length === 1,
        'the enrolment',
      );
      stage.wake('complete activations');
      await stage.api.app.get(StepOutcomes, { strict: false }).completeAllEnded();
      expect((await alone.get(path).expect(200)).body).toMatchObject({ status: 'active', contacts: 0, waiting: 0 });
      await alone.get(new URL(body.pageUrl as string).pathname).expect(200);
      const code = await alone.get(`${path}/page-code.svg`).expect(200);
      expect(code.headers['content-type']).toContain('image/svg+xml');
      expect((code.body as Buffer).toString()).toContain('<svg');
      expect((await alone.post(`${path}/stop`, {}).expect(200)).body.status).toBe('stopped');
    });

    it('of a campaign without e-mails asks for no sender, and enrols nobody', async () => {
      const sequence = { window: { from: '09:00', to: '17:00', weekdays: ['mon'] }, steps: [] };
      const page = await published({}, (name) => wholeCampaign(name, undefined, { emails: {}, sequence }));
      const { owner: alone, id } = await stage.aCompletePartner(undefined, { name: 'Page only IT' });
      await stage.api.asOwner(
        `INSERT INTO brand.sending_domain (partner_id, domain, from_local, state, findings, chosen_at, next_check_at, state_since)
         VALUES ($1, 'page-only.example', 'hello', 'broken', '[]', now(), now() + interval '9 years', now())`,
        [id],
      );
      expect((await alone.get(`/api/v1/offers/${page.versionId}`).expect(200)).body).toMatchObject({ emails: [] });
      const { body: refused } = await stage.launch(alone, { versionId, lists: open }).expect(409);
      expect(refused.code).toBe('sending-identity.blocked');
      const { body } = await stage.launch(alone, { versionId: page.versionId, lists: open }).expect(201);
      expect(body).toMatchObject({ status: 'active', steps: [], hasPage: true });
      await alone.get(new URL(body.pageUrl as string).pathname).expect(200);
    });
  });

  describe('a launch', () => {
    it('sends the first step in the partner’s name, at once', async () => {
      const { path, email, listId } = await stage.running();
      const [mail] = await stage.mailTo(email);
      expect(mail!.from!.value[0]).toMatchObject({ name: expect.stringContaining('Brightwater IT') });
      expect(mail!.subject).toBe('An intruder needs 62 minutes. You can need four.');
      expect(mail!.html).toContain('Brightwater IT');
      expect(mail!.text).toContain('Brightwater IT');
      const list = JSON.stringify(mail!.headers.get('list'));
      expect(list).toMatch(/\/u\/[\w-]+/);
      expect(mail!.headerLines.map(({ line }) => line)).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
      await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
      const { body } = await owner.get(path).expect(200);
      expect(body).toMatchObject({
        status: 'active',
        listId,
        versionId,
        contacts: 1,
        waiting: 1,
        launchedBy: 'owner person',
      });
      expect(new Date(body.nextAt as string).getTime()).toBeGreaterThan(stage.api.clock.now().getTime() + 3 * DAY_MS);
    });

    it('asked for twice with one key is one, and says so', async () => {
      const { id: listId } = await stage.aList();
      const key = launchKey();
      const first = await stage.launch(owner, { versionId, listId }, key).expect(201);
      const second = await stage.launch(owner, { versionId, listId }, key).expect(200);
      expect(second.body.id).toBe(first.body.id);
    });

    it('asked for many times at once with one key is one', async () => {
      const { id: listId, emails } = await stage.aList();
      const before = await count();
      const key = launchKey();
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => stage.launch(owner, { versionId, listId }, key)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(await count()).toBe(before + 1);
      expect(await stage.mailTo(emails[0]!)).toHaveLength(1);
    });

    it('of something else with a key that was used is refused', async () => {
      const { id: listId } = await stage.aList();
      const key = launchKey();
      await stage.launch(owner, { versionId, listId }, key).expect(201);
      const other = { versionId, listId: (await stage.aList()).id };
      const { body } = await stage.launch(owner, other, key).expect(409);
      expect(body).toMatchObject({ code: 'launch.key-reused', field: 'Idempotency-Key' });
    });

    it('with a key that another partner used is its own', async () => {
      const neighbour = await stage.aCompletePartner();
      const key = launchKey();
      const mine = await stage.launch(owner, { versionId, listId: (await stage.aList()).id }, key).expect(201);
      const list = await stage.aList(neighbour.owner);
      const theirs = await stage.launch(neighbour.owner, { versionId, listId: list.id }, key).expect(201);
      expect(theirs.body.id).not.toBe(mine.body.id);
    });

    it('with the partner’s own words sends them', async () => {
      const slots = { intro: words('We have known you since 2009.') };
      const { email } = await stage.running(owner, { slots });
      const [mail] = await stage.mailTo(email);
      expect(mail!.html).toContain('We have known you since 2009.');
    });

    it('sends the partner’s own words to who reads their language, and the vendor’s to the others', async () => {
      const { versionId: bilingual } = await published();
      const { id: listId, emails } = await stage.aList(owner, [{ language: 'en' }, { language: 'de' }]);
      const slots = { offer: words('We have known you since 2009.') };
      await stage.launch(owner, { versionId: bilingual, listId, locale: 'en', slots }).expect(201);
      const [[english], [german]] = [await stage.mailTo(emails[0]!), await stage.mailTo(emails[1]!)];
      expect(english!.html).toContain('We have known you since 2009.');
      expect(german!.html).not.toContain('We have known you since 2009.');
    });

    it('for later sends nothing before', async () => {
      const later = await stage.running(owner, { startAt: stage.inDays(1) });
      const now = await stage.running();
      await stage.mailTo(now.email);
      expect(stage.mails.to(later.email)).toEqual([]);
      stage.api.clock.advance(DAY_MS + HOUR_MS);
      expect(await stage.mailTo(later.email)).toHaveLength(1);
    });

    describe('of a campaign that somebody got before', () => {
      const audienceOf = async (listId: string) =>
        (await owner.get(`/api/v1/offers/${versionId}/audience?listId=${listId}`).expect(200)).body;
      const gotIt = 'This person has already received this campaign from you.';
      const add = (listId: string, email: string) =>
        owner.post('/api/v1/contacts', { email, consent: { basis: 'customer' }, listIds: [listId] }).expect(201);

      it('is refused when nobody is left, with the way out', async () => {
        const { email, listId } = await stage.running();
        await stage.mailTo(email);
        const before = await count();
        const { body } = await stage.launch(owner, { versionId, listId }).expect(409);
        expect(body).toMatchObject({ code: 'launch.no-recipients', field: 'listId' });
        expect(await count()).toBe(before);
        expect(await audienceOf(listId)).toEqual({
          total: 1,
          willGet: 0,
          skipped: [{ reason: 'already-got', sentence: gotIt, count: 1 }],
          inOtherCampaign: 0,
          otherLanguage: 0,
          nextAfter: null,
        });
      });

      it('reaches the others, and records why the one got nothing', async () => {
        const { email, listId } = await stage.running();
        await stage.mailTo(email);
        await add(listId, 'late.reader@customer.example');
        expect(await audienceOf(listId)).toMatchObject({ total: 2, willGet: 1 });
        const { body } = await stage.launch(owner, { versionId, listId }).expect(201);
        await stage.mailTo('late.reader@customer.example');
        expect(stage.mails.to(email)).toHaveLength(1);
        const path = `/api/v1/activations/${body.id}`;
        const { body: detail } = await owner.get(path).expect(200);
        expect(detail).toMatchObject({ contacts: 1, reasons: [{ reason: 'already-got', sentence: gotIt, count: 1 }] });
        const { body: page } = await owner.get(`${path}/messages`).expect(200);
        const [record] = page.items.filter(({ reason }: { reason: string }) => reason === 'already-got');
        expect(record).toMatchObject({ outcome: 'skipped', messageId: null, sentence: gotIt });
        const { body: history } = await owner.get(`/api/v1/contacts/${record.contactId}/history`).expect(200);
        expect(history.items.map(({ reason }: { reason: string }) => reason)).toContain('already-got');
      });

      it('is open again to whoever was enrolled and got nothing', async () => {
        const { path, email, listId } = await stage.running(owner, { startAt: stage.inDays(5) });
        await until(async () => (await owner.get(path)).body.contacts === 1, 'the enrolment');
        expect(await audienceOf(listId)).toMatchObject({ willGet: 0 });
        await owner.post(`${path}/stop`).expect(200);
        await stage.launch(owner, { versionId, listId }).expect(201);
        await stage.mailTo(email);
      });

      it('enrols each person once when launches race', async () => {
        const { id: listId, emails } = await stage.aList(owner, [{}, {}, {}]);
        const answers = await Promise.all([1, 2, 3].map(() => stage.launch(owner, { versionId, listId })));
        const ids = answers.filter(({ status }) => status === 201).map(({ body }) => body.id as string);
        const enrolled = async (): Promise<{ contacts: number; passed: number }[]> =>
          Promise.all(
            ids.map(async (id) => {
              const { body } = await owner.get(`/api/v1/activations/${id}`).expect(200);
              const passed = body.reasons.find(({ reason }: { reason: string }) => reason === 'already-got');
              return { contacts: body.contacts, passed: passed?.count ?? 0 };
            }),
          );
        const allDecided = async (): Promise<boolean> =>
          (await enrolled()).every(({ contacts, passed }) => contacts + passed === 3);
        await until(allDecided, 'every enrolment');
        expect((await enrolled()).reduce((sum, { contacts }) => sum + contacts, 0)).toBe(3);
        for (const email of emails) expect(await stage.mailTo(email)).toHaveLength(1);
      });
    });

    describe('is refused, and changes nothing,', () => {
      const refused = async (
        body: object,
        status: number,
        by = owner,
      ): Promise<{ code: string; detail: string; field?: string; problems?: { field: string }[] }> => {
        const before = await count(by);
        const answer = await stage.launch(by, body).expect(status);
        expect(answer.headers['content-type']).toContain('application/problem+json');
        expect(answer.body.detail).toMatch(/\w+.*\./);
        expect(await count(by)).toBe(before);
        return answer.body;
      };
      const valid = async (): Promise<{ versionId: string; listId: string }> => ({
        versionId,
        listId: (await stage.aList()).id,
      });

      it('without a key', async () => {
        const { body } = await owner.post('/api/v1/activations', await valid()).expect(422);
        expect(body).toMatchObject({ code: 'launch.key-missing', field: 'Idempotency-Key' });
        await stage.launch(owner, await valid(), 'short').expect(422);
      });

      it('with an empty list', async () => {
        const { id: listId } = await stage.aList(owner, []);
        expect(await refused({ versionId, listId }, 422)).toMatchObject({
          code: 'contact-list.empty',
          field: 'listId',
        });
      });

      it('with an incomplete brand profile, naming all that is missing', async () => {
        const partnerId = await stage.api.aPartner(stage.vendor, { name: 'Unfinished' });
        const unfinished = await stage.api.signIn(partnerId, 'owner');
        const { id: listId } = await stage.aList(unfinished);
        const { code, problems } = await refused({ versionId, listId }, 422, unfinished);
        expect(code).toBe('brand.incomplete');
        expect(problems!.map(({ field }) => field)).toEqual(expect.arrayContaining(['postalAddress', 'logo']));
      });

      it('in a colour that cannot be read in this campaign, with its place and a shade that can', async () => {
        const grey = await stage.aCompletePartner(stage.vendor, { name: 'Greyscale' });
        await fillBrand(grey.owner, { name: 'Greyscale', colours: { ...BRAND_PROFILE.colours, link: '#767676' } });
        expect((await grey.owner.get('/api/v1/brand-profile').expect(200)).body.isComplete).toBe(true);
        const unread = await published({}, (name) => campaignWithLinkOn('#dfe7f1', name));
        const offer = (await grey.owner.get(`/api/v1/offers/${unread.versionId}`).expect(200)).body;
        expect(offer.missing).toEqual([
          {
            field: 'colours.link',
            sentence: expect.stringMatching(/^emails\.welcome: “Read it” is in .* for example to #[0-9a-f]{6}\.$/),
            contrast: {
              tactic: 'emails.welcome',
              text: 'Read it',
              colour: 'brand.link',
              surface: '#dfe7f1',
              ratio: 3.6,
              needed: 4.5,
              suggestion: expect.stringMatching(/^#[0-9a-f]{6}$/),
            },
          },
        ]);
        const { id: listId } = await stage.aList(grey.owner);
        const { problems } = await refused({ versionId: unread.versionId, listId }, 422, grey.owner);
        expect(problems).toEqual([expect.objectContaining({ code: 'contrast-low', field: 'colours.link' })]);
        const link = offer.missing[0].contrast.suggestion as string;
        await fillBrand(grey.owner, { name: 'Greyscale', colours: { ...BRAND_PROFILE.colours, link } });
        await stage.launch(grey.owner, { versionId: unread.versionId, listId }).expect(201);
      });

      it('with a link to the website of somebody else, and not with one to its own', async () => {
        const { versionId: chosen } = await published({}, campaignWithChoices);
        const offer = `/api/v1/offers/${chosen}`;
        const { slots: offered } = (await owner.get(offer).expect(200)).body as { slots: object[] };
        expect(offered).toEqual(
          expect.arrayContaining([
            expect.objectContaining({ name: 'cta', format: 'plain', maxChars: 20 }),
            expect.objectContaining({ name: 'cta.link', format: 'link' }),
            expect.objectContaining({
              name: 'proof',
              format: 'choice',
              options: [
                { name: 'study', labels: expect.objectContaining({ en: 'A study' }) },
                { name: 'quote', labels: expect.objectContaining({ en: 'A quote' }) },
              ],
            }),
            expect.objectContaining({
              name: 'event',
              options: [
                { name: 'shown', labels: expect.objectContaining({ en: '' }) },
                { name: 'hidden', labels: expect.objectContaining({ en: '' }) },
              ],
            }),
          ]),
        );
        const [host] = (await owner.get('/api/v1/brand-profile').expect(200)).body.verifiedHosts as string[];
        const slots = {
          cta: words('Call us'),
          'cta.link': words(`https://${host}/offer`),
          proof: words('quote'),
          event: words('hidden'),
        };
        const { body } = await owner.post(`${offer}/preview/emails/welcome`, { slots }).expect(200);
        expect(body.html).toContain(`href="https://${host}/offer"`);
        expect(body.html).toContain('Read the quote');
        for (const absent of ['Read the study', 'Meet us in Leeds', 'Book it']) expect(body.html).not.toContain(absent);
        const { id: listId } = await stage.aList(owner);
        for (const [name, text, code] of [
          ['cta.link', 'https://evil.example/', 'url-host-unknown'],
          ['cta.link', `http://${host}/`, 'url-not-https'],
          ['proof', 'neither', 'slot-choice'],
        ] as const) {
          const request = { versionId: chosen, listId, slots: { ...slots, [name]: words(text) } };
          const { problems } = await refused(request, 422);
          expect(problems).toEqual([expect.objectContaining({ code, field: `slot.${name}` })]);
        }
        await stage.launch(owner, { versionId: chosen, listId, slots }).expect(201);
      });

      it('with a picture that is not its own, too small, of another shape or without a description', async () => {
        const { versionId: chosen } = await published({}, campaignWithChoices);
        const offer = `/api/v1/offers/${chosen}`;
        const { slots: offered } = (await owner.get(offer).expect(200)).body as { slots: { name: string }[] };
        expect(offered.filter(({ name }) => name.startsWith('team'))).toEqual([
          expect.objectContaining({
            name: 'team.picture',
            format: 'picture',
            picture: { ratio: [3, 2], minWidth: 600, suggested: expect.stringMatching(/^\/b\/[0-9a-f]{64}\.png$/) },
          }),
          expect.objectContaining({ name: 'team.alt', format: 'alt', picture: null }),
        ]);
        const drawing = (width: number, height: number): Buffer =>
          Buffer.from(
            `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><circle cx="200" cy="200" r="150" fill="#0b5cad"/></svg>`,
          );
        const pictures = '/api/v1/pictures';
        const uploaded = async (bytes: Buffer) =>
          (await owner.post(`${pictures}?name=team.svg`).attach('file', bytes, 'team.svg').expect(201)).body;
        const cutOf = async (id: string, crop: object | null) =>
          (await owner.post(`${pictures}/${id}/cuts`, { crop }).expect(201)).body;
        const team = await uploaded(drawing(900, 900));
        expect(team).toMatchObject({ name: 'team.svg', width: 1265, height: 1265 });
        const [wide, square, small] = await Promise.all([
          cutOf(team.id, { x: 0, y: 0, width: 1, height: 0.667 }),
          cutOf(team.id, null),
          cutOf(team.id, { x: 0, y: 0, width: 0.3, height: 0.2 }),
        ]);
        expect(wide).toMatchObject({ width: 1265, height: 844 });
        expect((await owner.get(`/b/${wide.name}`).expect(200)).headers['content-type']).toBe('image/png');
        await owner.get(`${pictures}/${team.id}/preview`).expect(200);
        const { id: listId } = await stage.aList(owner);
        const slots = { 'team.picture': words(wide.name), 'team.alt': words('Our team') };
        const [ofVendor] = offered.filter(({ name }) => name === 'team.picture') as unknown as [
          { picture: { suggested: string } },
        ];
        for (const [changes, code, field] of [
          [{ 'team.picture': words(square.name) }, 'picture-shape', 'team.picture'],
          [{ 'team.picture': words(small.name) }, 'picture-small', 'team.picture'],
          [{ 'team.picture': words(ofVendor.picture.suggested.slice(3)) }, 'picture-unknown', 'team.picture'],
          [{ 'team.picture': words('https://evil.example/a.jpg') }, 'slot-picture', 'team.picture'],
          [{ 'team.alt': words('') }, 'picture-alt', 'team.alt'],
          [{ 'team.alt': words('See www.evil.example') }, 'text-url', 'team.alt'],
        ] as const) {
          const { problems } = await refused({ versionId: chosen, listId, slots: { ...slots, ...changes } }, 422);
          expect(problems).toContainEqual(expect.objectContaining({ code, field: `slot.${field}` }));
        }
        const { body } = await owner.post(`${offer}/preview/emails/welcome`, { slots }).expect(200);
        expect(body.html).toMatch(new RegExp(`<img alt="Our team" src="[^"]*/b/${wide.name.replace('.', '[.]')}"`));
        expect(body.html).not.toContain('A network');
        await stage.launch(owner, { versionId: chosen, listId, slots }).expect(201);
        // What a campaign shows stays public, and the picture can be shown no more.
        await owner.delete(`${pictures}/${team.id}`).expect(204);
        await owner.get(`/b/${wide.name}`).expect(200);
        await owner.post(`${pictures}/${team.id}/cuts`, { crop: null }).expect(404);
        expect((await owner.get(pictures).expect(200)).body).toEqual({ items: [] });
        const text = Buffer.from('no picture');
        const { code } = (await owner.post(`${pictures}?name=a.png`).attach('file', text, 'a.png').expect(422)).body;
        expect(code).toBe('asset.type');
      });

      it('with more pictures than there is room for, also if they come at the same time', async () => {
        const drawing = Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><circle cx="20" cy="20" r="15"/></svg>',
        );
        const upload = () =>
          owner.post('/api/v1/pictures?name=many.svg').attach('file', drawing, 'many.svg') as PromiseLike<{
            status: number;
            body: { id: string; code: string };
          }>;
        const { body: first } = await upload();
        const { PICTURE_QUOTA_MB } = stage.api.config;
        // Room for one more.
        await stage.api.asOwner(
          `UPDATE assets.partner_picture p SET bytes = $2 - $3 * 3 / 2
             - (SELECT coalesce(sum(o.bytes), 0) FROM assets.partner_picture o WHERE o.partner_id = p.partner_id AND o.id <> p.id)
             - (SELECT coalesce(sum(c.bytes), 0) FROM assets.partner_picture_cut c WHERE c.partner_id = p.partner_id)
           WHERE p.id = $1`,
          [first.id, PICTURE_QUOTA_MB * 1_000_000, drawing.length],
        );
        const answers = await Promise.all([upload(), upload(), upload()]);
        expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
        expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
          'picture.quota-reached',
          'picture.quota-reached',
        ]);
        await stage.api.asOwner('UPDATE assets.partner_picture SET bytes = $2 WHERE id = $1', [
          first.id,
          drawing.length,
        ]);
      });

      it('before the window opens', async () => {
        const early = await published({ opensOn: stage.day(2), closesOn: stage.day(4) });
        expect(await refused({ ...(await valid()), versionId: early.versionId }, 409)).toMatchObject({
          code: 'campaign.outside-window',
          field: 'versionId',
        });
      });

      it('after the window has closed', async () => {
        const late = await published({ opensOn: stage.day(0), closesOn: stage.day(1) });
        stage.api.clock.advance(3 * DAY_MS);
        expect(await refused({ ...(await valid()), versionId: late.versionId }, 409)).toMatchObject({
          code: 'campaign.outside-window',
        });
      });

      it('in a group that may not', async () => {
        const others = await published({ tiers: ['platinum'] });
        expect((await refused({ ...(await valid()), versionId: others.versionId }, 404)).code).toBe(
          'campaign-version.not-found',
        );
      });

      it('of a version that is a draft still', async () => {
        const { body } = await stage.vendor.editor
          .post('/api/v1/campaigns')
          .attach('package', await smallCampaign(`campaign-${names++}`), 'package.zip')
          .expect(201);
        await refused({ ...(await valid()), versionId: body.id }, 404);
      });

      it('of a campaign that the vendor has ended', async () => {
        const ended = await published();
        await stage.vendor.editor.post(`/api/v1/campaigns/${ended.campaignId}/retire`).expect(200);
        expect((await refused({ ...(await valid()), versionId: ended.versionId }, 409)).code).toBe('campaign.ended');
      });

      it.each([
        ['in the past', -1, 'launch.start-past'],
        ['more than a year ahead', 400, 'launch.start-far'],
      ])('with a start %s', async (_, days, code) => {
        expect(await refused({ ...(await valid()), startAt: stage.inDays(days) }, 422)).toMatchObject({
          code,
          field: 'startAt',
        });
      });

      it('with words in a slot that there is not', async () => {
        const { problems } = await refused({ ...(await valid()), slots: { nothing: words('x') } }, 422);
        expect(problems).toMatchObject([{ code: 'slot-unknown', field: 'slot.nothing' }]);
      });

      it('with more words than a slot takes', async () => {
        const { problems } = await refused({ ...(await valid()), slots: { intro: words('x'.repeat(281)) } }, 422);
        expect(problems).toMatchObject([{ field: 'slot.intro' }]);
      });

      it.each([
        ['a script', 'javascript:alert(1)'],
        ['a host that is not the partner’s', 'https://evil.example/'],
        ['a host that only looks like the partner’s', 'https://www.brightwater.example.evil.example/'],
      ])('with a link in a slot to %s', async (_, href) => {
        const { problems } = await refused({ ...(await valid()), slots: { offer: words('here', { href }) } }, 422);
        expect(problems).toMatchObject([{ field: 'slot.offer' }]);
      });

      it('with what is no launch', async () => {
        const { problems } = await refused({ versionId: 'mine', listId: 5, startAt: 'tomorrow', slots: [] }, 422);
        expect(problems!.map(({ field }) => field)).toEqual(['versionId', 'listId', 'startAt', 'slots']);
      });

      it('with ids of nothing', async () => {
        await refused({ ...(await valid()), versionId: newId() }, 404);
        await refused({ ...(await valid()), listId: newId() }, 404);
      });
    });
  });

  describe('an activation', () => {
    it('that is held sends nothing, and once it is resumed what fell due meanwhile', async () => {
      const held = await stage.running();
      const other = await stage.running();
      await stage.mailTo(held.email);
      await stage.mailTo(other.email);
      expect((await owner.post(`${held.path}/hold`).expect(200)).body).toMatchObject({ status: 'held' });
      stage.api.clock.advance(7 * DAY_MS);
      await stage.mailTo(other.email, 2);
      expect(stage.mails.to(held.email)).toHaveLength(1);
      expect((await owner.get(held.path)).body).toMatchObject({ waiting: 1, nextAt: null });
      expect((await owner.post(`${held.path}/resume`).expect(200)).body).toMatchObject({ status: 'active' });
      const [, second] = await stage.mailTo(held.email, 2);
      expect(second!.subject).toBe('What changed in the first ninety days');
    });

    it('that its vendor holds sends nothing until the vendor releases it, and then what was due', async () => {
      const held = await stage.running();
      const other = await stage.running();
      await stage.mailTo(held.email);
      await stage.mailTo(other.email);
      const path = `/api/v1/campaigns/${stage.campaign.campaignId}/activations/${held.id}`;
      await stage.vendor.editor.post(`${path}/hold`, { reason: 'A price is wrong.' }).expect(200);
      stage.api.clock.advance(7 * DAY_MS);
      await stage.mailTo(other.email, 2);
      expect(stage.mails.to(held.email)).toHaveLength(1);
      expect((await owner.get(held.path)).body).toMatchObject({ status: 'held', waiting: 1, nextAt: null });
      await stage.vendor.editor.post(`${path}/release`).expect(200);
      expect(await stage.mailTo(held.email, 2)).toHaveLength(2);
    });

    it('that is stopped while its list is gone through leaves nobody waiting', async () => {
      const client = new pg.Client({ connectionString: stage.api.ownerUrl });
      await client.connect();
      const isAsked = async (sql: string): Promise<boolean> => (await client.query(sql)).rowCount !== 0;
      try {
        // A page of the list waits as it does for another launch of the same
        // campaign.
        await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
          `enrol ${stage.partner.id} ${stage.campaign.campaignId}`,
        ]);
        const stopped = await stage.running();
        await until(
          () => isAsked(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`),
          'a page to wait',
        );
        await owner.post(`${stopped.path}/stop`).expect(200);
        await until(
          async () => !(await isAsked(`SELECT 1 FROM jobs.outbox WHERE job LIKE 'activations.stop%'`)),
          'what follows a stop',
        );
        await client.query('SELECT pg_advisory_unlock_all()');
        await until(
          async () => !(await isAsked(`SELECT 1 FROM jobs.outbox WHERE job LIKE 'activations.enrol%'`)),
          'the list to be gone through',
        );
        const left = await stage.api.asOwner(
          `SELECT state FROM sequences.enrolment WHERE activation_id = $1 AND state IN ('waiting', 'running')`,
          [stopped.id],
        );
        expect(left).toEqual([]);
      } finally {
        await client.end();
      }
    });

    it('that is stopped sends nothing more, and stays so', async () => {
      const stopped = await stage.running();
      const other = await stage.running();
      await stage.mailTo(stopped.email);
      await stage.mailTo(other.email);
      const { body } = await owner.post(`${stopped.path}/stop`).expect(200);
      expect(body).toMatchObject({ status: 'stopped', statusReason: 'by the partner', endedAt: expect.any(String) });
      expect(body).toMatchObject({ contacts: 1, waiting: 0, completed: 1, nextAt: null });
      for (const move of ['hold', 'resume', 'stop']) {
        const again = await owner.post(`${stopped.path}/${move}`).expect(409);
        expect(again.body.code).toBe('activation.state');
      }
      stage.api.clock.advance(7 * DAY_MS);
      await stage.mailTo(other.email, 2);
      expect(stage.mails.to(stopped.email)).toHaveLength(1);
    });

    it('that is stopped only if nothing has gone out runs on once the first message has, and is stopped before', async () => {
      const sent = await stage.running();
      await stage.mailTo(sent.email);
      const refused = await owner.post(`${sent.path}/stop`, { onlyIfUnsent: true }).expect(409);
      expect(refused.body).toMatchObject({ code: 'activation.already-sent' });
      expect((await owner.get(sent.path)).body).toMatchObject({ status: 'active', waiting: 1, endedAt: null });
      await owner.post(`${sent.path}/stop`, { onlyIfUnsent: false }).expect(200);

      const { path } = await stage.running(owner, { startAt: stage.inDays(1) });
      await owner.post(`${path}/stop`, { onlyIfUnsent: 'yes' }).expect(422);
      await owner.post(`${path}/stop`, { onlyUnsent: true }).expect(422);
      const { body } = await owner.post(`${path}/stop`, { onlyIfUnsent: true }).expect(200);
      expect(body).toMatchObject({ status: 'stopped', statusReason: 'undone' });
    });

    it('that runs cannot be resumed, nor one that is held be held again', async () => {
      const { path } = await stage.running(owner, { startAt: stage.inDays(1) });
      await owner.post(`${path}/resume`).expect(409);
      await owner.post(`${path}/hold`).expect(200);
      await owner.post(`${path}/hold`).expect(409);
      await owner.post(`${path}/stop`).expect(200);
    });

    it('of a campaign that the vendor retires is stopped, and sends nothing more', async () => {
      const ended = await published();
      const waiting = await stage.running(owner, { versionId: ended.versionId, startAt: stage.inDays(1) });
      const other = await stage.running(owner, { startAt: stage.inDays(1) });
      await stage.vendor.editor.post(`/api/v1/campaigns/${ended.campaignId}/retire`).expect(200);
      await until(async () => (await statusOf(waiting.path)) === 'stopped', 'the stop');
      expect((await owner.get(waiting.path)).body.statusReason).toContain('vendor');
      stage.api.clock.advance(2 * DAY_MS);
      await stage.mailTo(other.email);
      expect(stage.mails.to(waiting.email)).toEqual([]);
    });

    it('that was held when the vendor retires the campaign is stopped, too', async () => {
      const ended = await published();
      const held = await stage.running(owner, { versionId: ended.versionId, startAt: stage.inDays(1) });
      await owner.post(`${held.path}/hold`).expect(200);
      await stage.vendor.editor.post(`/api/v1/campaigns/${ended.campaignId}/retire`).expect(200);
      await until(async () => (await statusOf(held.path)) === 'stopped', 'the stop');
    });

    it('is completed when every contact has reached the end', async () => {
      const { versionId: oneStep } = await published();
      const { path, email } = await stage.running(owner, { versionId: oneStep });
      await stage.mailTo(email);
      await until(async () => (await statusOf(path)) === 'completed', 'the end');
      expect((await owner.get(path)).body).toMatchObject({ waiting: 0, completed: 1, nextAt: null });
    });

    it('writes down for each contact what was sent and why not', async () => {
      const { id: listId, emails } = await stage.aList(owner, [{}, { consent: { basis: 'unknown' } }]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      const path = `/api/v1/activations/${launched.id}`;
      await until(async () => {
        const { items } = (await owner.get(`${path}/messages`).expect(200)).body;
        return items.length === 2 && items.every(({ outcome }: { outcome: string }) => outcome !== 'pending');
      });
      const { body } = await owner.get(`${path}/messages`).expect(200);
      const decided = (body.items as { outcome: string; reason: string }[]).map(({ outcome, reason }) => [
        outcome,
        reason,
      ]);
      expect(decided.sort()).toEqual([
        ['sent', 'sent'],
        ['skipped', 'consent-unknown'],
      ]);
      const { body: detail } = await owner.get(path).expect(200);
      expect(detail.reasons).toMatchObject([
        { reason: 'consent-unknown', count: 1, sentence: expect.stringContaining('permission') },
      ]);
      const { body: found } = await owner.get(`/api/v1/contacts?q=${emails[0]}`).expect(200);
      const history = await owner.get(`/api/v1/contacts/${found.items[0].id}/history`).expect(200);
      expect(history.body.items).toMatchObject([{ activationId: launched.id, stepKey: 'welcome', outcome: 'sent' }]);
      // In words that people know, not in keys.
      expect(history.body.items).toMatchObject([
        {
          campaignTitle: 'Zero trust at the edge',
          name: { number: 1, kind: 'email', subject: 'An intruder needs 62 minutes. You can need four.' },
        },
      ]);
    });

    it('names its steps by their place in the sequence, whoever came to one first', async () => {
      const { path } = await stage.running();
      const { body } = await owner.get(path).expect(200);
      const emails = (body.names as { kind: string; stepKey: string; number: number }[]).filter(
        ({ kind }) => kind === 'email',
      );
      expect(emails.map(({ stepKey, number }) => [number, stepKey])).toEqual([
        [1, 'welcome'],
        [2, 'proof'],
        [3, 'workshop'],
        [4, 'last-call'],
      ]);
    });

    describe('tells of its people', () => {
      let path: string;
      let emails: string[];
      interface Person {
        readonly id: string;
        /** Null once the person was deleted. */
        readonly email: string | null;
        readonly state: string;
        readonly got: number;
        readonly nextAt: string | null;
        readonly last: { readonly reason: string; readonly outcome: string; readonly stepKey: string } | null;
      }
      const people = async (query = ''): Promise<Person[]> =>
        (await owner.get(`${path}/people${query}`).expect(200)).body.items;
      const addresses = async (query: string): Promise<(string | null)[]> =>
        (await people(query)).map(({ email }) => email);

      beforeAll(async () => {
        stage.toWorkingHours();
        const before = await stage.running();
        await stage.mailTo(before.email);
        const list = await stage.aList(owner, [{}, {}, { consent: { basis: 'unknown' } }]);
        const { body: again } = await owner.get(`/api/v1/contacts?q=${before.email}`).expect(200);
        await owner.patch(`/api/v1/contacts/${again.items[0].id}`, { addToLists: [list.id] }).expect(200);
        emails = [...list.emails, before.email];
        const { body } = await stage.launch(owner, { versionId, listId: list.id }).expect(201);
        path = `/api/v1/activations/${body.id}`;
        const decided = async (): Promise<boolean> => {
          const all = await people();
          return all.length === 4 && all.every(({ last }) => last !== null && last.outcome !== 'pending');
        };
        await until(decided, 'a decision on everybody');
      });

      it('who got something and waits for the next, and who was left out and why', async () => {
        const all = new Map((await people()).map((person) => [person.email, person]));
        expect(all.get(emails[0]!)).toMatchObject({
          state: 'waiting',
          got: 1,
          nextAt: expect.any(String),
          last: { stepKey: 'welcome', outcome: 'sent' },
        });
        expect(all.get(emails[2]!)).toMatchObject({ got: 0, last: { outcome: 'skipped', reason: 'consent-unknown' } });
        expect(all.get(emails[3]!)).toMatchObject({
          state: 'not-enrolled',
          got: 0,
          nextAt: null,
          last: { outcome: 'skipped', reason: 'already-got' },
        });
      });

      it('by what became of them, and by why', async () => {
        expect((await addresses('?state=sent')).sort()).toEqual([emails[0], emails[1]].sort());
        expect((await addresses('?state=skipped')).sort()).toEqual([emails[2], emails[3]].sort());
        expect((await addresses('?state=waiting')).sort()).toEqual([emails[0], emails[1], emails[2]].sort());
        expect(await addresses('?state=over')).toEqual([emails[3]]);
        expect(await addresses('?state=failed')).toEqual([]);
        expect(await addresses('?state=unknown')).toEqual([]);
        expect(await addresses('?reason=already-got')).toEqual([emails[3]]);
        expect(await addresses('?reason=consent-unknown&state=waiting')).toEqual([emails[2]]);
        expect(await addresses('?reason=consent-unknown&state=sent')).toEqual([]);
        await owner.get(`${path}/people?state=happy`).expect(422);
      });

      it('page by page, each of them once', async () => {
        const seen: (string | null)[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const { body }: { body: { items: Person[]; nextCursor: string | null } } = await owner
            .get(`${path}/people?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`)
            .expect(200);
          seen.push(...body.items.map(({ email }) => email));
          cursor = body.nextCursor;
        }
        expect(seen.sort()).toEqual([...emails].sort());
      });

      it('with the reason as soon as a waiting person may get nothing more', async () => {
        await owner.post('/api/v1/suppressions', { email: emails[0] }).expect(201);
        const first = async (): Promise<Person> => (await people()).find(({ email }) => email === emails[0])!;
        expect((await first()).nextAt).toBeNull();
        await until(async () => (await first()).state === 'over', 'the end');
        expect(await first()).toMatchObject({ ended: { reason: 'suppressed', sentence: expect.any(String) } });
      });

      it('to its own partner only', async () => {
        const other = await stage.aCompletePartner();
        await other.owner.get(`${path}/people`).expect(404);
        await stage.vendor.editor.get(`${path}/people`).expect(403);
      });

      it('without a name once somebody has been deleted', async () => {
        const [first] = (await people()).filter(({ email }) => email === emails[1]);
        await owner.delete(`/api/v1/contacts/${first!.id}`).expect(204);
        const gone = (await people()).find(({ id }) => id === first!.id);
        expect(gone === undefined || gone.email === null).toBe(true);
      });
    });

    it('counts people, not steps, in why somebody missed something', async () => {
      const { id: listId } = await stage.aList(owner, [{ consent: { basis: 'unknown' } }]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      const path = `/api/v1/activations/${launched.id}`;
      const decided = async (): Promise<number> =>
        (await owner.get(`${path}/messages`)).body.items.filter(
          ({ outcome }: { outcome: string }) => outcome === 'skipped',
        ).length;
      await until(async () => (await decided()) === 1, 'the first step');
      stage.api.clock.advance(7 * DAY_MS);
      await until(async () => (await decided()) === 2, 'the second step');
      expect((await owner.get(path)).body.reasons).toMatchObject([{ reason: 'consent-unknown', count: 1 }]);
    });

    it('calls unknown what may have arrived, not failed', async () => {
      const { id, path, email } = await stage.running();
      await stage.mailTo(email);
      await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
      await stage.api.asOwner(
        `UPDATE sequences.step_execution SET outcome = 'failed', reason = 'lease-expired' WHERE activation_id = $1`,
        [id],
      );
      const { body } = await owner.get(path).expect(200);
      expect(body.steps).toMatchObject([{ stepKey: 'welcome', sent: 0, failed: 0, unknown: 1 }]);
      expect((await owner.get(`${path}/messages`)).body.items).toMatchObject([
        { outcome: 'unknown', reason: 'lease-expired', sentence: expect.stringContaining('not confirmed') },
      ]);
    });

    it('shows its records page by page, and takes a made-up cursor for an early end or a start, never for a fault', async () => {
      const { id: listId } = await stage.aList(owner, [{}, {}, {}]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      const path = `/api/v1/activations/${launched.id}/messages`;
      await until(async () => (await owner.get(path)).body.items.length === 3);
      const first = (await owner.get(`${path}?limit=2`).expect(200)).body;
      const second = (await owner.get(`${path}?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`).expect(200))
        .body;
      const contacts = [...first.items, ...second.items].map(({ contactId }: { contactId: string }) => contactId);
      expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
      expect(new Set(contacts).size).toBe(3);
      for (const wrong of [`${path}?cursor=%27%20OR%201`, '/api/v1/activations?cursor=nothing'])
        expect((await owner.get(wrong).expect(422)).body).toMatchObject({ code: 'list.cursor', field: 'cursor' });
    });

    it('has its documents and pictures to download, in the partner’s brand', async () => {
      const withPost = await publish(stage.vendor, await wholeCampaign('with-post', undefined, { posts: true }), {
        partnerGroupIds: [stage.vendor.groupId],
        opensOn: stage.day(0),
        closesOn: stage.day(300),
      });
      const { path } = await stage.running(owner, { versionId: withPost.versionId, startAt: stage.inDays(1) });
      const shown = async () => Assets.parse((await owner.get(`${path}/assets`).expect(200)).body);
      await until(async () => {
        const { items, coming } = await shown();
        expect(items.length + coming).toBe(4);
        return coming === 0;
      }, 'the assets');
      const body = await shown();
      const kinds = (body.items as { kind: string; format: string; mediaType: string }[]).map(
        ({ kind, format, mediaType }) => `${kind} ${format} ${mediaType}`,
      );
      expect(kinds.sort()).toEqual([
        'document pdf application/pdf',
        'social landscape image/jpeg',
        'social square image/jpeg',
        'social story image/jpeg',
      ]);
      for (const { id, mediaType } of body.items) {
        const { headers } = await owner.get(`${path}/assets/${id}`).expect(200);
        expect(headers['content-type']).toBe(mediaType);
        expect(headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.(?:pdf|jpg)"$/);
        expect(Number(headers['content-length'])).toBeGreaterThan(5000);
      }
      await owner.get(`${path}/assets/${newId()}`).expect(404);
    });

    it('is known to the vendor by partner and state, and by nothing of its contacts', async () => {
      const { id } = await stage.running(owner, { startAt: stage.inDays(1) });
      const { body } = await stage.vendor.editor
        .get(`/api/v1/campaigns/${stage.campaign.campaignId}/activations?limit=200`)
        .expect(200);
      const mine = body.items.find((one: { id: string }) => one.id === id);
      expect(Object.keys(mine).sort()).toEqual([
        'endedAt',
        'heldReason',
        'id',
        'launchedAt',
        'partnerId',
        'partnerName',
        'plannedEndAt',
        'status',
        'vendorAct',
        'versionNumber',
      ]);
      expect(mine).toMatchObject({ partnerName: 'Brightwater IT', status: 'active', versionNumber: 1 });
    });

    it('is in the list, newest first, page by page', async () => {
      const lister = await stage.aCompletePartner();
      const made: string[] = [];
      for (let at = 0; at < 3; at += 1) made.push((await stage.running(lister.owner, { startAt: stage.inDays(1) })).id);
      const first = (await lister.owner.get('/api/v1/activations?limit=2').expect(200)).body;
      const second = (await lister.owner.get(`/api/v1/activations?limit=2&cursor=${first.nextCursor}`).expect(200))
        .body;
      const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
      expect(ids).toEqual(made.reverse());
      expect(second.nextCursor).toBeNull();
      await lister.owner.post(`/api/v1/activations/${made[0]!}/stop`, {}).expect(200);
      await lister.owner.post(`/api/v1/activations/${made[1]!}/hold`, {}).expect(200);
      const of = async (state: string): Promise<string[]> =>
        (await lister.owner.get(`/api/v1/activations?state=${state}`).expect(200)).body.items.map(
          ({ id }: { id: string }) => id,
        );
      expect(await of('running')).toEqual(made.slice(1));
      expect(await of('over')).toEqual(made.slice(0, 1));
    });

    it('keeps the lists that it was launched to, also those that are left out', async () => {
      const [{ id: included }, { id: leftOut }] = [await stage.aList(), await stage.aList()];
      const lists = { include: [included], exclude: [leftOut] };
      await stage.launch(owner, { versionId, lists, startAt: stage.inDays(1) }).expect(201);
      for (const id of [included, leftOut]) {
        const { body } = await owner.delete(`/api/v1/contact-lists/${id}`).expect(409);
        expect(body).toMatchObject({
          code: 'contact-list.in-use',
          details: { campaigns: expect.stringMatching(/\w/) },
        });
        expect(body.detail).toContain(body.details.campaigns);
      }
    });

    it('keeps the list that it was launched to', async () => {
      const { listId } = await stage.running(owner, { startAt: stage.inDays(1) });
      const { body } = await owner.delete(`/api/v1/contact-lists/${listId}`).expect(409);
      expect(body.code).toBe('contact-list.in-use');
    });
  });
});
