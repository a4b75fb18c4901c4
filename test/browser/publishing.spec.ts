import { CampaignsInWork, withBranch } from './campaigns-in-work.js';
import { screenProblems } from './screen-problems.js';
import { openVersion } from './authors.js';
import { Portal } from './portal.js';

const MAYA = 'maya@northwind.example';
const SEVERAL = 'Several groups';
const BRANCHED = 'Branched out';

describe('publishing a campaign', () => {
  let portal: Portal;
  let inWork: CampaignsInWork;
  beforeAll(async () => {
    portal = await Portal.open();
    inWork = await CampaignsInWork.by(portal.standalone.url, await portal.standalone.now());
  });
  afterAll(() => portal.close());

  it('goes to the partners of several groups, and says in every place that it opens later', async () => {
    const path = await inWork.submitted('several-groups', SEVERAL);
    await inWork.approve(path);
    const maya = await portal.signIn(MAYA);
    const { page } = maya;
    await page.goto(`/${path}`);
    await maya.press(maya.button('Publish'));
    const dialog = page.getByRole('dialog', { name: 'Publish to partners' });
    const publish = dialog.getByRole('button', { name: 'Publish', exact: true });
    // Neither is everybody chosen for who chooses nobody, nor a group that
    // happens to be the first.
    await dialog.getByRole('radio', { name: 'Selected groups' }).waitFor();
    await maya.press(maya.field('Partner groups'));
    await maya.press(page.getByRole('option', { name: /^Gold and silver/ }));
    await maya.press(page.getByRole('option', { name: /^Germany Austria/ }));
    await page.keyboard.press('Tab');
    expect(await publish.isDisabled()).toBe(true);
    await maya.press(dialog.getByRole('button', { name: 'Launch period' }));
    await maya.press(page.locator('button[data-direction=next]'));
    const days = page.locator('table').getByRole('button', { disabled: false });
    await maya.press(days.filter({ hasText: /^10$/ }));
    await maya.press(days.filter({ hasText: /^20$/ }));
    // The second day closes the calendar: Escape would close the dialog.
    await days.filter({ hasText: /^20$/ }).waitFor({ state: 'hidden' });
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('publish-several');
    await maya.press(publish);
    await page.getByText(/^Opens on .*10/).waitFor();
    await page.getByText(/^“Gold and silver” and “Germany Austria Switzerland”, from .*10.* to .*20/).waitFor();
    await maya.picture('version-several');

    await maya.press(maya.link('Back to campaign'));
    await page.getByText(/^Opens on .*10/).waitFor();
    await page.getByText(/^“Gold and silver” and “Germany Austria Switzerland”, from/).waitFor();
    expect(await screenProblems(maya)).toEqual([]);

    await page.goto('/campaigns');
    const tiles = page.locator('.offer-card');
    // The old rows stay while a filter loads: wait for what it takes away.
    await tiles.nth(1).waitFor();
    await maya.field('Status').selectOption('Scheduled');
    await tiles.nth(1).waitFor({ state: 'detached' });
    await tiles
      .filter({ hasText: SEVERAL })
      .getByText(/^Opens on/)
      .waitFor();
    await maya.field('Status').selectOption('Published');
    await tiles.filter({ hasText: SEVERAL }).waitFor({ state: 'detached' });
    await tiles.filter({ hasText: 'Cloud cost clarity' }).waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('shows the partner every e-mail in the review, also one that only who clicks gets', async () => {
    const path = await inWork.submitted('branched-out', BRANCHED, withBranch);
    await inWork.approve(path);
    await inWork.publish(path, [], 0);
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    await olivia.press(olivia.link(`Review ${BRANCHED}`));
    const emails = olivia.field('E-mail');
    await emails.waitFor();
    await olivia.allThere();
    const names = await emails.locator('option').allTextContents();
    expect(names).toHaveLength(4);
    await emails.selectOption(names[1] ?? '');
    await page.getByText('Only if the contact clicks a link.', { exact: true }).waitFor();
    await olivia.allThere();
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.picture('review-branch-email');
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('begins with one draft, however often the button is pressed, and says why a title is refused', async () => {
    const maya = await portal.signIn(MAYA, { path: '/campaigns/new' });
    const { page } = maya;
    await maya.press(page.getByRole('button', { name: 'Use this: “Zero trust at the edge”' }).first());
    const title = maya.field('Title of the new campaign');
    const create = maya.button('Create the draft');
    await title.fill('One draft '.repeat(13));
    await page.getByText('A title has at most 120 characters.').waitFor();
    expect(await create.isDisabled()).toBe(true);
    await title.fill('One draft');
    await create.dblclick();
    await openVersion(maya);
    await maya.button('Submit for review').waitFor();
    const { items } = await (await page.request.get('/api/v1/campaigns?q=One%20draft')).json();
    expect(items).toHaveLength(1);
    await maya.leave();
  });

  it('says before submitting what holds it back, and leads to it', async () => {
    const maya = await portal.signIn(MAYA, { path: '/campaigns' });
    const { page } = maya;
    await maya.press(maya.link('One draft'));
    await maya.press(maya.link('Version 1').first());
    await maya.press(maya.button('Submit for review'));
    const dialog = page.getByRole('dialog', { name: 'Submit for review' });
    await dialog.getByText(/^Before you submit: confirm or correct \d+ suggestions$/).waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(5);
    await dialog.getByText(/^And \d+ more\.$/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Submit', exact: true }).count()).toBe(0);
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('submit-held-back');
    await maya.press(dialog.getByRole('link', { name: 'Show them under “Checks”' }));
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Checks' }).getByRole('list').first().waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('leads from an approved campaign to its publication, which says what is missing', async () => {
    const path = await inWork.submitted('soon-published', 'Soon published');
    const [, campaignId] = path.split('/');
    const maya = await portal.signIn(MAYA, { path: `/campaigns/${campaignId}` });
    const { page } = maya;
    await maya.allThere();
    expect(await maya.link('Publish version 1').count()).toBe(0);
    await inWork.approve(path);
    await page.reload();
    await maya.press(maya.link('Publish version 1'));
    await maya.press(maya.button('Publish'));
    const dialog = page.getByRole('dialog', { name: 'Publish to partners' });
    await dialog.getByText('Choose partner groups, or all partners, to publish.').waitFor();
    await dialog.getByText('Choose the launch period to publish.').waitFor();
    expect(await screenProblems(maya)).toEqual([]);
    await maya.press(dialog.getByRole('radio', { name: 'All partners' }));
    await dialog.getByText('Choose partner groups, or all partners, to publish.').waitFor({ state: 'detached' });
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('filters campaigns by tag', async () => {
    const maya = await portal.signIn(MAYA, { path: '/campaigns?tag=tag-of-one' });
    const { page } = maya;
    const { items } = await (await page.request.get('/api/v1/campaigns?q=One%20draft')).json();
    await page.goto(`/campaigns/${items[0].id}`);
    await maya.press(maya.button('Add tags'));
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Tags', { exact: true }).first().fill('tag-of-one');
    await page.keyboard.press('Enter');
    await maya.press(dialog.getByRole('button', { name: 'Save tags' }));
    await dialog.waitFor({ state: 'detached' });
    await page.goto('/campaigns?tag=tag-of-one');
    await page.locator('.offer-card').filter({ hasText: 'One draft' }).waitFor();
    expect(await page.locator('.offer-card').count()).toBe(1);
    await maya.field('Tag').selectOption('All');
    await page.locator('.offer-card').nth(1).waitFor();
    await maya.leave();
  });
});
