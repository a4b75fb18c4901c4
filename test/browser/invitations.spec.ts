import { Partners } from '#contracts';
import { violations } from '../support/axe.js';
import { Portal, type Visitor } from './portal.js';

const HEADING = 'company,email,country,tier,region';
const INVITATIONS = '/api/v1/partners/invitations';

describe('invitations from a file', () => {
  let portal: Portal;
  let maya: Visitor;
  beforeAll(async () => {
    portal = await Portal.open();
    maya = await portal.signIn('maya@northwind.example');
  });
  afterAll(() => portal.close());

  const chosen = async (rows: readonly string[]): Promise<void> => {
    await maya.page.goto('/partners');
    await maya.press(maya.button('Import partners'));
    const buffer = Buffer.from([HEADING, ...rows].join('\n'));
    await maya.page.locator('input[type=file]').setInputFiles({ name: 'p.csv', mimeType: 'text/csv', buffer });
    await maya.page.getByText(`${rows.length} rows, ${rows.length} of them ready`).waitFor();
  };
  const dialog = () => maya.page.getByRole('dialog', { name: 'Import partners' });
  const press = (name: string) => maya.press(dialog().getByRole('button', { name, exact: true }).last());
  const named = async (name: string): Promise<number> => {
    const answer = await maya.page.request.get(`/api/v1/partners?limit=200&q=${encodeURIComponent(name)}`);
    return Partners.parse(await answer.json()).items.length;
  };

  it('go one after the other; what failed is sent again by itself, and nobody becomes a second partner', async () => {
    await chosen([
      'Mole One,one@mole.example,GB,gold,emea',
      'Mole Two,two@mole.example,GB,gold,emea',
      'Mole Three,three@mole.example,DE,gold,emea',
    ]);
    // The second is heard, and its answer lost: nobody here can tell that it
    // went.
    await maya.page.route(`**${INVITATIONS}`, async (route) => {
      if (route.request().postData()?.includes('two@mole.example') !== true) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await press('Send 3 invitations');
    await dialog().getByText('Sent: 2. Failed: 1. Not sent: 0.').waitFor();
    await dialog().getByText('Throughline cannot be reached.').waitFor();
    expect(await violations(maya.page)).toEqual([]);
    await maya.picture('invite-many-failed');
    await maya.page.unroute(`**${INVITATIONS}`);
    const again: string[] = [];
    maya.page.on('request', (request) => {
      if (request.url().endsWith(INVITATIONS)) again.push(request.postData() ?? '');
    });
    await press('Send the 1 that failed again');
    await dialog().getByText('Sent: 3. Failed: 0. Not sent: 0.').waitFor();
    expect(again).toEqual([expect.stringContaining('two@mole.example')]);
    expect(await named('Mole')).toBe(3);
    await press('Close');
    await dialog().waitFor({ state: 'hidden' });
    await chosen(['Mole One,one@mole.example,GB,gold,emea', 'Mole Two,two@mole.example,GB,gold,emea']);
    await press('Send 2 invitations');
    await dialog().getByText('Sent: 0. Failed: 2. Not sent: 0.').waitFor();
    await dialog().getByText('An invitation to this e-mail address is open already.').first().waitFor();
    expect(await named('Mole')).toBe(3);
    await press('Close');
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
  });

  it('are stopped after the one under way, also by whoever closes, and the rest is sent afterwards', async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await maya.page.route(`**${INVITATIONS}`, async (route) => {
      await released;
      await route.continue();
    });
    await chosen(['Vole One,one@vole.example,GB,gold,emea', 'Vole Two,two@vole.example,GB,gold,emea']);
    await press('Send 2 invitations');
    await dialog().getByRole('button', { name: 'Stop', exact: true }).waitFor();
    await maya.press(dialog().locator('.mantine-Modal-close'));
    const sure = maya.page.getByRole('dialog', { name: 'Stop sending the invitations?' });
    await maya.press(sure.getByRole('button', { name: 'Stop' }));
    await sure.waitFor({ state: 'hidden' });
    release();
    await dialog().getByText('Sent: 1. Failed: 0. Not sent: 1.').waitFor();
    expect(await named('Vole')).toBe(1);
    await maya.page.unroute(`**${INVITATIONS}`);
    await press('Send the 1 that is left');
    await dialog().getByText('Sent: 2. Failed: 0. Not sent: 0.').waitFor();
    expect(await named('Vole')).toBe(2);
    await press('Close');
    await dialog().waitFor({ state: 'hidden' });
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
