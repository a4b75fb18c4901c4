import { TABLES_OF, type ViewScreen, type ViewTableName } from '#contracts';
import { ViewMails } from '#saved-views';
import { getDocument } from '../../libs/artwork/src/document/pdf-reader.fixture.js';
import type { Browser } from '../support/api.js';
import { sendForm } from '../support/leads.js';
import { openTestProduct, type TestPartner, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

interface SentTable {
  readonly screen: ViewScreen;
  readonly query: string;
  readonly table: ViewTableName;
  readonly format?: 'csv' | 'pdf';
}

const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

/** Tables of results in e-mails, beside the CSV of their screens at the same moment. */
describe('a table of results that comes by e-mail', () => {
  let stage: TestProduct;
  let owner: Browser;
  let editor: Browser;
  let other: TestPartner;
  let views = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    stage.toWorkingHours();
    ({ owner } = stage.partner);
    ({ editor } = stage.vendor);
    other = await stage.aCompletePartner(undefined, { name: 'Amber Systems' });
    for (const [by, amount] of [
      [owner, 700_001],
      [other.owner, 90_000],
    ] as const) {
      const { pagePath } = await stage.running(by, { startAt: stage.inDays(1) });
      const lead = await sendForm(stage, by, pagePath, { email: `won-${amount}@prospect.example` });
      await by.patch(`/api/v1/leads/${lead.id}/deal`, { stage: 'won', amount: EUR(amount) }).expect(200);
    }
    for (const by of [owner, editor])
      for (const [tactic, minorUnits] of [
        ['email', 20_000],
        ['page', 50_000],
      ] as const) {
        const cost = { description: tactic, tactic, amount: EUR(minorUnits), from: stage.day(0) };
        await by.post('/api/v1/costs', cost).expect(201);
      }
    await owner.patch('/api/v1/account/profile', { language: 'de' }).expect(200);
  }, 120_000);
  afterAll(() => stage.close());

  const saved = async (by: Browser, { screen, query }: Pick<SentTable, 'screen' | 'query'>): Promise<string> => {
    const name = `View ${views++}`;
    const { body } = await by.post('/api/v1/saved-views', { name, screen, query, isShared: false }).expect(200);
    return body.items.find((one: { name: string }) => one.name === name).id;
  };
  const schedule = (by: Browser, id: string, table: ViewTableName, format = 'csv') =>
    by.put(`/api/v1/saved-views/${id}/mail`, { rhythm: 'weekly', day: 1, hour: 8, format, table });
  /** The file of the next e-mail with a table, at its hour. @param before runs when the e-mail is almost due. */
  const mailed = async (
    by: Browser,
    { table, format = 'csv', ...view }: SentTable,
    before: () => Promise<void> = async () => undefined,
  ): Promise<Buffer> => {
    const id = await saved(by, view);
    await schedule(by, id, table, format).expect(200);
    const { body } = await by.get(`/api/v1/saved-views/${id}`).expect(200);
    await before();
    stage.api.clock.advance(Date.parse(body.mail.nextAt) - stage.api.clock.now().getTime() + 60_000);
    await stage.api.app.get(ViewMails, { strict: false }).sendDue();
    const files: Buffer[] = [];
    await until(async () => {
      const posted = await stage.api.asOwner<{ attachment: Buffer }>(
        'DELETE FROM identity.system_mail WHERE recipient = $1 AND attachment IS NOT NULL RETURNING attachment',
        [by.email],
      );
      return files.push(...posted.map(({ attachment }) => attachment)) > 0;
    }, 'the e-mail');
    await by.delete(`/api/v1/saved-views/${id}`).expect(204);
    return files[0]!;
  };
  const csvOf = async (by: Browser, path: string): Promise<string> =>
    (await by.get(`/api/v1/${path}`).buffer().expect(200)).text;
  const lines = (csv: string): string[] => csv.trim().split('\r\n');
  const share = (by: Browser, isShared: boolean, wording = 2) =>
    by.put('/api/v1/shared-totals', { vendorId: stage.vendor.vendorId, isShared, wording }).expect(200);
  /** When the vendor's reader last read the totals, as their partner sees it. */
  const lastReading = async (): Promise<string | undefined> =>
    (await owner.get('/api/v1/shared-totals').expect(200)).body.items[0].readings[0]?.at;

  it.each([
    ['attribution', 'insight/attribution.csv?period=start', /;Erster Kontaktpunkt;/],
    ['tactics', 'insight/tactic-returns.csv?period=start&model=first', /;Erster Kontaktpunkt;Taktik;Seiten;/],
    ['returns', 'insight/returns.csv?period=start', /;Summe;/],
    ['first-results', 'insight/first-results.csv?', /;Lead;/],
  ] as const)('has the rows of the CSV of a partner, in its language: %s', async (table, path, words) => {
    const file = await mailed(owner, { screen: '/results', query: 'period=start&model=first', table });
    const csv = await csvOf(owner, `${path}&language=de`);
    expect(file.toString()).toBe(csv);
    expect(csv).toMatch(words);
    expect(lines(csv).length).toBeGreaterThan(2);
  });

  it('has the amounts of the CSV as PDF, too', async () => {
    const view = { screen: '/results', query: 'period=start', table: 'attribution', format: 'pdf' } as const;
    const file = await mailed(owner, view);
    const document = await getDocument({ data: new Uint8Array(file), useSystemFonts: true }).promise;
    let text = '';
    for (let page = 1; page <= document.numPages; page++) {
      const { items } = await (await document.getPage(page)).getTextContent();
      text += items.map((item) => ('str' in item ? item.str : '')).join('');
    }
    await document.destroy();
    const amounts = lines(await csvOf(owner, 'insight/attribution.csv?period=start&language=de')).flatMap((line) =>
      line.split(';').filter((cell) => /^\d+,\d\d$/.test(cell)),
    );
    expect(amounts).toContain('7000,01');
    // Paper has the points of thousands, and the sign of the currency.
    const printed = text.replaceAll(/[\s.]/g, '');
    expect(amounts.filter((amount) => !printed.includes(`${amount}€`))).toEqual([]);
  });

  it('is in the order of its screen: credits within a currency, and tactics', async () => {
    const lead = await sendForm(stage, owner, (await stage.running(owner, await anotherVersion())).pagePath, {
      email: 'second@prospect.example',
    });
    await owner.patch(`/api/v1/leads/${lead.id}/deal`, { stage: 'won', amount: EUR(900_000) }).expect(200);
    const fileOf = async (query: string, table: string): Promise<string[]> => {
      const id = await saved(owner, { screen: '/results', query });
      const { text } = await owner.get(`/api/v1/saved-views/${id}/file?format=csv&table=${table}`).buffer().expect(200);
      return lines(text);
    };
    const usual = await fileOf('period=start', 'attribution');
    const [heading, first, second, ...last] = usual;
    expect([first, second].map((line) => /\d+,\d\d/.exec(line ?? '')?.[0])).toEqual(['9000,00', '7000,01']);
    expect(await fileOf('period=start&credit=-linear', 'attribution')).toEqual(usual);
    expect(await fileOf('period=start&credit=linear', 'attribution')).toEqual([heading, second, first, ...last]);
    const tactics = async (sort: string) =>
      (await fileOf(`period=start&tacticSort=${sort}`, 'tactics')).flatMap((line) => /E-Mails|Seiten/.exec(line) ?? []);
    expect(await tactics('costs')).toEqual(['E-Mails', 'Seiten']);
    expect(await tactics('-costs')).toEqual(['Seiten', 'E-Mails']);
  });

  const anotherVersion = async (): Promise<object> => ({
    versionId: (await stage.anotherCampaign()).versionId,
    startAt: stage.inDays(1),
  });

  it.each([
    ['tactics', 'vendor-insight/tactic-costs.csv?', /,Pages,/],
    ['returns', 'vendor-insight/returns.csv?', /Pages/],
    ['first-results', 'vendor-insight/first-results.csv?', /First result/],
    ['deal-sums', 'vendor-insight/deal-sums.csv?', /Partners/],
    ['totals', 'vendor-insight/partners.csv?', /Amber Systems,yes,.*900\.00/],
  ] as const)('has the rows of the CSV of a vendor: %s', async (table, path, words) => {
    for (const by of [owner, other.owner]) await share(by, true);
    const file = await mailed(editor, { screen: '/campaign-results', query: '', table });
    const csv = await csvOf(editor, `${path}&language=en`);
    expect(file.toString()).toBe(csv);
    expect(csv).toMatch(words);
  });

  it('has totals of the days, search, choice and order of its screen', async () => {
    for (const by of [owner, other.owner]) await share(by, true);
    const days = `from=${stage.day(-200)}&to=${stage.day(0)}`;
    for (const [query, asked] of [
      [`totals=period&${days}&totalsSort=-amounts`, `${days}&sort=-amounts`],
      ['totalsSort=amounts', 'sort=amounts'],
      ['totalsSort=-partner', 'sort=-partner'],
      ['totalsQ=amber', 'q=amber'],
      ['totalsShown=any-days&totalsSort=won', 'shown=any-days&sort=won'],
    ] as const) {
      const file = await mailed(editor, { screen: '/campaign-results', query, table: 'totals' });
      const csv = await csvOf(editor, `vendor-insight/partners.csv?${asked}&language=en`);
      expect(file.toString()).toBe(csv);
      expect(lines(csv).length).toBeGreaterThan(1);
    }
    const csv = await csvOf(editor, 'vendor-insight/partners.csv?sort=-amounts&language=en');
    expect(lines(csv)[1]).toContain(',9000.00,EUR');
    // What the screen shows of a period by its name: its own days.
    const file = await mailed(editor, {
      screen: '/campaign-results',
      query: 'totals=period&period=4-weeks',
      table: 'totals',
    });
    const { body } = await editor.get('/api/v1/vendor-insight?period=4-weeks').expect(200);
    const { from, to } = body.asked as { from: string; to: string };
    const ofDays = await csvOf(editor, `vendor-insight/partners.csv?from=${from}&to=${to}&language=en`);
    expect(file.toString()).toBe(ofDays);
  });

  it('has no total of a partner that stopped showing it before the e-mail, and a reading of those that show it', async () => {
    for (const by of [owner, other.owner]) await share(by, true);
    const view = { screen: '/campaign-results', query: '', table: 'totals' } as const;
    const before = await lastReading();
    expect((await mailed(editor, view)).toString()).toMatch(/Amber Systems,yes,.*900\.00/);
    const after = await lastReading();
    expect(after).not.toBe(before);
    expect(after?.slice(0, 10)).toBe(stage.day(0));
    const file = await mailed(editor, view, async () => {
      await share(other.owner, false);
    });
    expect(file.toString()).toMatch(/Amber Systems,no,(,not shown){5},\r\n/);
    expect(file.toString()).not.toContain('900.00');
    expect(file.toString()).toBe(await csvOf(editor, 'vendor-insight/partners.csv?language=en'));
    // A partner that agreed to totals since the start alone is in none of days.
    await share(other.owner, true, 1);
    const ofDays = await mailed(editor, { ...view, query: 'totals=period&period=start' });
    expect(ofDays.toString()).toMatch(/Amber Systems,since the start only,(,not shown){5},\r\n/);
    const known = await lastReading();
    await mailed(editor, { ...view, table: 'tactics' });
    expect(await lastReading()).toBe(known);
  });

  it('is each table of each screen', async () => {
    for (const [screen, tables] of Object.entries(TABLES_OF) as [ViewScreen, readonly ViewTableName[]][])
      for (const table of tables) {
        const by = ['/results', '/deals'].includes(screen) ? owner : editor;
        const id = await saved(by, { screen, query: '' });
        expect((await by.get(`/api/v1/saved-views/${id}`).expect(200)).body.tables).toEqual(tables);
        await schedule(by, id, table).expect(200);
        await by.get(`/api/v1/saved-views/${id}/file?format=pdf&table=${table}`).buffer().expect(200);
        await by.delete(`/api/v1/saved-views/${id}`).expect(204);
      }
  });

  it('is of one campaign only if its screen shows it then, too', async () => {
    const { campaignId } = stage.campaign;
    const id = await saved(editor, { screen: '/campaign-results', query: `campaign=${campaignId}` });
    expect((await editor.get(`/api/v1/saved-views/${id}`).expect(200)).body.tables).toEqual(['results', 'returns']);
    const { body } = await schedule(editor, id, 'totals').expect(422);
    expect(body).toMatchObject({ code: 'saved-view.not-mailed', field: 'table' });
    expect(body.detail ?? body.message).toContain('results, returns');
  });
});
