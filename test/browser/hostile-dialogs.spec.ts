import { Partners } from '#contracts';
import { Person } from '../journeys/person.js';
import { ENDLESS, HOSTILE, HOSTILE_NAME, HOSTILE_MAIL_NAME, isOnlyText } from './hostile.js';
import { launchedPage } from './launched-page.js';
import { Portal, type Visitor } from './portal.js';

const PASSWORD = 'northwind demo';
const OLIVIA = 'olivia@brightwater.example';
const NORA = 'nora@northwind.example';
const MAYA = 'maya@northwind.example';
const NARROW = { width: 375 } as const;
/** What a spreadsheet would run. */
const FORMULA = `=cmd|'/c calc'!A0`;
const HIDDEN = '\u200bzero\u200bwidth\u200b';

describe('hostile words, in dialogs, drawers and files', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  /** No cell begins as a formula does. */
  const runsInNoSheet = (csv: string): void => {
    const cells = csv.replace(/^\ufeff/, '').split(/[,\r\n]+/);
    expect(cells.filter((cell) => /^"?[=+@\t]/.test(cell))).toEqual([]);
  };
  const textOf = async ({ page }: Visitor, path: string): Promise<string> => (await page.request.get(path)).text();

  it('are shown as text from pasted rows to the drawer of a contact', async () => {
    const olivia = await portal.signIn(OLIVIA, NARROW);
    const { page } = olivia;
    await page.goto('/contacts/import');
    await olivia.press(page.getByRole('tab', { name: 'Paste' }));
    const rows = [
      ['E-mail', 'First name', 'Last name', 'Company', HOSTILE, FORMULA],
      ['hostile@rows.example', '<b onmouseover=window.ran=1>Zoë</b> 🎉', FORMULA, 'W'.repeat(90), HOSTILE, FORMULA],
      [`${FORMULA}@x`, HIDDEN, HOSTILE, 'Co', ENDLESS, 'x'],
      ['<script>window.ran=1</script>', 'Name', ENDLESS, 'Co', HOSTILE, 'x'],
    ];
    await olivia
      .field('Rows from a spreadsheet, or recipients of an e-mail')
      .fill(rows.map((row) => row.join('\t')).join('\n'));
    await olivia.press(olivia.button('Continue'));
    await olivia.heading('Are the columns right?').waitFor();
    await isOnlyText(olivia, 'import mapping');
    await olivia.press(page.getByRole('radio', { name: 'Customer' }));
    await olivia.field('Proof (e.g. customer list, sign-up form)').fill(HOSTILE);
    await olivia.field('Into which list?').selectOption('A new list');
    await olivia.field('Name of the new list').fill('<b>List</b> 🎉');
    await olivia.press(olivia.button('Import'));
    await page.getByText('Finished', { exact: true }).waitFor();
    await olivia.heading('Rows not imported').waitFor();
    await isOnlyText(olivia, 'import errors');
    const file = await page.getByRole('link', { name: 'Download list' }).getAttribute('href');
    const csv = await textOf(olivia, file ?? '');
    expect(csv).toContain('script');
    runsInNoSheet(csv);

    await page.goto('/contacts');
    await olivia.field('Search by name, e-mail address or company').fill('hostile@rows');
    await olivia.press(page.getByRole('row', { name: /hostile@rows/ }).getByRole('button'));
    await olivia.heading('E-mails to this person').waitFor();
    await isOnlyText(olivia, 'contact drawer');
    await olivia.press(olivia.button('Delete'));
    await page.getByText('Delete this contact?').waitFor();
    await isOnlyText(olivia, 'contact deletion');
    await olivia.press(olivia.button('Back'));
    await olivia.press(olivia.link('Data sheet and sharing with the vendor'));
    await olivia.heading('Permissions, newest first (1)').waitFor();
    await isOnlyText(olivia, 'person file');
    await olivia.leave();
  });

  it('are shown as text in a key, its end, the audit log, its records and its file', async () => {
    const olivia = await portal.signIn(OLIVIA, NARROW);
    const { page } = olivia;
    await page.goto('/api-keys');
    for (const name of [HOSTILE_NAME, FORMULA]) {
      await olivia.field('What it is for').fill(name);
      await olivia.press(olivia.button('Create a key'));
      await page.getByText(name).first().waitFor();
    }
    await isOnlyText(olivia, 'api keys');
    await olivia.press(page.getByRole('button', { name: /^Revoke/ }).first());
    await page.getByRole('dialog').waitFor();
    await isOnlyText(olivia, 'api key revoked');
    await olivia.press(olivia.button('Back'));
    await page.goto('/audit');
    await olivia.press(page.getByRole('button', { name: /^Full record/ }).first());
    await page.getByText('"name"').first().waitFor();
    await isOnlyText(olivia, 'audit record');
    const csv = await textOf(olivia, '/api/v1/audit-entries.csv');
    expect(csv).toContain('api-key');
    runsInNoSheet(csv);
    await olivia.leave();
  });

  it('are shown as text in what a reader answers, and in the dialogs about the lead', async () => {
    const { url } = portal.standalone;
    const api = await Person.signIn(url, OLIVIA, PASSWORD);
    const reader = await portal.visit(await launchedPage(api), NARROW);
    await reader.page.locator('#tc-firstName').fill('<b>Zoë</b> 🎉');
    await reader.page.locator('#tc-company').fill('W'.repeat(90));
    await reader.page.locator('#tc-email').fill('zoe@hostile.example');
    const message = reader.page.locator('#tc-message');
    if ((await message.count()) > 0) await message.fill(`${HOSTILE} ${FORMULA}`);
    await reader.page.locator('#tc-consent').check();
    await reader.page.locator('.tc-form button').click();
    await reader.page.getByRole('status').waitFor();
    await reader.leave();
    const olivia = await portal.signIn(OLIVIA, NARROW);
    await olivia.page.goto('/leads');
    const state = olivia.page.getByLabel(/^Status of/).first();
    await state.waitFor();
    await isOnlyText(olivia, 'leads');
    await state.selectOption({ label: 'Accepted' });
    await state.getByRole('option', { name: 'Won' }).waitFor({ state: 'attached' });
    await state.selectOption({ label: 'Won' });
    await olivia.field('Amount').waitFor();
    await isOnlyText(olivia, 'lead won');
    await olivia.leave();
  });

  it('are shown as text in invitations, groups and their dialogs', async () => {
    const maya = await portal.signIn(MAYA, NARROW);
    const { page } = maya;
    const api = await Person.signIn(portal.standalone.url, MAYA, PASSWORD);
    const invited = await api.status('partners/invitations', {
      method: 'POST',
      json: {
        organisationName: HOSTILE_MAIL_NAME,
        email: 'hostile@partner.example',
        countryCode: 'GB',
        tier: '<i>gold</i>',
        region: 'emea',
      },
    });
    expect(invited).toBe(201);
    const { items } = await api.call('partners?limit=100', Partners);
    const rule = { partnerIds: items.slice(0, 1).map(({ id }) => id) };
    expect(await api.status('partner-groups', { method: 'POST', json: { name: HOSTILE_NAME, rule } })).toBe(201);

    await page.goto('/partners');
    await page.getByText(HOSTILE_MAIL_NAME).first().waitFor();
    await isOnlyText(maya, 'partners');
    await maya.press(page.getByRole('button', { name: 'Withdraw' }).last());
    await page.getByRole('dialog').waitFor();
    await isOnlyText(maya, 'partner withdrawn');
    await maya.press(maya.button('Back'));
    await maya.press(maya.link('Import partners'));
    const csv = [
      'company,email,country,tier,region',
      `"${HOSTILE.replaceAll('"', '""')}",${FORMULA},GB,gold,emea`,
      `${ENDLESS},<b>x</b>@y.example,GB,<i>gold</i>,emea`,
    ].join('\n');
    const file = { name: '<b>partners</b>.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText(FORMULA).first().waitFor();
    await isOnlyText(maya, 'import of partners');
    await page.goto('/partner-groups');
    await page.getByText(HOSTILE_NAME).first().waitFor();
    await maya.press(page.getByRole('button', { name: 'Edit' }).last());
    await page.getByRole('dialog').waitFor();
    await isOnlyText(maya, 'partner group');
    await maya.leave();
  });

  it('are shown as text in the account of a mail provider, a mail server, and what removes them', async () => {
    const nora = await portal.signIn(NORA, NARROW);
    const { page } = nora;
    const api = await Person.signIn(portal.standalone.url, NORA, PASSWORD);
    const json = { provider: 'postmark', name: HOSTILE_NAME };
    expect(await api.status('provider-sources', { method: 'POST', json })).toBe(201);
    await page.goto('/mail-providers');
    await page.getByText(HOSTILE_NAME).first().waitFor();
    await isOnlyText(nora, 'mail provider');
    await nora.press(page.getByRole('button', { name: 'Remove' }).first());
    await page.getByRole('dialog').waitFor();
    await isOnlyText(nora, 'mail provider removed');
    await nora.leave();
  });
});
