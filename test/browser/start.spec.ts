import { leaveWithoutErrors } from './authors.js';
import type { Portal } from './portal.js';
import { screenProblems } from './screen-problems.js';
import { sharedPortal } from './shared-portal.js';

const MAYA = 'maya@northwind.example';

describe('the start of a campaign, without code', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  it('shows finished campaigns and layouts as pictures, and opens a chosen one in its builder', async () => {
    const maya = await portal.signIn(MAYA, { path: '/campaigns/new' });
    const { page } = maya;
    await maya.heading('Landing page layouts').waitFor();
    await maya.button('Use this: “Blank e-mail”').waitFor();
    await maya.button('Use this: “Renewal and upgrade”').waitFor();
    expect(await page.getByRole('button', { name: /^Use this: / }).count()).toBeGreaterThanOrEqual(6 + 10);
    await page.locator('iframe').first().waitFor();
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('start-gallery');
    await maya.press(maya.button('Page layouts'));
    await maya.press(maya.button('Use this: “Event registration”'));
    await maya.field('Title of the new campaign').fill('Roadshow');
    await page.getByRole('combobox', { name: 'Theme' }).fill('events');
    await page.keyboard.press('Tab');
    expect(await screenProblems(maya)).toEqual([]);
    await maya.press(maya.button('Create the draft'));
    await page.waitForURL(/\/versions\/1\/edit\?tab=design$/);
    await maya.heading('Roadshow').waitFor();
    await leaveWithoutErrors(maya);
  });

  it('leads from a check to its block, and fixes what has one right answer', async () => {
    const maya = await portal.signIn(MAYA, { path: '/campaigns' });
    const { page } = maya;
    await maya.press(maya.link('Roadshow'));
    await maya.press(maya.link('Version 1').first());
    await maya.press(maya.link('Edit'));
    await maya.press(maya.button(/^Show all \d+$/).first());
    await maya.press(page.getByRole('button', { name: /Your offer in two or three sentences/ }).first());
    await page.getByRole('button', { name: 'Delete block' }).waitFor();
    await maya.press(page.getByRole('tab', { name: 'Sequence' }));
    await maya.press(maya.button('Add a step'));
    await maya.press(page.getByRole('menuitem', { name: 'E-mail', exact: true }));
    await maya.press(maya.button('Write a new e-mail'));
    await maya.field('Name of the e-mail').fill('Last call');
    await maya.press(page.getByRole('radio', { name: 'Reminder' }));
    await maya.press(page.getByRole('dialog').getByRole('button', { name: 'Add' }));
    const fix = maya.button('Add a wait of 2 days');
    await maya.press(fix);
    await fix.waitFor({ state: 'detached' });
    await maya.press(maya.button('Undo the last fix'));
    await maya.press(fix);
    await fix.waitFor({ state: 'detached' });
    await leaveWithoutErrors(maya);
  });

  it('has forms for what a campaign is, and says what is deleted', async () => {
    const maya = await portal.signIn(MAYA, { path: '/campaigns' });
    const { page } = maya;
    await maya.press(maya.link('Zero trust at the edge'));
    await maya.press(maya.link('Version 1').first());
    await maya.press(maya.link('Edit'));
    await maya.press(page.getByRole('tab', { name: 'Details' }));
    await maya.heading('Required parts').waitFor();
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('editor-details');
    const link = page.getByRole('region', { name: 'Link “demo”' });
    await link.getByLabel('Name', { exact: true }).fill('trial');
    await page.keyboard.press('Tab');
    await page.getByRole('region', { name: 'Link “trial”' }).waitFor();
    await maya.press(maya.button('Remove German'));
    await page.getByRole('dialog').getByText('These documents are deleted: documents/brochure.de.pdf.').waitFor();
    await page.keyboard.press('Escape');
    await leaveWithoutErrors(maya);
  });
});
