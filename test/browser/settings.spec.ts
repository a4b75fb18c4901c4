import { violations } from '../support/axe.js';
import { heldBack } from './network.js';
import { Portal, type Visitor } from './portal.js';

describe('what an organisation settles for itself', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const looksRight = async (visitor: Visitor, picture: string): Promise<void> => {
    await visitor.picture(picture);
    expect(await violations(visitor.page)).toEqual([]);
    expect(visitor.errors).toEqual([]);
  };

  it('closes days by name, sees before saving what moves, and finds them in the dates of a campaign', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.page.goto('/calendar');
    await olivia.heading('No days off yet').waitFor();
    await olivia.press(olivia.button('Days'));
    const days = olivia.page.getByRole('dialog').locator('table button:not([data-hidden]):not([disabled])');
    await days.last().waitFor();
    // The last day that is shown twice: one day.
    await days.last().click();
    await days.last().click();
    await olivia.page.keyboard.press('Escape');
    await olivia.field('Name').fill('<b>Stock-taking</b>');
    await olivia.press(olivia.button('Add to the calendar'));
    await olivia.page.getByText('Running campaigns do not change.').waitFor();
    await looksRight(olivia, 'closed-days-moves');
    await olivia.press(olivia.button('Save days off'));
    await olivia.page.getByText('Days off saved.').waitFor();
    await olivia.page.reload();
    expect(await olivia.page.getByRole('textbox', { name: /^Name of / }).inputValue()).toBe('<b>Stock-taking</b>');
    await olivia.page.goto('/');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    await olivia.page.getByRole('region', { name: 'Schedule' }).getByText('No e-mails: <b>Stock-taking</b>').waitFor();
    await looksRight(olivia, 'review-closed-days');
    await olivia.leave();
  });

  it('writes its legal line, postal address and whom to ask in another language, which stay, and takes them away', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    await page.goto('/brand');
    const [address, line] = [
      olivia.field('Postal address in German'),
      olivia.field('Company register and VAT number in German'),
    ];
    const title = olivia.field('Title in German');
    const save = async (): Promise<void> => {
      await olivia.press(olivia.button('Save'));
      await page.getByText('Your brand profile is saved.').waitFor();
    };
    await olivia.press(olivia.field('Add a language'));
    await olivia.press(page.getByRole('listbox', { name: 'Add a language' }).getByRole('option', { name: 'German' }));
    await line.fill(`HRB 1\u202e`);
    await address.fill('Am Kai 4\n20457 Hamburg');
    await title.fill('Ihr Ansprechpartner');
    await olivia.press(olivia.button('Save'));
    await page.locator('[aria-invalid=true]').waitFor();
    expect(await line.getAttribute('aria-invalid')).toBe('true');
    await looksRight(olivia, 'brand-another-language');
    // What is not saved outlives the tab.
    await page.reload();
    expect(await address.inputValue()).toBe('Am Kai 4\n20457 Hamburg');
    await line.fill('Amtsgericht Hamburg, HRB 1');
    await save();
    await page.reload();
    expect(await line.inputValue()).toBe('Amtsgericht Hamburg, HRB 1');
    expect(await address.inputValue()).toBe('Am Kai 4\n20457 Hamburg');
    expect(await title.inputValue()).toBe('Ihr Ansprechpartner');
    await olivia.press(olivia.button('Remove German'));
    await line.waitFor({ state: 'hidden' });
    await save();
    await page.reload();
    await olivia.field('Add a language').waitFor();
    expect(await line.count()).toBe(0);
    await olivia.leave();
  });

  it('sees whom the team waits for, sends again and withdraws', async () => {
    const nora = await portal.signIn('nora@northwind.example');
    await nora.page.goto('/team');
    await nora.press(nora.button('Invite a person'));
    await nora.field('E-mail address').fill('new.colleague@northwind.example');
    await nora.press(nora.button('Send the invitation'));
    const waiting = nora.page.getByRole('region', { name: 'Invited, not signed up yet' });
    await waiting.getByText(/^Sent .* by Nora/).waitFor();
    await looksRight(nora, 'team-waiting');
    // The list that is fetched anew arrives under the open dialog, in which the
    // same invitation is another one by then.
    const arrives = await heldBack(nora, 'GET', '/team/invitations');
    await nora.press(nora.button('Send again: new.colleague@northwind.example'));
    await nora.page.getByText(/^New link sent to .*, valid for 14 days/).waitFor();
    await nora.press(waiting.getByRole('button', { name: 'Withdraw' }));
    const withdraw = nora.page.getByRole('dialog').getByRole('button', { name: 'Withdraw' });
    await withdraw.waitFor();
    await arrives();
    await nora.press(withdraw);
    await waiting.waitFor({ state: 'hidden' });

    await nora.page.goto('/audit');
    await nora.field('Words, ids, addresses').fill('person.invited');
    await nora.page.waitForURL(/q=person\.invited/);
    await nora.page.getByText('invited a person').first().waitFor();
    await nora.page.getByText('invalidated an invitation').first().waitFor({ state: 'hidden' });
    const filtered = nora.page.locator('[href*="audit-entries.csv?q=person.invited"]');
    await nora.link('Download entries (CSV)').and(filtered).waitFor();
    await looksRight(nora, 'audit-search');
    await nora.page.reload();
    expect(await nora.field('Words, ids, addresses').inputValue()).toBe('person.invited');
    await nora.press(nora.button('Show all'));
    await nora.page.getByText('invalidated an invitation').first().waitFor();
    await nora.leave();
  });

  it('keeps asking when the row that it asks about goes meanwhile, and says what became of it', async () => {
    const nora = await portal.signIn('nora@northwind.example');
    await nora.page.goto('/team');
    await nora.press(nora.button('Invite a person'));
    await nora.field('E-mail address').fill('short.stay@northwind.example');
    await nora.press(nora.button('Send the invitation'));
    const waiting = nora.page.getByRole('region', { name: 'Invited, not signed up yet' });
    await waiting.getByText(/^Sent .* by Nora/).waitFor();
    const arrives = await heldBack(nora, 'GET', '/team/invitations');
    await nora.press(nora.button('Send again: short.stay@northwind.example'));
    await nora.press(waiting.getByRole('button', { name: 'Withdraw' }));
    const dialog = nora.page.getByRole('dialog');
    await dialog.waitFor();

    const second = await portal.signIn('nora@northwind.example');
    await second.page.goto('/team');
    await second.press(second.button('Withdraw'));
    await second.press(second.page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }));
    await second.page.getByText('The invitation of short.stay@northwind.example is withdrawn.').waitFor();
    await second.leave();

    await arrives();
    await waiting.waitFor({ state: 'hidden' });
    await nora.press(dialog.getByRole('button', { name: 'Withdraw' }));
    await dialog.getByRole('alert').waitFor();
    await looksRight(nora, 'confirmation-too-late');
    await nora.press(dialog.getByRole('button', { name: 'Back' }));
    await dialog.waitFor({ state: 'hidden' });
    await nora.leave();
  });

  it('delegates a sub-domain for partners’ mail: records to copy, what is wrong with them, and back', async () => {
    const nora = await portal.signIn('nora@northwind.example');
    await nora.page.goto('/relays');
    await nora.heading('Subdomain for your partners’ e-mails').waitFor();
    await nora.page.getByText('Current domain: mail.throughline.example.').waitFor();
    await nora.field('Your subdomain').fill('gmail.com');
    await nora.press(nora.button('Show DNS records'));
    await nora.page.getByText('belongs to a mailbox provider').first().waitFor();
    await nora.field('Your subdomain').fill('partners.northwind.example');
    await nora.press(nora.button('Show DNS records'));
    await nora.heading('partners.northwind.example').waitFor();
    await nora.page.getByText('bounces.partners.northwind.example').first().waitFor();
    expect(await violations(nora.page)).toEqual([]);
    await nora.picture('vendor-sub-domain');
    await nora.press(nora.button('Stop using this domain'));
    await nora.press(nora.page.getByRole('dialog').getByRole('button', { name: 'Stop using this domain' }));
    await nora.page.getByText('Current domain: mail.throughline.example.').waitFor();
    expect(nora.errors).toEqual([]);
    await nora.leave();
  });

  it('says how often anybody is written to, in which days, and takes it back', async () => {
    const nora = await portal.signIn('nora@northwind.example');
    await nora.page.goto('/relays');
    const [cap, days] = [nora.field('Max. e-mails per person'), nora.field('Within (days)')];
    const form = nora.page.locator('form').filter({ has: cap });
    const save = async (answer: number): Promise<void> => {
      const answered = nora.page.waitForResponse(
        (response) => response.request().method() === 'PUT' && response.url().endsWith('/frequency-cap'),
      );
      await nora.press(form.getByRole('button', { name: 'Save' }));
      expect((await answered).status()).toBe(answer);
    };
    expect(await days.inputValue()).toBe('7');
    await cap.fill('40');
    await days.fill('30');
    await save(422);
    await nora.page.getByText('which is 20 in 30. Enter 20 or less.').first().waitFor();
    await looksRight(nora, 'frequency-cap-above');
    await cap.fill('6');
    await save(200);
    await nora.page.reload();
    expect([await cap.inputValue(), await days.inputValue()]).toEqual(['6', '30']);
    await cap.fill('');
    await save(200);
    await nora.page.reload();
    expect([await cap.inputValue(), await days.inputValue()]).toEqual(['', '7']);
    await nora.leave();
  });

  it('takes back in one file of the editor what was written there, after another was open', async () => {
    const maya = await portal.signIn('maya@northwind.example', { path: '/campaigns' });
    await maya.press(maya.link('Cloud cost clarity'));
    await maya.press(maya.link('Version 1'));
    await maya.press(maya.link('Edit'));
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
    await maya.heading('Checks').waitFor();
    const file = (name: string) =>
      maya.page.getByRole('navigation', { name: 'Files of the package' }).getByRole('button', { name });
    const text = (name: string) => maya.page.getByRole('textbox', { name });
    await file('campaign.yaml').click();
    await text('campaign.yaml').click();
    await maya.page.keyboard.press('Control+Home');
    await maya.page.keyboard.type('# mine');
    await file('locales/en.yaml').click();
    await text('locales/en.yaml').waitFor();
    await file('campaign.yaml').click();
    await text('campaign.yaml').getByText('# mine').waitFor();
    await text('campaign.yaml').click();
    await maya.page.keyboard.press('Control+z');
    await text('campaign.yaml').getByText('# mine').waitFor({ state: 'hidden' });
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
