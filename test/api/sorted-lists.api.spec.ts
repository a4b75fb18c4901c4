import { type CostView, DealImportView, type DealView } from '#contracts';
import type { Browser } from '../support/api.js';
import { sendForm } from '../support/leads.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

describe('a list that the server sorts', () => {
  let stage: TestProduct;
  let owner: Browser;

  beforeAll(async () => {
    stage = await openTestProduct();
    ({ owner } = stage.partner);
    stage.toWorkingHours();
    const { emails } = await stage.aList(owner, [
      { email: 'ada@sorted.example', firstName: 'Ada', lastName: 'Ödegaard', company: 'Sorted Ltd' },
      { email: 'ben@sorted.example', firstName: 'Ben', lastName: 'Buyer' },
    ]);
    const deal = (externalId: string, more: object) => ({ externalId, email: emails[1], ...more });
    const deals = [
      deal('A', { amount: EUR(30_000), expectedOn: '2027-03-01' }),
      deal('B', { stage: 'won', amount: EUR(10_000), closedOn: '2026-06-30' }),
      deal('C', { email: emails[0], stage: 'negotiation', expectedOn: '2027-01-15' }),
      deal('D', { stage: 'lost', amount: EUR(30_000), closedOn: '2025-12-31', products: ['Router XL'] }),
      deal('E', { stage: 'won', amount: { minorUnits: 20_000, currency: 'USD' }, closedOn: '2026-07-01' }),
    ];
    const { body } = await owner.post('/api/v1/deals/upsert', { deals }).expect(200);
    expect(DealImportView.parse(body).counts).toMatchObject({ new: deals.length });
    stage.api.clock.advance(60_000);
    const { body: lost } = await owner.get('/api/v1/deals?stage=lost').expect(200);
    await owner.patch(`/api/v1/deals/${lost.items[0].id}`, { lostReason: 'price' }).expect(200);
  });
  afterAll(() => stage.close());

  /** Page by page. */
  const all = async <Row>(path: string, limit: number): Promise<Row[]> => {
    const rows: Row[] = [];
    for (let cursor = ''; ;) {
      const { body } = await owner.get(`/api/v1${path}&limit=${limit}${cursor}`).expect(200);
      rows.push(...body.items);
      if (body.nextCursor === null) return rows;
      cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
  };
  const deals = async (query: string, limit = 2): Promise<string> =>
    (await all<DealView>(`/deals?${query}`, limit)).map(({ externalId }) => externalId).join('');
  const inFile = async (query: string): Promise<string> => {
    const { text } = await owner.get(`/api/v1/deals/list.csv?${query}`).buffer().expect(200);
    return text
      .split('\n')
      .slice(1)
      .map((line: string) => line.split(',')[1])
      .join('');
  };

  it.each([
    ['amount', /^BE(AD|DA)C$/],
    ['-amount', /^(AD|DA)EBC$/],
    ['closedOn', /^DBE(AC|CA)$/],
    ['-closedOn', /^EBD(AC|CA)$/],
    ['expectedOn', /^CA[BDE]{3}$/],
    ['-expectedOn', /^AC[BDE]{3}$/],
    ['stage', /^AC(BE|EB)D$/],
    ['-stage', /^D(BE|EB)CA$/],
    ['updatedAt', /^[ABCE]{4}D$/],
    ['-updatedAt', /^D[ABCE]{4}$/],
  ])('has deals by “%s” on all pages and in the file, empty cells last', async (sort, expected) => {
    const found = await deals(`sort=${sort}`);
    expect(found).toMatch(expected);
    expect(await deals(`sort=${sort}`, 50)).toBe(found);
    expect(await inFile(`sort=${sort}`)).toBe(found);
  });

  it.each([
    ['stage=negotiation', 'C'],
    ['currency=USD', 'E'],
    ['closedFrom=2026-06-30&closedTo=2026-06-30', 'B'],
    ['expectedTo=2027-02-01', 'C'],
    ['q=%C3%B6degaard', 'C'],
    ['q=SORTED+ltd', 'C'],
    ['q=router', 'D'],
    ['q=nobody', ''],
    ['campaignId=0198c0de-0000-7000-8000-000000000000', ''],
  ])('has the deals of “%s”, on the screen and in the file', async (filter, expected) => {
    expect(await deals(`sort=stage&${filter}`)).toBe(expected);
    expect(await inFile(filter)).toBe(expected);
  });

  it('finds deals by the campaign of their lead', async () => {
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    const lead = await sendForm(stage, owner, pagePath, { email: 'lead@sorted.example' });
    await owner.patch(`/api/v1/leads/${lead.id}/deal`, { externalId: 'F', amount: EUR(1) }).expect(200);
    expect(await deals(`campaignId=${stage.campaign.campaignId}`)).toBe('F');
  });

  it('goes on where the page ended, though its last deal has changed meanwhile', async () => {
    const first = (await owner.get('/api/v1/deals?sort=-amount&limit=2').expect(200)).body;
    await owner.patch(`/api/v1/deals/${first.items[1].id}`, { amount: EUR(1) }).expect(200);
    const next = await owner
      .get(`/api/v1/deals?sort=-amount&limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)
      .expect(200);
    expect(next.body.items[0].externalId).toBe('E');
    await owner.patch(`/api/v1/deals/${first.items[1].id}`, { amount: EUR(30_000) }).expect(200);
  });

  it('refuses what it cannot do, and says what it can', async () => {
    const { body: column } = await owner.get('/api/v1/deals?sort=name').expect(422);
    expect(column).toMatchObject({ field: 'sort' });
    expect(column.detail).toContain('-amount');
    const { body: page } = await owner.get('/api/v1/deals?sort=-amount&limit=1').expect(200);
    const cursor = encodeURIComponent(page.nextCursor);
    for (const other of ['', 'sort=amount&', 'sort=stage&']) {
      const { body } = await owner.get(`/api/v1/deals?${other}cursor=${cursor}`).expect(422);
      expect(body).toMatchObject({ code: 'list.cursor' });
    }
    const days = 'From=2026-02-01&closedTo=2026-01-01';
    for (const path of [
      `/deals?closed${days}`,
      `/deals/list.csv?closed${days}`,
      '/costs?from=2026-02-01&to=2026-01-01',
    ]) {
      const { body } = await owner.get(`/api/v1${path}`).expect(422);
      expect(body).toMatchObject({ code: 'list.days' });
    }
  });

  it('has costs by amount and day, of a period', async () => {
    const add = (description: string, minorUnits: number, from: string, to = from) =>
      owner.post('/api/v1/costs', { description, amount: EUR(minorUnits), from, to }).expect(201);
    await add('Fair', 300, '2026-03-01', '2026-03-31');
    await add('Print', 100, '2026-05-01');
    await add('Ads', 200, '2026-01-01', '2026-12-31');
    const costs = async (query: string): Promise<string[]> =>
      (await all<CostView>(`/costs?${query}`, 1)).map(({ description }) => description);
    expect(await costs('sort=amount')).toEqual(['Print', 'Ads', 'Fair']);
    expect(await costs('sort=-amount')).toEqual(['Fair', 'Ads', 'Print']);
    expect(await costs('sort=from')).toEqual(['Ads', 'Fair', 'Print']);
    expect(await costs('sort=-amount&from=2026-03-31&to=2026-04-30')).toEqual(['Fair', 'Ads']);
    const { text } = await owner.get('/api/v1/costs/costs.csv?sort=-from&to=2026-04-30').buffer().expect(200);
    expect(text).toMatch(/Fair[\s\S]*Ads/);
    expect(text).not.toContain('Print');
  });
});
