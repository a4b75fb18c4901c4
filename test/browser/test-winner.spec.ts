import { Campaigns } from '#contracts';
import { screenProblems } from './screen-problems.js';
import type { Portal } from './portal.js';
import { sharedPortal } from './shared-portal.js';

/** Two subjects are tested in the starter data; send-time-test.api.spec.ts has a test of times. */
describe('the test of a campaign', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  it('is decided by a person, who reads what follows before, and goes on when the person takes that back', async () => {
    const maya = await portal.signIn('maya@northwind.example', { path: '/campaigns' });
    const { page } = maya;
    const { items } = Campaigns.parse(await (await page.request.get('/api/v1/campaigns?q=cloud')).json());
    await page.goto(`/campaigns/${items[0]!.id}#experiments`);
    const effect = page.getByRole('region', { name: 'Effect' });
    await effect.getByText('No numbers of this version were released yet.').waitFor();

    await maya.press(effect.getByRole('button', { name: 'Apply B' }));
    const dialog = page.getByRole('dialog', { name: /^Apply B · / });
    await dialog
      .getByText(/^The numbers do not say yet which one is better\. Contacts that enter from now on/)
      .waitFor();
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('test-winner-dialog');
    await maya.press(dialog.getByRole('button', { name: 'Apply B' }));
    await dialog.waitFor({ state: 'hidden' });
    await effect.getByText(/^Maya Lindqvist applied B · .+ on /).waitFor();
    expect(await effect.getByRole('button', { name: 'Apply B' }).count()).toBe(0);

    await maya.press(effect.getByRole('button', { name: 'Continue the test' }));
    const resumed = page.getByRole('dialog', { name: 'Continue the test?' });
    await maya.press(resumed.getByRole('button', { name: 'Continue the test' }));
    await effect.getByRole('button', { name: 'Apply B' }).waitFor();
    expect(await effect.getByText(/^Maya Lindqvist applied/).count()).toBe(0);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
