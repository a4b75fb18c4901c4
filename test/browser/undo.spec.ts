import { DAY_MS } from '#kernel';
import { until } from '../support/until.js';
import { Portal } from './portal.js';

const SATURDAY = 6;
const TUESDAY = 2;

describe('before the first message', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('a partner takes a launch back, and launches to the same people again', async () => {
    // On a Saturday nobody is written to, so the first message is still to
    // come.
    const now = await portal.standalone.now();
    const daysAhead = (SATURDAY - now.getUTCDay() + 7) % 7 || 7;
    const morning = new Date(now.getTime() + daysAhead * DAY_MS);
    morning.setUTCHours(8, 0, 0, 0);
    await portal.standalone.reach(morning);
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    const audience = olivia.page.getByText(/of 60 contacts will get it/);
    await audience.waitFor();
    const before = await audience.textContent();
    await olivia.press(olivia.button('Launch'));
    await olivia.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await olivia.press(olivia.page.getByRole('alert').getByRole('button', { name: 'Undo launch' }));
    await olivia.press(olivia.link('Launch again'));
    await audience.waitFor();
    expect(await audience.textContent()).toBe(before);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('a partner sees what putting off would move, does it, and sees the dates that moved', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    await olivia.page.getByText(/of 60 contacts will get it/).waitFor();
    await olivia.press(olivia.button('Launch'));
    await olivia.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    const dates = olivia.page.getByRole('region', { name: 'Schedule' });
    const before = await dates.textContent();
    await olivia.press(olivia.button('Delay'));
    const dialog = olivia.page.getByRole('dialog', { name: 'Delay the remaining e-mails' });
    const days = dialog.getByLabel('Delay in days');
    await days.fill('5');
    await dialog
      .getByText(/contacts get the next e-mail later/)
      .first()
      .waitFor();
    await dialog.getByRole('heading', { name: 'New dates' }).waitFor();
    await olivia.press(dialog.getByRole('button', { name: 'Delay by 5 days' }));
    await olivia.page.getByText(/^Delayed by 5 days: no e-mails from/).waitFor();
    await until(async () => (await dates.textContent()) !== before, 'the dates to move');
    // Whoever waits in it is nobody's to launch to.
    await olivia.press(olivia.page.getByRole('alert').getByRole('button', { name: 'Undo launch' }));
    await olivia.link('Launch again').waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('a partner who is too late to take a launch back is told so, and the campaign runs on', async () => {
    const workday = await portal.standalone.now();
    workday.setUTCDate(workday.getUTCDate() + ((TUESDAY - workday.getUTCDay() + 7) % 7 || 7));
    workday.setUTCHours(10, 0, 0, 0);
    await portal.standalone.reach(workday);
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    await olivia.page.getByText(/of 60 contacts will get it/).waitFor();
    const { mailbox } = portal.standalone;
    const before = (await mailbox.overview()).length;
    await olivia.press(olivia.button('Launch'));
    await olivia.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    const undo = olivia.page.getByRole('alert').getByRole('button', { name: 'Undo launch' });
    // It stays for as long as somebody points at it.
    await undo.hover();
    await until(async () => (await mailbox.overview()).length > before, 'the first message');
    await olivia.press(undo);
    await olivia.page.getByText('Too late to undo').waitFor();
    await olivia.page.getByText(/so its launch cannot be undone/).waitFor();
    await olivia.button('Pause').waitFor();
    expect(await olivia.link('Launch again').count()).toBe(0);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });
});
