import { VendorInsight } from '#contracts';
import { until } from '../support/until.js';
import { advance, CAMPAIGN, launchCampaign, untilVariantsAreSent } from './results.js';
import { screenProblems } from './screen-problems.js';
import { Portal, type Visitor } from './portal.js';

/**
 * Every partner of the starter data that has contacts, but for the one that has
 * launched something already.
 */
const PARTNERS = [
  'olivia@brightwater',
  'jonas@kessler',
  'vroni@alpenblick',
  'camille@lumiere',
  'daan@oranjelijn',
  'lucia@solmar',
  'aurelie@maplestone',
  'jack@southern',
  'weiling@merlion',
  'layla@dunesoft',
];
const WEEK_MS = 7 * 24 * 3_600_000;
const WEEKS_AT_MOST = 10;

describe('the results of a campaign that ten partners have sent', () => {
  let portal: Portal;
  let olivia: Visitor;
  let maya: Visitor;

  beforeAll(async () => {
    portal = await Portal.open();
    for (const partner of PARTNERS) {
      const owner = await portal.signIn(`${partner}.example`);
      await launchCampaign(owner);
      if (partner === PARTNERS[0]) olivia = owner;
      else await owner.leave();
    }
    maya = await portal.signIn('maya@northwind.example');
    await untilVariantsAreSent(portal, olivia);
  }, 600_000);
  afterAll(() => portal.close());

  const untilReleased = async (): Promise<void> => {
    // As if all partners had joined long ago.
    await portal.standalone.asOwner(`UPDATE organisations.membership SET joined_at = joined_at - interval '60 days'`);
    const isReleased = async (): Promise<boolean> => {
      const { campaigns } = VendorInsight.parse(await (await maya.page.request.get('/api/v1/vendor-insight')).json());
      return campaigns.some(({ title, fourWeeks }) => title === CAMPAIGN && fourWeeks.length > 0);
    };
    for (let weeks = 0; weeks < WEEKS_AT_MOST; weeks++) {
      await advance(portal, WEEK_MS);
      if (await isReleased()) return;
    }
    await until(isReleased, 'the results of four weeks', 60_000);
  };
  it('reach the vendor once they are released, each number with its margin', async () => {
    await maya.page.goto('/campaign-results');
    await maya.page.getByText(/^Results appear once 5 partners have been in the programme for 30 days/).waitFor();
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('vendor-results-none');
    await untilReleased();
    await maya.page.reload();
    const campaign = maya.page.getByRole('region', { name: CAMPAIGN });
    await campaign.getByRole('heading', { name: 'By e-mail and language' }).waitFor();
    await campaign.getByRole('heading', { name: 'Responses by four weeks' }).waitFor();
    expect(await campaign.getByRole('rowheader').count()).toBeGreaterThan(2);
    await maya.page.getByText(/^95 of 100 exact numbers are within the margin/).waitFor();
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('vendor-results');
    await maya.page.setViewportSize({ width: 390, height: 844 });
    await maya.picture('vendor-results-narrow');
    expect(await screenProblems(maya)).toEqual([]);
    expect(maya.errors).toEqual([]);
  }, 600_000);
});
