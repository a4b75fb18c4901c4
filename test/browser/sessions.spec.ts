import { BrandProfile, BrandProfileEdit, StoredCalendar, SessionView, Team } from '#contracts';
import { Person } from '../journeys/person.js';
import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { refused } from './network.js';
import { Portal, type Visitor } from './portal.js';

const OLIVIA = 'olivia@brightwater.example';
const PASSWORD = 'northwind demo';
const OTHER = 'Kessler';
const WORDS = 'A day of our time, <b>free</b>.';

describe('somebody of two organisations', () => {
  let portal: Portal;
  let jonas: Person;
  beforeAll(async () => {
    portal = await Portal.open();
    const { url, mailbox } = portal.standalone;
    jonas = await Person.signIn(url, 'jonas@kessler.example', PASSWORD);
    await jonas.status('team/invitations', { method: 'POST', json: { email: OLIVIA, role: 'marketer' } });
    let token: string | undefined;
    await until(async () => {
      const mails = await mailbox.mailsTo(OLIVIA);
      token = mails.map(({ text }) => /\/invitation\/([\w-]+)/.exec(text)?.[1]).find((found) => found !== undefined);
      return token !== undefined;
    });
    const olivia = await Person.signIn(url, OLIVIA, PASSWORD);
    await olivia.call(`invitations/${token}/accept`, SessionView, {
      method: 'POST',
      json: { name: OLIVIA, password: PASSWORD },
    });
  });
  afterAll(() => portal.close());

  const menu = ({ page }: Visitor) => page.getByRole('button', { name: 'Account, language and appearance' });
  const worksFor = (visitor: Visitor, name: string) => menu(visitor).getByText(name).waitFor();
  const switchTo = async (visitor: Visitor, name: string): Promise<void> => {
    await menu(visitor).click();
    await visitor.page.getByRole('menuitem', { name: new RegExp(name) }).click();
    await worksFor(visitor, name);
  };
  const signIn = async (organisation: string): Promise<Visitor> => {
    const olivia = await portal.signIn(OLIVIA);
    if ((await menu(olivia).getByText(organisation).count()) === 0) await switchTo(olivia, organisation);
    return olivia;
  };

  it('has one of them in every tab, and finds in each only what was written there', async () => {
    const olivia = await signIn('Brightwater');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    await olivia.field('Your offer').fill(WORDS);
    const address = new URL(olivia.page.url()).pathname;
    const other = await olivia.another();
    await switchTo(other, OTHER);

    await worksFor(olivia, OTHER);
    await olivia.page.goto(address);
    await olivia.field('Your offer').waitFor();
    expect(await olivia.field('Your offer').inputValue()).not.toBe(WORDS);
    expect(await olivia.page.getByText('Brightwater').count()).toBe(0);

    await switchTo(olivia, 'Brightwater');
    await worksFor(other, 'Brightwater');
    await olivia.page.goto(address);
    await olivia.field('Your offer').waitFor();
    expect(await olivia.field('Your offer').inputValue()).toBe(WORDS);
    expect([...olivia.errors, ...other.errors]).toEqual([]);
    await olivia.leave();
  });

  it('is out in every tab once it signs out in one', async () => {
    const olivia = await signIn('Brightwater');
    const other = await olivia.another();
    await other.page.goto('/contacts');
    await other.heading('Contacts').waitFor();
    await menu(olivia).click();
    await olivia.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.button('Sign in').waitFor();
    expect(await other.page.getByText('.example').count()).toBe(0);
    await olivia.leave();
  });

  it('gets out where its session is over already, and hears where it could not', async () => {
    const olivia = await signIn('Brightwater');
    const { page, say } = olivia;
    const told = page.getByRole('alert').filter({ hasText: say('problem.title') });
    const leave = async (): Promise<void> => {
      await menu(olivia).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
    };
    const switches = await refused(olivia, 'POST', '/session/organisation');
    await menu(olivia).click();
    await page.getByRole('menuitem', { name: new RegExp(OTHER) }).click();
    await told.waitFor();
    await switches();
    await told.waitFor({ state: 'detached' });
    const outs = await refused(olivia, 'DELETE', '/session');
    await leave();
    await told.waitFor();
    await worksFor(olivia, 'Brightwater');
    await outs();
    await page.context().clearCookies();
    await leave();
    await olivia.button('Sign in').waitFor();
    expect(await page.getByText('Brightwater').count()).toBe(0);
    await olivia.leave();
  });

  it('loses nothing when the session runs out, and comes back to the organisation it worked for', async () => {
    const olivia = await signIn(OTHER);
    const { page } = olivia;
    await page.goto('/contacts');
    await page.getByRole('row').nth(1).getByRole('button').click();
    await page.getByRole('combobox', { name: 'New permission' }).selectOption('Opt-in (consent)');
    await olivia.field('Proof').fill('Form at the fair');
    await page.context().clearCookies();
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
    const ended = page.getByRole('dialog', { name: 'Your session has ended' });
    await ended.waitFor();
    await page.keyboard.press('Escape');
    await olivia.picture('session-ended-over-a-drawer');
    await ended
      .getByLabel(/^Password/)
      .first()
      .fill(PASSWORD);
    await ended.getByRole('button', { name: 'Sign in', exact: true }).click();
    await ended.waitFor({ state: 'hidden' });
    expect(await olivia.field('Proof').inputValue()).toBe('Form at the fair');
    await worksFor(olivia, OTHER);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('keeps what it writes while nothing can be reached, over a closed tab, and saves it afterwards', async () => {
    const olivia = await signIn('Brightwater');
    const { page } = olivia;
    await page.goto('/brand');
    await olivia.field('Website').waitFor();
    const before = await olivia.field('Legal name').inputValue();
    await page.context().setOffline(true);
    await olivia.field('Legal name').fill('Brightwater <b>Ltd</b>');
    await olivia.press(olivia.button('Save'));
    await page.getByText('Throughline cannot be reached.').first().waitFor();
    await page.context().setOffline(false);
    await page.goto('/calendar');
    await olivia.heading('Holidays and days off').waitFor();
    await page.goto('/brand');
    await olivia.field('Website').waitFor();
    expect(await olivia.field('Legal name').inputValue()).toBe('Brightwater <b>Ltd</b>');
    await olivia.picture('brand-unsaved');
    await olivia.press(olivia.button('Discard changes'));
    expect(await olivia.field('Legal name').inputValue()).toBe(before);
    await olivia.field('Legal name').fill('Brightwater Ltd');
    await olivia.press(olivia.button('Save'));
    await olivia.button('Discard changes').waitFor({ state: 'hidden' });
    await page.reload();
    await olivia.field('Website').waitFor();
    expect(await olivia.field('Legal name').inputValue()).toBe('Brightwater Ltd');
    expect(await olivia.button('Discard changes').count()).toBe(0);
    await olivia.leave();
  });

  it('saves its brand profile beside what somebody else changed of it meanwhile', async () => {
    const olivia = await signIn('Brightwater');
    const { page } = olivia;
    await page.goto('/brand');
    await olivia.field('Legal name').fill('Brightwater and Daughters Ltd');
    const second = await Person.signIn(portal.standalone.url, OLIVIA, PASSWORD);
    const { version, ...profile } = await second.call('brand-profile', BrandProfile);
    const edit = BrandProfileEdit.strip().parse({ ...profile, legalLine: 'Registered in Leeds, theirs' });
    const put = { method: 'PUT' as const, json: edit, headers: { 'if-match': `"${version}"` } };
    expect(await second.status('brand-profile', put)).toBe(200);
    await olivia.press(olivia.button('Save'));
    await page.getByRole('alert').getByText('The brand profile was changed meanwhile').waitFor();
    await until(
      async () =>
        (await olivia.field('Company register and VAT number').inputValue()) === 'Registered in Leeds, theirs',
    );
    await olivia.picture('brand-stale');
    await olivia.press(olivia.button('Save'));
    await page.getByText('Your brand profile is saved.').waitFor();
    const saved = await second.call('brand-profile', BrandProfile);
    expect(saved.legalName).toBe('Brightwater and Daughters Ltd');
    expect(saved.legalLine).toBe('Registered in Leeds, theirs');
    await olivia.leave();
  });

  it('picks public holidays, keeps them over a reload, and takes in what somebody else saved meanwhile', async () => {
    const olivia = await signIn('Brightwater');
    const { page } = olivia;
    await page.goto('/calendar');
    const holidays = page.getByRole('region', { name: 'Public holidays' });
    await holidays.getByRole('combobox', { name: 'Country' }).fill('Germ');
    await page.getByRole('option', { name: 'Germany' }).click();
    await holidays.getByRole('combobox', { name: 'Region' }).fill('Bay');
    await page.getByRole('option', { name: 'Bayern' }).click();
    await holidays.getByRole('combobox', { name: 'Year' }).click();
    await page.getByRole('option').nth(1).click();
    await holidays.getByText('Epiphany').waitFor();
    await olivia.picture('closed-days-holidays');
    await olivia.press(holidays.getByRole('button', { name: /^Add \d+ holidays$/ }));
    await page.reload();
    const names = page.getByRole('textbox', { name: /^Name of / });
    await names.first().waitFor();
    const picked = await names.count();
    expect(picked).toBeGreaterThan(9);

    const second = await Person.signIn(portal.standalone.url, OLIVIA, PASSWORD);
    const year = new Date().getFullYear() + 1;
    const blackouts = [{ from: `${year}-07-01`, to: `${year}-07-02`, name: 'Theirs' }];
    const { version } = await second.call('calendar', StoredCalendar);
    const put = { method: 'PUT' as const, json: { blackouts, holidays: {} }, headers: { 'if-match': `"${version}"` } };
    expect(await second.status('calendar', put)).toBe(200);
    await olivia.press(olivia.button('Save days off'));
    await page.getByText('The calendar was changed meanwhile').waitFor();
    await olivia.picture('closed-days-stale');
    await olivia.press(olivia.button('Merge changes'));
    await until(async () => (await names.count()) === picked + 1);
    await olivia.press(olivia.button('Save days off'));
    await page.getByText('Days off saved.').waitFor();
    await page.reload();
    await names.first().waitFor();
    expect(await names.count()).toBe(picked + 1);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('has the role that an owner gives it on Team', async () => {
    const owner = await portal.signIn('jonas@kessler.example');
    const { page, say } = owner;
    await page.goto('/team');
    const role = page.getByRole('combobox', { name: /^Role of Olivia/ });
    await role.waitFor();
    // Nobody takes their own role away by a slip.
    expect(await page.getByRole('combobox', { name: /^Role of Jonas/ }).count()).toBe(0);
    await role.selectOption({ label: say('team.roles.viewer') });
    await page.getByText(/^New role of Olivia.*: Viewer\.$/).waitFor();
    await owner.picture('team-role');
    const { items } = await jonas.call('team', Team);
    expect(items.find(({ email }) => email === OLIVIA)?.role).toBe('viewer');
    expect(await violations(page)).toEqual([]);
    await owner.leave();
  });

  it('is out of an organisation at once when its membership ends, and in the other', async () => {
    const olivia = await signIn(OTHER);
    await olivia.page.goto('/contacts');
    await olivia.heading('Contacts').waitFor();
    const { items } = await jonas.call('team', Team);
    const member = items.find(({ email }) => email === OLIVIA);
    expect(await jonas.status(`team/${member?.id}`, { method: 'DELETE' })).toBe(204);
    await olivia.link('Campaigns').or(olivia.link('Home')).first().click();
    const ended = olivia.page.getByRole('dialog', { name: 'Your session has ended' });
    await ended.or(menu(olivia).getByText('Brightwater')).first().waitFor();
    if (await ended.isVisible()) {
      await ended
        .getByLabel(/^Password/)
        .first()
        .fill(PASSWORD);
      await ended.getByRole('button', { name: 'Sign in', exact: true }).click();
    }
    await worksFor(olivia, 'Brightwater');
    expect(await olivia.page.getByText(OTHER).count()).toBe(0);
    await olivia.leave();
  });
});
