import { PartnerGroups, WebhookEndpoints, WebhookEndpointView } from '#contracts';
import { Person } from '../journeys/person.js';
import { CampaignsInWork } from './campaigns-in-work.js';
import { Portal, type Visitor } from './portal.js';

const MAYA = 'maya@northwind.example';
const NORA = 'nora@northwind.example';
const PASSWORD = 'northwind demo';
const UNREACHABLE = 'Throughline cannot be reached.';
const KEPT = 'You have unsaved changes.';

describe('what is typed into a form of a vendor and not saved', () => {
  let portal: Portal;
  let inWork: CampaignsInWork;
  beforeAll(async () => {
    portal = await Portal.open();
    inWork = await CampaignsInWork.by(portal.standalone.url, await portal.standalone.now());
  });
  afterAll(() => portal.close());

  /** All that this browser keeps for anybody. */
  const drafts = ({ page }: Visitor) =>
    page.evaluate<string[]>(
      `Object.entries(localStorage).filter(([key]) => key.startsWith('throughline-draft')).map((entry) => entry.join(' '))`,
    );
  const dialogOf = ({ page }: Visitor, name: string) => page.getByRole('dialog', { name });
  const note = ({ page }: Visitor) => page.getByText(KEPT);

  it('stays in a new group, also where it could not be sent, until the group is there', async () => {
    const maya = await portal.signIn(MAYA);
    const { page } = maya;
    await page.goto('/partner-groups');
    await maya.press(maya.button('New group'));
    const dialog = dialogOf(maya, 'New group');
    await maya.field('Name').fill('Copper in EMEA');
    await dialog.getByRole('combobox', { name: 'Tiers' }).or(dialog.getByLabel('Tiers')).first().fill('copper');
    await page.keyboard.press('Enter');
    expect(await note(maya).count()).toBe(0);
    await page.context().setOffline(true);
    await maya.press(dialog.getByRole('button', { name: 'Save' }));
    await page.getByText(UNREACHABLE).first().waitFor();
    await page.context().setOffline(false);
    await page.reload();
    await maya.press(maya.button('New group'));
    await note(maya).waitFor();
    expect(await maya.field('Name').inputValue()).toBe('Copper in EMEA');
    await dialog.getByText('copper', { exact: true }).waitFor();
    await maya.picture('partner-group-kept');
    await maya.press(dialog.getByRole('button', { name: 'Save' }));
    await page.getByRole('row', { name: /Copper in EMEA/ }).waitFor();
    expect(await drafts(maya)).toEqual([]);
    await maya.press(maya.button('New group'));
    expect(await maya.field('Name').inputValue()).toBe('');
    expect(await note(maya).count()).toBe(0);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('stays with the one group it is of, until it is discarded', async () => {
    const api = await Person.signIn(portal.standalone.url, MAYA, PASSWORD);
    const { items } = await api.call('partner-groups', PartnerGroups);
    const [one = '', other = ''] = items.map(({ name }) => name);
    const maya = await portal.signIn(MAYA);
    const { page } = maya;
    const edit = (name: string) => maya.press(maya.button(`Edit ${name}`));
    const close = async (): Promise<void> => {
      await page.getByRole('dialog').locator('.mantine-Modal-close').click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    };
    await page.goto('/partner-groups');
    await edit(one);
    await maya.field('Name').fill('Half a name');
    await close();
    await edit(other);
    expect(await maya.field('Name').inputValue()).toBe(other);
    expect(await note(maya).count()).toBe(0);
    await close();
    await page.reload();
    await edit(one);
    await note(maya).waitFor();
    expect(await maya.field('Name').inputValue()).toBe('Half a name');
    await maya.press(maya.button('Discard changes'));
    expect(await maya.field('Name').inputValue()).toBe(one);
    expect(await note(maya).count()).toBe(0);
    expect(await drafts(maya)).toEqual([]);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('stays of whom a campaign goes to and when, until it is published', async () => {
    const path = await inWork.submitted('kept-window', 'Kept window');
    await inWork.approve(path);
    const maya = await portal.signIn(MAYA);
    const { page } = maya;
    const dialog = dialogOf(maya, 'Publish to partners');
    await page.goto(`/${path}`);
    await maya.press(maya.button('Publish'));
    await maya.press(maya.field('Partner groups'));
    await maya.press(page.getByRole('option', { name: /^Gold and silver/ }));
    await page.keyboard.press('Tab');
    await maya.press(dialog.getByRole('button', { name: 'Launch period' }));
    await maya.press(page.locator('button[data-direction=next]'));
    const days = page.locator('table').getByRole('button', { disabled: false });
    await maya.press(days.filter({ hasText: /^10$/ }));
    await maya.press(days.filter({ hasText: /^20$/ }));
    // The second day closes the calendar: Escape would close the dialog.
    await days.filter({ hasText: /^20$/ }).waitFor({ state: 'hidden' });
    const chosen = await dialog.getByRole('button', { name: 'Launch period' }).textContent();
    expect(chosen).toMatch(/10.*20/);
    await page.reload();
    await maya.press(maya.button('Publish'));
    await note(maya).waitFor();
    await dialog.getByText(/^Gold and silver/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Launch period' }).textContent()).toBe(chosen);
    await maya.picture('publish-kept');
    await maya.press(dialog.getByRole('button', { name: 'Publish', exact: true }));
    await page.getByText(/^Opens on .*10/).waitFor();
    expect(await drafts(maya)).toEqual([]);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('stays in a webhook endpoint over what somebody else has saved meanwhile, until it is saved', async () => {
    const nora = await portal.signIn(NORA);
    const { page } = nora;
    await page.goto('/webhooks');
    await nora.press(nora.button('New endpoint'));
    await nora.field('Address').fill('https://hooks.example/kept');
    await nora.press(page.getByRole('checkbox').first());
    await page.reload();
    await nora.press(nora.button('New endpoint'));
    await note(nora).waitFor();
    expect(await nora.field('Address').inputValue()).toBe('https://hooks.example/kept');
    expect(await page.getByRole('checkbox').first().isChecked()).toBe(true);
    await nora.press(nora.button('Create the endpoint'));
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await drafts(nora)).toEqual([]);

    await nora.press(nora.link('https://hooks.example/kept'));
    await nora.field('What it is for').fill('For the CRM');
    const api = await Person.signIn(portal.standalone.url, NORA, PASSWORD);
    const { items } = await api.call('webhook-endpoints', WebhookEndpoints);
    const { id, eventTypes } = items.find(({ url }) => url.endsWith('/kept'))!;
    const json = { url: 'https://hooks.example/moved', description: '', eventTypes, enabled: true };
    await api.call(`webhook-endpoints/${id}`, WebhookEndpointView, {
      method: 'PUT',
      json,
      headers: { 'if-match': '*' },
    });
    await page.reload();
    await note(nora).waitFor();
    expect(await nora.field('Address').inputValue()).toBe('https://hooks.example/moved');
    expect(await nora.field('What it is for').inputValue()).toBe('For the CRM');
    await nora.picture('webhook-kept');
    await nora.press(nora.button('Save'));
    await note(nora).waitFor({ state: 'hidden' });
    await nora.allThere();
    expect(await drafts(nora)).toEqual([]);
    expect(await nora.field('What it is for').inputValue()).toBe('For the CRM');

    // What is typed while a save is under way is no part of it.
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await page.route('**/webhook-endpoints/*', async (route) => {
      if (route.request().method() === 'PUT') await arrived;
      await route.continue();
    });
    await nora.field('What it is for').fill('For the new CRM');
    await nora.button('Save').click();
    await nora.field('What it is for').fill('For the new CRM and the old one');
    const saved = page.waitForResponse((response) => response.request().method() === 'PUT');
    const readAgain = page.waitForResponse((response) => response.request().method() === 'GET');
    arrive();
    await Promise.all([saved, readAgain]);
    await nora.allThere();
    expect(await nora.field('What it is for').inputValue()).toBe('For the new CRM and the old one');
    await note(nora).waitFor();
    await page.reload();
    await note(nora).waitFor();
    expect(await nora.field('What it is for').inputValue()).toBe('For the new CRM and the old one');
    await nora.press(nora.button('Save'));
    await note(nora).waitFor({ state: 'hidden' });
    await nora.allThere();
    expect(await drafts(nora)).toEqual([]);
    expect(nora.errors).toEqual([]);
    await nora.leave();
  });

  it('is no secret: of a mail server neither user nor password', async () => {
    const nora = await portal.signIn(NORA);
    const { page } = nora;
    await page.goto('/relays');
    await nora.press(nora.button(nora.say('relays.add')));
    await nora.field(nora.say('relays.host')).fill('smtp.kept.example');
    await nora.field(nora.say('relays.username')).fill('mailer-in-chief');
    await nora.field(nora.say('relays.password')).fill('hush hush');
    const [kept = '', ...more] = await drafts(nora);
    expect(more).toEqual([]);
    expect(kept).toContain('smtp.kept.example');
    expect(kept).not.toMatch(/mailer|hush/);
    await page.reload();
    await nora.press(nora.button(nora.say('relays.add')));
    await note(nora).waitFor();
    expect(await nora.field(nora.say('relays.host')).inputValue()).toBe('smtp.kept.example');
    expect(await nora.field(nora.say('relays.password')).inputValue()).toBe('');
    expect(nora.errors).toEqual([]);
    await nora.leave();
  });
});
