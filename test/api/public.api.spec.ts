import { createHash } from 'node:crypto';
import { Clicks, Engagement } from '#engagement';
import { Rollups } from '#insight';
import { type ActivationId, DAY_MS, type Id, newId, systemActor } from '#kernel';
import { SPAM_TRAP, withoutLinksTo } from '#rendering';
import { type Browser, createTestApi } from '../support/api.js';
import { publish, smallCampaign, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

/** A page with the partner's logo and its colour. */
const BRANDED = /--brand:#0b5cad[\s\S]*<img src="data:image\/png;base64,[^"]+" alt="[^"]+"/;

/** What one mail gave to its reader. */
interface Received {
  readonly email: string;
  readonly path: string;
  readonly html: string;
  readonly leave: string;
  readonly view: string;
  readonly links: string[];
}

describe('what strangers can reach', () => {
  let stage: TestProduct;
  let owner: Browser;
  let http: TestProduct['api']['http'];
  let names = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    ({ owner } = stage.partner);
    ({ http } = stage.api);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const pathsIn = (text: string, door: string): string[] => [
    ...new Set([...text.matchAll(new RegExp(`/${door}/[\\w-]+`, 'g'))].map(([path]) => path)),
  ];
  const received = async (contact: object = {}, by = owner): Promise<Received> => {
    const list = await stage.aList(by, [contact]);
    const request = { versionId: stage.campaign.versionId, listId: list.id };
    const { body } = await stage.launch(by, request).expect(201);
    const email = list.emails[0]!;
    const [mail] = await stage.mailTo(email);
    const html = mail!.html as string;
    const path = `/api/v1/activations/${body.id}`;
    await until(async () => (await by.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
    const [leave] = pathsIn(JSON.stringify(mail!.headers.get('list')), 'u');
    return { email, path, html, leave: leave!, view: pathsIn(html, 'v')[0]!, links: pathsIn(html, 'l') };
  };
  const contactOf = async (
    email: string,
    by = owner,
  ): Promise<{ id: string; suppression: { reason: string } | null }> => {
    const { body } = await by.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200);
    const found = (body.items as { id: string; email: string }[]).find((contact) => contact.email === email);
    return (await by.get(`/api/v1/contacts/${found!.id}`).expect(200)).body;
  };
  const forged = (path: string): string[] => {
    const token = path.split('/').at(-1)!;
    const door = path.slice(0, -token.length);
    const changed = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    return [changed, token.slice(0, -1), `${token}A`, 'A'.repeat(token.length), '%00', '%27%20OR%201'].map(
      (one) => door + one,
    );
  };

  const expectDeadEnd = ({ status, headers, text }: { status: number; headers: object; text: string }): void => {
    expect(status).toBe(404);
    expect(headers).toMatchObject({
      'content-type': expect.stringContaining('text/html'),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(text).toContain('Page not found');
    expect(text).not.toMatch(/not-found|requestId|<script/);
  };

  describe('an address that leads nowhere', () => {
    it.each(['/u/x', '/l/x', '/v/x', '/p/x', '/p/x/documents/y.pdf', '/preferences/x', '/u/%E0%A4%A', '/l/%00', '/u'])(
      'is told in a page: %s',
      async (path) => {
        expectDeadEnd(await http.get(path).set('Accept', 'text/html,*/*;q=0.8'));
        expectDeadEnd(await http.get(path));
      },
    );

    it.each([
      ['de-CH,de;q=0.9', 'de', 'Seite nicht gefunden'],
      ['fr', 'fr', 'Page introuvable'],
      ['it-IT', 'it', 'Pagina non trovata'],
      ['ar-EG', 'ar', 'الصفحة غير موجودة'],
      ['ja', 'en', 'Page not found'],
    ])('is told in the language of a browser that asks for %s', async (wanted, lang, sentence) => {
      const { text } = await http.get('/v/x').set('Accept-Language', wanted).expect(404);
      expect(text).toContain(`<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`);
      expect(text).toContain(sentence);
    });

    it('is told to a program as to a program', async () => {
      const { body } = await http.get('/v/x').set('Accept', 'application/json').expect(404);
      expect(body).toMatchObject({ code: 'link.not-found' });
    });
  });

  describe('the unsubscribe link', () => {
    it('shows a page that asks, and changes nothing by being looked at', async () => {
      const { leave, email } = await received();
      const { text, headers } = await http.get(leave).expect(200);
      expect(text).toContain('Brightwater IT will not e-mail you any more.');
      expect(text).toContain('<form method="post"');
      expect(text).not.toMatch(/<script/i);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      await http.head(leave).expect(200);
      expect((await contactOf(email)).suppression).toBeNull();
    });

    it('takes the mail program’s one click (RFC 8058)', async () => {
      const { leave, email } = await received();
      await http.post(leave).type('form').send('List-Unsubscribe=One-Click').expect(200);
      expect((await contactOf(email)).suppression).toMatchObject({ reason: 'unsubscribed' });
    });

    it('takes that click as a multipart form, too', async () => {
      const { leave, email } = await received();
      await http.post(leave).field('List-Unsubscribe', 'One-Click').expect(200);
      expect((await contactOf(email)).suppression).toMatchObject({ reason: 'unsubscribed' });
    });

    it('takes the button of its page, and says that it is done', async () => {
      const { leave, email } = await received();
      const { text } = await http.post(leave).expect(200);
      expect(text).toContain('You are unsubscribed. Brightwater IT will not e-mail you any more.');
      expect((await contactOf(email)).suppression).toMatchObject({ reason: 'unsubscribed' });
    });

    it('used twice is used once', async () => {
      const { leave, email } = await received();
      await Promise.all([http.post(leave).expect(200), http.post(leave).expect(200)]);
      await http.post(leave).expect(200);
      const { body } = await owner.get(`/api/v1/suppressions?q=${email}`).expect(200);
      expect(body.items).toHaveLength(1);
    });

    it('ends the sequence for that person, and for no other', async () => {
      const [gone, stays] = [await received(), await received()];
      await http.post(gone.leave).expect(200);
      stage.api.clock.advance(7 * DAY_MS);
      await stage.mailTo(stays.email, 2);
      await until(async () => (await owner.get(gone.path)).body.reasons.length === 1, 'the reason');
      expect((await owner.get(gone.path)).body.reasons).toMatchObject([{ reason: 'unsubscribed', count: 1 }]);
      expect(stage.mails.to(gone.email)).toHaveLength(1);
    });

    it('cannot be undone by the partner’s staff', async () => {
      const { leave, email } = await received();
      await http.post(leave).expect(200);
      const { body } = await owner.get(`/api/v1/suppressions?q=${email}`).expect(200);
      expect(body.items).toMatchObject([{ source: 'person', mayRemove: false }]);
      await owner.delete(`/api/v1/suppressions/${body.items[0].id}`).expect(403);
    });

    it('leaves another partner’s dealings with the same address alone', async () => {
      const neighbour = await stage.aCompletePartner();
      const { leave, email } = await received();
      await neighbour.owner.post('/api/v1/contacts', { email }).expect(201);
      await http.post(leave).expect(200);
      expect((await contactOf(email, neighbour.owner)).suppression).toBeNull();
    });

    it('speaks the language of the person', async () => {
      const { leave } = await received({ language: 'de' });
      const { text } = await http.get(leave).expect(200);
      expect(text).toContain('<html lang="de" dir="ltr">');
      expect(text).toContain('Brightwater IT schreibt Ihnen dann keine E-Mails mehr.');
    });

    it('works once the person is erased, and looks the same', async () => {
      const { leave, email } = await received();
      await owner.post(`/api/v1/contacts/${(await contactOf(email)).id}/erase`).expect(204);
      await http.get(leave).expect(200);
      expect((await http.post(leave).expect(200)).text).toContain('You are unsubscribed.');
    });

    it('that was made up is not found, and says nothing', async () => {
      const { leave, view, links, email } = await received();
      const others = [view, links[0]!].map((path) => path.replace(/^\/\w/, '/u'));
      for (const path of [...forged(leave), ...others]) {
        const { body } = await http.post(path).set('Accept', 'application/json').expect(404);
        expect(body).toMatchObject({ code: 'link.not-found', detail: expect.not.stringContaining('Brightwater') });
        await http.get(path).expect(404);
      }
      expect((await contactOf(email)).suppression).toBeNull();
    });

    it('shows a name as text, whatever is in it', async () => {
      const sly = await stage.aCompletePartner(stage.vendor, { name: 'Smith & <b>Sons' });
      const { leave } = await received({}, sly.owner);
      expect((await http.get(leave).expect(200)).text).toContain('Smith &#38; &#60;b&#62;Sons');
    });
  });

  describe('a link in a mail', () => {
    it('leads where the campaign says, and tells nobody where from', async () => {
      const { links, path } = await received();
      stage.api.clock.advance(60_000);
      const targets = await Promise.all(
        links.map(async (link) => {
          const { headers } = await http.get(link).set('User-Agent', 'curl/8').redirects(0).expect(302);
          expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
          return headers['location']!;
        }),
      );
      expect(targets.length).toBeGreaterThan(0);
      const page = (await owner.get(path)).body.pageUrl;
      for (const target of targets)
        expect([page, `${page}/imprint`, `${page}/privacy`, 'https://www.brightwater.example/']).toContain(
          target.replace(/\?t=[\w-]+$/, ''),
        );
    });

    it('counts a person’s click, and no machine’s', async () => {
      const { links, path } = await received();
      stage.api.clock.advance(60_000);
      await http.get(links[0]!).set('User-Agent', 'Mozilla/5.0 (compatible; Proofpoint scan)').redirects(0).expect(302);
      await http.head(links[0]!).set('User-Agent', PERSON).redirects(0).expect(302);
      await stage.api.app.get(Clicks).flushed();
      expect((await owner.get(path)).body.clicks).toEqual([]);
      await http.get(links[0]!).set('User-Agent', PERSON).redirects(0).expect(302);
      await stage.api.app.get(Clicks).flushed();
      expect((await owner.get(path)).body.clicks).toMatchObject([{ clicks: 1 }]);
    });

    it('to a legal page counts for nothing', async () => {
      const { links, path } = await received();
      stage.api.clock.advance(60_000);
      let followed = 0;
      for (const link of links) {
        const { headers } = await http.get(link).set('User-Agent', PERSON).redirects(0);
        if (/\/(?:privacy|imprint)\?t=/.test(headers['location'] ?? '')) followed++;
        stage.api.clock.advance(10 * 60_000);
      }
      await stage.api.app.get(Clicks).flushed();
      expect(followed).toBe(2);
      const { body } = await owner.get(path).expect(200);
      const counted = (body.clicks as { link: string }[]).map(({ link }) => link);
      expect(counted).not.toContain('privacy');
      expect(counted).not.toContain('imprint');
    });

    it('that was made up leads nowhere', async () => {
      const { leave, view, links } = await received();
      const doors = [leave, view].map((path) => path.replace(/^\/\w/, '/l'));
      for (const path of [...forged(links[0]!), ...doors]) await http.get(path).redirects(0).expect(404);
    });

    it('leads nowhere else, whatever is added to it', async () => {
      const { links } = await received();
      const { headers } = await http
        .get(`${links[0]!}?url=https://evil.example&to=//evil.example`)
        .redirects(0)
        .expect(302);
      expect(headers['location']).not.toContain('evil.example');
    });
  });

  describe('the view in the browser', () => {
    it('shows the mail once more to whom it was sent, without the way to where the reader is', async () => {
      const { view, html } = await received({ firstName: 'Zoë' });
      const { text, headers } = await http.get(view).expect(200);
      const heading = /<main>(<h1 style="position:absolute[^"]*">[^<]+<\/h1>)?/;
      const sent = html.replace(/\r\n/g, '\n').trimEnd();
      expect(sent).toContain(view);
      expect(text).not.toContain(view);
      const shown = withoutLinksTo(sent, `${stage.api.config.PUBLIC_URL}${view}`);
      expect(text.replace(heading, '').replace('</main>', '')).toBe(shown);
      expect(text).toMatch(/<body[^>]*><main>/);
      expect(text).toMatch(/<h1[ >]/);
      expect(headers['content-security-policy']).toMatch(
        /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
      );
      expect(text).toContain('target="_blank"');
    });

    it('is gone with the person, and for who makes it up', async () => {
      const { view, leave, email } = await received();
      for (const path of [...forged(view), leave.replace('/u/', '/v/')]) await http.get(path).expect(404);
      await owner.post(`/api/v1/contacts/${(await contactOf(email)).id}/erase`).expect(204);
      await http.get(view).expect(404);
    });
  });

  it('show what is for one segment to it alone, in the mail and in the browser', async () => {
    const part =
      '<tc-when segment="smb|Mittelstand"><mj-section><mj-column><mj-text>Ten seats or less.</mj-text></mj-column></mj-section></tc-when>';
    const zip = await wholeCampaign(`segments-${names++}`, undefined, undefined, (welcome) =>
      welcome.replace('<tc-lock name="legal">', `${part}<tc-lock name="legal">`),
    );
    const window = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
    const { versionId } = await publish(stage.vendor, zip, window);
    const list = await stage.aList(owner, [{ segment: 'SMB' }, { segment: 'enterprise' }, {}]);
    await stage.launch(owner, { versionId, listId: list.id }).expect(201);
    const shown = await Promise.all(
      list.emails.map(async (email) => {
        const [mail] = await stage.mailTo(email);
        const [view] = pathsIn(mail!.html as string, 'v');
        const { text } = await http.get(view!).expect(200);
        return [mail!.html as string, mail!.text!, text].map((seen) => seen.includes('Ten seats or less.'));
      }),
    );
    expect(shown).toEqual([true, false, false].map((shows) => [shows, shows, shows]));
  });

  describe('a picture of a mail', () => {
    it('is what its address says, for ever, and for every mail program', async () => {
      const { html } = await received();
      const pictures = [...new Set([...html.matchAll(/\/b\/[0-9a-f]{64}\.\w+/g)].map(([path]) => path))];
      expect(pictures.length).toBeGreaterThan(1);
      for (const path of pictures) {
        const { body, headers } = await http.get(path).expect(200);
        expect(headers['content-type']).toMatch(/^image\/(?:png|jpeg|webp)$/);
        expect(headers).toMatchObject({
          'cache-control': 'public, max-age=31536000, immutable',
          'cross-origin-resource-policy': 'cross-origin',
        });
        expect(path).toContain(
          createHash('sha256')
            .update(body as Buffer)
            .digest('hex'),
        );
      }
    });

    it('is none of the other files that are kept', async () => {
      const { body } = await stage.vendor.editor.get(stage.campaign.path).expect(200);
      for (const name of [body.packageHash, '0'.repeat(64), '..%2f..%2fetc%2fpasswd', '%00'])
        for (const path of [`/b/${name}.png`, `/b/${name}`]) await http.get(path).expect(404);
    });
  });

  describe('the landing page', () => {
    const aPage = async (changes: object = {}): Promise<{ page: string; path: string }> => {
      const { pagePath, path } = await stage.running(owner, { startAt: stage.inDays(1), ...changes });
      return { page: pagePath, path };
    };
    const visitor = (changes: object = {}): Record<string, string> => ({
      email: `visitor${names++}@prospect.example`,
      firstName: 'Vera',
      lastName: 'Visitor',
      company: 'Prospects Ltd',
      consent: 'yes',
      ...changes,
    });
    const leads = async (by = owner): Promise<{ id: string; email: string; message: string | null }[]> =>
      (await by.get('/api/v1/leads?limit=200').expect(200)).body.items;
    const send = (page: string, form: object) => http.post(`${page}/form`).type('form').send(form);

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
      const zip = await wholeCampaign(`formless-${names++}`, undefined, { page });
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
      const zip = await wholeCampaign(`variants-${names++}`, undefined, { page });
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

    describe('with a document that requires its form', () => {
      const slots = {
        logo: { kind: 'logo', surface: 'light' },
        contact: { kind: 'contact' },
        offer: { kind: 'text', slot: 'brochure-offer', size: 11, minSize: 8 },
        qr: { kind: 'qr', link: 'page' },
        cta: { kind: 'link', link: 'page' },
      };
      const source = { en: 'documents/brochure.en.pdf' };
      const documents = { brochure: { source, title: 'brochure.title', requiresForm: true, slots } };
      let versionId: string;
      let page: string;
      let path: string;

      beforeAll(async () => {
        const sequence = {
          window: { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
          entries: [
            { key: 'list', launch: true, start: 'welcome' },
            { key: 'reader', document: 'brochure', start: 'proof' },
          ],
          steps: [
            { key: 'welcome', email: 'welcome', next: 'end' },
            { key: 'proof', email: 'proof' },
          ],
        };
        const zip = await wholeCampaign(`documents-${names++}`, undefined, { documents, sequence });
        const window = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
        ({ versionId } = await publish(stage.vendor, zip, window));
        ({ page, path } = await aPage({ versionId }));
        await until(async () => (await owner.get(`${path}/assets`)).body.items.length > 0, 'the brochure');
      });
      const pdf = (at: string) => http.get(at).redirects(0);
      const mailsTo = (email: string): Promise<{ subject: string; body: string }[]> =>
        stage.api.asOwner('SELECT subject, body_text AS body FROM identity.system_mail WHERE recipient = $1', [email]);
      const requestsOf = async (email: string): Promise<string[]> =>
        (
          await stage.api.asOwner<{ name: string }>(
            `SELECT link_name AS name FROM engagement.interaction WHERE kind = 'document' AND contact_id = $1`,
            [(await contactOf(email)).id],
          )
        ).map(({ name }) => name);
      const delivered = (text: string): string =>
        /href="([^"]*brochure\.pdf[^"]*g=[^"]*)"/.exec(text)![1]!.replaceAll('&#38;', '&');

      it('leads to the form, which says what it is for', async () => {
        const { headers } = await pdf(`${page}/documents/brochure.pdf`).expect(303);
        expect(headers['location']).toBe(`${page}?document=brochure#tc-why`);
        const { text } = await http.get(`${page}?document=brochure`).expect(200);
        expect(text).toContain('id="tc-why"');
        expect(text).toContain('Send this form to get “Brochure: Zero trust at the edge”.');
        expect(text).toContain('<input type="hidden" name="document" value="brochure">');
        expect((await http.get(`${page}?document=nothing`).expect(200)).text).not.toContain('Send this form to get');
        const again = await send(page, visitor({ document: 'brochure', email: '' })).expect(422);
        expect(again.text).toContain('<input type="hidden" name="document" value="brochure">');
      });

      it('delivers it at once and by e-mail, for seven days, and records it', async () => {
        const form = visitor({ document: 'brochure' });
        const { text } = await send(page, form).expect(200);
        expect(text).toContain('Download “Brochure: Zero trust at the edge”');
        const { body } = await pdf(delivered(text)).expect(200);
        expect((body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
        const [mail] = await mailsTo(form['email']!);
        expect(mail!.subject).toBe('“Brochure: Zero trust at the edge” from Brightwater IT');
        const url = new URL(/https?:\S+brochure\.pdf\S+/.exec(mail!.body)![0]);
        await pdf(url.pathname + url.search).expect(200);
        expect(await requestsOf(form['email']!)).toEqual(['brochure']);
        const [{ id: leadId } = { id: '' }] = await leads();
        const { body: history } = await owner.get(`/api/v1/leads/${leadId}/history`).expect(200);
        expect(history.items).toContainEqual(
          expect.objectContaining({
            kind: 'document',
            link: { name: 'brochure', kind: 'document', text: 'Brochure: Zero trust at the edge' },
          }),
        );
        const other = await aPage({ versionId });
        await until(async () => (await owner.get(`${other.path}/assets`)).body.items.length > 0, 'the brochure');
        await pdf((url.pathname + url.search).replace(page, other.page)).expect(303);
        await pdf(`${url.pathname}?g=${url.searchParams.get('g')!.slice(0, -2)}AA`).expect(303);
        stage.api.clock.advance(8 * DAY_MS);
        await pdf(url.pathname + url.search).expect(303);
      });

      it('records a document that the reader takes after the form was sent for something else', async () => {
        const form = visitor();
        const { text } = await send(page, form).expect(200);
        expect(await requestsOf(form['email']!)).toEqual([]);
        for (let n = 0; n < 2; n++) await pdf(delivered(text)).expect(200);
        expect(await requestsOf(form['email']!)).toEqual(['brochure']);
        expect(await mailsTo(form['email']!)).toEqual([]);
        await owner.post(`/api/v1/contacts/${(await contactOf(form['email']!)).id}/erase`).expect(204);
        await pdf(delivered(text)).expect(200);
      });

      it('begins the follow-up of who asks for it, and of nobody who sends the form for something else', async () => {
        stage.toWorkingHours();
        const [other, form] = [visitor(), visitor({ document: 'brochure' })];
        await send(page, other).expect(200);
        const { text } = await http.post(`${page}/form?source=qr`).type('form').send(form).expect(200);
        const followUp = () => stage.mails.to(form['email']!).filter(({ html }) => String(html).includes('/u/'));
        await until(() => followUp().length > 0, 'the follow-up');
        expect(followUp()[0]!.subject).not.toContain('Brochure');
        for (let n = 0; n < 2; n++) await pdf(delivered(text)).expect(200);
        const entered = await stage.api.asOwner<{ email: string; entry: string; source: string }>(
          `SELECT c.email, e.entry_key AS entry, e.source FROM sequences.enrolment e JOIN contacts.contact c ON c.id = e.contact_id
           WHERE c.email = ANY ($1)`,
          [[other['email'], form['email']]],
        );
        expect(entered).toEqual([{ email: form['email'], entry: 'reader', source: 'qr' }]);
        expect(followUp()).toHaveLength(1);
      });

      it('mails nobody who does not want it, and delivers it all the same', async () => {
        const form = visitor({ document: 'brochure' });
        await owner.post('/api/v1/suppressions', { email: form['email'] }).expect(201);
        const { text } = await send(page, form).expect(200);
        await pdf(delivered(text)).expect(200);
        expect(await mailsTo(form['email']!)).toEqual([]);
      });

      it('is not asked of who comes from an e-mail and may be written to', async () => {
        const list = await stage.aList(owner, [{}]);
        const [email = ''] = list.emails;
        const { body } = await stage.launch(owner, { versionId, listId: list.id }).expect(201);
        const [mail] = await stage.mailTo(email);
        await until(
          async () => (await owner.get(`/api/v1/activations/${body.id}`)).body.steps[0]?.sent === 1,
          'the mail',
        );
        await until(
          async () => (await owner.get(`/api/v1/activations/${body.id}/assets`)).body.items.length > 0,
          'the brochure',
        );
        stage.api.clock.advance(60_000);
        const [link = ''] = pathsIn(mail!.html as string, 'l');
        const { headers } = await http.get(link).set('User-Agent', PERSON).redirects(0).expect(302);
        await stage.api.app.get(Clicks).flushed();
        const t = new URL(headers['location']!).searchParams.get('t')!;
        const at = `${new URL(body.pageUrl).pathname}/documents/brochure.pdf?t=${t}`;
        for (let n = 0; n < 2; n++) await pdf(at).expect(200);
        expect(await requestsOf(email)).toEqual(['brochure']);
        const [leave] = pathsIn(JSON.stringify(mail!.headers.get('list')), 'u');
        await http.post(leave!).expect(200);
        const asked = await pdf(at).expect(303);
        expect((await http.get(asked.headers['location']!.split('#')[0]!).expect(200)).text).toContain(
          'We know you as',
        );
      });
    });

    it.each([
      ['nothing', 'nothing-here'],
      ['a script', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
      ['a path that climbs', '..%2f..%2fapi'],
      ['a very long name', 'x'.repeat(3000)],
    ])('at the address of %s is not found', async (_, slug) => {
      for (const answer of [await http.get(`/p/${slug}`), await send(`/p/${slug}`, visitor())]) expectDeadEnd(answer);
      const { body, headers } = await http.get(`/p/${slug}`).set('Accept', 'application/json').expect(404);
      expect(body.code).toBe('page.not-found');
      expect(headers['content-type']).toContain('application/problem+json');
    });

    it('makes a lead of who fills in its form, with the consent as it was shown', async () => {
      const { page, path } = await aPage();
      const form = visitor({ message: 'Call me <b>tomorrow</b>.\nPlease.' });
      const { text } = await send(page, form).expect(200);
      expect(text).toContain('role="status"');
      expect(text).toMatch(BRANDED);
      const [lead] = await leads();
      expect(lead).toMatchObject({
        email: form['email'],
        name: 'Vera Visitor',
        company: 'Prospects Ltd',
        message: 'Call me <b>tomorrow</b>.\nPlease.',
        status: 'new',
        source: 'form',
        activationId: path.split('/').at(-1),
      });
      const { body } = await owner.get(`/api/v1/contacts/${(await contactOf(form['email']!)).id}`).expect(200);
      const shown = /<label for="tc-consent">([^<]+)</.exec((await http.get(page)).text)![1];
      const page_ = `${stage.api.config.PUBLIC_URL}${page}`;
      const asked = { language: 'en', page: page_, versionId: stage.campaign.versionId, confirmation: 'none' };
      expect(body.consent).toMatchObject([{ basis: 'opt-in', evidence: shown, form: asked, jurisdiction: null }]);
    });

    describe('that asks for everything', () => {
      let page: string;
      let title: string;

      beforeAll(async () => {
        title = `Every field ${names++}`;
        const fields = ['firstName', 'lastName', 'email', 'company', 'phone', 'country', 'message'];
        const zip = await wholeCampaign(`fields-${names++}`, undefined, { form: { fields }, title: { en: title } });
        const window = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
        const { versionId } = await publish(stage.vendor, zip, window);
        ({ page } = await aPage({ versionId }));
      });
      const answered = (changes: object = {}): Record<string, string> =>
        visitor({ phone: '0711 9012-0', country: 'Germany', message: 'Soon, please.', ...changes });

      it('keeps each answer with the new contact, typed, and the country with the consent', async () => {
        const form = answered();
        await send(page, form).expect(200);
        const contact: object = await contactOf(form['email']!);
        expect(contact).toMatchObject({
          firstName: 'Vera',
          lastName: 'Visitor',
          company: 'Prospects Ltd',
          phone: '+49 711 90120',
          country: 'DE',
          language: 'en',
          consent: [{ jurisdiction: 'DE', jurisdictionSource: 'stated' }],
        });
        expect((await leads())[0]).toMatchObject({
          message: 'Soon, please.',
          phone: '0711 9012-0',
          answers: expect.arrayContaining([
            { field: 'country', value: 'DE', contactValue: null },
            { field: 'phone', value: '0711 9012-0', contactValue: null },
          ]),
        });
      });

      it('fills in what is unknown of a contact, and shows the partner what differs', async () => {
        const form = answered({ company: 'Other Ltd', phone: '+44 20 7946 0958' });
        const { email } = form;
        await owner.post('/api/v1/contacts', { email, company: 'Own Ltd', country: 'FR' }).expect(201);
        await send(page, form).expect(200);
        const contact: object = await contactOf(email!);
        expect(contact).toMatchObject({
          firstName: 'Vera',
          lastName: 'Visitor',
          company: 'Own Ltd',
          phone: '+44 20 7946 0958',
          country: 'FR',
        });
        expect((await leads())[0]).toMatchObject({
          answers: [
            { field: 'firstName', value: 'Vera', contactValue: null },
            { field: 'lastName', value: 'Visitor', contactValue: null },
            { field: 'company', value: 'Other Ltd', contactValue: 'Own Ltd' },
            { field: 'phone', value: '+44 20 7946 0958', contactValue: null },
            { field: 'country', value: 'DE', contactValue: 'FR' },
          ],
        });
      });

      it('puts all who send it on one list that has the name of the campaign, also once it is renamed', async () => {
        const listed = async (): Promise<{ id: string; name: string; size: number; isDefault: boolean }[]> =>
          (await owner.get('/api/v1/contact-lists').expect(200)).body.items;
        const before = await listed();
        const [one, other] = [answered(), answered()];
        await Promise.all([send(page, one).expect(200), send(page, other).expect(200)]);
        const list = (await listed()).find(({ name }) => name === `Responses: ${title}`)!;
        expect(list).toMatchObject({ isDefault: false });
        const had = before.find(({ id }) => id === list.id)?.size ?? 0;
        expect(list.size).toBe(had + 2);
        await owner.patch(`/api/v1/contact-lists/${list.id}`, { name: `Renamed ${names++}` }).expect(200);
        await send(page, answered()).expect(200);
        expect((await listed()).find(({ id }) => id === list.id)).toMatchObject({ size: had + 3 });
        await owner.delete(`/api/v1/contact-lists/${list.id}`).expect(204);
        await send(page, answered()).expect(200);
        expect((await listed()).filter(({ name }) => name === `Responses: ${title}`)).toMatchObject([{ size: 1 }]);
      });

      it('ignores a field that it does not ask for', async () => {
        const { page: short } = await aPage();
        const form = answered();
        await send(short, form).expect(200);
        expect((await contactOf(form['email']!)) as object).toMatchObject({ country: null });
      });

      it('takes the answers out of a lead with its contact', async () => {
        const form = answered();
        await send(page, form).expect(200);
        const [{ id: leadId } = { id: '' }] = await leads();
        await owner.post(`/api/v1/contacts/${(await contactOf(form['email']!)).id}/erase`).expect(204);
        const { body } = await owner.get(`/api/v1/leads/${leadId}`).expect(200);
        expect(body).toMatchObject({ answers: [], phone: null, message: null });
      });
    });

    it('tells the partner of a new lead, and not who it is', async () => {
      const { page } = await aPage();
      const form = visitor();
      await send(page, form).expect(200);
      const mails = await stage.api.asOwner<{ body_text: string; recipient: string }>(
        'SELECT recipient, body_text FROM identity.system_mail ORDER BY id DESC LIMIT 1',
      );
      expect(mails).toMatchObject([{ recipient: 'bea@brightwater.example' }]);
      expect(mails[0]!.body_text).not.toContain(form['email']);
    });

    it('makes one lead of a form that is sent twice, also at once', async () => {
      const { page } = await aPage();
      const form = visitor();
      const answers = await Promise.all([1, 2, 3].map(() => send(page, form)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect((await leads()).filter(({ email }) => email === form['email'])).toHaveLength(1);
      const [sent] = await stage.api.asOwner<{ forms: number; requests: number }>(
        `SELECT (SELECT count(*)::int FROM engagement.interaction WHERE contact_id = $1 AND kind = 'form' AND link_name = 'landing') AS forms,
           (SELECT count(*)::int FROM leads.request r JOIN leads.lead l ON l.id = r.lead_id WHERE l.contact_id = $1) AS requests`,
        [(await contactOf(form['email']!)).id],
      );
      expect(sent).toEqual({ forms: 1, requests: 1 });
    });

    it('knows a contact by its address, however it is written, and by nothing less', async () => {
      const { page } = await aPage();
      const at = `known${names++}.example`;
      await owner.post('/api/v1/contacts', { email: `ada@${at}`, firstName: 'Ada' }).expect(201);
      await owner.post('/api/v1/contacts', { email: `nada@${at}`, firstName: 'Nada' }).expect(201);
      await send(page, visitor({ email: `ADA@${at}` })).expect(200);
      const { body } = await owner.get(`/api/v1/contacts?q=${at}`).expect(200);
      expect(body.items).toHaveLength(2);
      expect((await leads())[0]).toMatchObject({ email: `ada@${at}` });
      expect((await contactOf(`ada@${at}`)) as object).toMatchObject({
        firstName: 'Ada',
        consent: [{ basis: 'opt-in' }],
      });
    });

    it('keeps suppressed who had left before', async () => {
      const { page } = await aPage();
      const { leave, email } = await received();
      await http.post(leave).expect(200);
      await send(page, visitor({ email })).expect(200);
      expect((await contactOf(email)).suppression).toMatchObject({ reason: 'unsubscribed' });
    });

    const buttonOf = (text: string): string | undefined => /<button[^>]*>[^<]+<\/button>/.exec(text)?.[0];
    const told = (text: string): (string | undefined)[] =>
      [...text.matchAll(/<li><a href="#tc-\w+">([^<]*)<\/a>/g)].map(([, label]) => label);

    it.each([
      ['no address', { email: '' }, ['E-mail']],
      ['an address that is none', { email: 'me@home' }, ['E-mail']],
      ['an address with a second line', { email: 'a@example.com\nBcc: b@example.com' }, ['E-mail']],
      ['an address for a name', { firstName: 'eve@example.com' }, ['First name']],
      [
        'fields that are far too long',
        { firstName: 'x'.repeat(5000), company: 'y'.repeat(121) },
        ['First name', 'Company'],
      ],
    ])('says with %s which fields to look at, by their labels, and keeps nothing', async (_, changes, labels) => {
      const { page } = await aPage();
      const before = (await leads()).length;
      const { text } = await send(page, visitor(changes)).expect(422);
      expect(told(text)).toEqual(labels);
      expect(text).toContain('Brightwater IT');
      expect(buttonOf(text)).toBe(buttonOf((await http.get(page)).text));
      expect((await leads()).length).toBe(before);
    });

    it('asks for the consent in the words of the page', async () => {
      const { page } = await aPage();
      const { text } = await send(page, visitor({ consent: '' })).expect(422);
      const shown = /<label for="tc-consent">([^<]+)</.exec((await http.get(page)).text)![1];
      expect(told(text)).toEqual([shown]);
    });

    it('shows the form once more as it was filled in, as text, and takes it once it is right', async () => {
      const { page } = await aPage();
      const form = visitor({ email: 'me@home', company: '"><b>Prospects' });
      const { text, headers } = await send(page, form).expect(422);
      expect(text).toContain('value="me@home"');
      expect(text).toContain('value="&#34;&#62;&#60;b&#62;Prospects"');
      expect(text).toMatch(/id="tc-consent"[^>]* checked/);
      expect(text).toContain('<label for="tc-firstName">First name</label>');
      expect(headers['content-type']).toContain('text/html');
      const [, action] = /<form [^>]*method="post" action="([^"]+)"/.exec(text)!;
      const right = visitor();
      await http.post(action!).type('form').send(right).expect(200);
      expect((await leads())[0]).toMatchObject({ email: right['email'] });
    });

    it('cleans away what nobody typed, and troubles nobody with it', async () => {
      const { page } = await aPage();
      const form = visitor({ firstName: 'Ve\u202era', lastName: 'Visi\u0000tor', company: 'Prospects\r\nLtd' });
      await send(page, form).expect(200);
      expect((await leads())[0]).toMatchObject({
        email: form['email'],
        name: 'Vera Visitor',
        company: 'Prospects Ltd',
      });
    });

    it('takes what people may type into its fields', async () => {
      const { page } = await aPage();
      const form = visitor({ firstName: 'V'.repeat(120), company: 'ö'.repeat(120), message: 'm'.repeat(1000) });
      await send(page, form).expect(200);
    });

    it.each([
      ['a body that is far too large', visitor({ message: 'x'.repeat(2_000_000) }), 413],
      ['a field twice', 'email=a@example.com&email=b@example.com&consent=yes', 422],
      ['an object for a field', 'email[$ne]=x&consent=yes', 422],
    ])('refuses %s', async (_, form, status) => {
      const { page } = await aPage();
      const before = (await leads()).length;
      await send(page, form as object).expect(status);
      expect((await leads()).length).toBe(before);
    });

    it('thanks a machine that fills in everything, and forgets it', async () => {
      const { page } = await aPage();
      const form = visitor({ website_url: 'https://spam.example' });
      await send(page, form).expect(200);
      expect((await leads()).some(({ email }) => email === form['email'])).toBe(false);
    });

    it('makes leads for its own partner only', async () => {
      const neighbour = await stage.aCompletePartner();
      const { page } = await aPage();
      const form = visitor();
      await send(page, form).expect(200);
      expect(await leads(neighbour.owner)).toEqual([]);
    });

    it('stays when the campaign is retired, and leads to a notice when it is recalled, as do links and views of its mails', async () => {
      const { vendor } = stage;
      const window = { partnerGroupIds: [vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
      const ended = await publish(vendor, await wholeCampaign(`ended-${names++}`), window);
      const { pagePath, path, email } = await stage.running(owner, { versionId: ended.versionId });
      const [mail] = await stage.mailTo(email);
      const [view] = pathsIn(mail!.html as string, 'v');
      await until(async () => (await owner.get(`${path}/assets`)).body.items.length > 0, 'the brochure');
      const publicPaths = [pagePath, `${pagePath}/en`, `${pagePath}/documents/brochure.pdf`, view!];
      await vendor.editor.post(`/api/v1/campaigns/${ended.campaignId}/retire`).expect(200);
      for (const one of publicPaths) await http.get(one).expect(200);
      const over = 'This campaign has ended. Brightwater IT still answers your request.';
      expect((await http.get(pagePath)).text).toContain(over);
      const late = visitor({ message: 'Am I late?' });
      expect((await send(pagePath, late).expect(200)).text).toContain(over);
      expect((await leads())[0]).toMatchObject({ email: late['email'], message: 'Am I late?' });
      const [told] = await stage.api.asOwner<{ body: string }>(
        'SELECT body_text AS body FROM identity.system_mail ORDER BY id DESC LIMIT 1',
      );
      expect(told!.body).toContain('This campaign is over.');
      const isVendors = async (link: string): Promise<boolean> => {
        const target = (await http.get(link).redirects(0).expect(302)).headers['location']!;
        return target.startsWith(stage.api.config.PUBLIC_URL) && !/\/(?:imprint|privacy)(?:\?|$)/.test(target);
      };
      const links: { readonly link: string; readonly vendors: boolean }[] = [];
      for (const link of pathsIn(mail!.html as string, 'l')) links.push({ link, vendors: await isVendors(link) });
      const recall = { reason: 'Its price is wrong.' };
      await vendor.editor.post(`/api/v1/campaigns/${ended.campaignId}/recall`, recall).expect(200);
      // Imprint, privacy policy and the partner's website are not the campaign's.
      const own = links.filter(({ vendors }) => !vendors);
      expect(own.length).toBeGreaterThan(1);
      for (const { link } of own) await http.get(link).redirects(0).expect(302);
      const gone = links.filter(({ vendors }) => vendors).map(({ link }) => link);
      expect(gone.length).toBeGreaterThan(0);
      for (const one of [...publicPaths, ...gone]) {
        const { status, text, headers } = await http.get(one).set('Accept-Language', 'de');
        expect([one, status, headers['cache-control']]).toEqual([one, 410, 'no-store']);
        expect(text).toContain('Dieser Inhalt ist nicht mehr verfügbar');
        expect(text).toContain('Brightwater IT beantwortet Ihre Fragen.');
        expect(text).not.toMatch(/network expert|brochure/);
      }
      const picture = /\/b\/[0-9a-f]{64}\.\w+/.exec(mail!.html as string)![0];
      // Other campaigns show it, too.
      await http
        .get(picture)
        .expect(200)
        .expect('cache-control', /immutable/);
      await stage.api.asOwner(
        'INSERT INTO campaigns.recalled_image (hash, recall_id) SELECT $1, id FROM campaigns.recall WHERE campaign_id = $2',
        [/[0-9a-f]{64}/.exec(picture)![0], ended.campaignId],
      );
      await http.get(picture).expect(200).expect('content-type', 'image/png').expect('cache-control', 'no-store');
      await publish(vendor, await wholeCampaign(`corrected-${names++}`), window);
      await http
        .get(picture)
        .expect(200)
        .expect('cache-control', /immutable/);
      await stage.api.asOwner('DELETE FROM campaigns.recalled_image');
      await http.get(`${pagePath}/privacy`).redirects(0).expect(302);
      // Somebody had the page open: the partner gets the request, the reader nothing of the campaign.
      const open = visitor();
      const { text: answer } = await send(pagePath, open).expect(200);
      expect(answer).toContain('This page is no longer available. Brightwater IT has your request and will answer it.');
      expect(answer).not.toMatch(/network expert|brochure/);
      expect((await leads())[0]).toMatchObject({ email: open['email'] });
      const { text: refused } = await send(pagePath, visitor({ email: '' })).expect(422);
      expect(refused).toContain('Please contact Brightwater IT directly.');
      const [leave] = pathsIn(JSON.stringify(mail!.headers.get('list')), 'u');
      await http.get(leave!).expect(200);
    });
  });

  describe('a lead', () => {
    const aLead = async (): Promise<{ id: string; path: string }> => {
      const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
      const email = `lead${names++}@prospect.example`;
      await http.post(`${pagePath}/form`).type('form').send({ email, consent: 'yes' }).expect(200);
      const { body } = await owner.get('/api/v1/leads?limit=1').expect(200);
      expect(body.items[0]).toMatchObject({ email, name: email, status: 'new' });
      return { id: body.items[0].id, path: `/api/v1/leads/${body.items[0].id}` };
    };

    it('is accepted, worked on and won, and then stands', async () => {
      const { path } = await aLead();
      for (const status of ['accepted', 'working', 'won'])
        expect((await owner.patch(path, { status }).expect(200)).body).toMatchObject({ status });
      const { body } = await owner.patch(path, { status: 'lost' }).expect(409);
      expect(body).toMatchObject({ code: 'lead.state', field: 'status' });
    });

    it('skips no step on its way, and has no others', async () => {
      const { path } = await aLead();
      await owner.patch(path, { status: 'won' }).expect(409);
      await owner.patch(path, { status: 'sold' }).expect(422);
      await owner.patch(`/api/v1/leads/${newId()}`, { status: 'lost' }).expect(404);
    });

    it('that was lost can be taken up again', async () => {
      const { path } = await aLead();
      await owner.patch(path, { status: 'lost' }).expect(200);
      await owner.patch(path, { status: 'working' }).expect(200);
    });

    it('is in the list, newest first, page by page', async () => {
      const made = [await aLead(), await aLead(), await aLead()].map(({ id }) => id);
      const first = (await owner.get('/api/v1/leads?limit=2').expect(200)).body;
      const second = (await owner.get(`/api/v1/leads?limit=2&cursor=${first.nextCursor}`).expect(200)).body;
      const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
      expect(ids.slice(0, 3)).toEqual(made.reverse());
    });

    it('leaves a record, without saying who it is', async () => {
      const { id, path } = await aLead();
      await owner.patch(path, { status: 'accepted' }).expect(200);
      const { body } = await owner.get('/api/v1/audit-entries?limit=5').expect(200);
      expect(body.items).toContainEqual(expect.objectContaining({ action: 'lead.accepted', subjectId: id }));
      expect(JSON.stringify(body.items)).not.toContain('@prospect.example');
    });
  });

  describe('a campaign on its partner’s website', () => {
    const SITE = 'https://www.brightwater.example';
    const launched = async (changes: object = {}) => {
      const version = await stage.anotherCampaign();
      const { pagePath, path } = await stage.running(owner, {
        versionId: version.versionId,
        startAt: stage.inDays(1),
        ...changes,
      });
      return { ...version, page: pagePath, path };
    };
    const endByVendor = (campaignId: string, how: 'retire' | 'recall') =>
      stage.vendor.editor.post(`/api/v1/campaigns/${campaignId}/${how}`, { reason: 'Its price is wrong.' }).expect(200);
    const framed = (page: string, from = `${SITE}/offers`) =>
      http.get(`${page}/embed`).set('Referer', from).expect(200);
    const component = (page: string, from = SITE) => http.get(`${page}/component`).set('Origin', from).expect(200);
    const answer = (): Record<string, string> => ({
      email: `embedded${names++}@prospect.example`,
      consent: 'yes',
      language: 'en',
    });
    const sendFrame = (action: string, form: object) => {
      const { pathname, search, host } = new URL(action);
      return http
        .post(pathname + search)
        .set('Host', host)
        .set('Origin', new URL(action).origin)
        .type('form')
        .send(form);
    };
    const sendComponent = (action: string, form: object, from = SITE) => {
      const { pathname, search } = new URL(action);
      return http
        .post(pathname + search)
        .set('Origin', from)
        .set('Accept', 'application/json')
        .type('form')
        .send(form);
    };
    const actionIn = (html: string): string => /<form[^>]* action="([^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&');
    const leadOf = async (email: string): Promise<{ activationId: string } | undefined> =>
      (await owner.get('/api/v1/leads?limit=200').expect(200)).body.items.find(
        (lead: { email: string }) => lead.email === email,
      );

    it('is its sealed page, which only confirmed websites may frame, without a cookie', async () => {
      const { page } = await launched();
      const { text, headers } = await framed(page);
      expect(headers['content-security-policy']).toMatch(
        /frame-ancestors 'self' brightwater\.example:\* \*\.brightwater\.example:\*$/,
      );
      expect(headers).not.toHaveProperty('x-frame-options');
      expect(headers).not.toHaveProperty('set-cookie');
      expect(headers['cache-control']).toBe('public, max-age=30, stale-if-error=30');
      const words = (html: string): string =>
        html.replace(/<head>[\s\S]*<\/head>|<script[\s\S]*<\/script>|<[^>]+>/g, '');
      expect(words(text)).toBe(words((await http.get(page).expect(200)).text));
      const { body } = await component(page);
      expect(words(`${body.html}\n`).trim()).toBe(words(text).trim());
      const { text: hostile } = await http.get(`${page}/card?language=%22%3E%3Cb%3E`).set('Referer', SITE).expect(200);
      expect(hostile).not.toContain('"><b>');
      expect(text).toContain(`<link rel="canonical" href="${stage.api.config.PUBLIC_URL}${page}">`);
    });

    it('tells the owner of another website why nothing is shown there, and nothing else', async () => {
      const { page } = await launched();
      const frame = await framed(page, 'https://evil.example/copied');
      const other = await component(page, 'https://evil.example');
      for (const shown of [frame.text, other.body.html]) {
        expect(shown).toContain('This content is not available on evil.example');
        expect(shown).not.toMatch(/<form|Brightwater/);
      }
      expect(frame.headers['content-security-policy']).toMatch(/frame-ancestors \*$/);
      const action = actionIn((await component(page)).body.html as string);
      const refused = await sendComponent(action, answer(), 'https://evil.example').expect(403);
      expect(refused.body.code).toBe('embed.foreign');
      await sendFrame(actionIn((await framed(page)).text), answer())
        .set('Origin', SITE)
        .expect(403);
    });

    it.each(['live', 'ended', 'recalled', 'updated'] as const)('takes a lead in each form: %s', async (state) => {
      const { page, path, campaignId, versionId } = await launched();
      const open = { frame: (await framed(page)).text, component: (await component(page)).body.html as string };
      let target = path;
      if (state === 'updated') {
        await owner.post(`${path}/stop`).expect(200);
        target = (await stage.running(owner, { versionId, startAt: stage.inDays(1) })).path;
      }
      if (state === 'ended') await endByVendor(campaignId, 'retire');
      if (state === 'recalled') await endByVendor(campaignId, 'recall');
      expect((await http.get(`${page}/embed/state`).expect(200)).body.state).toBe(state);
      const frame = (await framed(page)).text;
      const { html } = (await component(page)).body as { html: string };
      const isOver = state === 'ended' || state === 'recalled';
      for (const shown of [frame, html]) {
        expect(shown.includes('This offer ')).toBe(isOver);
        expect(shown.includes('Northwind')).toBe(!isOver);
      }
      const first = answer();
      const next = (await sendFrame(actionIn(frame), first).expect(200)).text;
      expect(next).toContain('role="status"');
      const second = answer();
      const { body, headers } = await sendComponent(actionIn(html), second).expect(200);
      expect(body.html).toContain('role="status"');
      expect(headers['access-control-allow-origin']).toBe(SITE);
      // Pages that were open before the change.
      const [third, fourth] = [answer(), answer()];
      await sendFrame(actionIn(open.frame), third).expect(200);
      await sendComponent(actionIn(open.component), fourth).expect(200);
      const id = target.split('/').at(-1);
      for (const [who, activationId] of [
        [first, id],
        [second, id],
        [third, path.split('/').at(-1)],
        [fourth, path.split('/').at(-1)],
      ] as const)
        expect(await leadOf(who['email']!)).toMatchObject({ activationId });
    });

    it('keeps all answers of a form whose page is recalled meanwhile', async () => {
      const zip = await wholeCampaign(`recalled-${names++}`, undefined, { form: { fields: ['email', 'country'] } });
      const window = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
      const { versionId, campaignId } = await publish(stage.vendor, zip, window);
      const { pagePath } = await stage.running(owner, { versionId, startAt: stage.inDays(1) });
      const action = actionIn((await framed(pagePath)).text);
      await endByVendor(campaignId, 'recall');
      const form: Record<string, string> = { ...answer(), country: 'France' };
      const { text } = await sendFrame(action, form).expect(200);
      expect(text).toContain('has your request and will answer it');
      expect(text).not.toContain('Northwind');
      const contact: object = await contactOf(form['email']!);
      expect(contact).toMatchObject({
        country: 'FR',
        consent: [{ basis: 'opt-in', jurisdiction: 'FR', jurisdictionSource: 'stated' }],
      });
      // Its partner can be reached, too, if something is missing.
      const incomplete = await sendFrame(action, { ...form, consent: '' }).expect(422);
      expect(incomplete.text).toContain('contact Brightwater IT directly');
    });

    it('shows a form that is not complete again, in its place', async () => {
      const { page, campaignId } = await launched();
      const wrong = { email: 'nobody', consent: 'yes', language: 'en' };
      const again = async (): Promise<string[]> => {
        const frame = await sendFrame(actionIn((await framed(page)).text), wrong).expect(422);
        const other = await sendComponent(actionIn((await component(page)).body.html as string), wrong).expect(422);
        expect(frame.headers['content-security-policy']).toContain('brightwater.example');
        return [frame.text, other.body.html as string];
      };
      for (const shown of await again()) expect(shown).toContain('this is not a complete e-mail address');
      await endByVendor(campaignId, 'recall');
      for (const shown of await again()) expect(shown).toContain('this is not a complete e-mail address');
    });

    it('has a card that WordPress finds, and that stays after a recall', async () => {
      const { page, campaignId } = await launched();
      const { text } = await http.get(page).expect(200);
      const discovery = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)">/.exec(text)![1]!;
      const { pathname, search } = new URL(discovery.replaceAll('&amp;', '&'));
      const { body } = await http.get(pathname + search).expect(200);
      expect(body).toMatchObject({ version: '1.0', type: 'rich', provider_name: 'Brightwater IT', cache_age: 30 });
      expect(body.html).toMatch(
        /^<iframe src="[^"]+\/card" width="600" height="420" title="[^"]+" frameborder="0"><\/iframe>$/,
      );
      expect((await http.get(`${pathname}${search}&maxwidth=300`).expect(200)).body.width).toBe(300);
      await http.get(`${pathname}${search.replace('json', 'xml')}`).expect(501);
      await http.get('/oembed?url=https%3A%2F%2Fevil.example%2Fp%2Fx').expect(404);
      const card = () => http.get(`${page}/card`).set('Referer', SITE).expect(200);
      expect((await card()).text).toContain(body.title);
      await endByVendor(campaignId, 'recall');
      expect((await card()).text).toContain('This offer is no longer available');
    });

    it('is in the feeds of its partner until it ends, and leaves a tombstone', async () => {
      const { page, path, campaignId } = await launched();
      const { feeds } = (await owner.get(`${path}/embeds`).expect(200)).body as {
        feeds: { json: string; rss: string };
      };
      const json = async () =>
        (
          await http
            .get(new URL(feeds.json).pathname)
            .buffer(true)
            .parse((response, done) => {
              let text = '';
              response.on('data', (chunk: string) => (text += chunk));
              response.on('end', () => done(null, JSON.parse(text)));
            })
            .expect(200)
        ).body;
      const id = `urn:uuid:${campaignId}`;
      const item = (await json()).items.find((one: { id: string }) => one.id === id);
      expect(item.title).not.toBe('');
      const address = new URL(item.url).pathname;
      expect((await http.get(address).redirects(0).expect(302)).headers['location']).toBe(
        `${stage.api.config.PUBLIC_URL}${page}?source=feed`,
      );
      expect((await http.get(new URL(feeds.rss).pathname).expect(200)).headers['content-type']).toContain(
        'application/rss+xml',
      );
      await endByVendor(campaignId, 'recall');
      const after = await json();
      expect(after.items.map((one: { id: string }) => one.id)).not.toContain(id);
      expect(after._deleted).toContainEqual({ id, when: expect.any(String) });
      await http.get(address).set('Accept', 'application/json').expect(410);
      await http.get('/feeds/made-up/feed.json').set('Accept', 'application/json').expect(404);
    });

    it('is counted by what led people to it, robots apart, and the numbers follow from the ledger', async () => {
      const { page, path } = await launched();
      const asPerson = (address: string) =>
        http.get(address).set('User-Agent', PERSON).set('Accept', 'text/html').set('Accept-Language', 'en');
      await asPerson(page).expect(200);
      const { text } = await asPerson(`${page}?source=post`).expect(200);
      await asPerson(`${page}?source=qr`).expect(200);
      await http.get(page).set('User-Agent', 'Googlebot/2.1').expect(200);
      await http.head(page).expect(200);
      // A form keeps its source, also when it is shown again.
      const again = (
        await sendFrame(new URL(actionIn(text), stage.api.config.PUBLIC_URL).href, { email: 'x' }).expect(422)
      ).text;
      await sendFrame(new URL(actionIn(again), stage.api.config.PUBLIC_URL).href, answer()).expect(200);
      const framedText = (await framed(page).set('User-Agent', PERSON).set('Sec-Fetch-Dest', 'iframe')).text;
      await http.post(`${page}/form-start?source=embed`).set('Origin', SITE).set('User-Agent', PERSON).expect(204);
      await http.post(`${page}/form-start?source=embed`).set('Origin', 'https://evil.example').expect(403);
      await sendFrame(actionIn(framedText), answer()).expect(200);
      const none = { stepKey: null, visits: 0, machineVisits: 0, formStarts: 0, forms: 0, documents: 0, entries: 0 };
      const expected = [
        { ...none, source: 'post', visits: 1, forms: 1 },
        { ...none, source: 'qr', visits: 1 },
        { ...none, source: 'embed', visits: 1, formStarts: 1, forms: 1 },
        { ...none, source: 'direct', visits: 1, machineVisits: 1 },
      ];
      const id = path.split('/').at(-1);
      const sources = async () => (await owner.get(`/api/v1/insight/activations/${id}`).expect(200)).body.sources;
      expect(await sources()).toEqual(expected);
      const rollups = stage.api.app.get(Rollups, { strict: false });
      expect(await rollups.reconcile(stage.partner.id)).toBe(0);
      await stage.api.asOwner('TRUNCATE insight.daily, insight.delta');
      expect(await sources()).toEqual([]);
      expect(await rollups.reconcile(stage.partner.id)).toBeGreaterThan(0);
      expect(await sources()).toEqual(expected);
    });

    it('hears of known contacts who agreed on the website, and of nobody else', async () => {
      await owner.put('/api/v1/website-reporting', { isOn: true }).expect(200);
      const { code } = (await owner.get('/api/v1/website-reporting').expect(200)).body as { code: string };
      const site = `/visits/${/data-site="([\w-]+)"/.exec(code)![1]!}`;
      const window = { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(9) };
      const version = await publish(stage.vendor, await smallCampaign(`site-${names++}`), window);
      const { email, id: activationId } = await stage.running(owner, { versionId: version.versionId });
      const [mail] = await stage.mailTo(email);
      let click: string | null = null;
      for (const link of pathsIn(mail!.html as string, 'l')) {
        // Links that are followed at once are a program's.
        stage.api.clock.advance(5 * 60_000);
        const { headers } = await http.get(link).set('User-Agent', PERSON).redirects(0).expect(302);
        await stage.api.app.get(Clicks).flushed();
        const target = new URL(headers['location']!);
        click = target.searchParams.get('tl');
        if (click !== null) expect(target.host).toBe('www.brightwater.example');
        if (click !== null) break;
      }
      expect(click).toMatch(/^[0-9a-f-]{36}$/);
      // The website knows the click: it opens no personal page.
      const pages = systemActor('landing-page', { partnerId: stage.partner.id });
      const engagement = stage.api.app.get(Engagement, { strict: false });
      const opened = engagement.visitor(pages, activationId as ActivationId, click as Id<'interaction'>);
      expect(await opened).toBeNull();
      const report = (body: object, from = SITE) => http.post(site).set('Origin', from).type('form').send(body);
      const first = await report({ name: 'page-home', click }).expect(200);
      expect(first.headers).toMatchObject({ 'access-control-allow-origin': SITE, 'cache-control': 'no-store' });
      expect(first.headers).not.toHaveProperty('set-cookie');
      const { visitor } = first.body as { visitor: string };
      const { body: again } = await report({ name: 'page-prices', click, visitor: 'ended' }).expect(200);
      expect(again.visitor).toMatch(/^[\w-]+$/);
      stage.api.clock.advance(31 * 60_000);
      expect((await report({ name: 'page-home', click }).expect(200)).body).toEqual({ visitor: null });
      const { body: renewed } = await report({ name: 'demo-requested', click, visitor }).expect(200);
      expect(renewed.visitor).toMatch(/^[\w-]+$/);
      expect((await report({ name: 'demo-requested', visitor: 'made-up' }).expect(200)).body).toEqual({
        visitor: null,
      });
      await report({ name: 'demo-requested', visitor }, 'https://evil.example').expect(403);
      await report({ name: 'No name', visitor }).expect(422);
      const { id } = await contactOf(email);
      const events = () =>
        stage.api.asOwner<{ name: string }>('SELECT name FROM sequences.event WHERE contact_id = $1 ORDER BY id', [id]);
      expect((await events()).map(({ name }) => name)).toEqual(['page-home', 'page-prices', 'demo-requested']);
      await owner.put('/api/v1/website-reporting', { isOn: false }).expect(200);
      expect((await report({ name: 'demo-requested', visitor }).expect(200)).body).toEqual({ visitor: null });
      await owner.put('/api/v1/website-reporting', { isOn: true }).expect(200);
      for (let sent = 0; sent < 65; sent++) await report({ name: 'page-home', visitor });
      expect(await events()).toHaveLength(60);
      await owner.put('/api/v1/website-reporting', { isOn: false }).expect(200);
    });

    it('is loaded by scripts whose digests are in the code', async () => {
      const { path } = await launched();
      const { body } = await owner.get(`${path}/embeds`).expect(200);
      expect(body).toMatchObject({ hasPage: true, state: 'live', hosts: ['brightwater.example'] });
      for (const { code } of [body.frame, body.component]) {
        const [, url, digest] = /<script src="([^"]+)" integrity="sha384-([^"]+)"/.exec(code as string)!;
        const { text, headers } = await http.get(new URL(url!).pathname).expect(200);
        expect(createHash('sha384').update(text).digest('base64')).toBe(digest);
        expect(headers).toMatchObject({
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
        });
      }
    });
  });
});

describe('too many requests from one address', () => {
  it('give a form back as it was filled in, in the language of its page', async () => {
    const stage = await openTestProduct({ RATE_LIMIT_SCALE: '1' });
    const { pagePath } = await stage.running(undefined, { startAt: stage.inDays(1) });
    const form = { email: 'vera@prospect.example', firstName: 'Vera', lastName: 'Visitor', company: '"Prospects"' };
    const send = (more: object) =>
      stage.api.http
        .post(`${pagePath}/form`)
        .type('form')
        .send({ ...form, language: 'de', consent: 'yes', ...more });
    await send({ email: 'first@prospect.example' }).expect(200);
    // Nobody's: what people cannot see is filled in.
    for (let sent = 1; sent < 20; sent++) await send({ [SPAM_TRAP]: 'x' }).expect(200);
    const { text, headers } = await send({ lastName: '' }).expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(headers['ratelimit']).toMatch(/"; r=0; t=\d+$/);
    expect(headers['content-type']).toContain('text/html');
    expect(text).toContain('<html lang="en"');
    expect(text).toContain('your entries are still here: please send the form again in a minute.');
    expect(text).toContain('value="vera@prospect.example"');
    expect(text).toContain('value="&#34;Prospects&#34;"');
    expect(text).toMatch(/id="tc-consent"[^>]* checked/);
    expect(text).not.toContain('<script');
    const { body } = await stage.partner.owner.get('/api/v1/leads').expect(200);
    expect((body.items as { email: string }[]).map(({ email }) => email)).toEqual(['first@prospect.example']);
    await stage.close();
  });

  it('are refused at sign-in and on public pages, each by its own count', async () => {
    const api = await createTestApi({ environment: { RATE_LIMIT_SCALE: '0.1' } });
    const signIn = (): Promise<{ status: number }> =>
      Promise.resolve(api.http.post('/api/v1/session').send({ email: `a${newId()}@example.com`, password: 'x' }));
    expect((await signIn()).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    const { body, headers } = await api.http.post('/api/v1/session').send({ email: 'a@example.com', password: 'x' });
    expect(body).toMatchObject({ status: 429, code: 'request.too-many' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(headers['ratelimit']).toMatch(/"; r=0; t=\d+$/);
    await api.http.post('/api/v1/password-resets').send({ email: 'a@example.com' }).expect(429);
    await api.http.get('/api/v1/invitations/made-up').expect(429);
    const pages = await Promise.all(Array.from({ length: 31 }, () => api.http.get('/p/nobody')));
    expect(pages.filter(({ status }) => status === 404)).toHaveLength(30);
    expect(pages.filter(({ status }) => status === 429)).toHaveLength(1);
    await api.http.get('/api/v1/session').expect(401);
    await api.close();
  });
});
