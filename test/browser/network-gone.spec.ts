import { violations } from '../support/axe.js';
import { lostOnTheWay } from './network.js';
import { Portal } from './portal.js';

describe('where the network goes', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('a screen that does not come says so, within the frame, and comes once the network is back', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    await olivia.link('Review Cloud cost clarity').waitFor();
    await page.context().setOffline(true);
    await olivia.press(olivia.link('Contacts'));
    await olivia.heading('This page did not come').waitFor();
    await olivia.press(olivia.button('Try again'));
    await page.getByRole('alert').waitFor();
    await olivia.link('Home').first().waitFor();
    await olivia.picture('page-did-not-come');
    expect(await violations(page)).toEqual([]);
    await page.context().setOffline(false);
    await olivia.press(olivia.button('Try again'));
    await olivia.heading('Contacts').waitFor();
    await olivia.leave();
  });

  it('an import whose answer was lost is the same one when it is asked for again', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page, say } = olivia;
    await page.goto('/contacts/import');
    await olivia.press(page.getByRole('tab', { name: say('import.paste') }));
    await olivia.field(say('import.rows')).fill('E-mail;Name\nonce@harbour.example;Once');
    await olivia.press(olivia.button(say('import.read')));
    await olivia.heading(say('import.columns')).waitFor();
    await page.getByRole('radio', { name: say('consent.customer'), exact: true }).check();
    const keys: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/contact-imports'))
        keys.push(request.headers()['idempotency-key']);
    });
    const lose = await lostOnTheWay(olivia, 'POST', '/contact-imports');
    const start = olivia.button(say('import.start'));
    await olivia.press(start);
    await lose();
    await page.getByRole('alert').waitFor();
    await olivia.press(start);
    await page.waitForURL(/\/contacts\/import\/[0-9a-f-]+$/);
    expect(keys).toHaveLength(2);
    expect(keys[1]).toBe(keys[0]);
    await olivia.leave();
  });
});
