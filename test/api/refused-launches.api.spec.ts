import { DAY_MS, newId } from '#kernel';
import {
  BRAND_PROFILE,
  campaignWithChoices,
  campaignWithLinkOn,
  fillBrand,
  smallCampaign,
} from '../support/campaigns.js';
import { countActivations, publishToGroup, words } from '../support/launches.js';
import { openForSuite, owner, stage, versionId } from '../support/suite-product.js';

describe('a launch', () => {
  openForSuite();

  describe('is refused, and changes nothing,', () => {
    const refused = async (
      body: object,
      status: number,
      by = owner,
    ): Promise<{ code: string; detail: string; field?: string; problems?: { field: string }[] }> => {
      const before = await countActivations(by);
      const answer = await stage.launch(by, body).expect(status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.body.detail).toMatch(/\w+.*\./);
      expect(await countActivations(by)).toBe(before);
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
      const unread = await publishToGroup(stage, {}, (name) => campaignWithLinkOn('#dfe7f1', name));
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
      const { versionId: chosen } = await publishToGroup(stage, {}, campaignWithChoices);
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
      const { versionId: chosen } = await publishToGroup(stage, {}, campaignWithChoices);
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
      await stage.api.asOwner('UPDATE assets.partner_picture SET bytes = $2 WHERE id = $1', [first.id, drawing.length]);
    });

    it('before the window opens', async () => {
      const early = await publishToGroup(stage, { opensOn: stage.day(2), closesOn: stage.day(4) });
      expect(await refused({ ...(await valid()), versionId: early.versionId }, 409)).toMatchObject({
        code: 'campaign.outside-window',
        field: 'versionId',
      });
    });

    it('after the window has closed', async () => {
      const late = await publishToGroup(stage, { opensOn: stage.day(0), closesOn: stage.day(1) });
      stage.api.clock.advance(3 * DAY_MS);
      expect(await refused({ ...(await valid()), versionId: late.versionId }, 409)).toMatchObject({
        code: 'campaign.outside-window',
      });
    });

    it('in a group that may not', async () => {
      const others = await publishToGroup(stage, { tiers: ['platinum'] });
      expect((await refused({ ...(await valid()), versionId: others.versionId }, 404)).code).toBe(
        'campaign-version.not-found',
      );
    });

    it('of a version that is a draft still', async () => {
      const { body } = await stage.vendor.editor
        .post('/api/v1/campaigns')
        .attach('package', await smallCampaign('draft'), 'package.zip')
        .expect(201);
      await refused({ ...(await valid()), versionId: body.id }, 404);
    });

    it('of a campaign that the vendor has ended', async () => {
      const ended = await publishToGroup(stage);
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
