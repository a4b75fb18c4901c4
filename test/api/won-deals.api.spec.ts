import { type CampaignTotals, PartnerFirstResults, PartnerInsight, PartnerReturns, VendorReturns } from '#contracts';
import { Rollups } from '#insight';
import { sendForm } from '../support/leads.js';
import { openForSuite, owner, stage } from '../support/suite-product.js';

const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

/** How many deals were won, and what they brought. */
interface Won {
  readonly count: number;
  readonly amount: number;
}

describe('won deals of both sides', () => {
  let people = 0;

  openForSuite();
  beforeAll(async () => {
    await owner.put('/api/v1/shared-totals', { vendorId: stage.vendor.vendorId, isShared: true }).expect(200);
  });

  const aLead = async (pagePath: string): Promise<string> => {
    const { id } = await sendForm(stage, owner, pagePath, { email: `buyer${people++}@prospect.example` });
    return id;
  };
  const save = async (leadId: string, change: object): Promise<void> => {
    await owner.patch(`/api/v1/leads/${leadId}/deal`, change).expect(200);
  };
  const sumOf = (amounts: readonly { readonly minorUnits: number }[]): number =>
    amounts.reduce((sum, { minorUnits }) => sum + minorUnits, 0);

  /** The partner's numbers of a period, after each of its screens and downloads was found to agree. */
  const ownIn = async (query: string): Promise<Won> => {
    const all = PartnerInsight.parse((await owner.get(`/api/v1/insight?${query}`).expect(200)).body);
    const [campaign] = all.campaigns;
    const won = { count: campaign?.numbers.won ?? 0, amount: sumOf(campaign?.amounts ?? []) };
    expect(won).toEqual({ count: campaign?.money.wonDeals ?? 0, amount: sumOf(campaign?.money.won ?? []) });
    expect(won).toEqual({ count: all.numbers.won, amount: sumOf(all.amounts) });
    expect(won).toEqual({ count: all.money.wonDeals, amount: sumOf(all.money.won) });
    expect(all.days.reduce((sum, { numbers }) => sum + numbers.won, 0)).toBe(won.count);
    const { body } = await owner.get(`/api/v1/insight/returns?${query}`).expect(200);
    const { total } = PartnerReturns.parse(body);
    expect(won).toEqual({ count: total.wonDeals, amount: sumOf(total.won) });
    const { text } = await owner.get(`/api/v1/insight/numbers.csv?${query}`).expect(200);
    expect(columnSum(text, 'won')).toBe(won.count);
    return won;
  };
  const between = (from: number, to: number): Promise<Won> => ownIn(`from=${stage.day(from)}&to=${stage.day(to)}`);
  /** What the vendor sees of the partner, after its return was found to agree. */
  const ofVendor = async (): Promise<Won> => {
    const { body } = await stage.vendor.editor.get('/api/v1/vendor-insight/partners').expect(200);
    const partners = body.items as { partnerId: string; campaigns: CampaignTotals[] | null }[];
    const [totals] = partners.find(({ partnerId }) => partnerId === stage.partner.id)?.campaigns ?? [];
    const won = { count: totals?.won ?? 0, amount: sumOf(totals?.amounts ?? []) };
    const returns = VendorReturns.parse(
      (await stage.vendor.editor.get('/api/v1/vendor-insight/returns').expect(200)).body,
    );
    expect(sumOf(returns.total.wonByName)).toBe(won.amount);
    return won;
  };
  const rebuild = async (): Promise<void> => {
    const rollups = stage.api.app.get(Rollups, { strict: false });
    expect(await rollups.reconcile(stage.partner.id)).toBe(0);
    while (await rollups.fold());
    await stage.api.asOwner('TRUNCATE insight.daily, insight.delta');
    await rollups.reconcile(stage.partner.id);
  };
  const columnSum = (csv: string, column: string): number => {
    const [head = '', ...rows] = csv.trim().split(/\r?\n/);
    const at = head.replace('\uFEFF', '').split(',').indexOf(column);
    expect(at).toBeGreaterThan(0);
    return rows.reduce((sum, row) => sum + Number(row.split(',').at(at)), 0);
  };

  it('count on the day they closed, with their amounts, before and after a rebuild', async () => {
    const { id, pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    const [early, moved, lost, without] = [
      await aLead(pagePath),
      await aLead(pagePath),
      await aLead(pagePath),
      await aLead(pagePath),
    ];
    // Before the launch; on two days, one after the other; won, and then lost; without an amount.
    await save(early, { stage: 'won', amount: EUR(33_333), closedOn: stage.day(-9) });
    await save(moved, { stage: 'won', amount: EUR(1) });
    await save(moved, { closedOn: stage.day(-4) });
    await save(moved, { closedOn: stage.day(-3) });
    await save(lost, { stage: 'won', amount: EUR(500), closedOn: stage.day(-3) });
    await save(lost, { stage: 'lost', closedOn: stage.day(-3) });
    await save(without, { stage: 'won' });

    const seen = async (): Promise<Won[]> => {
      const start = await ownIn('period=start');
      expect(await ofVendor()).toEqual(start);
      const { body } = await owner.get(`/api/v1/insight/activations/${id}`).expect(200);
      expect({ count: body.numbers.won, amount: sumOf(body.amounts) }).toEqual(start);
      return [start, await between(-20, -9), await between(-8, -4), await between(-3, -1), await between(0, 0)];
    };
    const before = await seen();
    expect(before).toEqual([
      { count: 3, amount: 33_334 },
      { count: 1, amount: 33_333 },
      { count: 0, amount: 0 },
      { count: 1, amount: 1 },
      { count: 1, amount: 0 },
    ]);
    await rebuild();
    expect(await seen()).toEqual(before);
    // A lost deal makes the time since the start longer. A wrong year does not.
    const [old, wrong] = [await aLead(pagePath), await aLead(pagePath)];
    const startOf = async (): Promise<string> =>
      (await owner.get('/api/v1/insight?period=start').expect(200)).body.from;
    expect(await startOf()).toBe(stage.day(-9));
    await save(old, { stage: 'lost', closedOn: stage.day(-300) });
    const from = stage.day(-300);
    const refused = await owner.patch(`/api/v1/leads/${wrong}/deal`, { stage: 'won', closedOn: '1970-01-01' });
    expect(refused.body).toMatchObject({ code: 'deal.closed-early', field: 'closedOn' });
    expect(await startOf()).toBe(from);
    await save(wrong, { stage: 'won', amount: EUR(1) });
    // As it could be stored before such days were refused.
    await stage.api.asOwner(`UPDATE leads.deal SET closed_on = '1970-01-01' WHERE lead_id = $1`, [wrong]);
    expect(await startOf()).toBe(from);
    await save(wrong, { stage: 'lost' });
    await save(lost, { stage: 'won', closedOn: stage.day(-8) });
    expect((await between(-8, -4)).count).toBe(1);
    expect(await ofVendor()).toEqual({ count: 4, amount: 33_834 });
  });

  it('are no first win of a launch that came after them', async () => {
    const { body } = await owner.get('/api/v1/insight/first-results').expect(200);
    const [campaign] = PartnerFirstResults.parse(body).campaigns;
    // Of the deals above, one closed on the day of the launch.
    expect(campaign).toMatchObject({ launches: 1, won: { launches: 1, medianDays: 0 } });
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    await save(await aLead(pagePath), { stage: 'won', amount: EUR(1), closedOn: stage.day(-1) });
    const again = PartnerFirstResults.parse((await owner.get('/api/v1/insight/first-results').expect(200)).body);
    expect(again.campaigns[0]).toMatchObject({ launches: 2, lead: { launches: 2 }, won: { launches: 1 } });
  });
});
