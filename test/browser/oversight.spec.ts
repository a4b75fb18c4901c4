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

    await maya.press(maya.page.getByRole('radio', { name: /^Invited, did nothing \(\d+\)$/ }));
    const row = maya.page.getByRole('row', { name: /Harbour Systems/ });
    await row.getByText(/^frist@harbour\.example, sent .* by Maya/).waitFor();
    await maya.press(row.getByRole('button', { name: 'Send again' }));
    const again = maya.page.getByRole('dialog', { name: 'Invite Harbour Systems again' });
    await again.getByLabel(/^E-mail address/).fill('first@harbour.example');
    await maya.press(again.getByRole('button', { name: 'Send the invitation' }));
    await row.getByText(/^first@harbour\.example, sent/).waitFor();
    await maya.picture('partners-invited');

    await maya.press(row.getByRole('button', { name: 'Withdraw' }));
    const sure = maya.page.getByRole('dialog', { name: 'Withdraw the invitation of Harbour Systems?' });
    await maya.press(sure.getByRole('button', { name: 'Withdraw' }));
    await row.waitFor({ state: 'detached' });
    await maya.press(maya.page.getByRole('radio', { name: 'Ended (1)' }));
    await row.waitFor();

    await maya.press(maya.page.getByRole('radio', { name: /^Launched \(\d+\)$/ }));
    await maya.page.getByText('Has launched').first().waitFor();
    expect(await maya.page.getByText('Nothing launched yet').count()).toBe(0);
    await maya.press(maya.page.getByRole('radio', { name: /^Accepted, nothing launched \(\d+\)$/ }));
    await maya.page.getByText('Nothing launched yet').first().waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
