import type { z } from 'zod';
import {
  DisclosedDealPage,
  LeadView,
  PartnerStandings,
  PartnerTotalsPage,
  VendorHome,
  VendorReturns,
} from '#contracts';
import { sendForm } from '../support/leads.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

type Page<Item> = z.ZodType<{ readonly items: readonly Item[]; readonly nextCursor: string | null }>;

describe('lists of a vendor', () => {
  let stage: TestProduct;

  beforeAll(async () => {
    stage = await openTestProduct();
    await stage.aCompletePartner(undefined, { name: 'partner 10' });
    await stage.aCompletePartner(undefined, { name: 'Partner 9' });
    await stage.aCompletePartner(undefined, { name: 'Zenit' });
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const answer = async <Item>(page: Page<Item>, path: string) =>
    page.parse((await stage.vendor.editor.get(`/api/v1/${path}`).expect(200)).body);
  /** All rows, read one by one; the same as in one page. */
  const rows = async <Item>(page: Page<Item>, path: string, query: string): Promise<readonly Item[]> => {
    const found: Item[] = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = await answer(page, `${path}?limit=1&${query}${cursor}`);
      found.push(...items);
      if (nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
    }
    expect(found).toEqual((await answer(page, `${path}?limit=200&${query}`)).items);
    return found;
  };
  const refused = async (path: string, field: string) =>
    expect((await stage.vendor.editor.get(`/api/v1/${path}`).expect(422)).body).toMatchObject({ field });
  const column = async (path: string, name: string): Promise<string[]> => {
    const { text } = await stage.vendor.editor.get(`/api/v1/${path}`).expect(200);
    const [head = '', ...lines] = text
      .replace(/^\ufeff/, '')
      .trim()
      .split(/\r?\n/);
    return lines.map((line) => line.split(',')[head.split(',').indexOf(name)] ?? '');
  };
  const NAMES = ['Brightwater IT', 'Partner 9', 'partner 10', 'Zenit'];

  it('list partners with their totals by name, and by the day since when they show them', async () => {
    const path = 'vendor-insight/partners';
    const names = async (query: string) => (await rows(PartnerTotalsPage, path, query)).map(({ name }) => name);
    expect(await names('sort=partner')).toEqual(NAMES);
    expect(await names('sort=-partner')).toEqual(NAMES.toReversed());
    expect(await column(`${path}.csv?sort=-partner`, 'partner')).toEqual(NAMES.toReversed());
    expect((await names('sort=partner&q=PARTNER')).toSorted()).toEqual(['Partner 9', 'partner 10']);
    expect(await names('q=100%25')).toEqual([]);
    const { vendorId } = stage.vendor;
    await stage.partner.owner.put('/api/v1/shared-totals', { vendorId, isShared: true }).expect(200);
    for (const sort of ['sharedAt', '-sharedAt']) expect((await names(`sort=${sort}`))[0]).toBe('Brightwater IT');
    expect(await names('shown=since-start')).toEqual(['Brightwater IT']);
    expect(await names('shown=nothing&sort=-partner')).toEqual(['Zenit', 'partner 10', 'Partner 9']);
    expect(await column(`${path}.csv?shown=nothing&q=zen`, 'partner')).toEqual(['Zenit']);
    const [shown] = await rows(PartnerTotalsPage, path, 'shown=since-start');
    expect(shown).toMatchObject({ shown: 'since-start', sharedAt: expect.any(String) });
    await stage.partner.owner.put('/api/v1/shared-totals', { vendorId, isShared: false }).expect(200);
    await refused(`${path}?sort=won`, 'sort');
    await refused(`${path}?shown=all`, 'shown');
    await refused(`${path}?q=`, 'q');
    const { nextCursor } = await answer(PartnerTotalsPage, `${path}?limit=1&sort=partner`);
    await refused(`${path}?sort=-partner&cursor=${encodeURIComponent(nextCursor ?? '')}`, 'cursor');
  });

  it('list partners by name, step and score', async () => {
    const path = 'programme-activity/partners';
    const names = async (query: string) => (await rows(PartnerStandings, path, query)).map(({ name }) => name);
    expect(await names('sort=partner')).toEqual(NAMES);
    expect(await names('sort=-partner&q=Partner')).toEqual(['partner 10', 'Partner 9']);
    for (const [sort, sign] of [
      ['score', 1],
      ['-score', -1],
    ] as const) {
      const scores = (await rows(PartnerStandings, path, `sort=${sort}`)).map(({ score }) => score ?? 0);
      expect(scores).toEqual(scores.toSorted((a, b) => sign * (a - b)));
    }
    expect(await column(`${path}.csv?sort=-partner`, 'partner')).toEqual(NAMES.toReversed());
    expect(await column(`${path}.csv?q=zenit`, 'partner')).toEqual(['Zenit']);
    await refused(`${path}?sort=points`, 'sort');
    await refused(`${path}?q=`, 'q');
  });

  it('list deals that partners show by amount, days and stage, and find them by partner and campaign', async () => {
    const { owner } = stage.partner;
    const path = 'disclosed-deals';
    const deals: [string, object][] = [
      ['A', { amount: { minorUnits: 500, currency: 'EUR' } }],
      ['B', { stage: 'won', amount: { minorUnits: 700, currency: 'EUR' } }],
      ['C', { stage: 'proposal' }],
      ['D', { amount: { minorUnits: 500, currency: 'EUR' } }],
    ];
    for (const [name, change] of deals) {
      const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
      const { id } = LeadView.parse(await sendForm(stage, owner, pagePath, { email: `${name}@prospect.example` }));
      const { body: deal } = await owner.patch(`/api/v1/leads/${id}/deal`, change).expect(200);
      await owner.post(`/api/v1/deals/${deal.id}/shares`, { with: 'vendor', name }).expect(201);
    }
    const names = async (query: string) =>
      (await rows(DisclosedDealPage, path, query)).map(({ name }) => name).join('');
    expect(await names('')).toBe('DCBA');
    expect(await names('sort=amount')).toBe('ADBC');
    expect(await names('sort=-amount')).toBe('BDAC');
    expect(await names('sort=sharedAt')).toBe('ABCD');
    expect((await names('sort=stage')).endsWith('CB')).toBe(true);
    expect((await names('sort=-closedOn')).startsWith('B')).toBe(true);
    expect(await names('stage=open&sort=-amount')).toBe('DAC');
    expect(await names('stage=won')).toBe('B');
    expect(await names('q=brightWATER&sort=sharedAt')).toBe('ABCD');
    expect(await names('q=zenit')).toBe('');
    expect(await names(`campaignId=${stage.campaign.campaignId}&sort=sharedAt`)).toBe('ABCD');
    expect(await names('campaignId=0198c0de-0000-7000-8000-000000000000')).toBe('');
    expect(await column(`${path}/list.csv?sort=-amount&stage=open`, 'deal')).toEqual(['D', 'A', 'C']);
    await refused(`${path}?sort=name`, 'sort');
    await refused(`${path}?stage=overdue`, 'stage');
    await refused(`${path}?campaignId=1`, 'campaignId');
    const { nextCursor } = await answer(DisclosedDealPage, `${path}?limit=1&sort=amount`);
    await refused(`${path}?sort=stage&cursor=${encodeURIComponent(nextCursor ?? '')}`, 'cursor');
  });

  it('are beside a home with the won amounts of returns, and their course once all partners agreed to days', async () => {
    const { editor, vendorId } = stage.vendor;
    const won = async () => VendorHome.parse((await editor.get('/api/v1/vendor-home').expect(200)).body).won;
    const showing = (wording: number, isShared = true) =>
      stage.partner.owner.put('/api/v1/shared-totals', { vendorId, isShared, wording }).expect(200);
    expect(await won()).toMatchObject({ amounts: [], showing: 0, points: [] });
    await showing(1);
    const { body } = await editor.get('/api/v1/vendor-insight/returns').expect(200);
    const { amounts, ...sinceStart } = (await won()) ?? { amounts: [] };
    expect(amounts).toEqual([{ minorUnits: 700, currency: 'EUR' }]);
    expect(amounts).toEqual(VendorReturns.parse(body).total.won);
    expect(sinceStart).toMatchObject({ showing: 1, before: null, points: [] });
    await showing(2);
    const ofDays = await won();
    expect(ofDays).toMatchObject({ amounts, showing: 1, before: 0 });
    expect(ofDays?.points.map(({ minorUnits }) => minorUnits)).toEqual([...Array.from({ length: 12 }, () => 0), 700]);
    await showing(2, false);
    expect(await won()).toMatchObject({ amounts: [], points: [] });
  });
});
