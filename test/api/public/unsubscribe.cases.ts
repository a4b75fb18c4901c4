import { DAY_MS } from '#kernel';
import { http, owner, stage } from '../../support/suite-product.js';
import { until } from '../../support/until.js';
import { contactOf, expectDeadEnd, forged, received } from './strangers.js';

/** Addresses that lead nowhere, and unsubscribing. */
export function unsubscribeCases(): void {
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
}
