import {
  ActivationDetail,
  Activations,
  ContactPage,
  DealPage,
  DealView,
  LeadPage,
  MadeDealShare,
  OverdueDeals,
} from '#contracts';
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

  it('is not overwritten by a second session, is found behind the figures, and is withdrawn with its import', async () => {
    const colleague = await Person.signIn(portal.standalone.url, TYLER, 'northwind demo');
    const tyler = await portal.signIn(TYLER, { path: '/deals?stage=nonsense&campaignId=nothing&currency=x' });
    const { page } = tyler;
    const { items: contacts } = await colleague.call('contacts?limit=1', ContactPage);
    const email = contacts[0]?.email ?? '';
    // A filter that is none is ignored: no error, and all deals.
    await page.getByRole('heading', { name: 'Deals', exact: true }).waitFor();
    expect(await page.getByLabel('Stage').inputValue()).toBe('');
    expect(await page.getByRole('alert').count()).toBe(0);

    await page.goto('/deals/import');
    const buffer = Buffer.from(
      `External ID,E-mail,Stage,Amount,Currency\nCRM-B1,${email},proposal,1500,CHF\nCRM-B2,${email},won,"1,234",CHF\nCRM-B3,${email},qualified,10,CHF\n`,
    );
    await page.locator('input[type=file]').setInputFiles({ name: 'deals.csv', mimeType: 'text/csv', buffer });
    await page.getByText(/“1,234” can be read in two ways/).waitFor();
    await tyler.picture('deal-import-ambiguous');
    await tyler.press(tyler.button('Import'));
    await tyler.press(page.getByRole('dialog').getByRole('button', { name: 'Import' }));
    await page.getByRole('heading', { name: 'Past imports' }).waitFor();

    const { items: deals } = await colleague.call('deals?currency=CHF', DealPage);
    const id = deals.find(({ externalId }) => externalId === 'CRM-B1')?.id;
    await page.goto(`/deals?deal=${id}`);
    await tyler.press(tyler.button('Change deal'));
    await tyler.field('Amount').fill('1700');
    await tyler.press(tyler.button('Add products'));
    await tyler.field('Products').fill('Firewall');
    const json = { amount: { minorUnits: 160_000, currency: 'CHF' }, expectedOn: '2031-03-31' };
    await colleague.call(`deals/${id}`, DealView, { method: 'PATCH', json });
    await tyler.press(tyler.button('Save deal'));
    await page.getByText('This deal was changed meanwhile. Your change was not saved.').waitFor();
    await page.getByText(/ changed: amount, /).waitFor();
    expect(await violations(page)).toEqual([]);
    await tyler.picture('deal-changed-meanwhile');
    await tyler.press(tyler.button('Load current values'));
    expect(await tyler.field('Amount').inputValue()).toMatch(/^1,?700/);
    expect(await page.getByLabel('Expected close').last().inputValue()).toBe('2031-03-31');
    await tyler.press(tyler.button('Save deal'));
    await page.getByRole('dialog', { name: /^Deal of/ }).waitFor({ state: 'hidden' });
    expect(await colleague.call(`deals/${id}`, DealView)).toMatchObject({
      amount: { minorUnits: 170_000 },
      expectedOn: '2031-03-31',
      products: ['Firewall'],
    });

    await page.goto('/results');
    await page
      .getByRole('link', { name: /CHF.1,710/ })
      .first()
      .click();
    await page.waitForURL('**/deals?stage=open');
    await page.getByText(/CHF.1,710.*less refunds/).waitFor();
    await tyler.picture('deals-behind-a-figure');

    await page.goto('/deals/import');
    await tyler.press(page.getByRole('button', { name: /^Undo import, / }).first());
    await page.getByText(/changed after the import, last/).waitFor();
    await tyler.picture('deal-import-undo');
    await tyler.press(page.getByRole('dialog').getByRole('button', { name: 'Undo import' }));
    await page.getByText('Deals withdrawn: 1.', { exact: false }).waitFor();

    await page.goto(`/deals?deal=${id}`);
    await tyler.press(tyler.button('Withdraw deal'));
    const dialog = page.getByRole('dialog', { name: /^Withdraw the deal of/ });
    await dialog.getByLabel('Reason').selectOption({ label: 'Entered twice' });
    await colleague.call(`deals/${id}`, DealView, { method: 'PATCH', json: { products: ['Firewall', 'Switch'] } });
    await tyler.press(dialog.getByRole('button', { name: 'Withdraw deal' }));
    await page.getByText('It was not withdrawn.', { exact: false }).waitFor();
    await page.getByText(/ changed: products, /).waitFor();
    expect(await violations(page)).toEqual([]);
    await tyler.picture('deal-withdrawal-stale');
    await tyler.press(dialog.getByRole('button', { name: 'Withdraw deal' }));
    await page.getByText('Withdrawn: Entered twice').waitFor();
    await tyler.picture('deal-withdrawn');
    await page.goto('/deals?stage=withdrawn');
    await page.getByRole('row').filter({ hasText: 'CRM-B1' }).waitFor();
    await page.goto('/deals');
    await page.getByRole('table', { name: 'Deals', exact: true }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'CRM-B1' }).count()).toBe(0);
    expect(tyler.errors).toEqual([]);
    await tyler.leave();
  });

  it('is shown to the vendor with refunds and days, in any currency, and dialogs leave the list as it was asked for', async () => {
    const tyler = await Person.signIn(portal.standalone.url, TYLER, 'northwind demo');
    const { items: running } = await tyler.call('activations?state=running', Activations);
    const { pageUrl } = await tyler.call(`activations/${running[0]?.id}`, ActivationDetail);
    const seller = await portal.signIn(TYLER, { path: '/leads' });
    const { page } = seller;
    const form = { email: 'erin@grove.example', firstName: 'Erin', lastName: 'Grove', consent: 'yes' };
    await page.request.post(`${new URL(pageUrl).pathname}/form`, { form });
    const { items: leads } = await tyler.call('leads', LeadPage);
    const leadId = leads.find(({ email }) => email === form.email)?.id;
    await page.reload();
    await seller.press(seller.button('History of Erin Grove'));
    await seller.press(seller.button('Add deal: Erin Grove'));
    await seller.field('Amount').fill('125000');
    const currency = () => page.locator('input').and(page.getByLabel('Currency', { exact: true }));
    await currency().fill('rupiah');
    await page.getByRole('option', { name: 'IDR' }).waitFor();
    await currency().fill('yen');
    await seller.picture('deal-currency-sought');
    await page.getByRole('option', { name: 'JPY' }).click();
    await page.getByText('¥125,000').waitFor();
    await page.getByLabel('Stage').selectOption({ label: 'Won' });
    await seller.press(seller.button('Save deal'));
    await seller.button('Change deal: Erin Grove').waitFor();
    const { id } = await tyler.call(`leads/${leadId}/deal`, DealView, { method: 'PATCH', json: {} });
    const json = { with: 'vendor', name: 'Office routers' };
    await tyler.call(`deals/${id}/shares`, MadeDealShare, { method: 'POST', json });
    await tyler.call(`deals/${id}/refunds`, DealView, { method: 'POST', json: { minorUnits: 5000 } });

    await page.goto('/deals?stage=won&sort=-closedOn&invitation=known-to-nobody-at-all');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(new URL(page.url()).search).toBe('?stage=won&sort=-closedOn');
    await currency().click();
    await seller.picture('deal-currency-filter');
    await page.getByRole('option', { name: 'JPY' }).click();
    await page.waitForURL('**/deals?stage=won&sort=-closedOn&currency=JPY');
    await page.getByRole('row').filter({ hasText: '¥5,000 refunded' }).waitFor();
    expect(seller.errors).toEqual([]);
    await seller.leave();

    const maya = await portal.signIn('maya@northwind.example', { path: '/shared-leads?deals=-amount' });
    const table = maya.page.getByRole('table', { name: 'Deals that partners show you' });
    const row = table.getByRole('row').filter({ hasText: 'Office routers' });
    await row.getByText('¥5,000 refunded').waitFor();
    expect(await row.getByRole('cell').allInnerTexts()).toContainEqual(expect.stringMatching(/^\w+, \d+ \w+ \d{4}$/));
    expect(await violations(maya.page)).toEqual([]);
    await row.scrollIntoViewIfNeeded();
    await maya.picture('disclosed-deals');
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
