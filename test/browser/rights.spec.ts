import { generateKeyPairSync } from 'node:crypto';
import { DAY_MS } from '#kernel';
import { Person } from '../journeys/person.js';
import { until } from '../support/until.js';
import { launchedPage } from './launched-page.js';
import { Portal } from './portal.js';

const OLIVIA = 'olivia@brightwater.example';

describe('people’s wishes and rights', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('a partner chooses where opt-ins are confirmed, and sees what a shorter retention would remove', async () => {
    const olivia = await portal.signIn(OLIVIA);
    await olivia.press(olivia.link('Settings'));
    await olivia.press(olivia.link('Privacy settings'));
    await olivia.press(olivia.page.getByRole('radio', { name: /in some countries only/ }));
    const optIn = olivia.page.getByRole('region', { name: 'Sign-up on your landing page' });
    await optIn.getByText('No campaign e-mails are sent before the confirmation.').waitFor();
    await olivia.press(optIn.getByRole('button', { name: 'Save' }));
    await optIn.getByText('Choose at least one country.').waitFor();
    await optIn.getByLabel('Countries that require a confirmation').first().fill('Germ');
    await olivia.press(olivia.page.getByRole('option', { name: 'Germany' }));
    await olivia.page.keyboard.press('Escape');
    await olivia.press(optIn.getByRole('button', { name: 'Save' }));
    await olivia.page.getByText('Saved.').waitFor();
    await olivia.page.reload();
    await optIn.getByText('Germany', { exact: true }).waitFor();

    const keep = olivia.page.getByRole('region', { name: 'Data retention' });
    await keep.getByText('No clean-up yet.').waitFor();
    const months = keep.getByLabel(/^Delete inactive contacts after/);
    await months.fill('12');
    await months.press('Tab');
    await keep.getByText('nothing will be deleted.').first().waitFor();
    await olivia.press(keep.getByRole('button', { name: 'Save' }));
    await olivia.page.getByText('Saved.').first().waitFor();
    await olivia.page.reload();
    await months.waitFor();
    expect(await months.inputValue()).toBe('12');
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('a partner brings in opt-outs: looks, confirms, and finds them on the suppression list', async () => {
    const olivia = await portal.signIn(OLIVIA);
    await olivia.press(olivia.link('Settings'));
    await olivia.press(olivia.link('Do-not-mail list'));
    await olivia.press(olivia.link('Import unsubscribes'));
    await olivia.press(olivia.page.getByRole('tab', { name: 'Paste' }));
    await olivia
      .field('Rows from a spreadsheet, or recipients of an e-mail')
      .fill('Name\tMail\nAda\tada@gone.example\nBob\tnobody\nEve\t<script>alert(1)</script>\n');
    await olivia.press(olivia.button('Continue'));
    await olivia.page.getByText('1 address in 3 rows').waitFor();
    await olivia.page.getByRole('row', { name: /^4 <script>alert\(1\)<\/script>/ }).waitFor();
    await olivia.press(olivia.button('Block 1 address'));
    const sure = olivia.page.getByRole('dialog', { name: 'Block 1 address?' });
    await olivia.press(sure.getByRole('button', { name: 'Block 1 address' }));
    await olivia.page.getByText('1 address of 3 rows is blocked.').waitFor();
    await olivia.press(olivia.link('Open do-not-mail list'));
    await olivia.field('Search').fill('gone.exam');
    await olivia.page.getByRole('row', { name: /^ada@gone\.example/ }).waitFor();
    await olivia.field('Search').fill('who is not there');
    await olivia.heading('No results').waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('a vendor’s opt-outs are taken, and the screen shows nothing of anybody afterwards', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.press(maya.link('Settings'));
    await maya.press(maya.link('Unsubscribes'));
    await maya.page.getByText('Neither you nor your partners can read the list').waitFor();
    await maya.press(maya.page.getByRole('tab', { name: 'Paste' }));
    await maya
      .field('Rows from a spreadsheet, or recipients of an e-mail')
      .fill('ada@gone.example\nzoe@gone.example\n');
    await maya.press(maya.button('Continue'));
    await maya.press(maya.button('Block 2 addresses'));
    const sure = maya.page.getByRole('dialog', { name: 'Block 2 addresses?' });
    await sure.getByText('This cannot be undone').waitFor();
    await maya.press(sure.getByRole('button', { name: 'Block 2 addresses' }));
    await maya.page.getByText('2 different addresses of 2 rows are blocked.').waitFor();
    expect(await maya.page.getByText('gone.example').count()).toBe(0);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('a partner reads a person’s file, shares with the vendor, takes it back, and erases the person', async () => {
    const email = 'vera@harbour.example';
    await aLead(portal, email);
    const olivia = await portal.signIn(OLIVIA);
    await olivia.page.goto('/contacts');
    await olivia.field('Search by name, e-mail address or company').fill(email);
    await olivia.press(olivia.page.getByRole('row', { name: /vera@harbour\.example/ }).getByRole('button'));
    // What is typed stays while something else of the person is recorded, and
    // is saved after it.
    const drawer = olivia.page.getByRole('dialog', { name: 'Contact' });
    await drawer.getByLabel('Role').fill('Harbour master');
    await drawer.getByLabel('New permission').selectOption('Customer');
    await olivia.press(drawer.getByRole('button', { name: 'Save permission', exact: true }));
    await olivia.page.getByText('Permission saved.', { exact: true }).waitFor();
    await drawer.getByRole('button', { name: 'Save permission', exact: true }).waitFor({ state: 'hidden' });
    expect(await drawer.getByLabel('Role').inputValue()).toBe('Harbour master');
    await olivia.press(drawer.getByRole('button', { name: 'Save' }));
    await olivia.page.getByText('The contact is saved.').waitFor();
    await until(() => drawer.getByRole('button', { name: 'Save' }).isDisabled(), 'the saved person');
    expect(await drawer.getByLabel('Role').inputValue()).toBe('Harbour master');
    await olivia.press(olivia.link('Data sheet and sharing with the vendor'));
    await olivia.heading('Data about Vera Quay').waitFor();
    // The last message, and each request with its time.
    const leads = olivia.page.getByRole('region', { name: /^Leads/ });
    await leads.getByText('Call me on Monday', { exact: true }).waitFor();
    await leads.getByText(/^Call me on Monday, .*:/).waitFor();
    for (const [name, file] of [
      ['Download as JSON', 'data-export.json'],
      ['Download as CSV', 'data-export.csv'],
    ] as const) {
      const [download] = await Promise.all([olivia.page.waitForEvent('download'), olivia.link(name).click()]);
      expect(download.suggestedFilename()).toBe(file);
    }

    const disclosures = olivia.page.getByRole('region', { name: 'Sharing with the vendor' });
    await disclosures.getByText('Nothing shared yet.').waitFor();
    await olivia.press(disclosures.getByRole('link', { name: 'Open the lead' }));
    const lead = olivia.page.getByRole('dialog', { name: 'Lead history' });
    await olivia.press(lead.getByRole('button', { name: 'Share with Northwind Systems' }));
    const share = olivia.page.getByRole('dialog', { name: 'Share this lead with Northwind Systems' });
    await share.getByText('Not shared: deal amount').waitFor();
    await share.getByRole('checkbox', { name: 'E-mail address' }).check();
    await share.getByRole('checkbox', { name: 'What they wrote' }).check();
    await share.getByText('Call me on Monday').waitFor();
    await share.getByLabel('Reason').fill('A joint visit');
    await olivia.press(share.getByRole('button', { name: 'Share lead' }));
    await lead.getByText('E-mail address, What they wrote').waitFor();
    await lead.getByText('Reason: A joint visit').waitFor();
    await olivia.picture('lead-shared');
    await olivia.press(lead.getByRole('button', { name: 'Take back' }));
    const takeBack = olivia.page.getByRole('dialog', { name: /^Stop sharing with Northwind/ });
    await olivia.press(takeBack.getByRole('button', { name: 'Take back' }));
    await lead.getByRole('button', { name: 'Share with Northwind Systems' }).waitFor();
    await olivia.page.goBack();
    await disclosures.getByText(/^Shared with Northwind Systems until/).waitFor();

    await olivia.press(olivia.button('Erase Vera Quay'));
    const sure = olivia.page.getByRole('dialog', { name: `Erase everything about ${email}?` });
    await sure.getByText(/A scrambled fingerprint of the address/).waitFor();
    await olivia.press(sure.getByRole('button', { name: 'Erase Vera Quay' }));
    await olivia.page.getByText('Erased. Only a scrambled fingerprint and anonymous totals remain.').waitFor();
    await olivia.field('Search by name, e-mail address or company').fill(email);
    await olivia.heading('No results').waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('a vendor’s owner adds a mail provider by its steps, pauses it, and removes it', async () => {
    const nora = await portal.signIn('nora@northwind.example');
    await nora.press(nora.link('Settings'));
    await nora.press(nora.link('E-mail providers'));
    await nora.heading('Not connected').waitFor();
    await nora.press(nora.button('Add an account'));
    await nora.field('Provider').selectOption('SendGrid');
    await nora.page.getByText('Switch Signature Verification on').waitFor();
    await nora.field('Name of the account').fill('Marketing');
    await nora.field('Verification key').fill('not a key');
    await nora.press(nora.button('Show me the address'));
    await nora.page.getByText(/^Give the verification key that SendGrid shows/).waitFor();
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await nora.field('Verification key').fill(publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));
    await nora.press(nora.button('Show me the address'));
    const url = await nora.page.getByText(/\/api\/v1\/provider-events\/sendgrid\//).textContent();
    await nora.press(nora.button('Done'));
    const card = nora.page.getByRole('article', { name: 'Marketing' });
    await card.getByText('No data yet').waitFor();

    // Somebody who is not SendGrid.
    const path = new URL(url ?? '').pathname;
    expect((await fetch(new URL(path, portal.standalone.url), { method: 'POST', body: '[]' })).status).toBe(401);
    await nora.page.reload();
    await card.getByText(/^Last refused .*: wrong signature or password/).waitFor();
    await nora.press(card.getByRole('button', { name: 'Pause' }));
    await card.getByText('Paused', { exact: true }).waitFor();
    await nora.picture('mail-provider-paused');
    await nora.press(card.getByRole('button', { name: 'Resume' }));
    await card.getByRole('button', { name: 'Pause' }).waitFor();
    await nora.press(card.getByRole('button', { name: 'Remove' }));
    const sure = nora.page.getByRole('dialog', { name: 'Remove “Marketing”?' });
    await nora.press(sure.getByRole('button', { name: 'Remove' }));
    await nora.heading('Not connected').waitFor();
    expect(nora.errors).toEqual([]);
    await nora.leave();
  });
});

/** Somebody who has sent the form of Olivia's landing page. */
async function aLead({ standalone }: Portal, email: string): Promise<void> {
  const olivia = await Person.signIn(standalone.url, OLIVIA, 'northwind demo');
  const pagePath = await launchedPage(olivia, new Date(Date.now() + DAY_MS));
  const form = new URLSearchParams({
    email,
    firstName: 'Vera',
    lastName: 'Quay',
    company: 'Harbour',
    message: 'Call me on Monday',
    consent: 'yes',
  });
  const page = new URL(`${pagePath}/form`, standalone.url);
  const answer = await fetch(page, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(`The form answered ${answer.status}: ${await answer.text()}`);
}
