import { createHash } from 'node:crypto';
import { Clicks } from '#engagement';
import { withoutLinksTo } from '#rendering';
import { publish, wholeCampaign } from '../../support/campaigns.js';
import { http, owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';
import { contactOf, forged, pathsIn, PERSON, received } from './strangers.js';

/** Links, pictures and the web view of a mail. */
export function mailsCases(): void {
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
      const counted = (body.clicks as { link: { name: string } }[]).map(({ link }) => link.name);
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
    const zip = await wholeCampaign(`segments-${unique()}`, undefined, undefined, (welcome) =>
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
}
