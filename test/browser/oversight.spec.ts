import { ContactImport, ContactLists, PartnerGroupMembers, PartnerGroups, Partners, RelayView } from '#contracts';
import { Person } from '../journeys/person.js';
import { settled } from '../support/axe.js';
import { until } from '../support/until.js';
import { screenProblems } from './screen-problems.js';
import { Portal, type Visitor } from './portal.js';

/** More than is taken in before somebody finds the button. */
const LONG = 100_000;

describe('what waits for somebody', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('a vendor sees who was invited and did nothing, sends the invitation again, and withdraws it', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.page.goto('/partners');
    await maya.press(maya.button('Invite a partner'));
    await maya.field('Company').fill('Harbour Systems');
    await maya.field('Main contact’s e-mail').fill('frist@harbour.example');
    await maya.field('Country').fill('United King');
    await maya.page.getByRole('option', { name: 'United Kingdom' }).click();
    await maya.field('Tier').fill('gold');
    await maya.field('Region').fill('emea');
    await maya.press(maya.button('Send the invitation'));

    await maya.press(maya.page.getByText(/^Invited \(\d+\)$/));
    const row = maya.page.getByRole('row', { name: /Harbour Systems/ });
    await row.getByText('frist@harbour.example', { exact: true }).waitFor();
    await row.getByText(/^Sent .* by Maya/).waitFor();
    await maya.press(row.getByRole('button', { name: 'Send again' }));
    const again = maya.page.getByRole('dialog', { name: 'Invite Harbour Systems again' });
    await again.getByLabel(/^Main contact’s e-mail/).fill('first@harbour.example');
    await maya.press(again.getByRole('button', { name: 'Send the invitation' }));
    await row.getByText('first@harbour.example', { exact: true }).waitFor();
    await again.waitFor({ state: 'hidden' });
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('partners-invited');

    await maya.press(row.getByRole('button', { name: 'Withdraw' }));
    const sure = maya.page.getByRole('dialog', { name: 'Withdraw the invitation of Harbour Systems?' });
    await maya.press(sure.getByRole('button', { name: 'Withdraw' }));
    await row.waitFor({ state: 'detached' });
    await maya.press(maya.page.getByText('Left (1)', { exact: true }));
    await row.waitFor();

    await maya.press(maya.page.getByText(/^Launched \(\d+\)$/));
    await maya.page.getByText('Has launched · Brand profile filled in').first().waitFor();
    expect(await maya.page.getByText('Nothing launched yet').count()).toBe(0);
    await maya.press(maya.page.getByText(/^Signed up, not started \(\d+\)$/));
    await maya.page.getByText('Nothing launched yet').first().waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it.each(['en', 'de'] as const)(
    'a vendor sees on the shelf who may run a campaign, when, and how many do: %s',
    async (language) => {
      const maya = await portal.signIn('maya@northwind.example', { language, path: '/campaigns' });
      const { page, say } = maya;
      const offered = page.getByRole('img', { name: say('campaigns.offeredHow') });
      await offered.first().waitFor();
      await page
        .getByText(/^[“„]All partners[”“], (from|von) .*20\d\d (to|bis) .*20\d\d$/)
        .first()
        .waitFor();
      await page
        .getByText(say('campaigns.running', { count: 1, number: 1 }))
        .first()
        .waitFor();
      expect(await screenProblems(maya)).toEqual([]);
      await maya.picture(`${language === 'de' ? 'de-' : ''}campaigns-offered`);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 375, height: 812 });
      await settled(page);
      await maya.picture(`${language === 'de' ? 'de-' : ''}campaigns-offered-narrow-dark`);
      await maya.leave();
    },
  );

  it('a vendor finds a campaign by its words and how it stands, and finds the list so again when it comes back', async () => {
    const maya = await portal.signIn('maya@northwind.example', { language: 'de', path: '/campaigns' });
    const { page, say } = maya;
    const tiles = page.locator('.offer-card');
    await maya.field(say('campaigns.search')).fill('cloud');
    await page.waitForURL(/q=cloud/);
    await tiles.nth(1).waitFor({ state: 'detached' });
    await maya.field(say('campaigns.state')).selectOption(say('status.published'));
    await page.waitForURL(/q=cloud&state=published/);
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('de-campaigns-found');
    await maya.press(tiles.first().getByRole('link', { name: 'Cloud cost clarity', exact: true }));
    await page.waitForURL(/\/campaigns\/[0-9a-f-]+$/);
    await page.goBack();
    await tiles.first().waitFor();
    expect(await tiles.count()).toBe(1);
    expect(await maya.field(say('campaigns.search')).inputValue()).toBe('cloud');
    await maya.field(say('campaigns.state')).selectOption(say('status.recalled'));
    await page.getByText(say('common.nothingFound')).waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it.each(['en', 'de'] as const)(
    'a vendor sees why a sample gets an e-mail later than it falls due: %s',
    async (language) => {
      const maya = await portal.signIn('maya@northwind.example', { language, path: '/campaigns' });
      const { page, say } = maya;
      await page.locator('.offer-card').first().getByRole('link').first().click();
      await maya.press(maya.link(say('campaigns.version', { number: 1 })));
      await maya.press(page.getByRole('tab', { name: say('version.sequence') }));
      // Whenever this runs: London, New York, Tokyo and Dubai have no working
      // hour in common.
      await maya.press(maya.button(say('samples.run')));
      const late = language === 'de' ? /^Geplant für .*, verzögert: / : /^Planned for .*, delayed: /;
      await page.getByText(late).first().waitFor();
      expect(await screenProblems(maya)).toEqual([]);
      await maya.picture(`${language === 'de' ? 'de-' : ''}samples-later`);
      expect(maya.errors).toEqual([]);
      await maya.leave();
    },
  );

  it('a vendor moves a partner to another region, and one that rules do not decide to another tier', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    const { page, say } = maya;
    await page.goto('/partners');
    const open = async (name: RegExp) => {
      const row = page.getByRole('row', { name });
      await maya.press(row.getByRole('button', { name: /^Change tier and region of / }));
      return { row, dialog: page.getByRole('dialog') };
    };
    const saved = async ({ row, dialog }: Awaited<ReturnType<typeof open>>, trait: string): Promise<void> => {
      await maya.press(dialog.getByRole('button', { name: say('partners.saveChange') }));
      await dialog.waitFor({ state: 'hidden' });
      await row.getByText(trait, { exact: true }).waitFor();
    };
    const active = await open(/Brightwater/);
    await active.dialog.getByText(say('partners.tierByRule')).waitFor();
    expect(await active.dialog.getByLabel(/^Tier/).isDisabled()).toBe(true);
    await active.dialog.getByLabel(/^Region/).fill('  ');
    await maya.press(active.dialog.getByRole('button', { name: say('partners.saveChange') }));
    await active.dialog.locator('[aria-invalid="true"]').first().waitFor();
    await active.dialog.getByLabel(/^Region/).fill('arctic');
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('partner-change');
    await saved(active, 'arctic');
    const invited = await open(/Fjordtek/);
    await invited.dialog.getByLabel(/^Tier/).fill('diamond');
    await saved(invited, 'diamond');
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('a partner finds whom it may not write to, and records a basis for all of them', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.page.goto('/contacts');
    await olivia.field('Permission').selectOption('Permission given');
    const match = olivia.page.getByText(/^\d+ contacts match$/);
    await match.waitFor();
    await olivia.field('Do-not-mail list').selectOption('Not on the list');
    await olivia.allThere();
    await olivia.press(olivia.button('Update permission for all of them'));
    const dialog = olivia.page.getByRole('dialog', { name: /^Update permission for \d+ contacts$/ });
    const record = dialog.getByRole('button', { name: /^Update \d+ contacts$/ });
    await olivia.press(record);
    await dialog.getByText('This basis needs evidence when it is set for many contacts. Enter the evidence.').waitFor();
    await dialog.getByLabel('Proof').fill('Sign-up form of the spring fair');
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.picture('contacts-consent');
    await olivia.press(record);
    await olivia.page.getByText(/^Permission updated for \d+ contacts\.$/).waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await olivia.press(olivia.page.getByRole('row').nth(1).getByRole('button'));
    await olivia.page.getByRole('dialog').getByText('Opt-in (consent)', { exact: true }).first().waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('a vendor’s owner decides unknown mails one by one, and the ledger takes what it says', async () => {
    const { standalone } = portal;
    const jonas = await portal.signIn('jonas@kessler.example');
    await jonas.press(jonas.page.getByRole('link', { name: /^Review / }).first());
    await jonas.press(jonas.button('Launch'));
    await jonas.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    const activationId = jonas.page.url().split('/').at(-1)!;
    const ids = await goneOut(activationId, 3);
    expect(jonas.errors).toEqual([]);
    await jonas.leave();
    // As the ledger stands when a process ended in the one moment in which the
    // relay took them.
    await standalone.asOwner(
      `WITH forgot AS (
         UPDATE delivery.message SET state = 'unknown', reason = 'lease-expired', unknown_since = $2, relay = $3 WHERE id = ANY ($1))
       UPDATE sequences.step_execution SET outcome = 'failed', reason = 'lease-expired' WHERE message_id = ANY ($1)`,
      [ids, await standalone.now(), await ownRelay()],
    );

    const nora = await portal.signIn('nora@northwind.example');
    await nora.page.goto('/relays');
    const unknown = nora.page.getByRole('table', { name: 'Unconfirmed e-mails' });
    await unknown.waitFor();
    expect(await unknown.getByRole('rowheader').count()).toBe(3);
    expect(await screenProblems(nora)).toEqual([]);
    await nora.picture('relays-unknown-mails');
    const [taken = '', lost = '', given = ''] = ids;
    await decides(nora, taken, 'Mark as sent', 'Mark this e-mail as sent?');
    await decides(nora, lost, 'Send again', 'Send this e-mail again?');
    await decides(nora, given, 'Close as unconfirmed', 'Close this e-mail?');
    await unknown.waitFor({ state: 'hidden' });
    expect(nora.errors).toEqual([]);
    await nora.leave();

    const stands = async (id: string): Promise<string> => {
      const [row] = await standalone.asOwner<{ stands: string }>(
        `SELECT m.state || ' ' || s.outcome || ' ' || s.reason AS stands FROM delivery.message m
         JOIN sequences.step_execution s ON s.message_id = m.id WHERE m.id = $1`,
        [id],
      );
      return row?.stands ?? '';
    };
    expect(await stands(taken)).toBe('accepted sent sent');
    expect(await stands(given)).toBe('closed_unknown failed closed-unknown');
    await until(async () => (await stands(lost)) === 'accepted sent sent', 'the mail that goes once more');
  }, 300_000);

  /**
   * Messages of an activation that the relay has taken, once there are so many;
   * in working hours.
   */
  /** Only messages of a vendor's own servers are its to decide. @returns the server's id. */
  const ownRelay = async (): Promise<string> => {
    const nora = await Person.signIn(portal.standalone.url, 'nora@northwind.example', 'northwind demo');
    const settings = { name: 'Own', host: '192.0.2.1', port: 587, tls: 'required', username: null, priority: 10 };
    const json = { ...settings, connections: 2, enabled: false };
    return (await nora.call('relays', RelayView, { method: 'POST', json })).id;
  };
  const goneOut = async (activationId: string, count: number): Promise<string[]> => {
    const { standalone } = portal;
    const found = () =>
      standalone.asOwner<{ id: string }>(
        `SELECT m.id FROM delivery.message m JOIN sequences.step_execution s ON s.message_id = m.id
         WHERE m.activation_id = $1 AND m.state = 'accepted' AND s.outcome = 'sent' ORDER BY m.id LIMIT $2`,
        [activationId, count],
      );
    const tuesdayNoon = await standalone.now();
    do tuesdayNoon.setUTCDate(tuesdayNoon.getUTCDate() + 1);
    while (tuesdayNoon.getUTCDay() !== 2);
    tuesdayNoon.setUTCHours(12, 0, 0, 0);
    await standalone.reach(tuesdayNoon);
    await until(async () => (await found()).length === count, `${count} mails that went out`);
    return (await found()).map(({ id }) => id);
  };
  const decides = async (visitor: Visitor, id: string, act: string, question: string): Promise<void> => {
    const { page } = visitor;
    const row = page.getByRole('row', { name: new RegExp(`<${id}@`) });
    await visitor.press(row.getByRole('button', { name: act }));
    const dialog = page.getByRole('dialog', { name: question });
    await visitor.press(dialog.getByRole('button', { name: act }));
    await dialog.waitFor({ state: 'hidden' });
    await row.waitFor({ state: 'detached' });
  };

  it('a vendor sees whom a rule takes in while it writes it, and the group that it saves has just those', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    const { page } = maya;
    const { items } = Partners.parse(await (await page.request.get('/api/v1/partners?limit=100')).json());
    const silver = items.filter(({ status, tier }) => status === 'active' && tier === 'silver');
    const inEmea = silver.filter(({ region }) => region === 'emea');
    const active = items.filter(({ status }) => status === 'active');
    expect(new Set([active.length, silver.length, inEmea.length, 1, 0]).size).toBe(5);

    await page.goto('/partner-groups');
    await maya.press(maya.button('New group'));
    const dialog = page.getByRole('dialog', { name: 'New group' });
    const size = dialog.getByRole('status');
    const fits = (partners: number) => size.getByText(maya.say('groups.takesIn', { count: partners })).waitFor();
    const add = async (list: string, word: string): Promise<void> => {
      await dialog.getByRole('combobox', { name: list }).or(dialog.getByLabel(list)).first().fill(word);
      await page.keyboard.press('Enter');
    };
    await fits(active.length);
    await dialog.getByLabel(/^Name/).fill('Silver in EMEA');
    await add('Tiers', 'silver');
    await fits(silver.length);
    await add('Regions', 'nowhere');
    await fits(0);
    await page.keyboard.press('Backspace');
    await fits(silver.length);
    await add('Regions', 'emea');
    await fits(inEmea.length);
    // Closes the list of suggestions.
    await dialog.getByLabel(/^Name/).click();
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('partner-group-size');
    await maya.press(dialog.getByRole('button', { name: 'Save' }));
    await dialog.waitFor({ state: 'hidden' });
    const row = page.getByRole('row', { name: /Silver in EMEA/ });
    await row.getByText(maya.say('groups.members', { count: inEmea.length })).waitFor();
    const groups = PartnerGroups.parse(await (await page.request.get('/api/v1/partner-groups')).json());
    const { id } = groups.items.find(({ name }) => name === 'Silver in EMEA')!;
    const answer = await page.request.get(`/api/v1/partner-groups/${id}/members`);
    const members = PartnerGroupMembers.parse(await answer.json()).items.map(({ name }) => name);
    expect(members.sort()).toEqual(inEmea.map(({ name }) => name).sort());

    await maya.press(row.getByRole('button', { name: 'Edit Silver in EMEA' }));
    const edited = page.getByRole('dialog', { name: 'Edit' });
    await edited
      .getByRole('status')
      .getByText(maya.say('groups.takesIn', { count: inEmea.length }))
      .waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it.each(['en', 'de'] as const)(
    'a partner cancels a long import, is told what was taken in and what was not, and has those people whole: %s',
    async (language) => {
      const olivia = await portal.signIn('olivia@brightwater.example', { language });
      const { page, say } = olivia;
      await page.goto('/contacts/import');
      const rows = Array.from({ length: LONG }, (_, at) => `${language}.${at}@import.example;Ada;Import Ltd`);
      await olivia.button(say('import.file')).setInputFiles({
        name: 'long.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(['E-mail;First name;Company', ...rows, ''].join('\n')),
      });
      await olivia.heading(say('import.columns')).waitFor();
      await olivia.press(page.getByRole('radio', { name: say('consent.customer') }));
      await page.getByLabel(say('import.into')).selectOption(say('import.newList'));
      await olivia.field(say('import.listName')).fill(`Long ${language}`);
      await olivia.press(olivia.button(say('import.start')));
      const progress = page.getByRole('progressbar', { name: say('import.progress') });
      await until(async () => Number(await progress.getAttribute('aria-valuenow')) > 0, 'the first rows');
      expect(Number(await progress.getAttribute('aria-valuenow'))).toBeLessThan(100);
      await olivia.press(olivia.button(say('import.cancel')));
      await page.getByText(say('status.cancelled'), { exact: true }).waitFor();
      await olivia.button(say('import.cancel')).waitFor({ state: 'hidden' });

      const one = `/api/v1${new URL(page.url()).pathname.replace('/contacts/import', '/contact-imports')}`;
      const { counts, total, listId } = ContactImport.parse(await (await page.request.get(one)).json());
      expect({ total, created: counts.created }).toEqual({ total: LONG, created: counts.candidates });
      expect(counts.created).toBeGreaterThan(0);
      const number = (rows: number): string =>
        new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB').format(rows);
      const left = LONG - counts.candidates;
      const told = { count: left, done: number(counts.candidates), total: number(LONG), left: number(left) };
      await page.getByText(say('import.cancelledAfter', told)).waitFor();
      await page.getByText(number(counts.created), { exact: true }).waitFor();
      expect(await screenProblems(olivia)).toEqual([]);
      await olivia.picture(`${language === 'de' ? 'de-' : ''}import-cancelled`);

      // By now a run that went on would have written more.
      await page.reload();
      await page.getByText(say('import.cancelledAfter', told)).waitFor();
      const lists = ContactLists.parse(await (await page.request.get('/api/v1/contact-lists')).json());
      expect(lists.items.find(({ id }) => id === listId)?.size).toBe(counts.created);
      await page.goto('/contacts');
      await page
        .getByLabel(say('contacts.list'), { exact: true })
        .selectOption(`Long ${language} (${number(counts.created)})`);
      const basis = page.getByLabel(say('contacts.consent.label'));
      await basis.selectOption(say('contacts.consent.recorded'));
      await page
        .getByText(say('consentForMany.match', { count: counts.created, number: number(counts.created) }))
        .waitFor();
      await basis.selectOption(say('contacts.consent.unknown'));
      await olivia.heading(say('common.nothingFound')).waitFor();
      expect(olivia.errors).toEqual([]);
      await olivia.leave();
    },
  );
});
