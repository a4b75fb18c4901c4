import { Clicks } from '#engagement';
import { newId } from '#kernel';
import { publish, wholeCampaign } from '../../support/campaigns.js';
import { http, owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';
import { aPage, contactOf, leads, pathsIn, PERSON, received, send, visitor } from './strangers.js';

/** A landing page as it is shown. */
export function landingPageCases(): void {
  describe('the landing page', () => {
    it('is the partner’s, runs no script, and posts home', async () => {
      const { page } = await aPage();
      const { text, headers } = await http.get(page).expect(200);
      expect(text).toContain('Brightwater IT');
      expect(text).not.toMatch(/<script|javascript:|{{/i);
      expect(/<form[^>]* action="([^"]+)"/.exec(text)![1]).toBe(`${stage.api.config.PUBLIC_URL}${page}/form`);
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(text).toContain('<html lang="en"');
    });

    it('has a card for those who share it, and leads to the company’s legal pages', async () => {
      const { page } = await aPage();
      const { text } = await http.get(page).expect(200);
      const card = new Map(
        [...text.matchAll(/<meta property="og:(\w+)" content="([^"]*)">/g)].map(([, name, value]) => [name, value]),
      );
      expect(card.get('title')).toBe('Stop an attack where it starts');
      expect(card.get('url')).toBe(`${stage.api.config.PUBLIC_URL}${page}`);
      expect(card.get('image')).toMatch(/\/b\/[0-9a-f]{64}\.jpg$/);
      expect(card.get('description')).toMatch(/^Northwind Edge moves your security rules/);
      expect(text).toContain(`href="${stage.api.config.PUBLIC_URL}${page}/privacy"`);
      expect(text).toContain(`href="${stage.api.config.PUBLIC_URL}${page}/imprint"`);
      const { headers } = await http.get(`${page}/privacy`).redirects(0).expect(302);
      expect(headers['location']).toBe('https://www.brightwater.example/privacy');
      expect(text).toContain('* Required field');
    });

    it('is shown without a form, too', async () => {
      const page = (html: string): string => html.replace('<tc-form></tc-form>', '<a href="{{links.demo}}">Demo</a>');
      const zip = await wholeCampaign(`formless-${unique()}`, undefined, { page });
      const window = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
      const { versionId } = await publish(stage.vendor, zip, window);
      const { page: path } = await aPage({ versionId });
      const { text } = await http.get(path).expect(200);
      expect(text).not.toContain('<form');
      for (const way of ['links/demo', 'imprint'])
        expect(text).toContain(`href="${stage.api.config.PUBLIC_URL}${path}/${way}"`);
    });

    it('has links of ours that lead to those of the campaign, and to nowhere else', async () => {
      const { page } = await aPage();
      const target = async (name: string): Promise<unknown> =>
        (await http.get(`${page}/links/${name}`).redirects(0).expect(302)).headers['location'];
      expect(await target('demo')).toBe('https://www.northwind.example/edge/demo');
      expect(await target('page')).toBe(`${stage.api.config.PUBLIC_URL}${page}`);
      await http.get(`${page}/links/nothing`).expect(404);
      await http.get(`${page}/links/${encodeURIComponent('https://evil.example')}`).expect(404);
    });

    it('asks the person of the e-mail only for what is unknown, for half an hour, and shows nobody any of it', async () => {
      const contact = {
        firstName: 'Ada "A"',
        lastName: 'Lovelace',
        company: 'Engines & Co',
        phone: '+44 20 7946 0000',
      };
      const { links, email } = await received(contact);
      const asked = (shown: string): string[] =>
        [...shown.matchAll(/<label for="tc-(\w+)">/g)]
          .map(([, field]) => field!)
          .filter((one) => one !== 'consent' && one !== 'trap');
      stage.api.clock.advance(60_000);
      const follow = async (userAgent = PERSON): Promise<string> => {
        for (const link of links) {
          const { headers } = await http.get(link).set('User-Agent', userAgent).redirects(0).expect(302);
          await stage.api.app.get(Clicks).flushed();
          const { pathname, search } = new URL(headers['location']!);
          if (/^\/p\/[^/]+$/.test(pathname)) return pathname + search;
        }
        throw new Error('No link leads to the landing page.');
      };
      const mine = await follow();
      const { text, headers } = await http.get(mine).expect(200);
      const noData = (shown: string): void => {
        const text = shown.replace(/base64,[^"]+/g, '');
        for (const value of ['Ada', 'Lovelace', 'Engines', '7946 0000', email]) expect(text).not.toContain(value);
      };
      noData(text);
      expect(text).toContain('We know you as p…@');
      expect(text).toContain('<a href="?">Not you? Fill in the whole form</a>');
      expect(asked(text)).toEqual(['message']);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'strict-origin' });
      const [page = ''] = mine.split('?');
      for (const other of [page, `${page}?t=${newId()}`, `${(await aPage()).page}${mine.slice(page.length)}`])
        expect(asked((await http.get(other).expect(200)).text)).toHaveLength(6);
      const t = new URL(mine, 'https://example.com').searchParams.get('t')!;
      // Without its consent the same short form comes back, with what was typed.
      const again = await send(page, { t, message: 'Call me.' }).expect(422);
      expect(asked(again.text)).toEqual(['message']);
      expect(again.text).toContain('Call me.');
      noData(again.text);
      noData((await send(page, { t, message: 'Call me.', consent: 'yes' }).expect(200)).text);
      expect((await leads())[0]).toMatchObject({ email, message: 'Call me.' });
      // A colleague got the link, and writes another address.
      const colleague = visitor({ t, message: 'Me, too.' });
      await send(page, colleague).expect(200);
      expect((await leads())[0]).toMatchObject({ email: colleague['email'], message: 'Me, too.' });
      expect((await contactOf(colleague['email']!)) as object).toMatchObject({ firstName: 'Vera', phone: null });
      stage.api.clock.advance(31 * 60_000);
      expect(asked((await http.get(mine).expect(200)).text)).toHaveLength(6);
      // Its form is not lost: it comes back whole.
      const late = await send(page, { t, message: 'Too late?', consent: 'yes' }).expect(422);
      expect(asked(late.text)).toHaveLength(6);
      expect(late.text).toContain('Too late?');
    });

    it('is in the variant and the language of the person of the e-mail, with the partner’s choices, and sealed', async () => {
      const page = (html: string): string =>
        html.replace(
          '<tc-form></tc-form>',
          '<tc-when industry="finance" persona="cfo"><p>For finance: costs per site.</p></tc-when>' +
            '<tc-when country="FR|DE"><p>For the continent.</p><tc-else><p>For the islands.</p></tc-else></tc-when>' +
            '<tc-slot name="own" label="Own words" max-chars="80">By the vendor.</tc-slot><tc-form></tc-form>',
        );
      const zip = await wholeCampaign(`variants-${unique()}`, undefined, { page });
      const window = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
      const { versionId } = await publish(stage.vendor, zip, window);
      const finance = { industry: 'Finance', persona: 'CFO', country: 'DE' };
      const list = await stage.aList(owner, [finance, { industry: 'retail' }]);
      const slots = { own: { kind: 'paragraphs', blocks: [[{ text: 'By the partner.' }]] } };
      const { body } = await stage.launch(owner, { versionId, listId: list.id, slots }).expect(201);
      await stage.mailTo(list.emails[0]!);
      const shownTo = async (email: string): Promise<string> => {
        const [mail] = await stage.mailTo(email);
        await until(
          async () => (await owner.get(`/api/v1/activations/${body.id}`)).body.steps[0]?.sent === 2,
          'the mails',
        );
        stage.api.clock.advance(60_000);
        for (const link of pathsIn(mail!.html as string, 'l')) {
          const { headers } = await http.get(link).set('User-Agent', PERSON).redirects(0).expect(302);
          const { pathname, search } = new URL(headers['location']!);
          if (/^\/p\/[^/]+$/.test(pathname)) return (await http.get(pathname + search).expect(200)).text;
        }
        throw new Error('No link leads to the landing page.');
      };
      const parts = (text: string): boolean[] =>
        ['For finance', 'For the continent', 'For the islands', 'By the partner.'].map((part) => text.includes(part));
      expect(parts(await shownTo(list.emails[0]!))).toEqual([true, true, false, true]);
      expect(parts(await shownTo(list.emails[1]!))).toEqual([false, false, true, true]);
      // A form that is not complete comes back on the same page.
      const [, t] = /name="t" value="([^"]+)"/.exec(await shownTo(list.emails[0]!))!;
      const again = (await send(new URL(body.pageUrl).pathname, { t: t!, company: 'Quay' }).expect(422)).text;
      expect(parts(again)).toEqual([true, true, false, true]);
      expect(again).toContain('value="Quay"');
      const stranger = (await http.get(new URL(body.pageUrl).pathname).expect(200)).text;
      expect(parts(stranger)).toEqual([false, false, true, true]);
    });

    it('says after its form what to do next', async () => {
      const { page, path } = await aPage();
      await until(async () => (await owner.get(`${path}/assets`)).body.items.length > 0, 'the brochure');
      const { text } = await send(page, visitor()).expect(200);
      expect(text).toContain(`href="${page}/documents/brochure.pdf?locale=en"`);
      expect(text).toContain('href="tel:+441174960000"');
      expect(text).toContain('href="mailto:bea@brightwater.example"');
      expect(text).toContain('href="https://www.brightwater.example/"');
    });

    it('has the partner’s brochure beside it', async () => {
      const { page, path } = await aPage();
      await until(async () => (await owner.get(`${path}/assets`)).body.items.length > 0, 'the brochure');
      const { body, headers } = await http.get(`${page}/documents/brochure.pdf`).expect(200);
      expect(headers['content-type']).toBe('application/pdf');
      expect((body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
      for (const other of ['nothing.pdf', '..%2fbrochure.pdf', '%00'])
        await http.get(`${page}/documents/${other}`).expect(404);
      await http.get('/p/nobody/documents/brochure.pdf').expect(404);
    });
  });
}
