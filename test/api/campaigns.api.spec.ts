import { createHash } from 'node:crypto';
import pg from 'pg';
import type supertest from 'supertest';
import { BrandProfiles } from '#brand';
import { CHECK_LINKS, LinkChecks } from '#campaigns';
import { systemActor } from '#kernel';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { CAMPAIGN_YAML, campaignFiles, zipOf } from '../../libs/content/src/package/package.fixture.js';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';
import { LOGO } from '../support/campaigns.js';

type Changes = Parameters<typeof campaignFiles>[0];
const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** A package whose name nobody used before. */
let names = 0;
const aZip = (changes: Changes = {}, name = `edge-${names++}`): Promise<Buffer> =>
  zipOf(
    campaignFiles({
      'campaign.yaml': CAMPAIGN_YAML.replace('name: zero-trust-edge', `name: ${name}`),
      ...changes,
    }),
  );

describe('the campaigns API', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let marketer: Browser;
  let approver: Browser;

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { rendering: 2 } });
    vendor = await api.aVendor();
    marketer = await api.signIn(vendor.vendorId, 'marketer');
    approver = await api.signIn(vendor.vendorId, 'approver');
  });
  afterAll(() => api.close());

  const upload = (browser: Browser, zip: Buffer, path = '/api/v1/campaigns'): supertest.Test =>
    browser.post(path).attach('package', zip, 'package.zip');
  const aDraft = async (changes: Changes = {}): Promise<{ id: string; path: string }> => {
    const { body } = await upload(marketer, await aZip(changes)).expect(201);
    return { id: body.campaignId, path: `/api/v1/campaigns/${body.campaignId}` };
  };
  const publication = () => ({ partnerGroupIds: [vendor.groupId], opensOn: day(0), closesOn: day(30) });
  const published = async (): Promise<{ id: string; path: string }> => {
    const draft = await aDraft();
    await marketer.post(`${draft.path}/versions/1/submit`).expect(200);
    await approver.post(`${draft.path}/versions/1/approve`).expect(200);
    await marketer.post(`${draft.path}/versions/1/publish`, publication()).expect(200);
    return draft;
  };

  /**
   * Data of the link checks that were asked for in the transactions that
   * submitted.
   */
  const waiting = async (campaignId: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: api.ownerUrl });
    await client.connect();
    try {
      const { rows } = await client.query(
        "SELECT data FROM jobs.outbox WHERE job = 'campaigns.check-links' AND data->>'campaignId' = $1",
        [campaignId],
      );
      return (rows as { data: unknown }[]).map(({ data }) => data);
    } finally {
      await client.end();
    }
  };

  describe('a package', () => {
    it('becomes a draft whose tactics, slots and sequence can be seen', async () => {
      const { path } = await aDraft();
      const { body, headers } = await marketer.get(`${path}/versions/1`).expect(200);
      expect(body).toMatchObject({
        number: 1,
        status: 'draft',
        tactics: { emails: [{ key: 'welcome', slots: ['offer'], subject: { en: 'Stop breaches at the edge' } }] },
        slots: [{ name: 'offer', suggested: { en: 'Ask us for a free assessment.' } }],
        sequence: { steps: [{ key: 'welcome', kind: 'email', about: 'welcome', next: 'end', earliestHour: 0 }] },
        warnings: [],
      });
      expect(body.tactics.emails[0].locks.map(({ name }: { name: string }) => name)).toEqual(['legal', 'footer']);
      expect(headers['cache-control']).toBe('no-store');
    });

    it('in review, is told where its links do not lead, and is published all the same', async () => {
      const yaml = CAMPAIGN_YAML.replace('zero-trust-edge', 'edge-of-links').replace(
        'https://www.northwind.example/edge/demo',
        'https://10.0.0.1/demo',
      );
      const zip = await aZip({ 'campaign.yaml': yaml });
      const { body } = await upload(marketer, zip).expect(201);
      const path = `/api/v1/campaigns/${body.campaignId}/versions/1`;
      await marketer.post(`${path}/submit`).expect(200);
      const [job] = await waiting(body.campaignId);
      expect(job).toMatchObject({ number: 1, packageHash: createHash('sha256').update(zip).digest('hex') });
      await api.app.get(LinkChecks, { strict: false }).check(CHECK_LINKS.data.parse(job));
      const { body: version } = await approver.get(path).expect(200);
      expect(version.warnings).toEqual([
        {
          code: 'link-not-public',
          file: 'campaign.yaml',
          line: 10,
          column: 19,
          message: 'The link demo was not asked. 10.0.0.1 is not a public address.',
          remedy: 'Use an address that recipients can open from anywhere.',
        },
      ]);
      await approver.post(`${path}/approve`).expect(200);
      await marketer.post(`${path}/publish`, publication()).expect(200);
      expect((await marketer.post(`${path}/check-links`).expect(409)).body.code).toBe('campaign-version.published');
    });

    it('has its links asked about again, without a new draft, once each time that is answered', async () => {
      const { id, path: campaign } = await aDraft();
      const path = `${campaign}/versions/1`;
      const checks = api.app.get(LinkChecks, { strict: false });
      const answer = async (): Promise<void> => {
        const jobs = await waiting(id);
        await checks.check(CHECK_LINKS.data.parse(jobs.at(-1)));
      };
      const state = async () => (await approver.get(path).expect(200)).body;
      expect(await state()).toMatchObject({ linkCheckRequestedAt: null, linksCheckedAt: null });
      await marketer.post(`${path}/check-links`).expect(200);
      await marketer.post(`${path}/check-links`).expect(200);
      expect(await waiting(id)).toHaveLength(1);
      expect(await state()).toMatchObject({ linkCheckRequestedAt: expect.any(String), linksCheckedAt: null });
      await answer();
      expect(await state()).toMatchObject({ status: 'draft', linksCheckedAt: expect.any(String) });
      await marketer.post(`${path}/check-links`).expect(200);
      expect(await waiting(id)).toHaveLength(2);
    });

    it('is given back byte for byte', async () => {
      const zip = await aZip();
      const { body } = await upload(marketer, zip).expect(201);
      const response = await marketer
        .get(`/api/v1/campaigns/${body.campaignId}/versions/1/package.zip`)
        .buffer(true)
        .parse((stream, done) => {
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => done(null, Buffer.concat(chunks)));
        })
        .expect(200);
      expect(zip.equals(response.body as Buffer)).toBe(true);
      const { body: campaign } = await marketer.get(`/api/v1/campaigns/${body.campaignId}`).expect(200);
      expect(response.headers['content-disposition']).toBe(`attachment; filename="${campaign.name}-v1.zip"`);
    });

    it('with mistakes is refused with all of them, each with its place', async () => {
      const zip = await aZip({
        'campaign.yaml': CAMPAIGN_YAML.replace('theme: security', 'themes: security'),
        'emails/welcome.mjml': campaignFiles()
          .get('emails/welcome.mjml')!
          .toString()
          .replace('<mj-section>', '<mj-section><script>x()</script>'),
      });
      const { body } = await upload(marketer, zip).expect(422);
      expect(body).toMatchObject({ code: 'package.unusable', field: 'package' });
      expect(body.problems).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            code: 'field-unknown',
            file: 'campaign.yaml',
            line: 5,
            column: 1,
            remedy: expect.any(String),
          }),
          expect.objectContaining({ file: 'emails/welcome.mjml', line: 6 }),
        ]),
      );
      expect(
        (await marketer.get('/api/v1/campaigns?limit=200')).body.items.some(
          ({ name }: { name: string }) => name === 'zero-trust-edge',
        ),
      ).toBe(false);
    });

    it('that is no zip, missing, or too large is refused', async () => {
      expect((await upload(marketer, Buffer.from('no')).expect(422)).body.problems[0].code).toBe('zip-unreadable');
      expect((await marketer.post('/api/v1/campaigns').expect(422)).body.code).toBe('package.missing');
      await upload(marketer, Buffer.alloc(30_000_002)).expect(413);
    });

    it('of a name that is taken says where to upload it', async () => {
      const zip = await aZip();
      const first = await upload(marketer, zip).expect(201);
      const { body } = await upload(marketer, zip).expect(409);
      expect(body).toMatchObject({ code: 'campaign.name-taken', details: { campaignId: first.body.campaignId } });
    });

    it('that is uploaded twice at once becomes one campaign', async () => {
      const zip = await aZip();
      const answers = await Promise.all([1, 2, 3].map(() => upload(marketer, zip)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    });

    it('replaces the draft that it is based on, and no other', async () => {
      const name = 'edge-replaced';
      const { body: first } = await upload(marketer, await aZip({}, name)).expect(201);
      const versions = `/api/v1/campaigns/${first.campaignId}/versions`;
      const next = await aZip({ 'notes.md': 'second' }, name);
      const { body: second } = await upload(marketer, next, versions)
        .set('If-Match', `"${first.packageHash}"`)
        .expect(201);
      expect(second).toMatchObject({ number: 1, status: 'draft' });
      const stale = await aZip({ 'notes.md': 'third' }, name);
      await upload(marketer, stale, versions).set('If-Match', `"${first.packageHash}"`).expect(412);
      await upload(marketer, await aZip({}, 'another-name'), versions).expect(422);
    });
  });

  describe('a version', () => {
    it('goes from draft over review to published, and then stands', async () => {
      const { path } = await published();
      const { body } = await marketer.get(`${path}/versions/1`).expect(200);
      expect(body).toMatchObject({
        status: 'published',
        approvedBy: 'approver person',
        approvedAlone: false,
        ...publication(),
      });
      const bodies: Record<string, object> = { return: { comment: 'no' }, publish: publication() };
      for (const step of ['submit', 'approve', 'return', 'publish'])
        await (step === 'approve' || step === 'return' ? approver : marketer)
          .post(`${path}/versions/1/${step}`, bodies[step] ?? {})
          .expect(409);
    });

    it('that follows a published one is a new one', async () => {
      const { id, path } = await published();
      const { name } = (await marketer.get(path)).body;
      const { body } = await upload(marketer, await aZip({ 'notes.md': 'x' }, name), `${path}/versions`).expect(201);
      expect(body).toMatchObject({ campaignId: id, number: 2, status: 'draft' });
      expect(
        (await marketer.get(path)).body.versions.map(({ number, status }: { number: number; status: string }) => [
          number,
          status,
        ]),
      ).toEqual([
        [2, 'draft'],
        [1, 'published'],
      ]);
    });

    it('is approved by nobody who submitted it, in person or by a key, unless nobody else may', async () => {
      const owner = await api.signIn(vendor.vendorId, 'owner');
      const { path } = await aDraft();
      await owner.post(`${path}/versions/1/submit`).expect(200);
      expect((await owner.post(`${path}/versions/1/approve`).expect(403)).body.code).toBe('approval.own-submission');

      const byKey = await aDraft();
      const { body: made } = await owner.post('/api/v1/api-keys', { name: 'CI', role: 'marketer' }).expect(201);
      const submission = api.http.post(`${byKey.path}/versions/1/submit`);
      await submission.set('Authorization', `Bearer ${made.key}`).expect(200);
      const { body: refused } = await owner.post(`${byKey.path}/versions/1/approve`).expect(403);
      expect(refused.code).toBe('approval.own-submission');

      const small = await api.aVendor('Solo Systems');
      const solo = await api.signIn(small.vendorId, 'owner');
      const { body: draft } = await upload(solo, await aZip()).expect(201);
      const own = `/api/v1/campaigns/${draft.campaignId}/versions/1`;
      await solo.post(`${own}/submit`).expect(200);
      expect((await solo.post(`${own}/approve`).expect(200)).body.approvedAlone).toBe(true);
    });

    it('is approved by no key', async () => {
      const { path } = await aDraft();
      await marketer.post(`${path}/versions/1/submit`).expect(200);
      const key = await api.apiKey(vendor.vendorId, 'vendor', 'approver');
      const { body } = await api.http
        .post(`${path}/versions/1/approve`)
        .set('Authorization', `Bearer ${key}`)
        .expect(403);
      expect(body.code).toBe('approval.person-missing');
    });

    it('is submitted and approved once by a double click, and refuses the same of others', async () => {
      const { path } = await aDraft();
      const twice = (who: Browser, deed: string) =>
        Promise.all([1, 2].map(() => who.post(`${path}/versions/1/${deed}`).expect(200)));
      const submitted = await twice(marketer, 'submit');
      expect(submitted.map(({ body }) => body.status)).toEqual(['in-review', 'in-review']);
      await approver.post(`${path}/versions/1/submit`).expect(({ status }) => expect([403, 409]).toContain(status));
      const [first, second] = await twice(approver, 'approve');
      expect(first!.body.approvedAt).toBe(second!.body.approvedAt);
      const { body } = await approver.get('/api/v1/audit-entries?limit=2').expect(200);
      expect(body.items.map(({ action }: { action: string }) => action)).toEqual([
        'campaign-version.approved',
        'campaign-version.submitted',
      ]);
    });

    it('goes back with a comment, and needs approval again', async () => {
      const { path } = await aDraft();
      await marketer.post(`${path}/versions/1/submit`).expect(200);
      await approver.post(`${path}/versions/1/approve`).expect(200);
      await approver.post(`${path}/versions/1/return`, { comment: 'Claim needs a source.' }).expect(200);
      const { body } = await marketer.get(`${path}/versions/1`);
      expect(body).toMatchObject({
        status: 'draft',
        approvedAt: null,
        comments: [{ author: 'approver person', text: 'Claim needs a source.' }],
      });
      await marketer.post(`${path}/versions/1/submit`).expect(200);
      expect((await marketer.post(`${path}/versions/1/publish`, publication()).expect(409)).body.code).toBe(
        'campaign-version.not-approved',
      );
    });

    it('is not published for a window that is over, to a group of others, or without dates', async () => {
      const { path } = await aDraft();
      await marketer.post(`${path}/versions/1/submit`).expect(200);
      await approver.post(`${path}/versions/1/approve`).expect(200);
      const publish = (changes: object) =>
        marketer.post(`${path}/versions/1/publish`, { ...publication(), ...changes });
      expect((await publish({ opensOn: day(-9), closesOn: day(-2) }).expect(422)).body.field).toBe('closesOn');
      const others = await api.aVendor('Other');
      expect((await publish({ partnerGroupIds: [others.groupId] }).expect(404)).body.code).toBe(
        'partner-group.not-found',
      );
      expect((await publish({ opensOn: 'tomorrow' }).expect(422)).body.problems[0].field).toBe('opensOn');
      const { groupId: first } = vendor;
      const unknown = await publish({ partnerGroupIds: [first, others.groupId] }).expect(404);
      expect(unknown.body.code).toBe('partner-group.not-found');
      // Leaving the groups out is not a word for everybody.
      for (const missing of [{ partnerGroupIds: undefined }, { partnerGroupIds: undefined, partnerGroupId: first }])
        expect((await publish(missing).expect(422)).body.problems[0].field).toBe('partnerGroupIds');
      await publish({}).expect(200);
    });

    it('is published to several groups, each once, or to everybody', async () => {
      const group = { name: 'Second', rule: { tiers: ['silver'] } };
      const { body: second } = await marketer.post('/api/v1/partner-groups', group).expect(201);
      const partnerGroupIds = [vendor.groupId, second.id as string];
      const publishedTo = async (ids: string[]) => {
        const { path } = await aDraft();
        await marketer.post(`${path}/versions/1/submit`).expect(200);
        await approver.post(`${path}/versions/1/approve`).expect(200);
        const offer = { ...publication(), partnerGroupIds: ids };
        const { body } = await marketer.post(`${path}/versions/1/publish`, offer).expect(200);
        expect((await marketer.get(`${path}/versions/1`).expect(200)).body.partnerGroupIds.sort()).toEqual(
          [...body.partnerGroupIds].sort(),
        );
        return body.partnerGroupIds as string[];
      };
      expect((await publishedTo([...partnerGroupIds, second.id as string])).sort()).toEqual(partnerGroupIds.sort());
      expect(await publishedTo([])).toEqual([]);
      // Partners can launch it still: the group stays.
      const path = `/api/v1/partner-groups/${second.id}`;
      expect((await marketer.delete(path).expect(409)).body.code).toBe('partner-group.in-use');
      expect((await marketer.post(`${path}/archive`).expect(409)).body.code).toBe('partner-group.in-use');
    });

    it('says until its first day that it opens later', async () => {
      const { path } = await aDraft();
      await marketer.post(`${path}/versions/1/submit`).expect(200);
      await approver.post(`${path}/versions/1/approve`).expect(200);
      const offer = { ...publication(), opensOn: day(1) };
      const { body } = await marketer.post(`${path}/versions/1/publish`, offer).expect(200);
      expect(body).toMatchObject({ status: 'published', opensLater: true, opensOn: day(1) });
      const named = async (state: string): Promise<boolean> =>
        (await marketer.get(`/api/v1/campaigns?limit=200&state=${state}`).expect(200)).body.items.some(
          ({ id }: { id: string }) => path.endsWith(id),
        );
      expect([await named('opening'), await named('published')]).toEqual([true, false]);
      const card = (await marketer.get('/api/v1/campaigns?state=opening').expect(200)).body.items[0];
      expect(card).toMatchObject({ newestVersion: { opensLater: true }, published: { opensLater: true } });
      api.clock.advance(86_400_000);
      expect((await marketer.get(`${path}/versions/1`).expect(200)).body.opensLater).toBe(false);
      expect([await named('opening'), await named('published')]).toEqual([false, true]);
    });

    it('has a signed manifest once it is published', async () => {
      const draft = await aDraft();
      await marketer.get(`${draft.path}/versions/1/manifest`).expect(404);
      const { path } = await published();
      const { body } = await marketer.get(`${path}/versions/1/manifest`).expect(200);
      expect(body).toHaveProperty('signature');
    });
  });

  describe('a campaign', () => {
    it('is retired and recalled', async () => {
      const { path } = await published();
      expect((await marketer.post(`${path}/retire`).expect(200)).body.versions[0]).toMatchObject({ status: 'retired' });
      expect((await marketer.post(`${path}/retire`).expect(409)).body.code).toBe('campaign.not-published');
      expect((await marketer.post(`${path}/recall`, {}).expect(422)).body.problems[0].field).toBe('reason');
      const reason = 'Its price is wrong.';
      expect((await marketer.post(`${path}/recall`, { reason }).expect(200)).body.versions[0]).toMatchObject({
        status: 'recalled',
        endedReason: reason,
      });
    });

    it('is in the list, newest first, page by page', async () => {
      const shop = await api.aVendor('Lister');
      const owner = await api.signIn(shop.vendorId, 'owner');
      for (let at = 0; at < 3; at += 1) await upload(owner, await aZip()).expect(201);
      const first = (await owner.get('/api/v1/campaigns?limit=2').expect(200)).body;
      const second = (await owner.get(`/api/v1/campaigns?limit=2&cursor=${first.nextCursor}`).expect(200)).body;
      expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
      expect(first.items[0]).toMatchObject({ newestVersion: { number: 1, status: 'draft', approved: false } });
    });

    describe('among many', () => {
      let owner: Browser;
      let found: (query: string) => Promise<string[]>;
      beforeAll(async () => {
        const shop = await api.aVendor('Searcher');
        owner = await api.signIn(shop.vendorId, 'owner');
        const titled = (name: string, title: string) =>
          aZip({ 'campaign.yaml': CAMPAIGN_YAML.replace('zero-trust-edge', name).replace(/^title:.*$/m, title) }, name);
        await upload(owner, await titled('harbour-watch', 'title: { en: Quiet Nights, de: Ruhige Nächte }')).expect(
          201,
        );
        const { body } = await upload(
          owner,
          await titled('plain-sail', 'title: { en: Wholly afloat, de: Ganz flott }'),
        ).expect(201);
        const path = `/api/v1/campaigns/${body.campaignId}/versions`;
        await owner.post(`${path}/1/submit`).expect(200);
        await owner.post(`${path}/1/approve`).expect(200);
        const offer = { partnerGroupIds: [shop.groupId], opensOn: day(0), closesOn: day(30) };
        await owner.post(`${path}/1/publish`, offer).expect(200);
        await upload(owner, await titled('plain-sail', 'title: { en: Afloat again, de: Wieder flott }'), path).expect(
          201,
        );
        found = async (query) =>
          (await owner.get(`/api/v1/campaigns?${query}`).expect(200)).body.items.map(
            ({ name }: { name: string }) => name,
          );
      });

      it.each([
        ['q=HARBOUR', ['harbour-watch']],
        ['q=quiet%20n', ['harbour-watch']],
        [`q=${encodeURIComponent('NÄCHTE')}`, ['harbour-watch']],
        ['q=again', ['plain-sail']],
        ['q=wholly', []],
        ['q=%25', []],
        ['q=_', []],
      ])('is found by its name or the words of its newest title: %s', async (query, names) => {
        expect(await found(query)).toEqual(names);
      });

      it.each([
        ['draft', ['plain-sail', 'harbour-watch']],
        ['published', ['plain-sail']],
        ['approved', []],
        ['opening', []],
        ['retired', []],
      ])('is found by how it stands, and published also beneath a draft: %s', async (state, names) => {
        expect(await found(`state=${state}`)).toEqual(names);
        expect(await found(`state=${state}&q=no-such-name`)).toEqual([]);
      });

      it('is found by its tags, which partners do not see', async () => {
        const items = (await owner.get('/api/v1/campaigns?q=plain').expect(200)).body.items as { id: string }[];
        const path = `/api/v1/campaigns/${items[0]!.id}/tags`;
        const { body } = await owner.patch(path, { add: ['Q4', 'edge', 'q4'] }).expect(200);
        expect(body.tags).toEqual(['edge', 'Q4']);
        await Promise.all(['one', 'other'].map((tag) => owner.patch(path, { add: [tag] }).expect(200)));
        const both = await owner.patch(path, { remove: ['ONE', 'nothing'] }).expect(200);
        expect(both.body.tags).toEqual(['edge', 'other', 'Q4']);
        await owner.patch(path, { remove: ['other'] }).expect(200);
        expect(await found('tag=Q4')).toEqual(['plain-sail']);
        expect(await found('tag=q4')).toEqual([]);
        expect((await owner.get('/api/v1/campaign-tags').expect(200)).body.items).toEqual(
          expect.arrayContaining(['edge', 'Q4']),
        );
        const { body: log } = await owner.get('/api/v1/audit-entries?limit=1').expect(200);
        expect(log.items[0]).toMatchObject({ action: 'campaign.tagged', details: { tags: ['edge', 'Q4'] } });
        await owner.patch(path, { add: ['x'.repeat(41)] }).expect(422);
        const many = Array.from({ length: 19 }, (_, at) => `tag ${at}`);
        expect((await owner.patch(path, { add: many }).expect(422)).body.code).toBe('campaign.too-many-tags');
        await owner.patch(path, { remove: ['Q4', 'edge'] }).expect(200);
        expect(await found('tag=Q4')).toEqual([]);
      });

      it('is not looked for by what is no word, or by a state that there is not', async () => {
        await owner.get('/api/v1/campaigns?q=').expect(422);
        await owner.get('/api/v1/campaigns?q=%00').expect(422);
        await owner.get('/api/v1/campaigns?state=gone').expect(422);
      });
    });

    it('is in the list with who may run it, when, and how many do', async () => {
      const cardOf = async (id: string): Promise<object> =>
        (await marketer.get('/api/v1/campaigns?limit=200').expect(200)).body.items.find(
          (one: { id: string }) => one.id === id,
        );
      const { body: draft } = await upload(marketer, await aZip()).expect(201);
      expect(await cardOf(draft.campaignId)).toMatchObject({ published: null, partnersRunning: 0 });
      const { path } = await published();
      const offer = { number: 1, partnerGroups: [expect.stringMatching(/./)], opensOn: expect.any(String) };
      expect(await cardOf(path.split('/').at(-1)!)).toMatchObject({ published: offer, partnersRunning: 0 });
      await marketer.post(`${path}/retire`).expect(200);
      expect(await cardOf(path.split('/').at(-1)!)).toMatchObject({ published: null });
    });

    it('is written down at every step', async () => {
      const { path } = await published();
      await marketer.post(`${path}/retire`).expect(200);
      const { body } = await approver.get('/api/v1/audit-entries?limit=10').expect(200);
      expect(body.items.slice(0, 5).map(({ action }: { action: string }) => action)).toEqual([
        'campaign.retired',
        'campaign-version.published',
        'campaign-version.approved',
        'campaign-version.submitted',
        'campaign-version.drafted',
      ]);
    });
  });

  describe('the preview', () => {
    it('shows an email in the sample brand and in each locale', async () => {
      const { path } = await aDraft();
      const { body } = await marketer.get(`${path}/versions/1/preview/emails/welcome?locale=de`).expect(200);
      expect(body).toMatchObject({
        locale: 'de',
        partnerName: 'Sample Partner',
        subject: 'Angriffe am Netzrand stoppen',
      });
      expect(body.html).toContain('Sample Partner Ltd');
      const logo = /src="[^"]*(\/api\/v1\/sample-logos\/[^"]+)"/.exec(body.html)?.[1];
      await api.http.get(logo!).expect(200).expect('content-type', /svg/);
    });

    it('tells what its sections ask about the recipient, and shows what each gets', async () => {
      const mjml = campaignFiles().get('emails/welcome.mjml')!.toString();
      const asking = '<mj-text>{{#when country="DE|AT"}}Moin{{else}}Hello{{/when}}</mj-text><mj-text>';
      const { path } = await aDraft({ 'emails/welcome.mjml': mjml.replace('<mj-text>', asking) });
      const preview = `${path}/versions/1/preview/emails/welcome`;
      const { body: anybody } = await marketer.get(preview).expect(200);
      expect(anybody.asks).toEqual([{ field: 'country', values: ['AT', 'DE'] }]);
      expect([anybody.html.includes('Hello'), anybody.html.includes('Moin')]).toEqual([true, false]);
      const { body: german } = await marketer.get(`${preview}?country=DE&persona=cfo`).expect(200);
      expect([german.html.includes('Hello'), german.html.includes('Moin')]).toEqual([false, true]);
      await marketer.get(`${preview}?country=${'x'.repeat(61)}`).expect(422);
    });

    it('carries the name, colours and logo of a partner of the vendor, and of no other', async () => {
      const { path } = await aDraft();
      const partnerId = await api.aPartner(vendor, { name: 'Brightwater IT' });
      const people = { contact: { name: null, title: null, phone: null, email: null }, locales: {} };
      const colours = {
        primary: '#7a1f5c',
        onPrimary: '#ffffff',
        secondary: '#f4e8f0',
        onSecondary: '#2b0d20',
        link: '#7a1f5c',
      };
      await api.app.get(BrandProfiles).edit(systemActor('test', { partnerId }), 0, {
        name: 'Brightwater IT',
        legalName: 'Brightwater Secret Holding',
        legalLine: null,
        postalAddress: null,
        countryCode: 'GB',
        timeZone: 'Europe/London',
        website: null,
        privacyUrl: null,
        imprintUrl: null,
        colours,
        ...people,
      });
      const preview = `${path}/versions/1/preview/emails/welcome`;
      const { body } = await marketer.get(`${preview}?partnerId=${partnerId}`).expect(200);
      expect(body.partnerName).toBe('Brightwater IT');
      expect(body.html).toContain('#7a1f5c');
      expect(body.html).not.toContain('Secret Holding');
      expect(body.html).toContain('/api/v1/sample-logos/');
      const owner = await api.signIn(partnerId, 'owner');
      await owner.put('/api/v1/brand-profile/logo').attach('file', LOGO, 'logo.svg').expect(200);
      const { body: branded } = await marketer.get(`${preview}?partnerId=${partnerId}`).expect(200);
      expect(branded.html).not.toContain('/api/v1/sample-logos/');
      expect(branded.html).toMatch(/<img[^>]+src="[^"]+\/b\/[0-9a-f]{64}\.png"/);
      const stranger = await api.aPartner(await api.aVendor('Other'));
      await marketer.get(`${preview}?partnerId=${stranger}`).expect(404);
    });

    it('of an unknown email is not found', async () => {
      const { path } = await aDraft();
      await marketer.get(`${path}/versions/1/preview/emails/nope`).expect(404);
    });
  });

  describe('who may', () => {
    it('another vendor finds nothing of it, by any route', async () => {
      const { path } = await aDraft();
      const stranger = await api.signIn((await api.aVendor('Stranger')).vendorId, 'owner');
      const reads = [
        '',
        '/versions/1',
        '/versions/1/package.zip',
        '/versions/1/manifest',
        '/versions/1/preview/emails/welcome',
      ];
      for (const read of reads) await stranger.get(path + read).expect(404);
      for (const deed of ['submit', 'approve']) await stranger.post(`${path}/versions/1/${deed}`).expect(404);
      await stranger.post(`${path}/versions/1/return`, { comment: 'x' }).expect(404);
      await stranger.post(`${path}/versions/1/publish`, publication()).expect(404);
      for (const end of ['retire', 'recall', 'stop-launches', 'archive'])
        await stranger.post(`${path}/${end}`, end === 'recall' ? { reason: 'A mistake.' } : undefined).expect(404);
      await upload(stranger, await aZip(), `${path}/versions`).expect(404);
    });

    it('an analyst only looks, an approver does not edit, a marketer does not approve', async () => {
      const { path } = await aDraft();
      const analyst = await api.signIn(vendor.vendorId, 'analyst');
      await analyst.get(`${path}/versions/1`).expect(200);
      await upload(analyst, await aZip()).expect(403);
      await analyst.post(`${path}/versions/1/submit`).expect(403);
      await upload(approver, await aZip()).expect(403);
      await marketer.post(`${path}/versions/1/submit`).expect(200);
      await marketer.post(`${path}/versions/1/approve`).expect(403);
    });

    it('a partner sees no campaign of the vendor’s desk, nobody sees any without signing in', async () => {
      const { path } = await published();
      const partner = await api.signIn(await api.aPartner(vendor), 'owner');
      for (const read of [path, `${path}/versions/1`, '/api/v1/campaigns']) {
        await partner.get(read).expect(403);
        await api.http.get(read).expect(401);
      }
    });
  });
});
