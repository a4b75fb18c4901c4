import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { Portal } from './portal.js';

describe('the words of a partner', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('reach the previews of the page, the brochure and the posts, and each is asked for once', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/preview/'))
        asked.push(new URL(request.url()).pathname.replace(/.*\/preview\//, ''));
    });
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    const frame = (name: string) => page.frameLocator(`iframe[title="${name}"]`);

    await olivia.press(page.getByRole('tab', { name: 'Landing page' }));
    await frame('Preview of the landing page').getByText('Brightwater').first().waitFor();
    await olivia.field('Your offer on the page').pressSequentially(' Ours alone.');
    await frame('Preview of the landing page').getByText('Ours alone.').waitFor();
    expect(asked.filter((path) => path === 'pages/landing').length).toBeLessThanOrEqual(3);
    expect(asked.filter((path) => path === 'emails/welcome')).toHaveLength(1);
    await olivia.press(page.getByText('Phone', { exact: true }));
    const shown = page.locator('iframe[title="Preview of the landing page"]');
    expect(await shown.getAttribute('style')).toContain('width: 375px');
    await olivia.picture('review-page-phone');

    await olivia.press(page.getByRole('tab', { name: 'Posts' }));
    const first = page.getByRole('img', { name: 'Picture of post 1' });
    const source = async () => (await first.getAttribute('src')) ?? '';
    await first.waitFor();
    const suggested = await source();
    await olivia.field('Headline of the announce post').fill('Four minutes, not sixty-two');
    await until(async () => (await source()) !== suggested, 'the picture with the new headline');
    expect(asked.filter((path) => path.startsWith('social/')).sort()).toEqual([
      'social/announce/landscape',
      'social/announce/landscape',
      'social/proof/landscape',
      'social/workshop/landscape',
    ]);
    await olivia.press(page.getByText('Story', { exact: true }));
    const isTall = () =>
      page.evaluate<boolean>(
        `(() => { const picture = document.querySelector('img[alt="Picture of post 1"]'); return picture !== null && picture.naturalHeight > picture.naturalWidth; })()`,
      );
    await until(isTall, 'the tall picture');
    await olivia.picture('review-posts-story');
    expect(await violations(page)).toEqual([]);

    await olivia.press(page.getByRole('tab', { name: 'Documents' }));
    await page.getByRole('img', { name: 'Page 1 of the document' }).waitFor();
    await olivia.field('Your offer in the brochure').fill('Three days at your side');
    await until(() => asked.filter((path) => path === 'documents/brochure').length === 2, 'another brochure');
    await page.locator('[aria-busy="false"] img').first().waitFor();
    const download = page.waitForEvent('download');
    await olivia.press(olivia.button('Download'));
    expect((await download).suggestedFilename()).toBe('brochure-en.pdf');
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('are written where they stand, on the e-mail and on the page, by mouse and by keys', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    const mail = page.frameLocator('iframe[title="Preview of the e-mail"]');
    const place = olivia.button('Edit: Personal introduction');
    await place.waitFor();
    const over = await place.boundingBox();
    const under = await mail.locator('[data-slot="intro"]').boundingBox();
    expect(over!.x).toBeLessThanOrEqual(under!.x);
    expect(over!.y).toBeLessThanOrEqual(under!.y);
    expect(over!.y + over!.height).toBeGreaterThanOrEqual(under!.y + under!.height);
    await olivia.press(place);
    const words = page.getByRole('dialog', { name: 'Edit: Personal introduction' });
    const field = words.getByRole('textbox', { name: 'Personal introduction' });
    await field.fill('We met at the harbour fair.\nA second line makes it taller.');
    await mail.getByText('We met at the harbour fair.').waitFor();
    expect(await olivia.field('Personal introduction').inputValue()).toContain('harbour fair');
    expect(await violations(page)).toEqual([]);
    await olivia.picture('review-written-in-place');
    await words.getByRole('button', { name: 'Use the suggested text for Personal introduction' }).focus();
    await page.keyboard.press('Enter');
    await mail.getByText('We met at the harbour fair.').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await words.waitFor({ state: 'detached' });
    const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? ""');
    await until(async () => (await focused()) === 'Edit: Personal introduction', 'the focus');

    await olivia.press(page.getByRole('tab', { name: 'Landing page' }));
    await olivia.press(page.getByText('Phone', { exact: true }));
    const offer = olivia.button('Edit: Your offer on the page');
    await offer.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('textbox').fill('Three days at your side.');
    await page
      .frameLocator('iframe[title="Preview of the landing page"]')
      .getByText('Three days at your side.')
      .waitFor();
    await olivia.picture('review-written-on-page');
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it.each([1440, 375])(
    'are written where they stand on the brochure and on a post, too, at %i pixels',
    async (width) => {
      const olivia = await portal.signIn('olivia@brightwater.example');
      const { page } = olivia;
      await page.setViewportSize({ width, height: 900 });
      await olivia.press(olivia.link('Review Zero trust at the edge'));
      const writeAt = async (label: string, words: string): Promise<void> => {
        const place = olivia.button(`Edit: ${label}`).first();
        await place.focus();
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').getByRole('textbox', { name: label }).fill(words);
      };
      const within = async (place: string, picture: string): Promise<void> => {
        const inner = (await olivia.button(place).first().boundingBox())!;
        const outer = (await page.getByRole('img', { name: picture }).first().boundingBox())!;
        expect(inner.x).toBeGreaterThanOrEqual(outer.x - 1);
        expect(inner.y).toBeGreaterThanOrEqual(outer.y - 1);
        expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + 1);
        expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height + 1);
      };
      const sourceOf = async (picture: string) =>
        (await page.getByRole('img', { name: picture }).first().getAttribute('src')) ?? '';

      await olivia.press(page.getByRole('tab', { name: 'Documents' }));
      await olivia.button('Edit: Your offer in the brochure').waitFor();
      const brochure = await sourceOf('Page 2 of the document');
      await within('Edit: Your offer in the brochure', 'Page 2 of the document');
      await writeAt('Your offer in the brochure', `Three days at your side, ${width}`);
      await until(async () => (await sourceOf('Page 2 of the document')) !== brochure, 'the brochure with it');
      expect(await violations(page)).toEqual([]);
      await olivia.picture(`review-written-on-brochure-${width}`);
      await page.keyboard.press('Escape');

      await olivia.press(page.getByRole('tab', { name: 'Posts' }));
      for (const format of ['Landscape', 'Story']) {
        await olivia.press(page.getByText(format, { exact: true }));
        await olivia.button('Edit: Headline of the announce post').waitFor();
        await page.getByRole('img', { name: 'Picture of post 1' }).waitFor();
        await within('Edit: Headline of the announce post', 'Picture of post 1');
      }
      const post = await sourceOf('Picture of post 1');
      await writeAt('Headline of the announce post', `Four minutes, ${width}`);
      await until(async () => (await sourceOf('Picture of post 1')) !== post, 'the picture with it');
      expect(await violations(page)).toEqual([]);
      await olivia.picture(`review-written-on-post-${width}`);
      expect(olivia.errors).toEqual([]);
      await olivia.leave();
    },
  );

  it('and the vendor’s own are in the language that is chosen, posts and titles too', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.press(page.getByRole('tab', { name: 'Posts' }));
    const post = page.getByRole('article', { name: 'announce' });
    await post.waitFor();
    const english = await post.innerText();
    await olivia.field('Language').selectOption('de');
    await until(async () => (await post.innerText()) !== english, 'the German text');
    await olivia.press(page.getByRole('tab', { name: 'Documents' }));
    await page.getByRole('heading', { level: 2, name: 'Broschüre: Zero Trust am Netzrand' }).waitFor();
    await olivia.leave();
  });
});
