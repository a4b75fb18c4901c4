import { CampaignVersionCard } from '#contracts';
import { CAMPAIGN_YAML, campaignFiles, zipOf } from '../../libs/content/src/package/package.fixture.js';
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
    await maya.page.getByText('Links have not been checked yet.').waitFor();
    await maya.press(maya.button('Check the links'));
    await maya.page.getByText(/^Links checked/).waitFor();
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

  it.each(['en', 'de'] as const)(
    'stand among the gates where it is submitted and approved, and what is advised leads to its place: %s',
    async (language) => {
      const { url } = portal.standalone;
      const person = await Person.signIn(url, 'maya@northwind.example', 'northwind demo');
      const yaml = CAMPAIGN_YAML.replace('zero-trust-edge', `edge-of-gates-${language}`);
      // Nobody can open that from outside, which the gate for links says
      // without asking anybody.
      const files = campaignFiles({ 'campaign.yaml': yaml.replace('www.northwind.example', '10.0.0.1') });
      const form = upload('package', await zipOf(files), 'package.zip');
      const { campaignId } = await person.call('campaigns', CampaignVersionCard, { method: 'POST', form });
      const path = `/campaigns/${campaignId}/versions/1`;

      const maya = await portal.signIn('maya@northwind.example', { language });
      const { say } = maya;
      // Once the links are checked.
      const [before = '', after = ''] = say('gates.onlySuggestions', { count: 99 }).split('99');
      const summary = new RegExp(`^${before}\\d+${after.slice(0, 8)}`);
      const state = maya.page.getByRole('link', { name: summary });
      await maya.page.goto(path);
      await maya.link(say('gates.somePassed', { passed: 8, count: 9 })).waitFor();
      await maya.press(maya.page.getByRole('button', { name: say('editor.gates') }));
      await maya.page.getByText(say('gates.linksNever'), { exact: true }).waitFor();
      await maya.press(maya.button(say('version.submit')));
      await maya.press(maya.button(say('version.submitNow')));
      const advice = (visitor: typeof maya) =>
        visitor.page
          .getByRole('button', { name: new RegExp(`^${say('editor.warning')} ${say('gates.places.campaign')}`) })
          .first();
      await advice(maya).waitFor();
      await state.waitFor();
      await maya.press(advice(maya));
      await maya.page.waitForURL(/\/edit\?file=campaign\.yaml&line=\d+/);
      await maya.page.getByRole('textbox', { name: 'campaign.yaml' }).waitFor();
      expect(maya.errors).toEqual([]);
      await maya.leave();

      const arun = await portal.signIn('arun@northwind.example', { language });
      await arun.page.goto(`${path}?tab=contents`);
      await arun.button(say('version.approve')).waitFor();
      // Closed at first, so that the previews are in view.
      expect(await advice(arun).isVisible()).toBe(false);
      await arun.press(arun.page.getByRole('link', { name: summary }));
      await advice(arun).waitFor();
      expect(await violations(arun.page)).toEqual([]);
      await arun.picture(`${language === 'de' ? 'de-' : ''}version-gates`);
      await arun.press(advice(arun));
      await arun.page.waitForURL(/tab=preview/);
      expect(arun.errors).toEqual([]);
      await arun.leave();
    },
  );
});
