import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { lostOnTheWay, refused } from './network.js';
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
    await olivia.heading('Page not loaded').waitFor();
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
    // What was lost may be the answer alone.
    await page.getByRole('alert').getByText('may have been done').waitFor();
    await olivia.press(start);
    await page.waitForURL(/\/contacts\/import\/[0-9a-f-]+$/);
    expect(keys).toHaveLength(2);
    expect(keys[1]).toBe(keys[0]);
    await olivia.leave();
  });

  it('leaves the screen and what is typed in it to who comes back to the tab meanwhile', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page, say } = olivia;
    await page.goto('/team');
    await olivia.press(olivia.button(say('team.invite')));
    const dialog = page.getByRole('dialog', { name: say('team.invite') });
    await dialog.getByLabel(/^E-mail address/).fill('half.typed@');
    let failures = 0;
    page.on('requestfailed', (request) => {
      if (request.url().endsWith('/api/v1/session')) failures++;
    });
    await page.context().setOffline(true);
    await page.evaluate(COME_BACK);
    // It is asked three times before it is given up.
    await until(() => Promise.resolve(failures >= 3));
    await olivia.allThere();
    await page.context().setOffline(false);
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/v1/session'));
    await page.evaluate(COME_BACK);
    await (await answer).finished();
    await olivia.allThere();
    expect(await dialog.getByLabel(/^E-mail address/).inputValue()).toBe('half.typed@');
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('a running campaign says what of it was not done, is not of now, or is not known', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page, say } = olivia;
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.press(olivia.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    const path = new URL(page.url()).pathname;
    const [hold, resume] = [olivia.button(say('activation.hold')), olivia.button(say('activation.resume'))];
    const problem = page.getByRole('alert').filter({ hasText: say('problem.title') });
    const holds = await refused(olivia, 'POST', `${path}/hold`);
    await olivia.press(hold);
    await problem.waitFor();
    await olivia.picture('hold-not-done');
    expect(await violations(page)).toEqual([]);
    await holds();
    await olivia.press(hold);
    await resume.waitFor();
    expect(await problem.count()).toBe(0);
    await page.route(`**/api/v1${path}/late`, (route) => route.fulfill({ json: { steps: [] } }));
    const resumes = await refused(olivia, 'POST', `${path}/resume`);
    await olivia.press(resume);
    await problem.waitFor();
    await resumes();
    await olivia.press(resume);
    await hold.waitFor();
    expect(await problem.count()).toBe(0);

    const progress = await refused(olivia, 'GET', path);
    const note = page.getByRole('status').filter({ hasText: say('common.notRefreshed') });
    await note.waitFor();
    await olivia.picture('not-refreshed');
    expect(await violations(page)).toEqual([]);
    await hold.waitFor();
    await progress();
    await note.waitFor({ state: 'detached' });

    // Nothing is known of it yet: that is not nobody.
    const details = await refused(olivia, 'GET', path);
    await page.goto('/');
    await olivia.heading('Running now').waitFor();
    await problem.waitFor();
    expect(await page.getByText(/e-mails? sent, /).count()).toBe(0);
    await details();
    await olivia.press(olivia.button('Try again'));
    await page
      .getByText(/e-mails? sent, /)
      .first()
      .waitFor();
    await olivia.leave();
  });

  it('a host that could not be taken, or hosts that do not come, say so', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page, say } = olivia;
    const hosts = await refused(olivia, 'GET', '/verified-hosts');
    const problem = page.getByRole('alert').filter({ hasText: say('problem.title') });
    await page.goto('/brand');
    await problem.waitFor();
    await hosts();
    await olivia.press(olivia.button('Try again'));
    const card = page.getByRole('region', { name: say('brand.hosts.title') });
    await card.waitFor();
    const claims = await refused(olivia, 'POST', '/verified-hosts');
    await card.getByLabel(say('brand.hosts.another')).fill('shop.brightwater.example');
    await olivia.press(card.getByRole('button', { name: say('brand.hosts.make') }).last());
    await problem.waitFor();
    await claims();
    await olivia.leave();
  });
});

/** What a browser says when its tab is looked at again. */
const COME_BACK = "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";
