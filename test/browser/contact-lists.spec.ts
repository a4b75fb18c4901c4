import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { lostOnTheWay } from './network.js';
import type { Portal } from './portal.js';
import { sharedPortal } from './shared-portal.js';

describe('contact lists', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  it('have people whose details, once typed, go by the cross alone', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/contacts' });
    const { page } = aurelie;
    const opened = page.getByRole('dialog', { name: 'Contact', exact: true });
    const company = opened.getByLabel('Company');
    const beside = (): Promise<void> => page.mouse.click(5, 500);
    const person = page.getByRole('rowheader').getByRole('button').first();
    await aurelie.press(person);
    await company.waitFor();
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'hidden' });
    await aurelie.press(person);
    await company.fill('Half of a na');
    await page.keyboard.press('Escape');
    await beside();
    expect(await company.inputValue()).toBe('Half of a na');
    await aurelie.press(opened.getByRole('button', { name: 'Close' }));
    await opened.waitFor({ state: 'hidden' });
    await aurelie.press(person);
    expect(await company.inputValue()).not.toBe('Half of a na');
    await beside();
    await opened.waitFor({ state: 'hidden' });
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('are added, renamed, made the default, exported and deleted, and one that a campaign needs stays', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/contacts' });
    const { page } = aurelie;
    await aurelie.press(aurelie.link('Contact lists'));
    await aurelie.heading('Contact lists').waitFor();
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('Customers').getByText('Default', { exact: true }).waitFor();

    await aurelie.press(aurelie.button('Add a list'));
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await aurelie.press(aurelie.button('Add a list'));
    await dialog.getByLabel('Name of the list').fill('customers');
    await page.keyboard.press('Escape');
    expect(await dialog.getByLabel('Name of the list').inputValue()).toBe('customers');
    await aurelie.press(dialog.getByRole('button', { name: 'Add a list' }));
    await dialog.getByText('There is a list called').waitFor();
    await dialog.getByLabel('Name of the list').fill('Trade fair');
    await aurelie.press(dialog.getByRole('button', { name: 'Add a list' }));
    await dialog.waitFor({ state: 'hidden' });

    await aurelie.press(aurelie.button('Rename Trade fair'));
    await dialog.getByLabel('Name of the list').fill('Trade fair in May');
    await aurelie.press(dialog.getByRole('button', { name: 'Rename' }));
    await dialog.waitFor({ state: 'hidden' });
    await aurelie.press(aurelie.button('Make default: Trade fair in May'));
    await row('Trade fair in May').getByText('Default', { exact: true }).waitFor();
    await aurelie.button('Make default: Customers').waitFor();
    expect(await violations(page)).toEqual([]);
    await aurelie.picture('contact-lists');

    const download = page.waitForEvent('download');
    await aurelie.press(aurelie.link('Export Customers'));
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);

    await aurelie.press(aurelie.button('Delete Trade fair in May'));
    const heir = dialog.getByLabel('New default list');
    await heir.waitFor();
    expect(await heir.locator('option').allInnerTexts()).toEqual(['Customers (26)']);
    expect(await violations(page)).toEqual([]);
    await aurelie.picture('contact-list-delete-default');
    await aurelie.press(dialog.getByRole('button', { name: 'Delete Trade fair in May' }));
    await dialog.waitFor({ state: 'hidden' });
    await row('Trade fair in May').waitFor({ state: 'hidden' });
    await row('Customers').getByText('Default', { exact: true }).waitFor();

    await aurelie.press(aurelie.link('Home'));
    await aurelie.press(aurelie.link('Review Zero trust at the edge'));
    await aurelie.press(aurelie.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await page.goto('/contacts/lists');
    await aurelie.press(aurelie.button('Delete Customers'));
    await dialog.getByText(/Only the list is deleted/).waitFor();
    await aurelie.press(dialog.getByRole('button', { name: 'Delete Customers' }));
    await dialog.getByText('so it cannot be deleted: Zero trust at the edge.').waitFor();
    await aurelie.press(dialog.getByRole('button').first());
    await row('Customers').waitFor();
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('say at once which is the default, and that it is not where that is lost on the way', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/contacts/lists' });
    const { page } = aurelie;
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    const isDefault = (name: string) => row(name).getByText('Default', { exact: true });
    await aurelie.press(aurelie.button('Add a list'));
    await page.getByRole('dialog').getByLabel('Name of the list').fill('Spring fair');
    await aurelie.press(page.getByRole('dialog').getByRole('button', { name: 'Add a list' }));
    await row('Spring fair').waitFor();
    await isDefault('Customers').waitFor();
    const { items } = (await (await page.request.get('/api/v1/contact-lists')).json()) as {
      items: { id: string; name: string }[];
    };
    const id = items.find(({ name }) => name === 'Spring fair')?.id ?? '';
    const lose = await lostOnTheWay(aurelie, 'PATCH', `/contact-lists/${id}`);
    await aurelie.press(aurelie.button('Make default: Spring fair'));
    await isDefault('Spring fair').waitFor();
    await isDefault('Customers').waitFor({ state: 'hidden' });
    await lose();
    await page.getByText('Throughline cannot be reached.').first().waitFor();
    await isDefault('Customers').waitFor();
    await isDefault('Spring fair').waitFor({ state: 'hidden' });
    expect(await violations(page)).toEqual([]);
    await aurelie.press(aurelie.button('Make default: Spring fair'));
    await page.getByText('“Spring fair” is now the default list for launches.').waitFor();
    await page.reload();
    await isDefault('Spring fair').waitFor();
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('are segments, too: counted while their rule is written, changed by it, and left out at a launch', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/contacts/lists' });
    const { page } = aurelie;
    const dialog = page.getByRole('dialog');
    const row = page.getByRole('row').filter({ hasText: 'Without a phone' });
    await aurelie.press(aurelie.button('New segment'));
    await dialog.getByLabel('Name of the segment').fill('Without a phone');
    await dialog.getByText('Complete the conditions to see how many contacts match.').waitFor();
    await dialog.getByLabel('Condition', { exact: true }).selectOption('field-known');
    await dialog.getByLabel('Applies').selectOption('no');
    const counted = dialog.getByRole('status').filter({ hasText: /^[1-9]\d* contacts match now$/ });
    await counted.waitFor();
    const size = (await counted.innerText()).split(' ')[0]!;
    expect(await violations(page)).toEqual([]);
    await aurelie.picture('segment');
    await aurelie.press(dialog.getByRole('button', { name: 'Save segment' }));
    await dialog.waitFor({ state: 'hidden' });
    await row.getByText('not (Phone is filled in)').waitFor();
    expect(await row.innerText()).toContain(size);

    await aurelie.press(aurelie.button('Edit rule: Without a phone'));
    await dialog.getByLabel('Applies').selectOption('yes');
    await aurelie.press(dialog.getByRole('button', { name: 'Save segment' }));
    await row.getByText('Phone is filled in', { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);

    await aurelie.press(aurelie.link('Home'));
    await aurelie.press(aurelie.link('Review Cloud cost clarity'));
    await aurelie.press(aurelie.button('Several lists, or leave some out'));
    await aurelie.press(page.getByRole('combobox', { name: 'Leave out' }));
    await aurelie.press(page.getByRole('option', { name: /^Without a phone/ }));
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
    await page.getByText(/contacts will get it$/).waitFor();
    expect(await violations(page)).toEqual([]);
    await aurelie.picture('launch-several-lists');
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('are not needed for a launch: its page says what to share', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/' });
    const { page } = aurelie;
    await aurelie.press(aurelie.link('Review Cloud cost clarity'));
    await aurelie.field('Contact list').selectOption({ label: 'Start without a list' });
    await page.getByText('People enter through page, posts and QR code.').waitFor();
    expect(await violations(page)).toEqual([]);
    await aurelie.press(aurelie.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await aurelie.heading('What to do next').waitFor();
    await page.getByText('Open to new contacts, launched').waitFor();
    const code = page.getByRole('img', { name: 'QR code of your landing page' });
    const width = () => code.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
    await until(async () => (await width()) > 0, 'the QR code');
    expect(await violations(page)).toEqual([]);
    await aurelie.picture('open-to-new-contacts');
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('leave a person’s country and time zone to be chosen by name, and keep its dates', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/contacts' });
    const { page } = aurelie;
    await aurelie.press(page.getByRole('rowheader').first().getByRole('button'));
    const drawer = page.getByRole('dialog');
    const choose = async (field: string, typed: string, option: string): Promise<void> => {
      await drawer.getByRole('combobox', { name: field }).fill(typed);
      await aurelie.press(page.getByRole('option', { name: option, exact: true }));
    };
    await choose('Country', 'switz', 'Switzerland');
    await choose('Time zone', 'zuri', 'Europe/Zurich');
    await drawer.getByLabel('Contract renewal').fill('2027-03-31');
    expect(await violations(page)).toEqual([]);
    await aurelie.press(drawer.getByRole('button', { name: 'Save' }));
    await page.getByText('The contact is saved.').first().waitFor();
    await page.reload();
    await aurelie.press(page.getByRole('rowheader').first().getByRole('button'));
    await drawer.getByRole('combobox', { name: 'Country' }).waitFor();
    expect(await drawer.getByRole('combobox', { name: 'Country' }).inputValue()).toBe('Switzerland');
    expect(await drawer.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Europe/Zurich');
    expect(await drawer.getByLabel('Contract renewal').inputValue()).toBe('2027-03-31');
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('are what a person is put on and taken off where they are looked at, and stay what they were where that is lost', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/contacts/lists' });
    const { page } = aurelie;
    const dialog = page.getByRole('dialog');
    await aurelie.press(aurelie.button('Add a list'));
    await dialog.getByLabel('Name of the list').fill('Golf day');
    await aurelie.press(dialog.getByRole('button', { name: 'Add a list' }));
    const row = page.getByRole('row').filter({ hasText: 'Golf day' });
    await row.waitFor();
    const golfers = async (count: string): Promise<void> => {
      await page.goto('/contacts/lists');
      await row.getByRole('cell', { name: count, exact: true }).waitFor();
    };
    const open = async (): Promise<string> => {
      await page.goto('/contacts');
      const asked = page.waitForResponse((answer) => /\/contacts\/[0-9a-f-]{36}$/.test(answer.url()));
      await aurelie.press(page.getByRole('rowheader').first().getByRole('button'));
      return new URL((await asked).url()).pathname.replace('/api/v1', '');
    };
    const lists = dialog.getByRole('combobox', { name: 'Lists' });
    const chosen = dialog.locator('.mantine-MultiSelect-pill');
    const press = async (): Promise<void> => {
      await lists.fill('golf');
      await aurelie.press(page.getByRole('option', { name: 'Golf day', exact: true }));
    };

    const path = await open();
    await chosen.filter({ hasText: 'Customers' }).waitFor();
    const lose = await lostOnTheWay(aurelie, 'PATCH', path);
    await press();
    await chosen.filter({ hasText: 'Golf day' }).waitFor();
    await lose();
    await page.getByText('Throughline cannot be reached.').first().waitFor();
    await chosen.filter({ hasText: 'Golf day' }).waitFor({ state: 'detached' });
    await press();
    await page.getByText('Added to “Golf day”.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: 'Golf day', exact: true }).waitFor({ state: 'hidden' });
    await aurelie.allThere();
    expect(await violations(page)).toEqual([]);
    await aurelie.picture('contact-on-lists');
    await lists.waitFor();
    await golfers('1');

    await open();
    await chosen.filter({ hasText: 'Golf day' }).waitFor();
    await press();
    await chosen.filter({ hasText: 'Golf day' }).waitFor({ state: 'detached' });
    await page.getByText('Removed from “Golf day”.').waitFor();
    await golfers('0');
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('have people who are added by hand on a basis that somebody chose, which is recorded anew, and who are deleted', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/contacts' });
    const { page } = aurelie;
    await aurelie.press(aurelie.button('Add a contact'));
    const adding = page.getByRole('dialog', { name: 'Add a contact' });
    await adding.getByLabel('E-mail address').fill('hand@made.example');
    const add = adding.getByRole('button', { name: 'Add a contact' });
    expect(await adding.getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await add.isDisabled()).toBe(true);
    await aurelie.press(adding.getByRole('radio', { name: 'Opt-in (consent)' }));
    await adding.getByLabel('Proof (e.g. customer list, sign-up form)').fill('Stand 4, May');
    expect(await violations(page)).toEqual([]);
    await aurelie.picture('contact-by-hand');
    await aurelie.press(add);
    await adding.waitFor({ state: 'hidden' });

    const person = page.getByRole('rowheader').getByRole('button', { name: 'hand@made.example' });
    await aurelie.press(person);
    const opened = page.getByRole('dialog', { name: 'Contact', exact: true });
    const basis = (words: string | RegExp) => opened.locator('.mantine-Badge-label').getByText(words);
    await basis('Opt-in (consent)').waitFor();
    expect(await opened.getByLabel('Proof').count()).toBe(0);
    const path = await page.evaluate(async () => {
      const answer = await fetch('/api/v1/contacts?q=hand@made.example');
      const { items } = (await answer.json()) as { items: { id: string }[] };
      return `/api/v1/contacts/${items[0]?.id ?? ''}`;
    });
    const { csrfToken } = (await (await page.request.get('/api/v1/session')).json()) as { csrfToken: string };
    const ranOut = { consent: { basis: 'opt-in', expiresOn: '2020-01-31' } };
    const kept = await page.request.patch(path, { data: ranOut, headers: { 'X-CSRF-Token': csrfToken } });
    expect(kept.status()).toBe(200);
    await page.reload();
    await aurelie.press(person);
    await basis(/^Opt-in \(consent\), expired after .*2020$/).waitFor();
    await aurelie.press(opened.getByRole('button', { name: 'Update permission' }));
    await opened.getByLabel('Proof').fill('Asked again by telephone');
    await aurelie.press(opened.getByRole('button', { name: 'Save permission', exact: true }));
    await basis('expired').waitFor({ state: 'detached' });
    await basis('Opt-in (consent)').waitFor();

    await aurelie.press(opened.getByRole('button', { name: 'Delete' }));
    const sure = page.getByRole('dialog', { name: 'Delete this contact?' });
    await aurelie.press(sure.getByRole('button', { name: 'Delete' }));
    await opened.waitFor({ state: 'hidden' });
    await person.waitFor({ state: 'detached' });
    expect((await page.request.get(path)).status()).toBe(404);
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('lose an address by hand to the suppression list, and get it back', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/suppressions' });
    const { page } = aurelie;
    await aurelie.field('E-mail address to block').fill('no-more@mail.example');
    await aurelie.press(aurelie.button('Add'));
    const row = page.getByRole('row').filter({ hasText: 'no-more@mail.example' });
    await row.waitFor();
    await aurelie.press(row.getByRole('button', { name: 'Remove' }));
    const sure = page.getByRole('dialog', { name: 'Allow e-mails to this address again?' });
    await aurelie.press(sure.getByRole('button', { name: 'Remove' }));
    await row.waitFor({ state: 'detached' });
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('are imported with the letters and the opt-outs that the user sees before', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/contacts/import' });
    const { page } = aurelie;
    const text =
      'Kundenliste\n\nVorname;E-Mail;Werbung;Newsletter\nJ\u00fcrgen;j@opt.example;x;ja\nZoe;z@opt.example;;vielleicht\n';
    const buffer = Buffer.from(text, 'latin1');
    await page.locator('input[type=file]').setInputFiles({ name: 'Messe_2026.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('cell', { name: 'J\u00fcrgen' }).waitFor();
    await aurelie.field('Encoding').selectOption('windows-1251');
    await page.getByRole('cell', { name: 'J\u044crgen' }).waitFor();
    await aurelie.field('Encoding').selectOption('windows-1252');
    await page.getByRole('cell', { name: 'J\u00fcrgen' }).waitFor();
    await aurelie.press(page.getByRole('radio', { name: 'Customer' }));
    const asked = page.getByRole('region', { name: 'Who wants no e-mails' });
    await asked.getByText('Choose what each value means.').waitFor();
    expect(await aurelie.button('Import').isDisabled()).toBe(true);
    await asked.getByLabel('What it means: vielleicht').selectOption('No e-mails');
    await aurelie.field('Content of column Werbung').selectOption('Opt-out (no e-mails)');
    await asked.getByText('Werbung \u00b7 1 row: no e-mails').waitFor();
    await asked.getByText('Newsletter \u00b7 1 row: no e-mails').waitFor();
    expect(await violations(page)).toEqual([]);
    await aurelie.picture('import-opt-outs');
    await page.setViewportSize({ width: 390, height: 900 });
    await aurelie.picture('import-opt-outs-390');
    await aurelie.press(aurelie.button('Import'));
    await page.getByText('On the do-not-mail list', { exact: true }).waitFor();
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('are imported into, and the import is found again by hand from the contacts', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/contacts/import' });
    const { page } = aurelie;
    const recent = page.getByRole('region', { name: 'Recent imports' });
    const buffer = Buffer.from('email\nfound@again.example\nnobody\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'may.csv', mimeType: 'text/csv', buffer });
    await aurelie.press(page.getByRole('radio', { name: 'Customer' }));
    await aurelie.press(aurelie.button('Import'));
    await page.waitForURL(/\/contacts\/import\/[0-9a-f-]+$/);
    const at = page.url();
    await page.goto('/contacts');
    await recent.getByText('1 of 2 rows imported. 1 rejected.').waitFor();
    expect(await violations(page)).toEqual([]);
    await aurelie.picture('recent-imports');
    await aurelie.press(recent.getByRole('link', { name: 'may.csv' }));
    await page.waitForURL(at);
    await aurelie.link('Download list').waitFor();
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });

  it('and what waits of the leads is told at home, and shown by itself', async () => {
    const aurelie = await portal.signIn('aurelie@maplestone.example', { path: '/leads?waiting=yes' });
    await aurelie.heading('Leads').waitFor();
    await aurelie.page.getByText('To follow up', { exact: true }).waitFor();
    await aurelie.press(aurelie.page.getByText('All', { exact: true }));
    await aurelie.page.waitForURL(/\/leads$/);
    expect(aurelie.errors).toEqual([]);
    await aurelie.leave();
  });
});
