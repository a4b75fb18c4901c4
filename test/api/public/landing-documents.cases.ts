import { Clicks } from '#engagement';
import { DAY_MS } from '#kernel';
import { publish, wholeCampaign } from '../../support/campaigns.js';
import { http, owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { until } from '../../support/until.js';
import { aPage, contactOf, leads, pathsIn, PERSON, send, visitor } from './strangers.js';

/** Documents that require the form of their landing page. */
export function landingDocumentsCases(): void {
  describe('the landing page', () => {
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
        const zip = await wholeCampaign(`documents-${unique()}`, undefined, { documents, sequence });
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
  });
}
