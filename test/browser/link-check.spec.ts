import { CampaignVersionCard } from '#contracts';
import { Person, upload } from '../journeys/person.js';
import { violations } from '../support/axe.js';
import { smallCampaign } from '../support/campaigns.js';
import { Portal } from './portal.js';

describe('the links of a draft', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('are looked at, and looked at again, where the draft stands', async () => {
    const person = await Person.signIn(portal.standalone.url, 'maya@northwind.example', 'northwind demo');
    const form = upload('package', await smallCampaign('edge-of-links'), 'package.zip');
    const { campaignId } = await person.call('campaigns', CampaignVersionCard, { method: 'POST', form });
    const maya = await portal.signIn('maya@northwind.example', { width: 375, scheme: 'dark' });
    await maya.page.goto(`/campaigns/${campaignId}/versions/1`);
    await maya.page.getByText('Nobody has looked yet whether its links lead somewhere.').waitFor();
    await maya.press(maya.button('Check the links'));
    await maya.page.getByText(/^Links looked at/).waitFor();
    await maya.button('Check the links again').waitFor();
    expect(await violations(maya.page)).toEqual([]);
    await maya.picture('version-links-narrow-dark');
    await maya.page.setViewportSize({ width: 1440, height: 900 });
    await maya.page.emulateMedia({ colorScheme: 'light' });
    await maya.button('Check the links again').waitFor();
    await maya.picture('version-links-wide-light');
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
