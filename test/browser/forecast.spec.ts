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
    const maya = await portal.signIn('maya@northwind.example');
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
    await maya.press(maya.button('Calculate'));
    await maya.page
      .getByText(/^Fewer than five partners have a default list|would get at least one e-mail\.$/)
      .waitFor();
    await maya.picture('programme-dry-run');
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
