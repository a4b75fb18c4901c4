import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { until } from '../support/until.js';
import { screenProblems } from './screen-problems.js';
import { Portal } from './portal.js';

const JONAS = 'jonas@kessler.example';
const NEW_PASSWORD = 'eleven wet umbrellas';

describe('what everybody does once in a while', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('sets another password by the link that was asked for, once, and gets in with no other', async () => {
    const jonas = await portal.visit('/');
    const { page } = jonas;
    await jonas.press(jonas.link('Forgot your password?'));
    await jonas.heading('Reset your password').waitFor();
    await jonas.field('E-mail address').fill(JONAS);
    await jonas.press(jonas.button('Send link'));
    await page.getByText(`If ${JONAS} has an account`).waitFor();
    let address: string | undefined;
    await until(async () => {
      const mails = await portal.standalone.mailbox.mailsTo(JONAS);
      address = mails.map(({ text }) => /\/password\/[\w-]+/.exec(text)?.[0]).find((found) => found !== undefined);
      return address !== undefined;
    });
    await page.goto(address!);
    await jonas.field('New password').fill('short');
    await jonas.press(jonas.button('Set password'));
    await page.getByRole('alert').waitFor();
    await jonas.field('New password').fill(NEW_PASSWORD);
    await jonas.press(jonas.button('Set password'));
    await page.getByText('Your password has been changed.').waitFor();
    expect(await screenProblems(jonas)).toEqual([]);

    await jonas.press(jonas.link('Sign in'));
    await jonas.link('Forgot your password?').waitFor();
    await jonas.field('E-mail address').fill(JONAS);
    await jonas.field('Password').fill('northwind demo');
    await jonas.press(jonas.button('Sign in'));
    await page.getByRole('alert').waitFor();
    await jonas.signIn(JONAS, NEW_PASSWORD);
    await page.goto(address!);
    await jonas.field('New password').fill('a second one of it');
    await jonas.press(jonas.button('Set password'));
    await page.getByRole('alert').waitFor();
    expect(jonas.errors).toEqual([]);
    await jonas.leave();
  });

  it('chooses a language and a light, which stay', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    const html = page.locator('html');
    const menu = page.getByRole('button', { name: /Account, language and appearance|Konto/ });
    await olivia.press(menu);
    await olivia.press(page.getByRole('menuitem', { name: 'Dark' }));
    await olivia.press(menu);
    await olivia.press(page.getByRole('menuitem', { name: 'Deutsch' }));
    await olivia.heading('Hallo Olivia').waitFor();
    await page.reload();
    await olivia.heading('Hallo Olivia').waitFor();
    expect(await html.getAttribute('lang')).toBe('de');
    expect(await html.getAttribute('data-mantine-color-scheme')).toBe('dark');
    await olivia.press(menu);
    await olivia.press(page.getByRole('menuitem', { name: 'English' }));
    await olivia.heading('Hello Olivia').waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('changes name and date format on the account page, and sees them at once', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    await olivia.press(page.getByRole('button', { name: /Account, language and appearance/ }));
    await olivia.press(page.getByRole('menuitem', { name: 'Your account' }));
    await olivia.heading('Your account').waitFor();
    await olivia.field('Name').fill('Olivia Brook');
    await page.getByRole('combobox', { name: /^Dates, times and numbers/ }).click();
    await page.getByRole('option', { name: 'Germany' }).click();
    await page.getByText('Example: 31/12/2026, 15:30, 12.345,6').waitFor();
    await olivia.press(olivia.button('Save profile'));
    await page.getByText('Your profile is saved.').waitFor();
    await page.getByRole('banner').getByText('Olivia Brook').waitFor();
    const leads = page.getByRole('row', { name: /^Leads / }).getByRole('combobox');
    await leads.selectOption('none');
    await page.waitForResponse((answer) => answer.url().endsWith('/account/notifications') && answer.ok());
    await page.reload();
    await olivia.heading('Your account').waitFor();
    expect(await leads.inputValue()).toBe('none');
    expect(await page.getByRole('combobox', { name: /^Dates, times and numbers/ }).inputValue()).toBe('Germany');
    await olivia.press(olivia.button('Leave the organisation'));
    await olivia.press(page.getByRole('dialog').getByRole('button', { name: 'Leave the organisation' }));
    // Olivia is the only owner.
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(olivia.errors.filter((error) => !error.includes('409'))).toEqual([]);
    await olivia.leave();
  });

  it('finds one of many campaigns by its words', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    // More than one screen of them, each as the server answers it.
    await page.route('**/api/v1/offers', async (route) => {
      const answer = await route.fetch();
      const { items } = (await answer.json()) as { items: { title: string }[] };
      const many = Array.from({ length: 12 }, (_, at) => ({
        ...items[0],
        versionId: randomUUID(),
        title: `Plan ${at}`,
        titles: { en: `Plan ${at}` },
      }));
      await route.fulfill({ response: answer, json: { items: [...items, ...many] } });
    });
    await page.reload();
    const plans = page.getByRole('link', { name: /^Review Plan / });
    await olivia.link('Review Plan 3').waitFor();
    await olivia.field('Search campaigns').fill('EDGE  zero');
    await olivia.link('Review Zero trust at the edge').waitFor();
    await olivia.link('Review Plan 3').waitFor({ state: 'detached' });
    expect(await plans.count()).toBe(0);
    await olivia.field('Search campaigns').fill('edge plan');
    await page.getByText('No campaigns found').waitFor();
    await olivia.field('Search campaigns').fill('plan 11');
    await olivia.link('Review Plan 11').waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('takes the documents and posts of a running campaign away', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.press(olivia.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    const paper = page.getByRole('link', { name: /\(PDF\)$/ }).first();
    const [download] = await Promise.all([page.waitForEvent('download'), olivia.press(paper)]);
    expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-');
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    // They are made one after the other: what comes later appears without being
    // asked for.
    await olivia.press(olivia.button('Copy text and link').first());
    await olivia.button('Copied').first().waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    const pageUrl = await page.getByRole('link', { name: 'Your landing page' }).getAttribute('href');
    expect(copied.endsWith(`\n${pageUrl}?source=post`)).toBe(true);
    expect(copied.length).toBeGreaterThan(`\n${pageUrl}`.length + 20);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });
});
