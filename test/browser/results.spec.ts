import { launchCampaign, untilVariantsAreSent } from './results.js';
import { screenProblems } from './screen-problems.js';
import { Portal, type Visitor } from './portal.js';

/** The vendor's results, of ten partners: results-released.spec.ts, at night. */
describe('the results of a campaign that a partner has sent', () => {
  let portal: Portal;
  let olivia: Visitor;
  let campaignId: string;

  beforeAll(async () => {
    portal = await Portal.open();
    olivia = await portal.signIn('olivia@brightwater.example');
    await launchCampaign(olivia);
    campaignId = await untilVariantsAreSent(portal, olivia);
  }, 600_000);
  afterAll(() => portal.close());

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
});
