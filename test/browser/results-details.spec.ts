import { sentCampaign } from './results.js';
import { screenProblems } from './screen-problems.js';

/** The vendor's results, of ten partners: results-released.spec.ts, at night. */
describe('the results of a campaign that a partner has sent', () => {
  const sent = sentCampaign();

  it('let a partner take the goals of its campaigns away as a table, in the days that it looks at', async () => {
    const { portal, lucia, campaignId } = sent();
    const { page } = lucia;
    await page.goto(`/results/${campaignId}`);
    const link = lucia.link('Download goals (CSV)');
    const [file] = await Promise.all([page.waitForEvent('download'), lucia.press(link)]);
    expect(file.suggestedFilename()).toBe('goals.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^\ufeffFrom,To,Campaign,Goal,Reached\r\n/);
    const jonas = await portal.signIn('jonas@kessler.example', { language: 'de', path: `/results/${campaignId}` });
    expect(await jonas.link('Ziele herunterladen (CSV)').getAttribute('href')).toMatch(/&language=de$/);
    expect(await screenProblems(jonas)).toEqual([]);
    await jonas.leave();
    expect(lucia.errors).toEqual([]);
  });

  it('write dates in pickers as their reader does', async () => {
    const { portal, lucia } = sent();
    await lucia.page.goto('/results');
    await lucia.page.getByText(/^\d{1,2} [A-Z][a-z]{2} 20\d\d – \d{1,2} [A-Z][a-z]{2} 20\d\d$/).waitFor();
    const jonas = await portal.signIn('jonas@kessler.example', { language: 'de', path: '/results' });
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
