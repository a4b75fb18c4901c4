import { DAY_MS, HOUR_MS, newId } from '#kernel';
import { StepOutcomes } from '#sequences';
import { launchKey, wholeCampaign } from '../support/campaigns.js';
import { countActivations, publishToGroup, words } from '../support/launches.js';
import { openForSuite, owner, stage, versionId } from '../support/suite-product.js';
import { until } from '../support/until.js';

describe('launches', () => {
  openForSuite();

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
      const page = await publishToGroup(stage, {}, (name) => wholeCampaign(name, undefined, { emails: {}, sequence }));
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
      const before = await countActivations(owner);
      const key = launchKey();
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => stage.launch(owner, { versionId, listId }, key)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(await countActivations(owner)).toBe(before + 1);
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
      const { versionId: bilingual } = await publishToGroup(stage);
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
        const before = await countActivations(owner);
        const { body } = await stage.launch(owner, { versionId, listId }).expect(409);
        expect(body).toMatchObject({ code: 'launch.no-recipients', field: 'listId' });
        expect(await countActivations(owner)).toBe(before);
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
  });
});
