import { ActivationDetail, Activations, DealView, LeadPage, OverdueDeals } from '#contracts';
import { DAY_MS } from '#kernel';
import { Person } from '../journeys/person.js';
import { violations } from '../support/axe.js';
import type { Portal } from './portal.js';
import { sharedPortal } from './shared-portal.js';

const TYLER = 'tyler@cascade.example';

describe('a partner’s money', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  it('is entered as a deal, corrected beside a colleague’s change, and as a cost', async () => {
    const colleague = await Person.signIn(portal.standalone.url, TYLER, 'northwind demo');
    const { today } = await colleague.call('deals/overdue', OverdueDeals);
    const closedOn = new Date(Date.parse(today) - 9 * DAY_MS).toISOString().slice(0, 10);
    const { items: running } = await colleague.call('activations?state=running', Activations);
    const { pageUrl } = await colleague.call(`activations/${running[0]?.id}`, ActivationDetail);
    const tyler = await portal.signIn(TYLER, { path: '/leads' });
    const { page } = tyler;
    const form = { email: 'dana@orchard.example', firstName: 'Dana', lastName: 'Orchard', consent: 'yes' };
    await page.request.post(`${new URL(pageUrl).pathname}/form`, { form });
    const { items: leads } = await colleague.call('leads', LeadPage);
    const leadId = leads.find(({ email }) => email === form.email)?.id;
    await page.reload();

    await tyler.press(tyler.button('History of Dana Orchard'));
    await tyler.press(tyler.button('Add deal: Dana Orchard'));
    await tyler.field('Amount').fill('1250');
    await page.getByLabel('Stage').selectOption({ label: 'Proposal sent' });
    await tyler.press(tyler.button('Save deal'));
    await tyler.press(tyler.button('Change deal: Dana Orchard'));
    await tyler.field('Amount').fill('1300');
    const { id } = await colleague.call(`leads/${leadId}/deal`, DealView, { method: 'PATCH', json: { stage: 'won' } });
    await tyler.press(tyler.button('Save deal'));
    await page.getByRole('dialog', { name: 'Deal of Dana Orchard' }).waitFor({ state: 'hidden' });
    const corrected = await colleague.call(`deals/${id}`, DealView);
    expect([corrected.stage, corrected.amount?.minorUnits, corrected.closedOn]).toEqual(['won', 130_000, today]);

    await page.goto(`/deals?deal=${id}`);
    await tyler.press(tyler.button('Change deal'));
    const day = tyler.field('Closed on');
    // The partner's day is asked for beside the deal.
    await day.and(page.locator(`[max="${today}"]`)).waitFor();
    expect(await day.inputValue()).toBe(today);
    await day.fill('2009-11-17');
    await tyler.press(tyler.button('Add products'));
    await tyler.field('Products').fill('Branch router');
    expect(await violations(page)).toEqual([]);
    await tyler.press(tyler.button('Save deal'));
    await page.getByText(/more than 10 years ago/).waitFor();
    expect(await day.getAttribute('aria-invalid')).toBe('true');
    await tyler.picture('deal-close-date-refused');
    await day.fill(closedOn);
    await tyler.press(tyler.button('Save deal'));
    await page.getByRole('dialog', { name: 'Deal of Dana Orchard' }).waitFor({ state: 'hidden' });
    await page.goto('/deals');
    const row = page.getByRole('row').filter({ hasText: 'Dana Orchard' });
    await row.getByText('Branch router').waitFor();
    const shown = await page.evaluate(
      (day) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day)),
      closedOn,
    );
    expect(await row.innerText()).toContain(shown);
    expect(await colleague.call(`deals/${id}`, DealView)).toMatchObject({ closedOn, products: ['Branch router'] });
    await tyler.picture('deals-with-products');

    await page.goto('/costs');
    await tyler.press(tyler.button('Add cost'));
    await tyler.field('What was paid for').fill('Booth at the Seattle fair');
    await tyler.field('Amount').fill('480');
    await tyler.press(tyler.button('Save cost'));
    await page.getByRole('row').filter({ hasText: 'Booth at the Seattle fair' }).waitFor();
    expect(tyler.errors).toEqual([]);
    await tyler.leave();
  });
});
