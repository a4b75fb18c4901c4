import { violations } from '../support/axe.js';
import { type NameServer, openNameServer } from '../support/name-server.js';
import { invited } from './first-launch.js';
import { Portal, type Visitor } from './portal.js';

const EMAIL = 'noah.alderside@gmail.com';
const PASSWORD = 'seven quiet lanterns';
const NARROW = { width: 375, touch: true, language: 'de' } as const;

describe('a partner whose mailbox says nothing of its website', () => {
  let names: NameServer;
  let portal: Portal;
  beforeAll(async () => {
    names = await openNameServer();
    portal = await Portal.open({ DNS_SERVERS: names.address });
  });
  afterAll(async () => {
    await portal.close();
    await names.close();
  });

  const looksRight = async (visitor: Visitor, picture: string): Promise<void> => {
    await visitor.picture(picture);
    expect(await violations(visitor.page)).toEqual([]);
    expect(visitor.errors).toEqual([]);
    const { page } = visitor;
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
      true,
    );
  };

  it('is told so, copies the record that proves it, checks it, and may launch', async () => {
    const noah = await portal.visit(await invited(portal, { name: 'Alderside IT', email: EMAIL }));
    await noah.field('Your name').fill('Noah Alder');
    await noah.field('Password').fill(PASSWORD);
    await noah.press(noah.page.getByRole('radio', { name: 'No, do not show them' }));
    await noah.press(noah.button('Accept invitation'));
    await noah.press(noah.link('Fill in (2 min)'));
    await noah.page.getByLabel('Logo', { exact: true }).setInputFiles('templates/seed/logos/brightwater.svg');
    await noah.page.getByAltText('Your logo on white').waitFor();
    await noah.field('Website').fill('www.alderside.example');
    await noah.field('Privacy policy').fill('www.alderside.example/privacy');
    await noah.field('Postal address').fill('4 Quay Street\nLeeds LS1 4AB');
    await noah.press(noah.button('Save'));

    const hosts = noah.page.getByRole('region', { name: 'Your web addresses' });
    await hosts.getByText('www.alderside.example is not confirmed yet').waitFor();
    await noah.page.getByText(/Confirmation of your website/).waitFor();
    const record = noah.page.getByRole('region', { name: 'alderside.example', exact: true });
    const name = '_throughline.alderside.example';
    await record.getByText(name, { exact: true }).waitFor();
    const value = await record.getByText(/^throughline-host=[0-9a-f]{40}$/).textContent();
    await noah.press(record.getByRole('button', { name: 'Check now' }));
    await record.getByText(/Record not found yet/).waitFor();
    await looksRight(noah, 'hosts-unproved');

    const narrow = await portal.visit('/brand', NARROW);
    await narrow.signIn(EMAIL, PASSWORD);
    await narrow.page.goto('/brand');
    await narrow.page.getByText('www.alderside.example ist noch nicht bestätigt').waitFor();
    await narrow.page.getByText('Eintrag noch nicht gefunden. DNS-Änderungen können einige Minuten dauern.').waitFor();
    await looksRight(narrow, 'hosts-unproved-narrow-german');
    const another = narrow.field('Weitere Website hinzufügen');
    const shared = narrow.page.getByText(/^Unter co.uk kann jeder einen Namen haben/);
    await another.fill('co.uk');
    await narrow.press(narrow.button('DNS-Eintrag erstellen'));
    await shared.waitFor();
    await another.fill('Bücher-Noah.example');
    await narrow.press(narrow.button('DNS-Eintrag erstellen'));
    await narrow.page.getByText('(bücher-noah.example)').waitFor();
    await looksRight(narrow, 'hosts-in-letters-narrow-german');
    await narrow.press(
      narrow.page
        .getByRole('region', { name: 'xn--bcher-noah-9db.example' })
        .getByRole('button', { name: 'Entfernen' }),
    );
    await narrow.press(narrow.page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }));
    await narrow.page.getByText('(bücher-noah.example)').waitFor({ state: 'hidden' });
    await narrow.leave();

    names.set('TXT', name, value ?? '');
    await noah.press(record.getByRole('button', { name: 'Check now' }));
    await noah.page.getByText('You can launch all campaigns that are open to you.').waitFor();
    await hosts.getByText(/confirmed by its DNS record/).waitFor();
    await looksRight(noah, 'hosts-proved');

    await noah.field('Add another website').fill('https://shop.alderside.example');
    await noah.press(hosts.getByRole('button', { name: 'Create DNS record' }));
    await hosts.getByText(/without https:\/\//).waitFor();
    await noah.field('Add another website').fill('Shop.Alderside-Events.example');
    await noah.press(hosts.getByRole('button', { name: 'Create DNS record' }));
    await noah.page.getByText('_throughline.shop.alderside-events.example', { exact: true }).waitFor();
    const other = noah.page.getByRole('region', { name: 'shop.alderside-events.example', exact: true });
    await noah.press(other.getByRole('button', { name: 'Remove' }));
    const sure = noah.page.getByRole('dialog');
    await noah.press(sure.getByRole('button', { name: 'Remove' }));
    await other.waitFor({ state: 'hidden' });
    await sure.waitFor({ state: 'hidden' });
    await looksRight(noah, 'hosts-in-order');
    await noah.leave();
  });

  it('of the usual kind, invited at its own domain, has nothing to do, and sees why', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.page.goto('/brand');
    const hosts = olivia.page.getByRole('region', { name: 'Your web addresses' });
    await hosts.getByText(/a person with a mailbox there accepted an invitation/).waitFor();
    await olivia.page.getByText('You can launch all campaigns that are open to you.').waitFor();
    await looksRight(olivia, 'hosts-by-mailbox');
    await olivia.leave();
  });
});
