import { BrandProfile } from '#contracts';
import { until } from '../support/until.js';
import { screenProblems } from './screen-problems.js';
import { invited } from './first-launch.js';
import type { Portal } from './portal.js';
import { sharedPortal } from './shared-portal.js';

describe('a partner before its launch', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  it('who types its website’s colours and drops no logo sees them at once, is told what is missing, and keeps them', async () => {
    const rosa = await portal.visit(await invited(portal, { name: 'Tidewater IT', email: 'rosa@tidewater.example' }));
    const { page } = rosa;
    await rosa.field('Your name').fill('Rosa Tide');
    await rosa.field('Password').fill('seven quiet lanterns');
    await rosa.press(rosa.page.getByRole('radio', { name: 'No, do not show them' }));
    await rosa.press(rosa.button('Accept invitation'));
    await rosa.press(rosa.link('Fill in (2 min)'));
    const mail = page.getByTitle('Preview of the e-mail');
    const shows = (colour: string) =>
      until(async () => ((await mail.getAttribute('srcdoc')) ?? '').includes(colour), `the mail in ${colour}`);
    const stillNeeded = page.getByRole('alert', { name: 'Missing before you can launch' }).getByRole('listitem');
    const kept = async () => BrandProfile.parse(await (await page.request.get('/api/v1/brand-profile')).json());

    await rosa.field('Website').fill('https://www.tidewater.example');
    await rosa.field('Privacy policy').fill('https://www.tidewater.example/privacy');
    await rosa.field('Postal address').fill('4 Quay Street\nLeeds LS1 4AB');
    await rosa.field('Primary').fill('#7a1fa2');
    await shows('#7a1fa2');
    await rosa.field('Text on primary').fill('#8a2fb2');
    await rosa.field('Links').fill('#7a1fa2');
    expect(await kept()).toMatchObject({ colours: null, website: null });
    await rosa.press(rosa.button('Save'));
    await stillNeeded.getByText(/^Text on your primary colour/).waitFor();
    await stillNeeded.getByText('Logo.').waitFor();
    expect(await stillNeeded.count()).toBe(2);
    await rosa.picture('brand-colours-typed');
    await rosa.press(page.getByRole('button', { name: /^Use #/ }));
    await rosa.press(rosa.button('Save'));
    await stillNeeded.getByText(/^Text on your primary colour/).waitFor({ state: 'hidden' });
    expect(await stillNeeded.allTextContents()).toEqual(['Logo.']);
    expect(await screenProblems(rosa)).toEqual([]);
    expect((await kept()).colours).toMatchObject({ primary: '#7a1fa2', link: '#7a1fa2' });

    await page.reload();
    await shows('#7a1fa2');
    expect(await rosa.field('Primary').inputValue()).toBe('#7a1fa2');
    expect(await stillNeeded.allTextContents()).toEqual(['Logo.']);
    await page.getByLabel('Logo', { exact: true }).setInputFiles('templates/seed/logos/brightwater.svg');
    await page.getByText('You can launch all campaigns that are open to you.').waitFor();
    expect((await kept()).colours).toMatchObject({ primary: '#7a1fa2', link: '#7a1fa2' });
    await shows('#7a1fa2');
    expect(rosa.errors).toEqual([]);
    await rosa.leave();
  });

  it('records on what basis it may write, and goes on when another tab has signed in anew', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example', { path: '/contacts' });
    await olivia.page.getByRole('row').nth(1).getByRole('button').click();
    const basis = olivia.page.getByRole('combobox', { name: 'New permission' });
    await basis.selectOption('Opt-in (consent)');
    await olivia.field('Proof').fill('Form at the fair, 3 November');
    // The other tab shares the cookie, and its new session makes this one's
    // token old.
    const other = await olivia.page.context().newPage();
    await other.request.delete('/api/v1/session');
    await other.request.post('/api/v1/session', {
      data: { email: 'olivia@brightwater.example', password: 'northwind demo' },
    });
    await other.close();
    await olivia.press(olivia.button('Save permission'));
    await olivia.page.getByText('Permission saved.').waitFor();
    await olivia.page.getByRole('dialog').getByText('Opt-in (consent)', { exact: true }).first().waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('signs in again over what it was writing when the session ends', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    await olivia.field('Personal introduction').fill('A day of our time.');
    await olivia.page.context().clearCookies();
    const dialog = olivia.page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog
      .getByLabel(/^Password/)
      .first()
      .fill('northwind demo');
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await olivia.field('Personal introduction').inputValue()).toBe('A day of our time.');
    await olivia.leave();
  });
});
