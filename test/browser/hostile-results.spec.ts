import type { Locator } from 'playwright-core';
import {
  type InsightNumbers,
  PartnerCampaignInsight,
  PartnerInsight,
  type VariantView,
  VendorInsight,
  VendorUse,
} from '#contracts';
import { HOSTILE, HOSTILE_NAME, isOnlyText } from './hostile.js';
import { Portal, type Visitor } from './portal.js';

const NARROW = { width: 375 } as const;
const CAMPAIGN = '0197a3c0-0000-7000-8000-000000000001';
/** Three hundred letters and more. */
const TITLE = `${HOSTILE} ${'Kraftfahrzeughaftpflicht'.repeat(8)}`;
/** No country’s code: a condition may ask for whatever its author wrote. */
const COUNTRY = 'GERMANY <b>Zoë</b>';

const numbers = (many: number): InsightNumbers => ({
  sent: many,
  delivered: many,
  failed: 0,
  complained: 0,
  unsubscribed: 1,
  clicks: 7,
  machineClicks: 2,
  replies: 1,
  leads: 2,
  won: 1,
  bounced: { hard: 0, soft: 0, block: 0, unknown: 0 },
});
const rates = { bounced: 0, complained: 0, unsubscribed: 0.02, clicks: 0.14, leads: 0.04, won: 0.02 };
const money = { won: [], wonDeals: 0, open: [], openDeals: 0, lost: [], lostDeals: 0 };
const brought = { numbers: numbers(120), clicked: 5, rates, amounts: [], money };
const window = { from: '2026-10-26', to: '2026-11-22' };
const days = ['2026-11-18', '2026-11-19', '2026-11-20'].map((on) => ({ on, numbers: numbers(40) }));
const released = (value: number | null) => ({ value, margin: 118, smallest: 240 });
const weeks = ['2026-11-02', '2026-11-09'].map((startsOn, at) => ({
  startsOn,
  sent: released(2_000 + 100 * at),
  bounced: released(null),
}));
const responses = {
  clicked: released(300),
  replied: released(null),
  unsubscribed: released(null),
  complained: released(null),
  leads: released(250),
  won: released(null),
};
const variant: VariantView = {
  variant: `en; industry=${HOSTILE}`,
  locale: 'en',
  email: null,
  time: null,
  conditions: [`industry=${HOSTILE_NAME}|<i>gold</i> & country=${COUNTRY}`, HOSTILE],
};

/** What the product would answer, were every name in it as bad as can be. */
const ANSWERS = {
  '/api/v1/insight': PartnerInsight.parse({
    ...window,
    ...brought,
    interval: 'day',
    days,
    campaigns: [{ campaignId: CAMPAIGN, title: TITLE, titles: { en: TITLE }, ...brought }],
    withoutCampaign: money,
  }),
  [`/api/v1/insight/campaigns/${CAMPAIGN}`]: PartnerCampaignInsight.parse({
    ...window,
    campaignId: CAMPAIGN,
    title: TITLE,
    titles: { en: TITLE },
    ...brought,
    interval: 'day',
    days,
    // Of an earlier version: told apart by its key, then.
    names: [],
    steps: [
      {
        stepKey: HOSTILE,
        numbers: numbers(120),
        clicked: 5,
        rates,
        days,
        variants: [{ ...variant, numbers: numbers(120), clicked: 5, rates, days }],
      },
    ],
    comparison: {
      ...window,
      own: rates,
      median: Object.fromEntries(Object.keys(rates).map((rate) => [rate, { from: 0.1, to: 0.15 }])),
      group: { tiers: [HOSTILE_NAME], regions: [HOSTILE], countries: ['ZZ'], isHandPicked: true },
    },
    goals: [{ key: HOSTILE, when: { on: 'form', page: HOSTILE }, ends: true, reached: 3 }],
  }),
  '/api/v1/vendor-insight': VendorInsight.parse({
    ...window,
    asked: window,
    shownWeeks: window,
    shownFourWeeks: null,
    smallestGroup: 5,
    partnersNeeded: 5,
    memberDays: 30,
    countedWeeks: 12,
    countedFourWeeks: 6,
    nextWeekOn: '2026-11-30',
    nextFourWeeksOn: '2026-12-11',
    numbers: { sent: released(4_100), bounced: released(null), ...responses },
    campaigns: [
      {
        campaignId: CAMPAIGN,
        title: TITLE,
        numbers: { sent: released(4_100), bounced: released(null), ...responses },
        names: [{ stepKey: HOSTILE, kind: 'email', number: 1, subject: HOSTILE }],
        funnel: { offered: 12, brandComplete: 11, launched: 4 },
        weeks,
        fourWeeks: [{ startsOn: '2026-10-05', ...responses }],
        parts: [
          {
            ...variant,
            stepKey: HOSTILE,
            sent: released(900),
            clicked: released(null),
            fourWeeks: [{ startsOn: '2026-10-05', sent: released(900), clicked: released(null) }],
          },
        ],
      },
    ],
  }),
  '/api/v1/vendor-insight/use': VendorUse.parse({
    asOf: '2026-11-22',
    campaigns: [
      {
        campaignId: CAMPAIGN,
        title: TITLE,
        launched: 10,
        slots: [{ name: 'offer', label: HOSTILE, partners: 5 }],
        assets: [{ kind: 'document', key: 'brochure', title: TITLE, partners: 5 }],
      },
    ],
  }),
} as const;

describe('hostile words, in results and their charts', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  /** Somebody whom the product answers so. */
  const reader = async (email: string): Promise<Visitor> => {
    const visitor = await portal.signIn(email, NARROW);
    for (const [path, answer] of Object.entries(ANSWERS))
      await visitor.page.route(
        (url) => url.pathname === path,
        (route) => route.fulfill({ json: answer }),
      );
    return visitor;
  };
  /** Every column of a chart is pointed at, and says what it stands for. */
  const pointsAlong = async (visitor: Visitor, chart: Locator, where: string): Promise<void> => {
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.boundingBox())!;
    const tooltip = chart.locator('.recharts-tooltip-wrapper');
    const said = new Set<string>();
    for (const part of [0.3, 0.5, 0.7, 0.95]) {
      await visitor.page.mouse.move(box.x + box.width * part, box.y + box.height * 0.4);
      await tooltip.waitFor();
      said.add((await tooltip.textContent()) ?? '');
      await isOnlyText(visitor, where);
    }
    expect(said.size).toBeGreaterThan(1);
    await visitor.picture(`hostile-${where.replaceAll(' ', '-')}`);
    await visitor.page.mouse.move(0, 0);
  };
  const charts = ({ page }: Visitor): Locator => page.locator('.recharts-wrapper');

  it('are shown as text to a partner, of all campaigns and of one', async () => {
    const olivia = await reader('olivia@brightwater.example');
    const { page } = olivia;
    await page.goto('/results');
    await olivia.link(TITLE).waitFor();
    await pointsAlong(olivia, charts(olivia).first(), 'results over time');
    await olivia.press(olivia.link(TITLE));
    await olivia.heading('By e-mail and language').waitFor();
    await isOnlyText(olivia, 'results of a campaign');
    const choice = olivia.field('Show over time');
    expect(await choice.locator('option').allTextContents()).toContain(HOSTILE);
    await choice.selectOption(HOSTILE);
    await pointsAlong(olivia, charts(olivia).first(), 'results of a step');
    await pointsAlong(olivia, charts(olivia).last(), 'results beside others');
    await page.getByText(/Zoë/).filter({ visible: true }).first().waitFor();
    await olivia.leave();
  });

  it('are shown as text to a vendor, with what partners used', async () => {
    const maya = await reader('maya@northwind.example');
    await maya.page.goto('/campaign-results');
    await maya.heading(TITLE).waitFor();
    await maya.heading('By e-mail and language').waitFor();
    await pointsAlong(maya, charts(maya).first(), 'vendor results');
    await maya.page.getByText(TITLE).last().scrollIntoViewIfNeeded();
    await isOnlyText(maya, 'vendor use');
    await maya.leave();
  });
});
