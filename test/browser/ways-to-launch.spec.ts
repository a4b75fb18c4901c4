import { firstLaunch } from './first-launch.js';
import { Portal } from './portal.js';

const PHONE = { width: 375, touch: true } as const;

describe('launching', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('takes two taps from home on a phone, and nothing is wider than it', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example', PHONE);
    await olivia.heading('Hello Olivia').waitFor();
    olivia.clicks = 0;
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.page.getByText('50 of 60 contacts will get it').waitFor();
    await olivia.picture('phone-review');
    const wider = await olivia.page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(wider).toBeLessThanOrEqual(0);
    await olivia.press(olivia.button('Launch'));
    await olivia.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await olivia.page.getByRole('main').getByText('Running', { exact: true }).waitFor();
    expect(olivia.clicks).toBe(2);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('takes who was invited a minute ago at most twelve taps on a phone', async () => {
    const newcomer = { name: 'Hillside Networks', email: 'ines@hillside.example' };
    const ines = await firstLaunch(portal, newcomer, PHONE);
    expect(ines.clicks).toBeLessThanOrEqual(12);
    expect(ines.errors).toEqual([]);
    await ines.leave();
  });

  it('needs no mouse: signing in, an import, a review, a launch and a hold by keys alone', async () => {
    const jonas = await portal.visit('/');
    const { page } = jonas;
    await jonas.reach(jonas.field('E-mail address'));
    await page.keyboard.type('jonas@kessler.example');
    await jonas.reach(jonas.field('Password'));
    await page.keyboard.type('northwind demo');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: jonas.say('account.menu') }).waitFor();

    await jonas.enter(jonas.link('Contacts'));
    await jonas.enter(jonas.link('Import'));
    await jonas.enter(page.getByRole('tab', { name: 'Upload file' }), 'ArrowRight');
    await jonas.reach(page.getByRole('textbox'));
    await page.keyboard.insertText('E-mail;First name\nkay@keys.example;Kay\n');
    await jonas.enter(jonas.button('Continue'));
    await jonas.heading('Are the columns right?').waitFor();
    await jonas.enter(page.getByRole('radio', { name: 'Customer' }), 'Space');
    await jonas.enter(jonas.button('Import'));
    await page.getByText('Finished', { exact: true }).waitFor();
    await jonas.enter(jonas.link('Go to the campaigns'));

    await jonas.enter(page.getByRole('link', { name: /^Review / }));
    await jonas.enter(jonas.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await jonas.enter(jonas.button('Pause'));
    await jonas.button('Resume').waitFor();
    expect(jonas.errors).toEqual([]);
    await jonas.leave();
  });
});
