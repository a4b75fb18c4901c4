import { z } from 'zod';
import { LeadPage, type LeadView } from '#contracts';
import { DAY_MS } from '#kernel';
import { Person } from '../journeys/person.js';
import { violations } from '../support/axe.js';
import { screenProblems } from './screen-problems.js';
import { englishOn } from './english.js';
import { HOSTILE, HOSTILE_MAIL_NAME, isOnlyText } from './hostile.js';
import { launchedPage } from './launched-page.js';
import { lostOnTheWay } from './network.js';
import { Portal, type Visitor } from './portal.js';

const OLIVIA = 'olivia@brightwater.example';
const CANNOT = 'Throughline cannot be reached. What you asked for may have been done all the same';
/** One line, as a note is. */
const NOTE = HOSTILE.replace('\u202e', '').replace('\u202c', '');

describe('a partner’s leads', () => {
  let portal: Portal;
  let owner: Person;
  let pagePath: string;
  beforeAll(async () => {
    portal = await Portal.open();
    owner = await Person.signIn(portal.standalone.url, OLIVIA, 'northwind demo');
    pagePath = await launchedPage(owner);
  });
  afterAll(() => portal.close());

  /** Somebody sends the form of the landing page. */
  const aLead = async (firstName: string, company = 'Harbour Logistics'): Promise<LeadView> => {
    const email = `visitor${Math.random().toString(36).slice(2)}@harbour.example`;
    const reader = await portal.visit(pagePath, { width: 375, scripts: false });
    await reader.page.locator('#tc-firstName').fill(firstName);
    await reader.page.locator('#tc-email').fill(email);
    await reader.page.locator('#tc-company').fill(company);
    await reader.page.locator('#tc-consent').check();
    await reader.page.locator('.tc-form button').click();
    await reader.page.getByRole('status').waitFor();
    await reader.leave();
    const found = (await owner.call('leads', LeadPage)).items.find((one) => one.email === email);
    if (found === undefined) throw new Error(`${email} is no lead.`);
    return found;
  };
  const moved = (id: string, status: string): Promise<unknown> =>
    owner.call(`leads/${id}`, z.unknown(), { method: 'PATCH', json: { status } });
  const followed = (id: string, note: string): Promise<unknown> =>
    owner.call(`leads/${id}/follow-ups`, z.unknown(), { method: 'POST', json: { note } });
  const notice = ({ page }: Visitor) => page.locator('.mantine-Notification-root').filter({ hasText: CANNOT });

  it('have a history: how each came to be, who was at it when, and every note, as text', async () => {
    const { id, name } = await aLead(HOSTILE_MAIL_NAME, '<i>gold</i> & Sons');
    await moved(id, 'accepted');
    await followed(id, NOTE);
    await followed(id, 'They decide in spring');
    const olivia = await portal.signIn(OLIVIA);
    const { page } = olivia;
    await olivia.press(olivia.link('Leads'));
    await olivia.press(olivia.button(`History of ${name}`));
    const drawer = page.getByRole('dialog', { name: 'Lead history' });
    await drawer.getByText('Sent the form on your landing page.').waitFor();
    await drawer.getByText('They decide in spring', { exact: true }).waitFor();
    const told = await drawer.innerText();
    const order = ['Sent the form\n', 'New', 'Accepted', '<script>', 'They decide in spring'].map((part) =>
      told.lastIndexOf(part),
    );
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(Math.min(...order)).toBeGreaterThan(0);
    // Whoever did it by hand stands beside the time; what came of itself has
    // nobody.
    expect(await drawer.getByText(/, Olivia Hart$/).count()).toBe(3);
    await isOnlyText(olivia, 'the history of a lead');
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.picture('lead-history');
    await page.setViewportSize({ width: 375, height: 812 });
    await olivia.picture('lead-history-narrow');
    await isOnlyText(olivia, 'the history of a lead, narrow');

    await olivia.press(drawer.getByRole('button', { name: 'E-mails to this person' }));
    await page.getByRole('dialog').getByText('E-mails to this person').waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('have it in German, too', async () => {
    const { id, name } = await aLead('Gerda');
    await moved(id, 'accepted');
    await followed(id, '7');
    const olivia = await portal.signIn(OLIVIA, { language: 'de', width: 375 });
    const { page, say } = olivia;
    await page.goto('/leads');
    await olivia.press(olivia.button(say('leadHistory.of', { name })));
    await page.getByRole('dialog').getByText(say('leadHistory.form'), { exact: true }).waitFor();
    expect(await englishOn(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await olivia.picture('de-lead-history-narrow');
    await olivia.leave();
  });

  it('show at once that somebody is at one, and take it back with the note where it is lost on the way', async () => {
    const { id } = await aLead('Nadia');
    await moved(id, 'accepted');
    const olivia = await portal.signIn(OLIVIA);
    const { page } = olivia;
    await olivia.press(olivia.link('Leads'));
    const row = page.getByRole('row').filter({ hasText: 'Nadia' });
    await row.getByText('Accepted').first().waitFor();
    const lose = await lostOnTheWay(olivia, 'POST', `/leads/${id}/follow-ups`);
    await olivia.press(row.getByRole('button', { name: /^In contact/ }));
    await olivia.field('Note (optional)').fill('They want a second offer');
    await olivia.press(olivia.button('Save'));
    // Nothing has been answered yet.
    await row.getByText(/^In contact .*: They want a second offer$/).waitFor();
    await lose();
    await notice(olivia).waitFor();
    await row.getByText(/They want a second offer/).waitFor({ state: 'hidden' });
    expect(await olivia.field('Note (optional)').inputValue()).toBe('They want a second offer');
    await page.getByRole('dialog').getByText(CANNOT).waitFor();
    expect(await violations(page)).toEqual([]);
    await olivia.press(olivia.button('Save'));
    await row.getByText(/^In contact .*: They want a second offer$/).waitFor();
    await olivia.allThere();
    await page.reload();
    await row.getByText(/^In contact .*: They want a second offer$/).waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('show at once where one was moved to, and that it was not where that is lost on the way', async () => {
    const { id } = await aLead('Pavel');
    const olivia = await portal.signIn(OLIVIA);
    const { page } = olivia;
    await olivia.press(olivia.link('Leads'));
    const row = page.getByRole('row').filter({ hasText: 'Pavel' });
    const badge = (state: string) => row.locator('.mantine-Badge-root').filter({ hasText: state });
    await badge('New').waitFor();
    const lose = await lostOnTheWay(olivia, 'PATCH', `/leads/${id}`);
    await page.getByLabel('Status of Pavel').selectOption({ label: 'Accepted' });
    await badge('Accepted').waitFor();
    await lose();
    await notice(olivia).waitFor();
    await badge('New').waitFor();
    await page.getByLabel('Status of Pavel').selectOption({ label: 'Accepted' });
    await badge('Accepted').waitFor();
    await row.getByRole('button', { name: 'In contact, remind me later: Pavel' }).waitFor();
    await olivia.leave();
  });

  it('stay with their new state where only those to follow up are shown', async () => {
    const { name } = await aLead('Quentin');
    const olivia = await portal.signIn(OLIVIA);
    const { page } = olivia;
    await page.goto('/leads?waiting=yes');
    const row = page.getByRole('row').filter({ hasText: 'Quentin' });
    await page.getByLabel(`Status of ${name}`).selectOption({ label: 'Accepted' });
    await row.getByRole('button', { name: /^In contact/ }).waitFor();
    await olivia.allThere();
    expect(await row.locator('.mantine-Badge-root').allInnerTexts()).toEqual(['Accepted']);
    await olivia.press(page.getByText('All', { exact: true }));
    await row.waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('that a partner shares reach its vendor, whose answer the partner sees at the lead', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.press(maya.link('Shared leads'));
    await maya.press(maya.button('Open the lead Priya Raman'));
    const shared = maya.page.getByRole('dialog', { name: 'Shared lead' });
    await shared.getByText('Reason: We need an engineer of yours for the site check').waitFor();
    expect(await shared.getByRole('link', { name: '+1 206 555 0178' }).getAttribute('href')).toBe('tel:+12065550178');
    await maya.field('Note (optional)').fill('Ilse calls on Monday');
    expect(await violations(maya.page)).toEqual([]);
    await maya.picture('shared-lead');
    await maya.press(maya.button('Send answer'));
    await shared.getByText('Ilse calls on Monday').waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
    const tyler = await portal.signIn('tyler@cascade.example', { width: 375 });
    await tyler.page.goto('/leads');
    await tyler.press(tyler.button('History of Priya Raman'));
    const lead = tyler.page.getByRole('dialog', { name: 'Lead history' });
    await lead.getByText('Ilse calls on Monday').waitFor();
    await lead.getByRole('button', { name: 'Take back' }).waitFor();
    expect(await violations(tyler.page)).toEqual([]);
    await tyler.picture('lead-answered-narrow');
    expect(tyler.errors).toEqual([]);
    await tyler.leave();
  });

  it('that nobody is at any more are told of at home', async () => {
    for (const { id, status } of (await owner.call('leads', LeadPage)).items)
      if (status === 'new') await moved(id, 'accepted');
    const now = await portal.standalone.now();
    await portal.standalone.reach(new Date(now.getTime() + 9 * DAY_MS));
    const olivia = await portal.signIn(OLIVIA);
    await olivia.heading(/^\d leads without activity$/).waitFor();
    await olivia.page.getByText('Your team accepted them, but nothing has happened since.').waitFor();
    expect(await violations(olivia.page)).toEqual([]);
    await olivia.picture('home-quiet-leads');
    await olivia.press(olivia.link('Open leads'));
    await olivia.page.waitForURL(/\/leads\?waiting=yes$/);
    await olivia.page.getByRole('row').filter({ hasText: 'Nadia' }).waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  }, 120_000);
});
