import { sentCampaign } from './results.js';
import { screenProblems } from './screen-problems.js';

/** The vendor's results, of ten partners: results-released.spec.ts, at night. */
describe('the results of a campaign that a partner has sent', () => {
  const sent = sentCampaign();

  it('show a partner steps and recipient variants over time, and where it stands in its group', async () => {
    const { lucia, campaignId } = sent();
    const { page } = lucia;
    await page.goto(`/results/${campaignId}`);
    await lucia.heading('By e-mail and language').waitFor();
    const variant = page.getByRole('rowheader', { name: /Industry: finance or insurance/ }).first();
    await variant.waitFor();
    const choice = lucia.field('Show over time');
    const options = await choice.locator('option').allTextContents();
    expect(options[0]).toBe('Total');
    await choice.selectOption(options.find((name) => name.includes('Industry: finance or insurance'))!);
    await page.getByText(/^Too few partners to compare: fewer than ten of .+ wrote to 50 people/).waitFor();
    expect(await screenProblems(lucia)).toEqual([]);
    await lucia.picture('results-campaign');
    await page.setViewportSize({ width: 375, height: 812 });
    await lucia.picture('results-campaign-narrow');
    expect(lucia.errors).toEqual([]);
  }, 300_000);
});
