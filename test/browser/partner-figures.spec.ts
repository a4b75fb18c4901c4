import type { Locator } from 'playwright-core';
import Papa from 'papaparse';
import { DealPage, DealView, LeadPage, type LeadView, SavedViews } from '#contracts';
import { DAY_MS, HOUR_MS } from '#kernel';
import { Person } from '../journeys/person.js';
import { until } from '../support/until.js';
import { launchedPage } from './launched-page.js';
import type { Portal, Visitor } from './portal.js';
import { CAMPAIGN } from './results.js';
import { sharedPortal } from './shared-portal.js';
import { figuresOf, firstLinesOf, rowsOf } from './tables.js';

/** A partner that no other suite of the shared product signs in as; the day begins there before that of UTC. */
const JACK = 'jack@southern.example';
const VIEW = 'Costs of e-mails';
const DEAL = 'Server room of a freight company';
const ATTRIBUTION = 'What won deals came from';
const POST = 'Campaign page, by: Post';
const QR = 'Campaign page, by: QR code';
/** A scheduler looks once a minute whether a view is due. */
const MAIL_MS = 90_000;
const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

/** Credits of each row of the attribution, by its name: one for each model, in cents. */
async function creditsOf(visitor: Visitor): Promise<Record<string, number[]>> {
  const heading = visitor.heading(ATTRIBUTION).or(visitor.heading('Attribution report'));
  await heading.waitFor();
  await visitor.allThere();
  // The table is read once it is near.
  await heading.scrollIntoViewIfNeeded();
  const table = `${ATTRIBUTION}, EUR`;
  await visitor.page.getByRole('table', { name: table }).waitFor();
  await visitor.allThere();
  const cents = (text: string): number => Math.round(Number(text.replaceAll(/[€,]/g, '')) * 100);
  const rows = await firstLinesOf(visitor, table);
  return Object.fromEntries(rows.map(([name = '', ...credits]) => [name, credits.map(cents)]));
}
const eightTimes = (cents: number): number[] => Array.from({ length: 8 }, () => cents);

describe('a partner’s figures', () => {
  const shared = sharedPortal();
  let portal: Portal;
  let jack: Visitor;
  /** The same partner by its API. */
  let colleague: Person;
  let leads: readonly LeadView[];
  let begun: Date;

  /** A visitor sends the form of the partner's page, which a source has led to. */
  const sendForm = async (pagePath: string, source: string, firstName: string, company: string): Promise<void> => {
    const form = { email: `${firstName.toLowerCase()}@prospect.example`, firstName, company, consent: 'yes' };
    const answer = await jack.page.request.post(`${pagePath}/form?source=${source}`, { form });
    expect(answer.status()).toBe(200);
  };

  beforeAll(async () => {
    portal = await shared.open();
    colleague = await Person.signIn(portal.standalone.url, JACK, 'northwind demo');
    begun = await portal.standalone.now();
    // Its e-mails would change the numbers.
    const pagePath = await launchedPage(colleague, new Date(begun.getTime() + DAY_MS));
    jack = await portal.signIn(JACK, { path: '/costs' });
    await sendForm(pagePath, 'post', 'Ava', 'Quarry');
    await sendForm(pagePath, 'qr', 'Ava', 'Quarry Freight');
    await sendForm(pagePath, 'qr', 'Ben', 'Mill and Son');
    await sendForm(pagePath, 'post', 'Cleo', 'Orchard');
    leads = (await colleague.call('leads', LeadPage)).items;
  });
  afterAll(() => shared.close());

  const leadOf = (name: string): LeadView => {
    const found = leads.find((lead) => lead.name.startsWith(name));
    if (found === undefined) throw new Error(`${name} is no lead.`);
    return found;
  };
  const saveDeal = (name: string, change: object): Promise<DealView> =>
    colleague.call(`leads/${leadOf(name).id}/deal`, DealView, { method: 'PATCH', json: change });
  const day = (daysAgo: number): string => new Date(begun.getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10);
  const dialog = (name: string | RegExp): Locator => jack.page.getByRole('dialog', { name });

  const addCost = async (description: string, amount: string, on: string, choices: Record<string, string>) => {
    await jack.press(jack.button('Add cost'));
    const form = dialog('Add cost');
    await form.getByLabel(/^What was paid for/).fill(description);
    await form.getByLabel(/^Amount/).fill(amount);
    for (const label of ['First day', 'Last day']) await form.getByLabel(label).fill(on);
    for (const [label, choice] of Object.entries(choices))
      await form.getByLabel(label, { exact: true }).selectOption({ label: choice });
    await jack.press(form.getByRole('button', { name: 'Save cost' }));
    await form.waitFor({ state: 'hidden' });
  };
  const EMAILS = [
    ['Copy of the e-mails', CAMPAIGN, 'E-mails', '€200.00'],
    ['Design of the e-mails', CAMPAIGN, 'E-mails', '€50.00'],
  ];
  /** What is on the screen, without the days. */
  const shownCosts = async (): Promise<string[][]> =>
    (await firstLinesOf(jack, 'Costs')).map((cells) => cells.toSpliced(3, 1));
  /** The filter and the sort have come: both change which row is the first. */
  const emailsAreListed = async (): Promise<void> => {
    await jack.page.getByText('Booth at a fair').waitFor({ state: 'hidden' });
    await jack.page
      .getByRole('row')
      .nth(1)
      .filter({ hasText: EMAILS[0]?.[0] ?? '' })
      .waitFor();
  };

  it('begin with costs, of which a view is saved, opened again, and scheduled by e-mail', async () => {
    const { page } = jack;
    await addCost('Copy of the e-mails', '200', day(4), { Campaign: CAMPAIGN, Tactic: 'E-mails' });
    await addCost('Booth at a fair', '1000', day(2), {});
    await addCost('Design of the e-mails', '50', day(3), { Campaign: CAMPAIGN, Tactic: 'E-mails' });
    await page.getByRole('row').nth(3).waitFor();
    await jack.field('Tactic').selectOption({ label: 'E-mails' });
    await page.waitForURL(/tactic=email/);
    const amount = page.getByRole('columnheader', { name: 'Amount' }).getByRole('button');
    await jack.press(amount);
    await page.waitForURL(/sort=amount/);
    await jack.press(amount);
    await page.waitForURL(/sort=-amount/);
    await emailsAreListed();
    expect(await shownCosts()).toEqual(EMAILS);

    await jack.press(jack.button('Views'));
    await jack.press(page.getByRole('menuitem', { name: 'Save this view' }));
    await dialog('Save this view').getByLabel(/^Name/).fill(VIEW);
    await jack.press(dialog('Save this view').getByRole('button', { name: 'Save this view' }));
    await dialog('Save this view').waitFor({ state: 'hidden' });
    await page.goto('/costs');
    await page.getByRole('row').nth(3).waitFor();
    expect((await shownCosts()).map(([what]) => what)).toEqual([
      'Design of the e-mails',
      'Booth at a fair',
      'Copy of the e-mails',
    ]);
    await jack.press(jack.button('Views'));
    await jack.press(page.getByRole('menuitem', { name: VIEW }));
    await page.waitForURL(({ searchParams }) => searchParams.get('sort') === '-amount');
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ tactic: 'email', sort: '-amount' });
    await emailsAreListed();
    expect(await shownCosts()).toEqual(EMAILS);

    await jack.press(jack.button('Views'));
    await jack.press(page.getByRole('menuitem', { name: 'All saved views' }));
    await jack.press(jack.button(`Send by e-mail: “${VIEW}”`));
    const form = dialog(`Send by e-mail: “${VIEW}”`);
    const { timeZone } = await colleague.call('saved-views', SavedViews);
    expect(timeZone).toBe('Australia/Sydney');
    await form.getByText(`In your time zone, ${timeZone}`).waitFor();
    const inAnHour = new Date((await portal.standalone.now()).getTime() + HOUR_MS);
    const text = (style: Intl.DateTimeFormatOptions): string =>
      new Intl.DateTimeFormat('en-GB', { ...style, timeZone }).format(inAnHour);
    await form.getByLabel('Day', { exact: true }).selectOption({ label: text({ weekday: 'long' }) });
    const hour = text({ hour: '2-digit', hourCycle: 'h23' });
    await form.getByLabel('Hour', { exact: true }).selectOption({ label: `${hour}:00` });
    await jack.press(form.getByText('CSV', { exact: true }));
    await jack.press(form.getByRole('button', { name: 'Save schedule' }));
    await form.waitFor({ state: 'hidden' });
    await page.getByRole('cell', { name: /^Costs, CSV, Weekly, next / }).waitFor();
    const { items } = await colleague.call('saved-views', SavedViews);
    const nextAt = items.find(({ name }) => name === VIEW)?.mail?.nextAt ?? '';
    await portal.standalone.reach(new Date(nextAt));
  });

  it('become results after a won deal: money first, then costs, return, and what the deal came from', async () => {
    const { page } = jack;
    await page.goto('/leads');
    await jack.press(jack.button(`History of ${leadOf('Ava').name}`));
    await jack.press(jack.button(`Add deal: ${leadOf('Ava').name}`));
    const form = dialog(`Deal of ${leadOf('Ava').name}`);
    await form.getByLabel('Amount').fill('5000');
    await form.getByLabel('Stage').selectOption({ label: 'Won' });
    await form.getByLabel(/^Closed on/).waitFor();
    await jack.press(form.getByRole('button', { name: 'Save deal' }));
    await form.waitFor({ state: 'hidden' });
    await saveDeal('Cleo', { stage: 'proposal', amount: EUR(250_000) });

    await page.goto('/results');
    const lists = page.getByRole('main').locator('dl');
    await lists.nth(1).waitFor();
    await jack.allThere();
    expect(await figuresOf(lists.nth(0))).toEqual([
      ['Won amounts', '€5,000.00', '1 deal'],
      ['Open amounts, now', '€2,500.00', '1 deal'],
      ['Lost amounts', '–', '0 deals'],
    ]);
    expect(await figuresOf(lists.nth(1))).toEqual([
      ['Costs', '€1,250.00'],
      ['Return on investment', '+300%', 'Won amounts less costs, divided by costs'],
      ['Pipeline per cost', '2 ×', '€2,500.00 open now, divided by costs'],
      ['Cost per lead', '€416.67', '3 leads'],
      ['Cost per won deal', '€1,250.00', '1 deal'],
    ]);
    expect(await firstLinesOf(jack, 'Costs and return')).toEqual([
      [CAMPAIGN, '€250.00', '€5,000.00', '+1,900%', '€2,500.00', '10 ×', '3', '€83.33', '€250.00'],
      ['Without campaign', '€1,000.00', '–', '–', '–', '–', '0', '–', '–'],
      ['Total', '€1,250.00', '€5,000.00', '+300%', '€2,500.00', '2 ×', '3', '€416.67', '€1,250.00'],
    ]);
    const tactics = await firstLinesOf(jack, 'Return by tactic');
    expect(tactics).toContainEqual(['E-mails', '€250.00', '–', '-100%']);
    expect(tactics).toContainEqual(['Posts', '–', '€2,500.00', '–']);

    const credits = await creditsOf(jack);
    expect(Object.keys(credits).sort()).toEqual([POST, QR, 'No recorded step', 'Won amounts'].sort());
    expect(credits['No recorded step']).toEqual(eightTimes(0));
    // First, last, linear and U-shaped.
    expect(credits[POST]?.slice(0, 4)).toEqual([500_000, 0, 250_000, 250_000]);
    expect(credits[QR]?.slice(0, 4)).toEqual([0, 500_000, 250_000, 250_000]);
    expect(credits['Won amounts']).toEqual(eightTimes(500_000));
    expect(credits[POST]?.map((credit, at) => credit + (credits[QR]?.[at] ?? 0))).toEqual(credits['Won amounts']);
    expect(jack.errors).toEqual([]);
  });

  it('are kept as a report, which stays while a later deal changes the table', async () => {
    const { page } = jack;
    const kept = await creditsOf(jack);
    await jack.press(jack.button('Keep as report'));
    const link = page.getByRole('link', { name: /, kept .+ by Jack Nguyen$/ });
    await link.waitFor();
    const name = await link.innerText();
    await jack.press(link);
    await jack.heading('Attribution report').waitFor();
    const address = new URL(page.url()).pathname;
    expect(address).toMatch(/^\/results\/attribution\/[0-9a-f-]{36}$/);
    await page.getByText(name, { exact: true }).waitFor();
    expect(await creditsOf(jack)).toEqual(kept);

    const [first] = (await colleague.call('deals?stage=won', DealPage)).items;
    await saveDeal('Ben', { stage: 'won', amount: EUR(100_100), closedOn: first?.closedOn });
    await jack.press(jack.link('Results of the same period, as they are now'));
    await page.waitForURL(/\/results\?from=.+&to=/);
    // The address changes before the screen.
    await jack.heading('Attribution report').waitFor({ state: 'detached' });
    const live = await creditsOf(jack);
    expect(live[POST]?.slice(0, 3)).toEqual([500_000, 0, 250_000]);
    expect(live[QR]?.slice(0, 3)).toEqual([100_100, 600_100, 350_100]);
    expect(live['Won amounts']).toEqual(eightTimes(600_100));
    await page.goto(address);
    expect(await creditsOf(jack)).toEqual(kept);
    expect(jack.errors).toEqual([]);
  });

  it('are shown to the vendor deal by deal, as they change, and not any more once that is taken back', async () => {
    const { page } = jack;
    const { name, id } = leadOf('Ava');
    await page.goto('/deals');
    await jack.press(jack.button(name));
    const drawer = dialog('Deal');
    await drawer.getByText('Only your organisation.').waitFor();
    await jack.press(drawer.getByRole('button', { name: 'Show to the vendor' }));
    const form = dialog('Show to the vendor');
    await form.getByLabel(/^Name of the deal/).fill(DEAL);
    await jack.press(form.getByRole('button', { name: 'Show to the vendor' }));
    await drawer.getByText(new RegExp(`^As “${DEAL}”, by Jack Nguyen, `)).waitFor();

    const maya = await portal.signIn('maya@northwind.example', { path: '/shared-leads' });
    const shown = async (): Promise<string[][][]> => {
      const table = maya.page.getByRole('table', { name: 'Deals that partners show you' });
      // One of another partner, which stays.
      await table.getByText('Routers for eleven branches').waitFor();
      return (await rowsOf(maya, 'Deals that partners show you')).filter(([cell]) => cell?.[0] === DEAL);
    };
    const row = (amount: string) => [
      [DEAL, CAMPAIGN],
      ['Southern Cross IT: Sourced'],
      ['Won'],
      [amount],
      // Closed and expected.
      [expect.any(String)],
      ['–'],
      [expect.any(String), 'Jack Nguyen'],
    ];
    expect(await shown()).toEqual([row('€5,000.00')]);
    expect(await maya.page.getByRole('main').innerText()).not.toMatch(/\bAva\b|Quarry/);
    await colleague.call(`leads/${id}/deal`, DealView, { method: 'PATCH', json: { amount: EUR(520_000) } });
    await maya.page.reload();
    expect(await shown()).toEqual([row('€5,200.00')]);

    await jack.press(drawer.getByRole('button', { name: 'Stop sharing' }));
    const question = dialog('Stop sharing with: The vendor of the campaign?');
    await jack.press(question.getByRole('button', { name: 'Stop sharing' }));
    await drawer.getByText('Only your organisation.').waitFor();
    await maya.page.reload();
    expect(await shown()).toEqual([]);
    expect([...jack.errors, ...maya.errors]).toEqual([]);
    await maya.leave();
  });

  it('come by e-mail as the rows of the saved view, until the link of the e-mail stops them', async () => {
    const { mailbox } = portal.standalone;
    const subject = `${VIEW}: Costs`;
    const isThere = async (): Promise<boolean> =>
      (await mailbox.overview()).some((mail) => mail.to === JACK && mail.subject === subject);
    await until(isThere, 'the e-mail with the view', MAIL_MS);
    const mail = (await mailbox.mailsTo(JACK)).find((one) => one.subject === subject);
    const [file, ...more] = mail?.attachments ?? [];
    expect([file?.name, file?.type, more.length]).toEqual([`${VIEW}.csv`, 'text/csv', 0]);
    const csv = Papa.parse<Record<string, string>>((file?.content.toString() ?? '').replace('\ufeff', '').trim(), {
      header: true,
    }).data;
    const dayOf = ({ From, To }: Record<string, string>) => [From, To];
    expect(
      csv.map(({ Description, Campaign, Tactic, Amount, Currency }) => [
        Description,
        Campaign,
        Tactic,
        Currency === 'EUR' ? `€${Amount}` : Amount,
      ]),
    ).toEqual(EMAILS);
    expect(csv.map(dayOf)).toEqual([day(4), day(3)].map((on) => [on, on]));
    const { page } = jack;
    const view = /href="([^"]+\/costs\?[^"]+)"/.exec(mail?.html ?? '')?.[1]?.replaceAll('&amp;', '&') ?? '';
    await page.goto(new URL(view).pathname + new URL(view).search);
    await page.getByRole('row').nth(2).waitFor();
    expect(await shownCosts()).toEqual(EMAILS);

    const [stop = ''] = /https?:\/\/\S+\/n\/\S+\?v=[\da-f-]{36}/.exec(mail?.text ?? '') ?? [];
    const reader = await portal.visit(new URL(stop).pathname + new URL(stop).search, { scripts: false });
    await reader.heading(`Stop sending “${VIEW}”?`).waitFor();
    await reader.press(reader.button('Stop sending this view'));
    await reader.heading('This saved view is not sent to you any more').waitFor();
    await reader.page
      .getByText(`“${VIEW}” is not sent to you any more. The view stays in the portal.`, { exact: true })
      .waitFor();
    await reader.leave();
    await page.goto('/saved-views');
    await jack.link(VIEW).waitFor();
    expect(await firstLinesOf(jack, 'Saved views')).toEqual([[VIEW, 'Costs', '', 'Not sent']]);
    expect(jack.errors).toEqual([]);
    await jack.leave();
  });
});
