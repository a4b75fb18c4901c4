import { RelayView } from '#contracts';
import { Person } from '../journeys/person.js';
import { Portal } from './portal.js';
import { screenProblems } from './screen-problems.js';

const HOST = 'mail.northwind.example';

describe('what a partner agrees to', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('is a server by its name before a launch, and can be withdrawn on the page of its vendors', async () => {
    const nora = await Person.signIn(portal.standalone.url, 'nora@northwind.example', 'northwind demo');
    await nora.call('relays', RelayView, {
      method: 'POST',
      json: {
        name: 'Ours',
        host: HOST,
        port: 587,
        tls: 'required',
        username: null,
        priority: 10,
        connections: 2,
        enabled: true,
      },
    });
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.page.getByText('Your consent is needed').waitFor();
    expect(await olivia.button('Launch').isDisabled()).toBe(true);
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.press(olivia.button(`Agree to ${HOST}`));
    await olivia.press(olivia.page.getByRole('dialog').getByRole('button', { name: `Agree to ${HOST}` }));
    await olivia.page.getByText(`${HOST}: Olivia Hart agreed on`).waitFor();
    expect(await olivia.button('Launch').isDisabled()).toBe(false);
    await olivia.page.goto('/vendors');
    await olivia.press(olivia.button(`Withdraw consent to ${HOST}`));
    await olivia.press(olivia.page.getByRole('dialog').getByRole('button', { name: `Withdraw consent to ${HOST}` }));
    await olivia.page.getByText('Your consent is needed').waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('are its totals: switched off, the vendor’s table says so', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.page.goto('/vendors');
    const shown = olivia.page.getByRole('switch', { name: 'Show our totals to Northwind Systems' });
    await shown.waitFor();
    expect(await shown.isChecked()).toBe(true);
    await olivia.press(shown);
    await olivia.page.getByText('Last changed by Olivia Hart').waitFor();
    await olivia.leave();
    const maya = await portal.signIn('maya@northwind.example');
    await maya.page.goto('/campaign-results');
    await maya.page.getByText(/^Not shared by .*Brightwater IT/).waitFor();
    await maya.leave();
  });
});
