import { createHash } from 'node:crypto';
import { Clicks, Visitors } from '#engagement';
import { Rollups } from '#insight';
import { type ActivationId, type Id, systemActor } from '#kernel';
import { publish, smallCampaign, wholeCampaign } from '../../support/campaigns.js';
import { http, owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { contactOf, pathsIn, PERSON } from './strangers.js';

/** A campaign on its partner’s website. */
export function websitesCases(): void {
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
      email: `embedded${unique()}@prospect.example`,
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
      const zip = await wholeCampaign(`recalled-${unique()}`, undefined, { form: { fields: ['email', 'country'] } });
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
      const version = await publish(stage.vendor, await smallCampaign(`site-${unique()}`), window);
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
      const visitors = stage.api.app.get(Visitors, { strict: false });
      const opened = visitors.ofPage(pages, activationId as ActivationId, click as Id<'interaction'>);
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
}
