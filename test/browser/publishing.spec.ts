import { CampaignsInWork, withBranch } from './campaigns-in-work.js';
import { screenProblems } from './screen-problems.js';
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

    await page.goto('/');
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
});
