import { CampaignVersionCard, ContactDetail, ContactList, ContactPage, DraftFiles, PackageFiles } from '#contracts';
import { Person } from '../journeys/person.js';
import { beginCampaign } from './authors.js';
import { Portal, type Visitor } from './portal.js';

const NORA = 'nora@northwind.example';
const OLIVIA = 'olivia@brightwater.example';
const PASSWORD = 'northwind demo';
/** Stored while its author types; the time depends on the language. */
const SAVED = /^Saved .*: changes in 1 file$/;
const NOT_SAVED = 'Not saved yet: your changes are only in this browser.';
const UNREACHABLE = 'Throughline cannot be reached.';

/**
 * A slot of the e-mail that is shown: words of another tactic ask for nothing.
 */
const INTRODUCTION = 'Personal introduction';

describe('what is written and not saved', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const offline = ({ page }: Visitor, isOffline: boolean): Promise<void> => page.context().setOffline(isOffline);
  /**
   * Closes the tab with the network down, and opens another at the same address
   * with it up again.
   */
  const afterClosing = async (visitor: Visitor): Promise<Visitor> => {
    const address = visitor.page.url();
    const context = visitor.page.context();
    await visitor.page.close();
    await context.setOffline(false);
    return visitor.onPage(await context.newPage(), address);
  };
  /**
   * Whatever the screen still reads would ask for the password at once, and
   * what is typed meanwhile would go there.
   */
  const endSession = async (visitor: Visitor): Promise<void> => {
    await visitor.allThere();
    await visitor.page.context().clearCookies();
  };
  const signInAgain = async (visitor: Visitor): Promise<void> => {
    const ended = visitor.page.getByRole('dialog', { name: 'Your session has ended' });
    await ended.waitFor();
    await ended
      .getByLabel(/^Password/)
      .first()
      .fill(PASSWORD);
    await ended.getByRole('button', { name: 'Sign in', exact: true }).click();
    await ended.waitFor({ state: 'hidden' });
  };

  const aDraft = async (title: string): Promise<Visitor> => {
    const maya = await beginCampaign(portal, title);
    await maya.press(maya.link('Edit'));
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
    await maya.heading('Checks').waitFor();
    return maya;
  };
  const code = ({ page }: Visitor) => page.getByRole('textbox', { name: 'campaign.yaml' });
  const writeInFile = async (visitor: Visitor, line: string): Promise<void> => {
    await visitor.press(visitor.page.getByRole('button', { name: 'campaign.yaml' }));
    await code(visitor).press('Control+Home');
    await code(visitor).pressSequentially(`${line}\n`);
  };

  it('in the files of a campaign outlives a broken connection, a closed tab and an ended session', async () => {
    let maya = await aDraft('Kept files');
    await maya.page.getByText('All changes saved.').waitFor();
    await offline(maya, true);
    await writeInFile(maya, '# Not lost');
    await maya.page.getByText(UNREACHABLE).first().waitFor();
    await maya.page.getByText(NOT_SAVED).waitFor();
    maya = await afterClosing(maya);
    await maya.page.getByText(SAVED).waitFor();
    await maya.press(maya.page.getByRole('button', { name: 'campaign.yaml' }));
    await maya.page.getByText('# Not lost').waitFor();

    await endSession(maya);
    await writeInFile(maya, '# Nor this');
    await signInAgain(maya);
    await maya.page.getByText('# Nor this').waitFor();
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('All changes saved.').waitFor();
    await maya.page.reload();
    await maya.press(maya.page.getByRole('button', { name: 'campaign.yaml' }));
    await maya.page.getByText('# Nor this').waitFor();
    await maya.page.getByText('# Not lost').waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('in the forms of a sequence and in a cell of the copy does so too', async () => {
    let maya = await aDraft('Kept forms');
    await maya.press(maya.page.getByRole('tab', { name: 'Sequence' }));
    await maya.field('Daily limit per partner').waitFor();
    await offline(maya, true);
    await maya.field('Daily limit per partner').fill('77');
    await maya.field('Daily limit per partner').press('Tab');
    await maya.page.getByText(NOT_SAVED).waitFor();
    maya = await afterClosing(maya);
    await maya.field('Daily limit per partner').waitFor();
    expect(await maya.field('Daily limit per partner').inputValue()).toBe('77');

    await maya.press(maya.page.getByRole('tab', { name: 'Copy' }));
    await maya.press(maya.page.getByRole('button', { name: /^welcome\.title in German:/ }));
    await maya.field('welcome.title in German').fill('Mitten im Satz');
    await maya.page.reload();
    await maya.page.getByRole('button', { name: 'welcome.title in German: Mitten im Satz' }).waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('in the files of a campaign is on the server with its mistakes, and a colleague goes on with it', async () => {
    const maya = await aDraft('Two authors');
    const [, path = ''] = /(\/campaigns\/.*)\/edit/.exec(maya.page.url()) ?? [];
    await writeInFile(maya, '# Maya was here');
    // A reserved character: no YAML.
    await code(maya).press('Control+Home');
    await code(maya).pressSequentially('@');
    await maya.page.getByText(SAVED).waitFor();
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('Version 1 takes them over once the errors are corrected.').waitFor();
    await maya.press(maya.link('Version 1'));
    await maya.page.getByText(/^Maya .* changed 1 file/).waitFor();
    await maya.press(maya.button('Submit for review'));
    await maya.press(maya.button('Submit'));
    await maya.page.getByText('The draft has').first().waitFor();
    await maya.picture('version-with-mistakes');

    const nora = await portal.signIn(NORA);
    await nora.page.goto(`${path}/edit?file=campaign.yaml`);
    await nora.page.getByText(/^Saved .* by Maya .*: changes in 1 file$/).waitFor();
    await code(nora).press('Control+Home');
    await code(nora).press('Delete');
    await nora.page.getByText(/^Saved \d\d:\d\d( [AP]M)?: changes in 1 file$/).waitFor();
    await nora.press(nora.button('Save draft'));
    await nora.page.getByText('All changes saved.').waitFor();
    expect(nora.errors).toEqual([]);
    await nora.leave();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('in one file by two people is merged, and at one place each chooses with both texts in view', async () => {
    const maya = await aDraft('One file');
    const [, path = ''] = /(\/campaigns\/.*)\/edit/.exec(maya.page.url()) ?? [];
    const [, id = ''] = /\/campaigns\/([^/]+)/.exec(path) ?? [];
    const nora = await Person.signIn(portal.standalone.url, NORA, PASSWORD);
    const { packageHash, files } = await nora.call(`${path.slice(1)}/files`, PackageFiles);
    const text = files.find((file) => file.path === 'campaign.yaml')?.text ?? '';
    const write = async (written: string): Promise<void> => {
      const changed = await nora.call(`campaigns/${id}/draft-files`, DraftFiles);
      const revision = changed.files[0]?.revision ?? null;
      const file = { path: 'campaign.yaml', kind: 'text', text: written, revision };
      const json = { basedOn: packageHash, files: [file] };
      await nora.call(`campaigns/${id}/draft-files`, DraftFiles, { method: 'PUT', json });
    };
    await maya.press(maya.page.getByRole('button', { name: 'campaign.yaml' }));
    await write(`${text}# Nora was here\n`);
    await writeInFile(maya, '# Maya was here');
    await maya.page.getByText(SAVED).waitFor();
    const both = (await nora.call(`campaigns/${id}/draft-files`, DraftFiles)).files[0]?.text ?? '';
    expect([both.startsWith('# Maya was here\n'), both.endsWith('# Nora was here\n')]).toEqual([true, true]);

    await offline(maya, true);
    await code(maya).press('Control+Home');
    await code(maya).press('Shift+End');
    await code(maya).pressSequentially('# 111111');
    await maya.page.getByText(NOT_SAVED).waitFor();
    await write(both.replace('# Maya was here', '# 222222'));
    await offline(maya, false);
    const conflict = maya.page.getByRole('alert').filter({ hasText: 'changed the same place in campaign.yaml' });
    await conflict.waitFor();
    await maya.page.getByText('Not saved yet: choose below which text stays.').waitFor();
    await maya.picture('editor-conflict');
    await maya.press(conflict.getByRole('button', { name: 'Keep mine' }));
    await maya.page.getByText(SAVED).waitFor();
    const chosen = (await nora.call(`campaigns/${id}/draft-files`, DraftFiles)).files[0]?.text ?? '';
    expect(chosen.startsWith('# 111111\n')).toBe(true);
    expect(maya.errors.filter((error) => !/ERR_INTERNET|Failed to load|412/.test(error))).toEqual([]);
    await maya.leave();
  });

  it('in the files of a campaign is offered again where another package replaces them', async () => {
    const maya = await aDraft('Replaced files');
    await writeInFile(maya, '# Maya was here');
    await maya.page.getByText(SAVED).waitFor();
    const nora = await Person.signIn(portal.standalone.url, NORA, PASSWORD);
    const [, path = ''] = /(\/campaigns\/.*)\/edit/.exec(maya.page.url()) ?? [];
    const { packageHash, files } = await nora.call(`${path.slice(1)}/files`, PackageFiles);
    const text = files.find((file) => file.path === 'campaign.yaml')?.text ?? '';
    const changes = { 'campaign.yaml': `${text}# Nora was here\n` };
    const json = { basedOn: packageHash, changes };
    await nora.call(`${path.slice(1)}/files`, CampaignVersionCard, { method: 'PATCH', json });

    await maya.page.reload();
    await maya.page.getByText(/^Changes by Maya .* wait for you$/).waitFor();
    await maya.picture('editor-left-edits');
    await maya.press(maya.button('Discard them'));
    const asked = maya.page.getByRole('dialog', { name: 'Discard the changes in 1 file?' });
    expect(await asked.getByRole('listitem').allTextContents()).toEqual(['campaign.yaml']);
    await maya.press(asked.getByRole('button', { name: 'Back' }));
    await maya.press(maya.button('Merge changes'));
    await maya.page.getByText(SAVED).waitFor();
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('All changes saved.').waitFor();
    const { files: both } = await nora.call(`${path.slice(1)}/files`, PackageFiles);
    const saved = both.find((file) => file.path === 'campaign.yaml')?.text ?? '';
    expect([saved.startsWith('# Maya was here\n'), saved.endsWith('# Nora was here\n')]).toEqual([true, true]);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('as own words in a slot does so too', async () => {
    let olivia = await portal.signIn(OLIVIA);
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    await olivia.field(INTRODUCTION).waitFor();
    await offline(olivia, true);
    await olivia.field(INTRODUCTION).fill('A day of our time.');
    await olivia.page.getByText('Not saved yet: your texts are only in this browser.').waitFor();
    await olivia.page.getByText(UNREACHABLE).first().waitFor();
    olivia = await afterClosing(olivia);
    await olivia.field(INTRODUCTION).waitFor();
    expect(await olivia.field(INTRODUCTION).inputValue()).toBe('A day of our time.');
    await endSession(olivia);
    await olivia.field(INTRODUCTION).fill('Two days of our time.');
    await signInAgain(olivia);
    expect(await olivia.field(INTRODUCTION).inputValue()).toBe('Two days of our time.');
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('as whom a launch goes to, when and in which language does so too, over a look at closed days, until it is launched', async () => {
    const api = await Person.signIn(portal.standalone.url, OLIVIA, PASSWORD);
    const list = (name: string) => api.call('contact-lists', ContactList, { method: 'POST', json: { name } });
    const fair = await list('Trade fair');
    const gone = await list('Gone soon');
    const { items } = await api.call('contacts?limit=8', ContactPage);
    for (const { id } of items) {
      const json = { addToLists: [fair.id, gone.id] };
      await api.call(`contacts/${id}`, ContactDetail, { method: 'PATCH', json });
    }
    const olivia = await portal.signIn(OLIVIA);
    const { page } = olivia;
    const lists = olivia.field('Contact list');
    const start = olivia.button('Start');
    const chosen = () => lists.locator('option:checked').textContent();
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    await lists.selectOption(fair.id);
    await olivia.field('Language').selectOption('French');
    await olivia.press(start);
    await olivia.press(page.locator('button[data-direction=next]'));
    await olivia.press(page.locator('table button:not([disabled])').filter({ hasText: /^15$/ }));
    await page.keyboard.press('Escape');
    const moment = await start.textContent();
    expect(moment).toContain('15');
    await olivia.press(olivia.button('Change dates'));
    await olivia.press(olivia.link('Holidays and days off for all your campaigns'));
    await olivia.heading('Holidays and days off').waitFor();
    await page.goBack();
    await lists.waitFor();
    expect([await chosen(), await start.textContent()]).toEqual(['Trade fair (8)', moment]);
    expect(await olivia.field('Language').locator('option:checked').textContent()).toBe('French');

    // What was chosen can hold no longer: the list is gone, the start has
    // passed.
    await lists.selectOption(gone.id);
    await api.status(`contact-lists/${gone.id}`, { method: 'DELETE' });
    await page.reload();
    await page.getByText('The list you chose was deleted. “Customers” is selected instead.').waitFor();
    expect(await chosen()).toMatch(/^Customers /);
    expect(await start.textContent()).toBe(moment);
    await page.clock.setFixedTime(Date.now() + 70 * 86_400_000);
    await page.reload();
    await page.getByText('The start time you chose has passed. The campaign would start now.').waitFor();
    await olivia.picture('launch-choices-lost');
    expect(await start.textContent()).toBe('Now');
    await lists.selectOption(fair.id);
    expect(await page.getByText('The list you chose was deleted').count()).toBe(0);
    await page.getByText(/ of 8 contacts will get it$/).waitFor();
    await olivia.press(olivia.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await page.goBack();
    await lists.waitFor();
    expect(await chosen()).toMatch(/^Customers /);
    expect(await page.getByText('The start time you chose has passed').count()).toBe(0);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('as closed days does so too, on a telephone, where saving stays in reach', async () => {
    let olivia = await portal.signIn(OLIVIA, { width: 375, touch: true });
    await olivia.page.goto('/calendar');
    const holidays = olivia.page.getByRole('region', { name: 'Public holidays' });
    await holidays.getByRole('combobox', { name: 'Country' }).fill('Germ');
    await olivia.page.getByRole('option', { name: 'Germany' }).click();
    await holidays.getByRole('checkbox').first().waitFor();
    await offline(olivia, true);
    await olivia.press(holidays.getByRole('button', { name: /^Add \d+ holidays?$/ }));
    const save = olivia.button('Save days off');
    await save.waitFor();
    // Wherever one is in the form, without scrolling.
    for (const to of ['0', 'document.documentElement.scrollHeight', 'document.documentElement.scrollHeight / 2']) {
      await olivia.page.evaluate(`scrollTo({ top: ${to}, behavior: 'instant' })`);
      const box = await save.boundingBox();
      expect(box === null ? Number.NaN : box.y + box.height).toBeLessThanOrEqual(812);
      expect(box?.y).toBeGreaterThan(60);
    }
    await olivia.picture('closed-days-unsaved-narrow');
    await olivia.press(save);
    await olivia.page.getByText(UNREACHABLE).first().waitFor();
    olivia = await afterClosing(olivia);
    await olivia.button('Save days off').waitFor();
    await endSession(olivia);
    await olivia.press(olivia.button('Save days off'));
    await signInAgain(olivia);
    await olivia.press(olivia.button('Save days off'));
    await olivia.page.getByText('Days off saved.').waitFor();
    await olivia.button('Save days off').waitFor({ state: 'hidden' });
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('as days that are not in the calendar yet does so too, until they are', async () => {
    const olivia = await portal.signIn(OLIVIA);
    const { page } = olivia;
    await page.goto('/calendar');
    const form = page.getByRole('region', { name: 'Add days off' });
    const name = form.getByLabel('Name');
    await olivia.press(olivia.button('Days'));
    const days = page.getByRole('dialog').locator('table button:not([data-hidden]):not([disabled])');
    await days.last().click();
    await days.last().click();
    await page.keyboard.press('Escape');
    await name.fill('Stock-taking');
    await olivia.press(form.getByRole('radio', { name: /^A public holiday/ }));
    await page.reload();
    await name.waitFor();
    expect(await name.inputValue()).toBe('Stock-taking');
    expect(await form.getByRole('radio', { name: /^A public holiday/ }).isChecked()).toBe(true);
    await olivia.press(form.getByRole('button', { name: 'Add to the calendar' }));
    await page
      .getByRole('textbox', { name: /^Name of / })
      .and(page.locator('[value="Stock-taking"]'))
      .waitFor();
    expect(await name.inputValue()).toBe('');
    await page.reload();
    await name.waitFor();
    expect(await name.inputValue()).toBe('');
    await olivia.press(olivia.button('Discard changes'));
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });
});
