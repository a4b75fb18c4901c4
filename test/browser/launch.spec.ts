import { until } from '../support/until.js';
import { firstLaunch } from './first-launch.js';
import type { Portal } from './portal.js';
import { sharedPortal } from './shared-portal.js';

describe('a partner', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  it('launches two clicks from home, holds, resumes and stops', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.heading('Hello Olivia').waitFor();
    olivia.clicks = 0;
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.page.getByText('50 of 60 contacts will get it').waitFor();
    await olivia.press(olivia.button('Launch'));
    await olivia.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    expect(olivia.clicks).toBe(2);
    const status = olivia.page.getByRole('main').getByText(/^(?:Running|Paused|Stopped)$/);
    await olivia.page.getByRole('main').getByText('Running', { exact: true }).waitFor();
    await olivia.press(olivia.button('Pause'));
    await olivia.button('Resume').waitFor();
    expect(await status.first().textContent()).toBe('Paused');
    // Who is late by now is asked before it goes on; without an answer it does
    // not.
    const isLate = ({ pathname }: URL): boolean => pathname.endsWith('/late');
    await olivia.page.route(isLate, (route) => route.abort());
    await olivia.press(olivia.button('Resume'));
    const late = olivia.page.getByRole('dialog', { name: 'Overdue steps' });
    await late.getByText(/^Throughline cannot be reached/).waitFor();
    expect(await late.getByRole('button', { name: 'Resume' }).isDisabled()).toBe(true);
    await olivia.page.unroute(isLate);
    await olivia.press(late.getByRole('button', { name: 'Try again' }));
    await olivia.press(late.getByRole('button', { name: 'Resume' }));
    await olivia.button('Pause').waitFor();
    await olivia.press(olivia.button('Stop'));
    const dialog = olivia.page.getByRole('dialog');
    await dialog.getByText('No more e-mails are sent.').waitFor();
    await olivia.press(dialog.getByRole('button', { name: 'Stop' }));
    await olivia.page.getByRole('main').getByText('Stopped', { exact: true }).waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('who was invited a minute ago launches for the first time within twelve clicks', async () => {
    const ines = await firstLaunch(portal, { name: 'Lakeside Networks', email: 'ines@lakeside.example' });
    expect(ines.clicks).toBeLessThanOrEqual(12);
    expect(ines.errors).toEqual([]);
    await ines.leave();
  });

  it('sees a campaign in its own brand with the words it is writing', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    const mail = olivia.page.frameLocator('iframe[title="Preview of the e-mail"]');
    await mail.getByRole('img', { name: 'Brightwater IT' }).first().waitFor();
    await olivia.field('Personal introduction').fill('We are the people <b>next</b> door & glad of it.');
    await mail.getByText('We are the people <b>next</b> door & glad of it.').waitFor();
    await olivia.press(olivia.button('Send test e-mail'));
    await olivia.page.getByText('Test e-mail sent to olivia@brightwater.example.').waitFor();
    await until(async () => {
      const mails = await portal.standalone.mailbox.mailsTo('olivia@brightwater.example');
      return mails.some(({ html }) => html.includes('We are the people &lt;b&gt;next&lt;/b&gt; door'));
    });
    await olivia.leave();
  });
});
