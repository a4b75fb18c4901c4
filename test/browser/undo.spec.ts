import { DAY_MS, MINUTE_MS } from '#kernel';
import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import type { Portal } from './portal.js';
import { sharedPortal } from './shared-portal.js';

const SATURDAY = 6;
const TUESDAY = 2;

describe('before the first message', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  it('a partner takes a launch back, and launches to the same people again', async () => {
    // On a Saturday nobody is written to, so the first message is still to
    // come.
    const now = await portal.standalone.now();
    const daysAhead = (SATURDAY - now.getUTCDay() + 7) % 7 || 7;
    const morning = new Date(now.getTime() + daysAhead * DAY_MS);
    morning.setUTCHours(8, 0, 0, 0);
    await portal.standalone.reach(morning);
    const daan = await portal.signIn('daan@oranjelijn.example');
    await daan.press(daan.link('Review Cloud cost clarity'));
    const audience = daan.page.getByText(/of 18 contacts will get it/);
    await audience.waitFor();
    const before = await audience.textContent();
    await daan.press(daan.button('Launch'));
    await daan.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await daan.press(daan.page.getByRole('alert').getByRole('button', { name: 'Undo launch' }));
    await daan.press(daan.link('Launch again'));
    await audience.waitFor();
    expect(await audience.textContent()).toBe(before);
    expect(daan.errors).toEqual([]);
    await daan.leave();
  });

  it('a partner sees what putting off would move, does it, and sees the dates that moved', async () => {
    const daan = await portal.signIn('daan@oranjelijn.example');
    await daan.press(daan.link('Review Cloud cost clarity'));
    await daan.page.getByText(/of 18 contacts will get it/).waitFor();
    await daan.press(daan.button('Launch'));
    await daan.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    const dates = daan.page.getByRole('region', { name: 'Schedule' });
    const before = await dates.textContent();
    await daan.press(daan.button('Delay'));
    const dialog = daan.page.getByRole('dialog', { name: 'Delay the remaining e-mails' });
    const days = dialog.getByLabel('Delay in days');
    await days.fill('5');
    await dialog
      .getByText(/contacts get the next e-mail later/)
      .first()
      .waitFor();
    await dialog.getByRole('heading', { name: 'New dates' }).waitFor();
    await daan.press(dialog.getByRole('button', { name: 'Delay by 5 days' }));
    await daan.page.getByText(/^Delayed by 5 days: no e-mails from/).waitFor();
    await until(async () => (await dates.textContent()) !== before, 'the dates to move');
    // Whoever waits in it is nobody's to launch to.
    await daan.press(daan.page.getByRole('alert').getByRole('button', { name: 'Undo launch' }));
    await daan.link('Launch again').waitFor();
    expect(daan.errors).toEqual([]);
    await daan.leave();
  });

  it('a partner has the minutes that it sets to undo a launch, also when the network is lost, and is told if it is too late', async () => {
    const workday = await portal.standalone.now();
    workday.setUTCDate(workday.getUTCDate() + ((TUESDAY - workday.getUTCDay() + 7) % 7 || 7));
    workday.setUTCHours(10, 0, 0, 0);
    await portal.standalone.reach(workday);
    const daan = await portal.signIn('daan@oranjelijn.example', { path: '/sending' });
    const { page } = daan;
    const minutes = daan.field('Minutes before the first e-mail');
    await minutes.click();
    await minutes.press('ControlOrMeta+a');
    await minutes.pressSequentially('5');
    await daan.press(page.locator('form').filter({ has: minutes }).getByRole('button', { name: 'Save' }));
    await page.goto('/');
    await daan.press(daan.link('Review Cloud cost clarity'));
    await page.getByText(/of 18 contacts will get it/).waitFor();
    const sheet = page.locator('dl').filter({ hasText: 'Replies go to' });
    await sheet.getByText(/^First .*, last /).waitFor();
    expect(await sheet.textContent()).toMatch(
      /From.*Oranjelijn.*@.*Language.*English.*First .*, last .*You say in your name/,
    );
    await daan.press(daan.button('Start'));
    const calendar = page.getByRole('dialog', { name: 'Calendar' });
    await calendar.getByRole('button', { name: 'Next' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await daan.picture('launch-calendar');
    await page.keyboard.press('Escape');
    const sent = async () => {
      const mails = await portal.standalone.mailbox.overview();
      return mails.filter(({ to }) => to.includes('.oranjelijn@')).length;
    };
    const before = await sent();
    await daan.press(daan.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await page.getByText(/^The first e-mail goes out at \d\d:\d\d/).waitFor();
    expect(await violations(page)).toEqual([]);
    await daan.picture('undo-countdown');
    const undo = page.getByRole('alert').getByRole('button', { name: 'Undo launch' });
    await page.context().setOffline(true);
    await daan.press(undo);
    await page.getByText(/^No connection\. The launch is undone as soon as/).waitFor();
    await page.context().setOffline(false);
    await daan.press(daan.link('Launch again'));
    await page.getByText(/of 18 contacts will get it/).waitFor();
    expect(await sent()).toBe(before);
    await daan.press(daan.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await undo.waitFor();
    // The page shows what was true a moment ago.
    await page.route('**/api/v1/activations/*', (route) => route.abort());
    await portal.standalone.reach(new Date((await portal.standalone.now()).getTime() + 6 * MINUTE_MS));
    await until(async () => (await sent()) > before, 'the first message');
    await daan.press(undo);
    await page.getByText('Too late to undo').waitFor();
    await page.getByText(/so its launch cannot be undone/).waitFor();
    await page.unroute('**/api/v1/activations/*');
    await daan.button('Pause').waitFor();
    expect(await daan.link('Launch again').count()).toBe(0);
    await daan.leave();
  });
});
