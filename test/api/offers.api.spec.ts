import { readdirSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import type supertest from 'supertest';
import { type Config, CONFIG } from '#config';
import type { OfferSlotPositions } from '#contracts';
import { newId } from '#kernel';
import { readPdf } from '../../libs/artwork/src/document/document.fixture.js';
import type { Browser } from '../support/api.js';
import { fillBrand, publish, smallCampaign, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('offers', () => {
  let stage: TestProduct;
  let owner: Browser;
  let offer: string;
  let names = 0;

  beforeAll(async () => {
    stage = await openTestProduct({}, {}, { posts: true });
    ({ owner } = stage.partner);
    offer = `/api/v1/offers/${stage.campaign.versionId}`;
  });
  afterAll(() => stage.close());

  const publishTo = async (changes: {
    tiers?: string[];
    opensOn?: string;
    closesOn?: string;
  }): Promise<UploadedVersion> => {
    const { tiers = [], opensOn = stage.day(0), closesOn = stage.day(9) } = changes;
    const group = { name: `Group ${names++}`, rule: { tiers } };
    const { body } = await stage.vendor.editor.post('/api/v1/partner-groups', group).expect(201);
    const window = { partnerGroupIds: [body.id as string], opensOn, closesOn };
    return publish(stage.vendor, await smallCampaign(`campaign-${names++}`), window);
  };
  const offered = async (by = owner): Promise<string[]> =>
    (await by.get('/api/v1/offers').expect(200)).body.items.map(({ versionId }: { versionId: string }) => versionId);
  const bytesOf = async (test: supertest.Test): Promise<Buffer> => {
    const response = await test.buffer(true).parse((stream, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => done(null, Buffer.concat(chunks)));
    });
    expect(response.status).toBe(200);
    return response.body as Buffer;
  };

  describe('to a partner', () => {
    it('are what it may launch today', async () => {
      const gold = await publishTo({ tiers: ['gold'] });
      expect(await offered()).toEqual(expect.arrayContaining([stage.campaign.versionId, gold.versionId]));
    });

    it('are suggested in the language of its country, with the vendor’s words in each', async () => {
      const german = await stage.aCompletePartner();
      await fillBrand(german.owner, { countryCode: 'DE' });
      const { versionId } = await publishTo({});
      const suggestion = async (by: Browser) => (await by.get(`/api/v1/offers/${versionId}`).expect(200)).body;
      expect(await suggestion(owner)).toMatchObject({ locale: 'en', locales: ['en', 'de'] });
      const { locale, slots } = await suggestion(german.owner);
      expect(slots[0]).toMatchObject({ label: 'Your offer', labels: { en: 'Your offer', de: 'Your offer' }, help: {} });
      expect(locale).toBe('de');
      expect(Object.keys(slots[0].suggested)).toEqual(['en', 'de']);
    });

    it('are not those of groups that it does not belong to', async () => {
      const { versionId } = await publishTo({ tiers: ['platinum'] });
      expect(await offered()).not.toContain(versionId);
      expect((await owner.get(`/api/v1/offers/${versionId}`).expect(404)).body.code).toBe('campaign-version.not-found');
    });

    it('are those of any group that it belongs to, to look at and to launch', async () => {
      const groupIds: string[] = [];
      for (const tiers of [['platinum'], ['gold']]) {
        const group = { name: `Group ${names++}`, rule: { tiers } };
        const { body } = await stage.vendor.editor.post('/api/v1/partner-groups', group).expect(201);
        groupIds.push(body.id as string);
      }
      const window = { opensOn: stage.day(0), closesOn: stage.day(9) };
      const publishTo = async (partnerGroupIds: string[]): Promise<UploadedVersion> =>
        publish(stage.vendor, await smallCampaign(`campaign-${names++}`), { partnerGroupIds, ...window });
      const theirs = await publishTo(groupIds);
      expect(await offered()).toContain(theirs.versionId);
      await owner.get(`/api/v1/offers/${theirs.versionId}`).expect(200);
      const { id: listId } = await stage.aList();
      await stage.launch(owner, { versionId: theirs.versionId, listId }).expect(201);
      const others = await publishTo(groupIds.slice(0, 1));
      expect(await offered()).not.toContain(others.versionId);
      const refused = await stage.launch(owner, { versionId: others.versionId, listId }).expect(404);
      expect(refused.body.code).toBe('campaign-version.not-found');
    });

    it('show every e-mail, also those that only a branch leads to, and what has to hold for them', async () => {
      const sequence = {
        window: { from: '08:30', to: '17:30', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
        steps: [
          { key: 'welcome', email: 'welcome' },
          { key: 'heard', until: [{ click: 'any', then: 'thanks' }], within: { days: 4 }, else: 'proof' },
          { key: 'thanks', email: 'workshop', next: 'last' },
          { key: 'proof', email: 'proof' },
          { key: 'last', email: 'last-call' },
        ],
      };
      const window = { partnerGroupIds: [], opensOn: stage.day(0), closesOn: stage.day(9) };
      const zip = await wholeCampaign(`campaign-${names++}`, 'With a branch.', { sequence });
      const { versionId, path } = await publish(stage.vendor, zip, window);
      const { body } = await owner.get(`/api/v1/offers/${versionId}`).expect(200);
      const [click, instant] = [[{ on: 'click', link: null }], expect.any(String)];
      expect(body.emails).toEqual([
        { key: 'welcome', stepKey: 'welcome', at: instant, onlyIf: [] },
        { key: 'workshop', stepKey: 'thanks', at: null, onlyIf: click },
        { key: 'proof', stepKey: 'proof', at: instant, onlyIf: [] },
        { key: 'last-call', stepKey: 'last', at: instant, onlyIf: [] },
      ]);
      await owner.post(`/api/v1/offers/${versionId}/preview/emails/workshop`, { locale: 'en', slots: {} }).expect(200);
      const { body: version } = await stage.vendor.editor.get(path).expect(200);
      expect(version.sequence.steps.map(({ onlyIf }: { onlyIf: unknown[] }) => onlyIf.length)).toEqual([0, 0, 1, 0, 0]);
    });

    it('are those that are for everybody in the programme, and nobody else’s', async () => {
      const window = { partnerGroupIds: [], opensOn: stage.day(0), closesOn: stage.day(9) };
      const { versionId } = await publish(stage.vendor, await smallCampaign(`campaign-${names++}`), window);
      expect(await offered()).toContain(versionId);
      const other = await stage.api.aVendor('Other');
      const { owner: stranger } = await stage.aCompletePartner(other);
      expect(await offered(stranger)).not.toContain(versionId);
      await stranger.get(`/api/v1/offers/${versionId}`).expect(404);
    });

    it('are not those whose window has not opened', async () => {
      const { versionId } = await publishTo({ opensOn: stage.day(2) });
      expect(await offered()).not.toContain(versionId);
    });

    it('are not those that the vendor has retired', async () => {
      const { versionId, campaignId } = await publishTo({});
      expect(await offered()).toContain(versionId);
      await stage.vendor.editor.post(`/api/v1/campaigns/${campaignId}/retire`).expect(200);
      expect(await offered()).not.toContain(versionId);
    });

    it('are none before it has joined', async () => {
      const invited = await stage.api.aPartner(stage.vendor, { name: 'Newcomer', joined: false });
      expect(await offered(await stage.api.signIn(invited, 'owner'))).toEqual([]);
    });

    it('say what its brand profile lacks', async () => {
      const partnerId = await stage.api.aPartner(stage.vendor, { name: 'Unfinished' });
      const { body } = await (await stage.api.signIn(partnerId, 'owner')).get(offer).expect(200);
      expect(body.missing.map(({ field }: { field: string }) => field)).toEqual(
        expect.arrayContaining(['postalAddress', 'website', 'logo']),
      );
    });

    it('are looked into: e-mails with their days, slots, page, document and posts', async () => {
      const { body } = await owner.get(offer).expect(200);
      expect(body).toMatchObject({ title: 'Zero trust at the edge', missing: [], timeZone: 'Europe/London' });
      // Screens show it in the reader's language.
      expect(body.titles).toMatchObject({ en: 'Zero trust at the edge' });
      expect(Object.keys(body.summaries)).toEqual(Object.keys(body.titles));
      expect(body.emails.map(({ key }: { key: string }) => key)).toEqual(['welcome', 'proof', 'workshop', 'last-call']);
      const days = body.emails.map(({ at }: { at: string }) => at);
      expect(days).toEqual([...days].sort());
      expect(new Set(days).size).toBe(4);
      expect(body).toMatchObject({
        pages: [{ key: 'landing' }],
        documents: [{ key: 'brochure' }],
        social: [{ key: 'announce' }],
      });
      expect(body.slots.length).toBeGreaterThan(2);
    });

    it('tell titles and texts in each of their languages, and where each slot stands', async () => {
      const { body } = await owner.get(offer).expect(200);
      const [{ title, titles }] = body.documents;
      expect(titles).toEqual({ en: title });
      const [{ text, texts }] = body.social;
      expect(texts).toEqual({ en: text });
      expect(text).toContain('Brightwater IT');
      const slot = (name: string) => (body.slots as { name: string }[]).find((one) => one.name === name);
      expect(slot('offer')).toMatchObject({ usedIn: ['emails.proof', 'emails.last-call'] });
      expect(slot('brochure-offer')).toMatchObject({ usedIn: ['documents.brochure'] });
    });
  });

  describe('the preview', () => {
    it('of an e-mail is in the partner’s brand and may run nothing', async () => {
      const { text, headers } = await owner.get(`${offer}/preview/emails/welcome.html`).expect(200);
      expect(text).toContain('Brightwater IT');
      expect(text).toContain('1 Quay Street');
      expect(text).not.toContain('{{');
      expect(text).not.toMatch(/<script/i);
      expect(headers['content-type']).toContain('text/html');
      expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
      expect(decodeURIComponent(headers['x-subject']!)).toBe('An intruder needs 62 minutes. You can need four.');
    });

    it('of an e-mail is there as plain text', async () => {
      const { text, headers } = await owner.get(`${offer}/preview/emails/welcome.txt`).expect(200);
      expect(headers['content-type']).toContain('text/plain');
      expect(text).toContain('Brightwater IT');
      expect(text).not.toMatch(/<\w+/);
    });

    it('of an e-mail shows the section of an industry to that industry only', async () => {
      const proof = async (industry: string): Promise<string> =>
        (await owner.get(`${offer}/preview/emails/proof.html?industry=${industry}`).expect(200)).text;
      expect(await proof('finance')).toContain('For financial services');
      expect(await proof('retail')).not.toContain('For financial services');
    });

    it('of an e-mail says what it asks of its recipient, and is as whoever is so gets it', async () => {
      const of = async (key: string, recipient: object): Promise<{ html: string; asks: object[] }> =>
        (await owner.post(`${offer}/preview/emails/${key}`, recipient).expect(200)).body as {
          html: string;
          asks: object[];
        };
      const world = await of('last-call', {});
      expect(world.asks).toEqual([{ field: 'country', values: ['AT', 'CH', 'DE'] }]);
      const austrian = await of('last-call', { country: 'AT' });
      expect(austrian.asks).toEqual(world.asks);
      expect(austrian.html).not.toBe(world.html);
      expect((await of('last-call', { country: 'FR' })).html).toBe(world.html);
      expect((await of('welcome', {})).asks).toEqual([]);
    });

    it('of an e-mail takes the partner’s own words, and none that break the slot’s rules', async () => {
      const { body: detail } = await owner.get(offer).expect(200);
      const slot = (detail.slots as { name: string; maxChars: number }[]).find(({ name }) => name === 'intro')!;
      const words = (text: string): object => ({
        slots: { [slot.name]: { kind: 'paragraphs', blocks: [[{ text }]] } },
      });
      const preview = `${offer}/preview/emails/welcome`;
      const { body } = await owner.post(preview, words('Ours alone <b>& yours')).expect(200);
      expect(body.html).toContain('Ours alone &lt;b&gt;&amp; yours');
      const long = await owner.post(preview, words('x'.repeat(slot.maxChars + 1))).expect(422);
      expect(long.body.problems.length).toBeGreaterThan(0);
      await owner.post(preview, { slots: { nothing: { kind: 'paragraphs', blocks: 5 } } }).expect(422);
    });

    it('of an e-mail shows a brand profile while it is written, and keeps nothing of it', async () => {
      const preview = `${offer}/preview/emails/welcome`;
      const shown = async (body: object): Promise<string> =>
        ((await owner.post(preview, body).expect(200)).body as { html: string }).html;
      const before = await shown({});
      const brand = {
        name: 'Quite another name',
        legalName: 'Another & Sons Ltd',
        legalLine: 'Registered in <England>, number 1',
        postalAddress: '9 Other Street\nLeeds',
      };
      const html = await shown({ brand });
      expect(html).toContain('Another &amp; Sons Ltd, 9 Other Street, Leeds. Registered in &lt;England&gt;, number 1');
      const locales = { en: { legalLine: 'As it reads in English' } };
      expect(await shown({ brand: { ...brand, locales } })).toContain('Leeds. As it reads in English');
      expect(await shown({})).toBe(before);
      const refused = await owner.post(preview, { brand: { website: 'no address' } }).expect(422);
      expect(refused.body).toMatchObject({ code: 'brand-profile.invalid', field: 'website' });
    });

    it('of the landing page is in the partner’s brand', async () => {
      const { text, headers } = await owner.get(`${offer}/preview/pages/landing.html`).expect(200);
      expect(text).toContain('Brightwater IT');
      expect(headers['content-security-policy']).toMatch(/^sandbox/);
    });

    it('of the brochure is a PDF of two pages', async () => {
      const pdf = await bytesOf(owner.get(`${offer}/preview/documents/brochure.pdf`));
      expect((await PDFDocument.load(pdf)).getPageCount()).toBe(2);
    });

    it.each([
      ['landscape', 1200, 627],
      ['square', 1080, 1080],
      ['story', 1080, 1920],
    ])('of a post is there as a %s picture of %d by %d pixels', async (format, width, height) => {
      const picture = await bytesOf(owner.get(`${offer}/preview/social/announce/${format}.jpg`));
      expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width, height });
    });

    const inSlot = (name: string, text: string): object => ({
      slots: { [name]: { kind: 'paragraphs', blocks: [[{ text }]] } },
    });

    it('of the landing page takes the partner’s own words', async () => {
      const page = `${offer}/preview/pages/landing`;
      const { body } = await owner.post(page, inSlot('page-offer', 'A day <of> ours, free')).expect(200);
      expect(body.html).toContain('A day &lt;of&gt; ours, free');
      const asGiven = (await owner.get(`${page}.html`).expect(200)).text;
      expect((await owner.post(page, { slots: {} }).expect(200)).body.html).toBe(asGiven);
      const marked = await owner.post(page, { ...inSlot('page-offer', 'Ours'), parts: true }).expect(200);
      expect(marked.body.html).not.toBe((await owner.post(page, inSlot('page-offer', 'Ours')).expect(200)).body.html);
    });

    it('of a brochure shows the partner’s own words, and the vendor’s where there are none', async () => {
      const brochure = `${offer}/preview/documents/brochure`;
      const pages = async (body: object): Promise<string> =>
        (await readPdf(await bytesOf(owner.post(brochure, body)))).text.join(' ').replace(/\s+/g, ' ');
      const suggested = await pages({ slots: {} });
      const own = await pages(inSlot('brochure-offer', 'Three days at your side'));
      expect(suggested).not.toContain('Three days at your side');
      expect(own).toContain('Three days at your side');
    });

    it('of brochure and posts go with where the partner’s words stand on them, in each language', async () => {
      const { body } = await owner.get(`${offer}/places?locale=de`).expect(200);
      const [brochure] = body.documents as { key: string; slots: object[] }[];
      expect(brochure).toMatchObject({ key: 'brochure', slots: [{ slot: 'brochure-offer', page: 2 }] });
      const announce = (body as OfferSlotPositions).pictures.filter(({ key }) => key === 'announce');
      expect(announce.map(({ format }) => format).sort()).toEqual(['landscape', 'square', 'story']);
      for (const picture of announce) {
        expect(picture.slots.map(({ slot }) => slot)).toEqual(['announce-headline']);
        for (const { x, y, width, height } of picture.slots) {
          expect(Math.min(x, y, width, height)).toBeGreaterThan(0);
          expect([x + width <= picture.width, y + height <= picture.height]).toEqual([true, true]);
        }
      }
      expect((await owner.get(`${offer}/places`).expect(200)).body.documents).toHaveLength(1);
    });

    it('of what somebody is writing leaves no file behind', async () => {
      const kept = (): string[] =>
        readdirSync(stage.api.app.get<Config>(CONFIG).STORAGE_FOLDER, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ name }) => name);
      // The logo in the size of its place is kept: others ask for it, too.
      await bytesOf(owner.get(`${offer}/preview/documents/brochure.pdf`));
      const before = kept();
      for (const words of ['A day', 'A day at', 'A day at your side'])
        await bytesOf(owner.post(`${offer}/preview/documents/brochure`, inSlot('brochure-offer', words)));
      expect(kept().sort()).toEqual(before.sort());
    });

    it('of a post with the partner’s own words is the very picture that a launch with them makes', async () => {
      const words = inSlot('announce-headline', 'Four minutes, not sixty-two');
      const shown = await bytesOf(owner.post(`${offer}/preview/social/announce/square`, words));
      const suggested = await bytesOf(owner.get(`${offer}/preview/social/announce/square.jpg`));
      expect(shown.equals(suggested)).toBe(false);
      const { path } = await stage.running(owner, { ...words, locale: 'en' });
      const made = async (): Promise<{ id: string; key: string; format: string; locale: string }[]> =>
        (await owner.get(`${path}/assets`).expect(200)).body.items;
      const isIt = ({ key, format, locale }: { key: string; format: string; locale: string }): boolean =>
        key === 'announce' && format === 'square' && locale === 'en';
      await until(async () => (await made()).some(isIt), 'the picture of the post');
      const { id } = (await made()).find(isIt)!;
      expect((await bytesOf(owner.get(`${path}/assets/${id}`))).equals(shown)).toBe(true);
    });

    it.each([
      ['a document', 'documents/brochure', 'brochure-offer'],
      ['a post', 'social/announce/square', 'announce-headline'],
      ['a page', 'pages/landing', 'page-offer'],
    ])('of %s takes no words that break the slot’s rules, and asks for no other slot', async (_, path, slot) => {
      const { body } = await owner.post(`${offer}/preview/${path}`, inSlot(slot, 'x'.repeat(500))).expect(422);
      expect(body.code).toBe('brand.unusable');
      expect(body.problems.length).toBeGreaterThan(0);
      await owner.post(`${offer}/preview/${path}`, inSlot('workshop', 'x'.repeat(500))).expect(200);
    });

    it('works before the brand profile is filled in, with a frame for the logo', async () => {
      const partnerId = await stage.api.aPartner(stage.vendor, { name: 'Unfinished' });
      const newcomer = await stage.api.signIn(partnerId, 'owner');
      const { text } = await newcomer.get(`${offer}/preview/emails/welcome.html`).expect(200);
      expect(text).toContain('/api/v1/sample-logos/light-');
      const { status, body } = await newcomer.get(`${offer}/preview/documents/brochure.pdf`);
      expect([status, body.code]).toEqual([404, 'logo.missing']);
    });

    it.each([
      ['an e-mail that is not there', 'emails/nothing.html'],
      ['a form that it does not have', 'emails/welcome.pdf'],
      ['a page that is not there', 'pages/nothing.html'],
      ['a document that is not there', 'documents/nothing.pdf'],
      ['a post that is not there', 'social/nothing/square.jpg'],
      ['a size that posts do not have', 'social/announce/poster.jpg'],
      ['a path that climbs', 'emails/..%2f..%2fwelcome.html'],
    ])('of %s is not found', async (_, path) => {
      const { body } = await owner.get(`${offer}/preview/${path}`).expect(404);
      expect(body).toMatchObject({ status: 404, code: expect.stringMatching(/\./) });
    });

    it('in a language that the campaign does not have is in its first', async () => {
      const { headers } = await owner.get(`${offer}/preview/emails/welcome.html?locale=tlh`).expect(200);
      expect(decodeURIComponent(headers['x-subject']!)).toContain('intruder');
    });
  });

  describe('the audience of a list', () => {
    it('counts whom a launch would reach, and why it would not reach the others', async () => {
      const { id, emails } = await stage.aList(owner, [
        {},
        {},
        { consent: { basis: 'unknown' } },
        { consent: undefined },
        { consent: { basis: 'opt-in', expiresOn: '2020-01-01' } },
      ]);
      await owner.post('/api/v1/suppressions', { email: emails[1]!.toUpperCase() }).expect(201);
      const { body } = await owner.get(`${offer}/audience?listId=${id}`).expect(200);
      expect(body).toMatchObject({ total: 5, willGet: 1 });
      const counted = (body.skipped as { reason: string; count: number; sentence: string }[]).map(
        ({ reason, count }) => [reason, count],
      );
      expect(Object.fromEntries(counted)).toEqual({ suppressed: 1, 'consent-unknown': 2, 'consent-expired': 1 });
      expect(body.skipped.every(({ sentence }: { sentence: string }) => sentence.length > 10)).toBe(true);
    });

    it('is nobody where the list is empty', async () => {
      const { id } = await stage.aList(owner, []);
      expect((await owner.get(`${offer}/audience?listId=${id}`).expect(200)).body).toEqual({
        total: 0,
        willGet: 0,
        skipped: [],
        inOtherCampaign: 0,
        otherLanguage: 0,
        nextAfter: null,
      });
    });

    it('says how many speak a language that the campaign does not have', async () => {
      const { id } = await stage.aList(owner, [{ language: 'en-GB' }, { language: 'pl' }, { language: 'pt-BR' }, {}]);
      const { body } = await owner.get(`${offer}/audience?listId=${id}`).expect(200);
      expect(body).toMatchObject({ willGet: 4, otherLanguage: 2, inOtherCampaign: 0 });
    });

    it('is asked with a list', async () => {
      await owner.get(`${offer}/audience`).expect(422);
      await owner.get(`${offer}/audience?listId=mine`).expect(422);
      await owner.get(`${offer}/audience?listId=${newId()}&after=somebody`).expect(422);
      await owner.get(`${offer}/audience?listId=${newId()}`).expect(404);
    });
  });
});
