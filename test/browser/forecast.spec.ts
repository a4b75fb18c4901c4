import { Portal } from './portal.js';

describe('before anything goes out', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('a partner sees who would get what when, who would not and why, and by whose clock', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.page.getByText('50 of 60 contacts will get it').waitFor();
    await olivia.press(olivia.button('See who gets which e-mail and when'));
    const dialog = olivia.page.getByRole('dialog');
    await dialog.getByText('50 of 60 contacts get at least one e-mail').waitFor();
    const days = dialog.getByRole('region', { name: 'By day' }).getByRole('listitem');
    expect(await days.count()).toBeGreaterThan(1);
    const people = dialog.getByRole('region', { name: 'By contact' });
    await people
      .getByRole('button', { name: /From .*, local time/ })
      .first()
      .click();
    await people
      .getByText(/time zone/)
      .first()
      .waitFor();
    await people.getByRole('button', { name: 'Show more' }).click();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('a vendor sees the same on samples, and changes them', async () => {
    const maya = await portal.signIn('maya@northwind.example', { path: '/campaigns' });
    await maya.press(maya.link('Cloud cost clarity'));
    await maya.press(maya.link('Version 1'));
    await maya.press(maya.page.getByRole('tab', { name: 'Sequence' }));
    const tokyo = maya.page.getByRole('group', { name: 'Test contact Tokyo' });
    await tokyo.getByRole('textbox', { name: 'Name' }).fill('Kyoto');
    await maya.press(maya.button('Remove London'));
    await maya.press(maya.button('Run simulation'));
    await maya.heading(/^Kyoto$/).waitFor();
    expect(await maya.heading(/^London$/).count()).toBe(0);
    await maya.heading(/^Contact that replies$/).waitFor();
    await maya.page.getByText(/^A forecast needs five partners that joined at least 30 days ago/).waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('a vendor sees a forecast with its margin, what is not in it, and how many are left', async () => {
    const maya = await portal.signIn('maya@northwind.example', { path: '/campaigns' });
    await maya.press(maya.link('Zero trust at the edge'));
    await maya.press(maya.link('Version 1'));
    await maya.press(maya.page.getByRole('tab', { name: 'Sequence' }));
    await maya.page.getByText(/^About \d+ of about \d+ contacts would get at least one e-mail \(± \d+\)\.$/).waitFor();
    const steps = maya.page.getByRole('table', { name: 'Forecast of contacts per step' });
    expect(await steps.getByText(/^about \d+ ± \d+$|^below \d+$/).count()).toBeGreaterThan(2);
    await maya.page.getByText('People on your own opt-out list are still counted here.').waitFor();
    await maya.page.getByText('20 forecasts a year, 19 left.').waitFor();
    await maya.page.getByText('The same content has one forecast in 30 days.').waitFor();
    await maya.picture('programme-dry-run');
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
