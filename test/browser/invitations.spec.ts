import { Partners } from '#contracts';
import { violations } from '../support/axe.js';
import { Portal, type Visitor } from './portal.js';

const HEADING = 'company;email;country;tier;region;external id;Security specialist';
const INVITATIONS = '/api/v1/partners/invitations';

describe('invitations from a file', () => {
  let portal: Portal;
  let maya: Visitor;
  beforeAll(async () => {
    portal = await Portal.open();
    maya = await portal.signIn('maya@northwind.example');
  });
  afterAll(() => portal.close());

  const chosen = async (heading: string, rows: readonly string[]): Promise<void> => {
    await maya.page.goto('/partners');
    await maya.press(maya.link('Import partners'));
    const buffer = Buffer.from([heading, ...rows].join('\r\n'));
    await maya.page.locator('input[type=file]').setInputFiles({ name: 'p.csv', mimeType: 'text/csv', buffer });
  };
  const named = async (name: string): Promise<number> => {
    const answer = await maya.page.request.get(`/api/v1/partners?limit=200&q=${encodeURIComponent(name)}`);
    return Partners.parse(await answer.json()).items.length;
  };

  it('are previewed, sent once, and change what is known already', async () => {
    const rows = [
      'Mole One;one@mole.example;United Kingdom;gold;emea;M-1;2030-12-31',
      'Mole Two;two@mole.example;GB;gold;emea;M-2;',
      'Mole Three;nobody;GB;gold;emea;M-3;',
      'Kessler Systemhaus;;;;dach;;',
    ];
    await chosen(HEADING, rows);
    await maya.page.getByText('2 new, 1 changed, 0 unchanged, 1 refused').waitFor();
    await maya.page.getByText('Region: emea → dach').waitFor();
    await maya.page.getByText('“nobody” is not an e-mail address.').waitFor();
    expect(await named('Mole')).toBe(0);
    expect(await violations(maya.page)).toEqual([]);
    await maya.picture('partners-import-preview');
    await maya.press(maya.button('Import'));
    await maya.press(maya.page.getByRole('dialog').getByRole('button', { name: 'Import' }));
    await maya.page.getByText('Partners added: 2. Partners changed: 1.').waitFor();
    await maya.picture('partners-import-done');
    expect(await named('Mole')).toBe(2);
    await chosen(HEADING, rows);
    await maya.page.getByText('0 new, 0 changed, 3 unchanged, 1 refused').waitFor();
    await maya.page.getByText('There is nothing to import.').waitFor();
    expect(maya.errors).toEqual([]);
  });

  it('of one partner is the same invitation when it is sent again after a silence', async () => {
    await maya.page.goto('/partners');
    await maya.press(maya.button('Invite a partner'));
    const one = maya.page.getByRole('dialog', { name: 'Invite a partner' });
    await one.getByLabel('Company').fill('Shrew Ltd');
    await one.getByLabel('Main contact’s e-mail').fill('owner@shrew.example');
    await one.getByRole('combobox', { name: 'Country' }).fill('United King');
    await maya.page.getByRole('option', { name: 'United Kingdom' }).click();
    await one.getByLabel('Tier').fill('gold');
    await one.getByLabel('Region').fill('emea');
    await maya.page.route(`**${INVITATIONS}`, async (route) => {
      await route.fetch();
      return route.abort('connectionreset');
    });
    const send = one.getByRole('button', { name: 'Send the invitation' });
    await maya.press(send);
    await one.getByText('Throughline cannot be reached.').waitFor();
    await maya.page.unroute(`**${INVITATIONS}`);
    await maya.press(send);
    await maya.page.getByText('Invitation sent to Shrew Ltd.').waitFor();
    expect(await named('Shrew')).toBe(1);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
