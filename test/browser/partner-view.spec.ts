import type { Locator } from 'playwright-core';
import { BrandProfile } from '#contracts';
import { DAY_MS } from '#kernel';
import { violations } from '../support/axe.js';
import { invited } from './first-launch.js';
import { Portal, type Visitor } from './portal.js';

const OLIVIA = 'olivia@brightwater.example';

/**
 * In the browser: how many pixels of a picture have a colour, give or take what
 * its making loses; and how light it is, 0 to 255.
 */
const LOOK_AT = `async ([bytes, [red, green, blue]]) => {
  const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))]));
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  let coloured = 0;
  let light = 0;
  for (let at = 0; at < data.length; at += 4) {
    light += (data[at] + data[at + 1] + data[at + 2]) / 3;
    if (Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) < 12) coloured++;
  }
  return { coloured, lightness: light / (data.length / 4) };
}`;
const rgb = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** What somebody sees of an element. */
async function lookAt({ page }: Visitor, element: Locator, colour = '#000000') {
  await element.scrollIntoViewIfNeeded();
  const bytes = (await element.screenshot()).toString('base64');
  return page.evaluate<{ coloured: number; lightness: number }>(
    `(${LOOK_AT})(${JSON.stringify([bytes, rgb(colour)])})`,
  );
}

describe('what a partner sees', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('completes a brand profile with a logo, two fields and one press', async () => {
    const email = 'wanda@wharfside.example';
    const wanda = await portal.visit(await invited(portal, { name: 'Wharfside IT', email }));
    const { page } = wanda;
    await wanda.field('Your name').fill('Wanda Ferry');
    await wanda.field('Password').fill('seven quiet lanterns');
    await wanda.press(wanda.page.getByRole('radio', { name: 'No, do not show them' }));
    await wanda.press(wanda.button('Accept invitation'));
    await wanda.press(wanda.link('Fill in (2 min)'));
    await wanda.field('Website').waitFor();
    let acts = 0;
    const act = async (one: Promise<unknown>): Promise<void> => {
      acts++;
      await one;
    };
    await act(page.getByLabel('Logo', { exact: true }).setInputFiles('templates/seed/logos/brightwater.svg'));
    await page.getByAltText('Your logo on white').waitFor();
    await act(wanda.field('Website').fill('https://www.wharfside.example'));
    await act(wanda.field('Privacy policy').fill('https://www.wharfside.example/privacy'));
    await act(wanda.field('Postal address').fill('4 Quay Street\nLeeds LS1 4AB'));
    await act(wanda.press(wanda.button('Save')));
    await page.getByText('You can launch all campaigns that are open to you.').waitFor();
    // A logo has to be found and addresses typed, one of them of the privacy
    // policy, which British law asks for: at half a minute each, it is over in
    // two and a half.
    expect(acts).toBeLessThanOrEqual(5);
    // Taken from the logo: what stands there without one is another.
    expect(await wanda.field('Primary').inputValue()).not.toBe('#0f766e');
    expect(wanda.errors).toEqual([]);
    await wanda.leave();
  });

  it('has every campaign at home in the colour of its own brand', async () => {
    const [olivia, tyler] = [await portal.signIn(OLIVIA), await portal.signIn('tyler@cascade.example')];
    const seen: Record<string, number[]> = {};
    const brands = new Map<string, string>();
    for (const visitor of [olivia, tyler]) {
      const { colours } = BrandProfile.parse(await (await visitor.page.request.get('/api/v1/brand-profile')).json());
      brands.set(visitor === olivia ? 'olivia' : 'tyler', colours?.primary ?? '');
    }
    expect(new Set(brands.values()).size).toBe(2);
    for (const [name, visitor] of [['olivia', olivia] as const, ['tyler', tyler] as const]) {
      await visitor.allThere();
      const card = visitor.page.locator('.offer-card').filter({ hasText: 'Zero trust at the edge' });
      const cover = card.locator('iframe').first();
      await cover.waitFor();
      await visitor.page.waitForTimeout(500);
      seen[name] = [];
      for (const brand of brands.values())
        seen[name].push((await lookAt(visitor, cover.locator('..'), brand)).coloured);
      await visitor.picture(`home-brand-${name}`);
    }
    // The vendor's pictures and words are the same for both: what has her
    // colour is hers.
    const [hers = 0] = seen['olivia'] ?? [];
    const [elsewhere = 0] = seen['tyler'] ?? [];
    expect(hers).toBeGreaterThan(30);
    expect(elsewhere).toBeLessThan(hers / 2);
    await olivia.leave();
    await tyler.leave();
  });

  it('is told who will be skipped and why before it launches', async () => {
    const olivia = await portal.signIn(OLIVIA);
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.page.getByText('50 of 60 contacts will get it').waitFor();
    const reasons = olivia.page.getByRole('listitem').filter({ hasText: /^\d+ – / });
    expect(await reasons.allInnerTexts()).toEqual([
      '10 – No permission is saved for this contact. Add it on the contact.',
    ]);
    await olivia.leave();
  });

  it('looks at an e-mail as on a telephone, and as where it is dark', async () => {
    const olivia = await portal.signIn(OLIVIA);
    const { page } = olivia;
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    const mail = page.getByTitle('Preview of the e-mail');
    await mail.waitFor();
    await olivia.allThere();
    // What a test asks of a whole page would hold in its frames, too.
    await page.emulateMedia({ colorScheme: null });
    const screens = page.getByRole('radiogroup', { name: 'Device' });
    const choose = async (screen: string): Promise<void> => {
      await olivia.press(screens.getByText(screen, { exact: true }));
      expect(await screens.getByRole('radio', { name: screen }).isChecked()).toBe(true);
      await page.waitForTimeout(500);
    };
    const asksForDark = async (): Promise<boolean | undefined> =>
      (await (await mail.elementHandle()).contentFrame())?.evaluate<boolean>(
        "matchMedia('(prefers-color-scheme: dark)').matches",
      );
    const widthOf = async (): Promise<number> => (await mail.boundingBox())?.width ?? 0;
    const [desktop, light] = [await widthOf(), (await lookAt(olivia, mail)).lightness];
    await choose('Phone');
    expect(await widthOf()).toBeLessThanOrEqual(375);
    expect(await widthOf()).toBeLessThan(desktop);
    await olivia.picture('review-on-a-phone');
    expect(await violations(page)).toEqual([]);
    await choose('Dark');
    expect(await widthOf()).toBe(desktop);
    expect(await asksForDark()).toBe(true);
    // These mails are written for light screens only, and say so: they stay as
    // they are.
    expect(Math.abs((await lookAt(olivia, mail)).lightness - light)).toBeLessThan(5);
    await olivia.picture('review-in-the-dark');
    expect(await violations(page)).toEqual([]);
    await choose('Desktop');
    expect(await asksForDark()).toBe(false);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('reads by their names what a dialog is about that puts off, resumes or stops', async () => {
    const tyler = await portal.signIn('tyler@cascade.example');
    const { page } = tyler;
    await tyler.press(tyler.link('My campaigns'));
    await tyler.press(page.getByRole('rowheader').getByRole('link').first());
    const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
    await tyler.press(tyler.button('Delay'));
    await dialog('Delay the remaining e-mails').getByRole('heading', { name: 'New dates' }).waitFor();
    // What an author calls a step is no name for anybody else.
    expect(await dialog('Delay the remaining e-mails').innerText()).not.toMatch(/\b(?:interest|welcome|warm)\b/);
    await tyler.press(dialog('Delay the remaining e-mails').getByRole('button', { name: 'Back' }));
    await tyler.press(tyler.button('Stop'));
    await dialog('Stop this campaign for good?').getByText('No more e-mails are sent.').waitFor();
    await tyler.press(dialog('Stop this campaign for good?').getByRole('button', { name: 'Back' }));
    await tyler.press(tyler.button('Pause'));
    await tyler.button('Resume').waitFor();
    const now = await portal.standalone.now();
    await portal.standalone.reach(new Date(now.getTime() + 5 * DAY_MS));
    const later = await portal.signIn('tyler@cascade.example');
    await later.page.goto(new URL(page.url()).pathname);
    await later.press(later.button('Resume'));
    const late = later.page.getByRole('dialog', { name: 'Overdue steps', exact: true });
    await late
      .getByText(/(?:continues? immediately|continues? in the next sending hours)/)
      .first()
      .waitFor();
    expect(await late.innerText()).not.toMatch(/\b(?:interest|welcome|warm)\b/);
    expect(await violations(later.page)).toEqual([]);
    await later.picture('activation-late');
    await later.press(late.getByRole('button', { name: 'Resume' }));
    await later.button('Pause').waitFor();
    expect([...tyler.errors, ...later.errors]).toEqual([]);
    await tyler.leave();
    await later.leave();
  }, 120_000);
});
