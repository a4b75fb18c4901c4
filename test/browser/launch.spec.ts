import { until } from '../support/until.js';
import { Portal } from './portal.js';

describe('a partner', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('launches two clicks from home, holds, resumes and stops', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.heading('Hello Olivia').waitFor();
    olivia.clicks = 0;
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.page.getByText('50 of 60 contacts will get it').waitFor();
    await olivia.press(olivia.button('Launch'));
    await olivia.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    expect(olivia.clicks).toBe(2);
    const status = olivia.page.getByRole('main').getByText(/^(?:Running|On hold|Stopped)$/);
    await olivia.page.getByRole('main').getByText('Running', { exact: true }).waitFor();
    await olivia.press(olivia.button('Hold'));
    await olivia.button('Resume').waitFor();
    expect(await status.first().textContent()).toBe('On hold');
    await olivia.press(olivia.button('Resume'));
    await olivia.button('Hold').waitFor();
    await olivia.press(olivia.button('Stop'));
    const dialog = olivia.page.getByRole('dialog');
    await dialog.getByText('Nothing more goes out to anybody.').waitFor();
    await olivia.press(dialog.getByRole('button', { name: 'Stop' }));
    await olivia.page.getByRole('main').getByText('Stopped', { exact: true }).waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('who was invited a minute ago launches for the first time within twelve clicks', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.press(maya.link('Partners'));
    await maya.press(maya.button('Invite a partner'));
    await maya.field('Company').fill('Lakeside Networks');
    await maya.field('E-mail address of its first person').fill('ines@lakeside.example');
    await maya.page.getByRole('combobox', { name: 'Country' }).fill('United King');
    await maya.page.getByRole('option', { name: 'United Kingdom' }).click();
    await maya.field('Tier').fill('gold');
    await maya.field('Region').fill('emea');
    await maya.press(maya.button('Send the invitation'));
    await maya.page.getByText('Lakeside Networks is invited; the e-mail is on its way.').waitFor();
    await maya.leave();

    let link: string | undefined;
    await until(async () => {
      const [mail] = await portal.standalone.mailbox.of('ines@lakeside.example');
      link = /https?:\/\/\S+\/invitation\/[\w-]+/.exec(mail?.text ?? '')?.[0];
      return link !== undefined;
    });
    const ines = await portal.visit(new URL(link ?? '').pathname);
    await ines.field('Your name').fill('Ines Moreau');
    await ines.field('Password').fill('seven quiet lanterns');
    await ines.press(ines.button('Accept the invitation'));
    await ines.press(ines.link('Complete it'));

    await ines.page.getByLabel('Logo', { exact: true }).setInputFiles('templates/seed/logos/brightwater.svg');
    ines.clicks++;
    await ines.page.getByAltText('Your logo on white').waitFor();
    await ines.field('Website').fill('https://www.lakeside.example');
    await ines.field('Postal address').fill('4 Quay Street\nLeeds LS1 4AB');
    await ines.press(ines.button('Save'));
    await ines.page.getByText('You can launch every campaign that is open to you.').waitFor();

    await ines.press(ines.link('Contacts'));
    await ines.press(ines.link('Import'));
    await ines.button('A file').setInputFiles({
      name: 'customers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('\ufeffE-mail;First name\r\nada@harbour.example;Ada\r\n', 'utf8'),
    });
    ines.clicks++;
    await ines.heading('Do the columns fit?').waitFor();
    await ines.press(ines.page.getByRole('radio', { name: 'Customer' }));
    await ines.press(ines.button('Import'));
    await ines.page.getByText('Completed', { exact: true }).waitFor();
    await ines.press(ines.link('Go to the campaigns'));

    await ines.press(ines.link('Review Zero trust at the edge'));
    await ines.page.getByText('1 of 1 contacts will get it').waitFor();
    await ines.press(ines.button('Launch'));
    await ines.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    expect(ines.clicks).toBeLessThanOrEqual(12);
    expect(ines.errors).toEqual([]);
    await ines.leave();
  });

  it('sees a campaign in its own brand with the words it is writing', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    const mail = olivia.page.frameLocator('iframe[title="The e-mail as a recipient sees it"]');
    await mail.getByRole('img', { name: 'Brightwater IT' }).first().waitFor();
    await olivia.field('Personal introduction').fill('We are the people <b>next</b> door & glad of it.');
    await mail.getByText('We are the people <b>next</b> door & glad of it.').waitFor();
    await olivia.press(olivia.button('Send me a test'));
    await olivia.page.getByText('The test is on its way to olivia@brightwater.example.').waitFor();
    await until(async () => {
      const mails = await portal.standalone.mailbox.of('olivia@brightwater.example');
      return mails.some(({ html }) => html.includes('We are the people &lt;b&gt;next&lt;/b&gt; door'));
    });
    await olivia.leave();
  });

  it('records on what basis it may write, and goes on when another tab has signed in anew', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.page.goto('/contacts');
    await olivia.page.getByRole('row').nth(1).getByRole('button').click();
    const basis = olivia.page.getByRole('combobox', { name: 'Write to this person as' });
    await basis.selectOption('Opted in');
    await olivia.field('Evidence').fill('Form at the fair, 3 November');
    // The other tab shares the cookie, and its new session makes this one's token old.
    const other = await olivia.page.context().newPage();
    await other.request.delete('/api/v1/session');
    await other.request.post('/api/v1/session', {
      data: { email: 'olivia@brightwater.example', password: 'northwind demo' },
    });
    await other.close();
    await olivia.press(olivia.button('Record'));
    await olivia.page.getByText('Recorded.').waitFor();
    await olivia.page.getByRole('dialog').getByText('Opted in', { exact: true }).first().waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('signs in again over what it was writing when the session ends', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    await olivia.field('Your offer').fill('A day of our time.');
    await olivia.page.context().clearCookies();
    const dialog = olivia.page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog
      .getByLabel(/^Password/)
      .first()
      .fill('northwind demo');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await olivia.field('Your offer').inputValue()).toBe('A day of our time.');
    await olivia.leave();
  });
});
