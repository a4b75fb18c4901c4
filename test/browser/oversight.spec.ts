import { amiss } from './amiss.js';
import { Portal } from './portal.js';

describe('what waits for somebody', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('a vendor sees who was invited and did nothing, sends the invitation again, and withdraws it', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.page.goto('/partners');
    await maya.press(maya.button('Invite a partner'));
    await maya.field('Company').fill('Harbour Systems');
    await maya.field('E-mail address of its first person').fill('frist@harbour.example');
    await maya.field('Country').fill('United King');
    await maya.page.getByRole('option', { name: 'United Kingdom' }).click();
    await maya.field('Tier').fill('gold');
    await maya.field('Region').fill('emea');
    await maya.press(maya.button('Send the invitation'));

    await maya.press(maya.page.getByText(/^Invited, did nothing \(\d+\)$/));
    const row = maya.page.getByRole('row', { name: /Harbour Systems/ });
    await row.getByText('frist@harbour.example', { exact: true }).waitFor();
    await row.getByText(/^Sent .* by Maya/).waitFor();
    await maya.press(row.getByRole('button', { name: 'Send again' }));
    const again = maya.page.getByRole('dialog', { name: 'Invite Harbour Systems again' });
    await again.getByLabel(/^E-mail address/).fill('first@harbour.example');
    await maya.press(again.getByRole('button', { name: 'Send the invitation' }));
    await row.getByText('first@harbour.example', { exact: true }).waitFor();
    await again.waitFor({ state: 'hidden' });
    expect(await amiss(maya)).toEqual([]);
    await maya.picture('partners-invited');

    await maya.press(row.getByRole('button', { name: 'Withdraw' }));
    const sure = maya.page.getByRole('dialog', { name: 'Withdraw the invitation of Harbour Systems?' });
    await maya.press(sure.getByRole('button', { name: 'Withdraw' }));
    await row.waitFor({ state: 'detached' });
    await maya.press(maya.page.getByText('Ended (1)', { exact: true }));
    await row.waitFor();

    await maya.press(maya.page.getByText(/^Launched \(\d+\)$/));
    await maya.page.getByText('Has launched · Brand profile filled in').first().waitFor();
    expect(await maya.page.getByText('Nothing launched yet').count()).toBe(0);
    await maya.press(maya.page.getByText(/^Accepted, nothing launched \(\d+\)$/));
    await maya.page.getByText('Nothing launched yet').first().waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it.each(['en', 'de'] as const)(
    'a vendor sees on the shelf who may run a campaign, when, and how many do: %s',
    async (language) => {
      const maya = await portal.signIn('maya@northwind.example', { language });
      const { page, say } = maya;
      const offered = page.getByRole('img', { name: say('campaigns.offeredHow') });
      await offered.first().waitFor();
      await page
        .getByText(/^All partners, (from|von) .*20\d\d (to|bis) .*20\d\d$/)
        .first()
        .waitFor();
      await page
        .getByText(say('campaigns.running', { count: 1 }))
        .first()
        .waitFor();
      expect(await amiss(maya)).toEqual([]);
      await maya.picture(`${language === 'de' ? 'de-' : ''}campaigns-offered`);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 375, height: 812 });
      await page.waitForTimeout(400);
      await maya.picture(`${language === 'de' ? 'de-' : ''}campaigns-offered-narrow-dark`);
      await maya.leave();
    },
  );

  it('a partner finds whom it may not write to, and records a basis for all of them', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.page.goto('/contacts');
    await olivia.field('Basis to write').selectOption('Recorded');
    const match = olivia.page.getByText(/^\d+ contacts match$/);
    await match.waitFor();
    await olivia.field('Suppression').selectOption('Not suppressed');
    await olivia.press(olivia.button('Record a basis for all of them'));
    const dialog = olivia.page.getByRole('dialog', { name: /^Record a basis for \d+ contacts$/ });
    const record = dialog.getByRole('button', { name: /^Record for \d+ contacts$/ });
    await olivia.press(record);
    await dialog.getByText('Say what shows it: for so many at once this basis counts only with evidence.').waitFor();
    await dialog.getByLabel('Evidence').fill('Sign-up form of the spring fair');
    expect(await amiss(olivia)).toEqual([]);
    await olivia.picture('contacts-consent');
    await olivia.press(record);
    await olivia.page.getByText(/^Recorded for \d+ contacts\.$/).waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await olivia.press(olivia.page.getByRole('row').nth(1).getByRole('button'));
    await olivia.page.getByRole('dialog').getByText('Opted in', { exact: true }).first().waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });
});
