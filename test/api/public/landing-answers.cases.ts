import { publish, wholeCampaign } from '../../support/campaigns.js';
import { http, owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';
import { aPage, buttonOf, contactOf, leads, pathsIn, received, send, told, visitor } from './strangers.js';

/** What a form of a landing page accepts, and its end. */
export function landingAnswersCases(): void {
  describe('the landing page', () => {
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
      const at = `known${unique()}.example`;
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
      const ended = await publish(vendor, await wholeCampaign(`ended-${unique()}`), window);
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
      await publish(vendor, await wholeCampaign(`corrected-${unique()}`), window);
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
}
