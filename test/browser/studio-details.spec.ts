import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { templatePackage } from './authors.js';
import { Portal } from './portal.js';

/** As seeded. */
const BRIGHTWATER_PRIMARY = '#0b5c9e';

/** In the browser: what an element, or the swatch in it, is painted with. */
const surfaceOf = (element: { querySelector(selector: string): unknown }): string => {
  const view = globalThis as unknown as { getComputedStyle(one: unknown): { backgroundColor: string } };
  return view.getComputedStyle(element.querySelector('[style*="background"]') ?? element).backgroundColor;
};

describe('a vendor', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('sees in colours in whose hands each part of a mail is, as its partner does', async () => {
    const looked = async (who: string, path: string, picture: string): Promise<void> => {
      const visitor = await portal.signIn(who);
      await visitor.page.goto(path);
      await visitor.page.getByLabel('Show who wrote what').focus();
      await visitor.page.keyboard.press('Space');
      const legend = visitor.page.getByRole('list', { name: 'Meaning of the colours' });
      const mail = visitor.page.frameLocator('iframe[title="Preview of the e-mail"]');
      const kinds = { locked: 'Vendor’s text (locked)', brand: 'Partner’s brand and contact details' };
      for (const [kind, words] of Object.entries(kinds)) {
        const swatch = legend.getByRole('listitem').filter({ hasText: words }).locator('[style*="color"]').first();
        const [inMail, inLegend] = await Promise.all(
          [mail.locator(`span[data-part=${kind}]:visible`).first(), swatch].map((one) => one.evaluate(surfaceOf)),
        );
        expect(inMail).toMatch(/^rgb\(/);
        expect(inMail).toBe(inLegend);
      }
      await visitor.picture(picture);
      expect(visitor.errors).toEqual([]);
      await visitor.leave();
    };
    const maya = await portal.signIn('maya@northwind.example');
    const { items } = (await (await maya.page.request.get('/api/v1/campaigns')).json()) as { items: { id: string }[] };
    await maya.leave();
    await looked('maya@northwind.example', `/campaigns/${items.at(-1)?.id}/versions/1`, 'parts-vendor');
    const olivia = await portal.signIn('olivia@brightwater.example');
    const offers = (await (await olivia.page.request.get('/api/v1/offers')).json()) as {
      items: { versionId: string }[];
    };
    await olivia.leave();
    await looked('olivia@brightwater.example', `/offers/${offers.items[0]?.versionId}`, 'parts-partner');
  });

  it('sees an e-mail as each recipient variant gets it, in the version and in the editor, and is not asked where there is one', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    const { page } = maya;
    const { items } = (await (await page.request.get('/api/v1/campaigns?q=cloud')).json()) as {
      items: { id: string }[];
    };
    const version = `/campaigns/${items[0]?.id}/versions/1`;
    const mail = page.frameLocator('iframe[title="Preview of the e-mail"]');
    const retail = mail.getByText('For retail and hospitality').first();
    await page.goto(`${version}?show=${encodeURIComponent('emails proof')}`);
    await maya.field('Recipient’s industry').waitFor();
    expect(await page.getByLabel('Recipient’s country').count()).toBe(0);
    await maya.field('Recipient’s industry').selectOption('retail');
    await retail.waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('version-variant');
    await maya.field('Show').selectOption('emails welcome');
    await maya.field('Recipient’s industry').waitFor({ state: 'detached' });
    await maya.field('Show').selectOption('emails last-call');
    await maya.field('Recipient’s country').selectOption('Germany');

    await page.goto(`${version}/edit?file=${encodeURIComponent('emails/proof.mjml')}`);
    await maya.field('Template').selectOption('email proof');
    await maya.field('Recipient’s industry').selectOption('retail');
    await retail.waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('editor-variant');
    await maya.field('Recipient’s industry').selectOption('Unknown');
    await retail.waitFor({ state: 'detached' });
    await maya.field('Template').selectOption('email welcome');
    await maya.field('Recipient’s industry').waitFor({ state: 'detached' });
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('is shown the text of a hostile title, never its markup', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.press(maya.link('New campaign'));
    const title = '<img src=x onerror=alert(1)>';
    await maya.page.locator('input[type=file]').setInputFiles(
      await templatePackage('hostile.zip', {
        'campaign.yaml': (text) =>
          text.replace(/^name: .*$/m, 'name: hostile-edge').replace('Zero trust at the edge', title),
      }),
    );
    await maya.page.waitForURL(/\/campaigns\/[0-9a-f-]+\/versions\/1$/);
    await maya.heading(title).waitFor();
    expect(await maya.page.locator('img[src="x"]').count()).toBe(0);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('writes beside the e-mail as it will be, and loses nothing', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.press(maya.link('New campaign'));
    await maya.page.locator('input[type=file]').setInputFiles(
      await templatePackage('third.zip', {
        'campaign.yaml': (text) => text.replace(/^name: .*$/m, 'name: third-edge'),
      }),
    );
    await maya.page.waitForURL(/\/campaigns\/[0-9a-f-]+\/versions\/1$/);
    await maya.press(maya.link('Edit'));
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
    const mail = maya.page.frameLocator('iframe[title="Preview of the e-mail"]');
    await mail.getByText('Stop an attack where it starts').first().waitFor();

    const frame = maya.page.locator('iframe[title="Preview of the e-mail"]');
    expect(await frame.getAttribute('sandbox')).toBe('');
    expect(await frame.getAttribute('srcdoc')).toMatch(
      /^<!doctype html>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src http:\/\/[^ ]+ data:;/i,
    );
    const isLoaded = (image: unknown): boolean => (image as { naturalWidth: number }).naturalWidth > 0;
    await until(() => mail.locator('img').first().evaluate(isLoaded), 'a picture of the mail');

    expect(await frame.getAttribute('srcdoc')).not.toContain(BRIGHTWATER_PRIMARY);
    const brand = maya.field('Preview as partner');
    await brand.fill('rightwat');
    const partner = maya.page.getByRole('option', { name: /^Brightwater/ }).first();
    const name = (await partner.textContent()) ?? '';
    await maya.press(partner);
    await mail.getByText(name).first().waitFor();
    await mail.getByRole('img', { name }).first().waitFor();
    await until(() => mail.getByRole('img', { name }).first().evaluate(isLoaded), 'the partner’s logo');
    // Its button is painted in the partner's colour, no more in the campaign's
    // own.
    expect(await frame.getAttribute('srcdoc')).toContain(BRIGHTWATER_PRIMARY);
    expect(await brand.inputValue()).toBe(name);

    await maya.press(maya.page.getByRole('button', { name: 'locales/en.yaml' }));
    const code = maya.page.getByRole('textbox', { name: 'locales/en.yaml' });
    const api = maya.page
      .url()
      .replace('/campaigns', '/api/v1/campaigns')
      .replace(/edit.*$/, 'files');
    const { files } = (await (await maya.page.request.get(api, { maxRetries: 2 })).json()) as {
      files: { path: string; text: string }[];
    };
    const textOf = (name: string) => files.find(({ path }) => path === name)?.text ?? '';
    const english = textOf('locales/en.yaml');
    await code.fill(english.replaceAll('Stop an attack where it starts', 'Stop it at the first door'));
    await mail.getByText('Stop it at the first door').first().waitFor();
    await maya.page.reload();
    await maya.page.getByText(/^Saved .*: changes in 1 file$/).waitFor();
    await mail.getByText('Stop it at the first door').first().waitFor();

    await maya.press(maya.page.getByRole('button', { name: 'emails/welcome.mjml' }));
    const email = maya.page.getByRole('textbox', { name: 'emails/welcome.mjml' });
    await email.press('Control+Home');
    await email.pressSequentially('<script>');
    await maya.page
      .getByRole('button', { name: /Must fix.*E-mail “An intruder needs 62 minutes. You can need four.”, line 1/ })
      .first()
      .waitFor();
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('Version 1 takes them over once the errors are corrected.').waitFor();
    await maya.picture('editor-mistake');
    await email.fill(textOf('emails/welcome.mjml'));
    await maya.page.getByText(/^Saved .*: changes in 1 file$/).waitFor();
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('Saved as version 1.').waitFor();
    await maya.page.getByText('All changes saved.').waitFor();
    await maya.picture('editor');
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
