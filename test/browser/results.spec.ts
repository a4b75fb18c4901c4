import { Offers, PartnerCampaignInsight, PartnerInsight, VendorInsight } from '#contracts';
import { until } from '../support/until.js';
import { screenProblems } from './screen-problems.js';
import { Portal, type Visitor } from './portal.js';

const CAMPAIGN = 'Zero trust at the edge';
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
/** Mails go out by each recipient’s working hours, all around the world. */
const STEP_MS = 6 * 3_600_000;
const STEPS_AT_MOST = 24 * 4;
const WEEK_MS = 7 * 24 * 3_600_000;
const WEEKS_AT_MOST = 10;

describe('the results of a campaign that ten partners have sent', () => {
  let portal: Portal;
  let olivia: Visitor;
  let maya: Visitor;
  let campaignId: string | undefined;

  beforeAll(async () => {
    portal = await Portal.open();
    for (const partner of PARTNERS) {
      const owner = await portal.signIn(`${partner}.example`);
      await launch(owner);
      if (partner === PARTNERS[0]) olivia = owner;
      else await owner.leave();
    }
    maya = await portal.signIn('maya@northwind.example');
    await untilVariantsAreSent();
  }, 600_000);
  afterAll(() => portal.close());

  const launch = async ({ page }: Visitor): Promise<void> => {
    const { items } = Offers.parse(await (await page.request.get('/api/v1/offers')).json());
    const { versionId } = items.find(({ title }) => title === CAMPAIGN) ?? items[0]!;
    const lists = (await (await page.request.get('/api/v1/contact-lists')).json()) as { items: { id: string }[] };
    const { csrfToken } = (await (await page.request.get('/api/v1/session')).json()) as { csrfToken: string };
    const answer = await page.request.post('/api/v1/activations', {
      headers: { 'Idempotency-Key': 'for-the-results', 'X-CSRF-Token': csrfToken },
      data: { versionId, listId: lists.items[0]!.id },
    });
    expect([await answer.text(), answer.status()]).toEqual([expect.anything(), 201]);
  };
  /**
   * Whether nothing is due or under way; what waits for another reason keeps
   * nobody for longer than its two seconds.
   */
  const isSent = async (): Promise<boolean> => {
    const now = await portal.standalone.now();
    const [open] = await portal.standalone.asOwner<{ n: number }>(
      `SELECT ((SELECT count(*) FROM delivery.message WHERE state IN ('leased', 'releasing'))
         + (SELECT count(*) FROM sequences.enrolment WHERE state = 'running' OR (state = 'waiting' AND due_at <= $1)))::int AS n`,
      [now],
    );
    return open?.n === 0;
  };
  /** Four times a day, until a partner has sent a step in variants. */
  const untilVariantsAreSent = async (): Promise<void> => {
    for (let steps = 0; steps < STEPS_AT_MOST; steps++) {
      await advance(STEP_MS);
      const own = PartnerInsight.parse(await (await olivia.page.request.get('/api/v1/insight')).json());
      campaignId = own.campaigns.find(({ title }) => title === CAMPAIGN)?.campaignId ?? campaignId;
      if (campaignId === undefined) continue;
      const path = `/api/v1/insight/campaigns/${campaignId}`;
      const { steps: sent } = PartnerCampaignInsight.parse(await (await olivia.page.request.get(path)).json());
      const conditions = sent.flatMap(({ variants }) => variants.flatMap((variant) => variant.conditions));
      if (conditions.includes('industry=finance|insurance')) return;
    }
    throw new Error('No step was sent in variants.');
  };
  const untilReleased = async (): Promise<void> => {
    // As if all partners had joined long ago.
    await portal.standalone.asOwner(`UPDATE organisations.membership SET joined_at = joined_at - interval '60 days'`);
    const isReleased = async (): Promise<boolean> => {
      const { campaigns } = VendorInsight.parse(await (await maya.page.request.get('/api/v1/vendor-insight')).json());
      return campaigns.some(({ title, fourWeeks }) => title === CAMPAIGN && fourWeeks.length > 0);
    };
    for (let weeks = 0; weeks < WEEKS_AT_MOST; weeks++) {
      await advance(WEEK_MS);
      if (await isReleased()) return;
    }
    await until(isReleased, 'the results of four weeks', 60_000);
  };
  const advance = async (byMs: number): Promise<void> => {
    const to = new Date((await portal.standalone.now()).getTime() + byMs).toISOString();
    await fetch(`${portal.standalone.url}/api/v1/clock/advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
    await until(isSent, 'what is due to be sent', 15_000).catch(() => undefined);
  };

  it('show a partner steps and recipient variants over time, and where it stands in its group', async () => {
    const { page } = olivia;
    await page.goto(`/results/${campaignId}`);
    await olivia.heading('By e-mail and language').waitFor();
    const variant = page.getByRole('rowheader', { name: /Industry: finance or insurance/ }).first();
    await variant.waitFor();
    const choice = olivia.field('Show over time');
    const options = await choice.locator('option').allTextContents();
    expect(options[0]).toBe('Total');
    await choice.selectOption(options.find((name) => name.includes('Industry: finance or insurance'))!);
    await page.getByText(/^Too few partners to compare: fewer than ten of .+ wrote to 50 people/).waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.picture('results-campaign');
    await page.setViewportSize({ width: 375, height: 812 });
    await olivia.picture('results-campaign-narrow');
    expect(olivia.errors).toEqual([]);
  }, 300_000);

  it('let a partner take the goals of its campaigns away as a table, in the days that it looks at', async () => {
    const { page } = olivia;
    await page.goto(`/results/${campaignId}`);
    const link = olivia.link('Download goals (CSV)');
    const [file] = await Promise.all([page.waitForEvent('download'), olivia.press(link)]);
    expect(file.suggestedFilename()).toBe('goals.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^\ufefffrom,to,campaignId,campaign,goal,reached\r\n/);
    const jonas = await portal.signIn('jonas@kessler.example', { language: 'de' });
    await jonas.page.goto(`/results/${campaignId}`);
    await jonas.link('Ziele herunterladen (CSV)').waitFor();
    expect(await screenProblems(jonas)).toEqual([]);
    await jonas.leave();
    expect(olivia.errors).toEqual([]);
  });

  it('write dates in pickers as their reader does', async () => {
    await olivia.page.goto('/results');
    await olivia.page.getByText(/^\d{1,2} [A-Z][a-z]{2} 20\d\d – \d{1,2} [A-Z][a-z]{2} 20\d\d$/).waitFor();
    const jonas = await portal.signIn('jonas@kessler.example', { language: 'de' });
    await jonas.page.goto('/results');
    const zeitraum = jonas.page.getByText(/^\d{1,2}\. [A-ZÄ][a-zä]{2,3}\.? 20\d\d – \d{1,2}\. /);
    await jonas.press(zeitraum);
    const days = await jonas.page.getByRole('columnheader').or(jonas.page.locator('th')).allTextContents();
    expect(days.filter((day) => /^[A-Z][a-z]$/.test(day)).slice(0, 7)).toEqual([
      'Mo',
      'Di',
      'Mi',
      'Do',
      'Fr',
      'Sa',
      'So',
    ]);
    await jonas.leave();
  });

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
