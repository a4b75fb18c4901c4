import fc from 'fast-check';
import type { Returns, VendorReturns } from '#contracts';
import type { CampaignId, OrganisationId } from '#kernel';
import { addDays } from '../window.js';
import { changedCost, changedCostFields, type Cost, type CostId, costWithin, newCost } from './cost.js';
import { planCosts } from './cost-import.js';
import { vendorReturnTable } from './return-table.js';
import {
  type CostTactic,
  costsByTactic,
  costsWithin,
  pipelineOf,
  returnsByTactic,
  returnsOf,
  roiOf,
  unrelated,
  vendorReturn,
} from './returns.js';

const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });
const USD = (minorUnits: number) => ({ minorUnits, currency: 'USD' });
const OF = { id: 'c' as CostId, ownerId: 'o' as OrganisationId };
const a = (change: Partial<Cost> = {}): Cost => ({
  ...newCost(OF, { description: 'Fair', amount: EUR(10_000), from: '2026-03-01', to: '2026-03-10' }),
  ...change,
});

describe('a cost', () => {
  it('covers one day unless it names another last one', () => {
    expect(newCost(OF, { description: 'Ads', amount: EUR(1), from: '2026-03-01' })).toMatchObject({ to: '2026-03-01' });
  });

  it('cannot end before it begins, nor last longer than three years', () => {
    for (const to of ['2026-02-28', '2031-01-01'])
      expect(() => changedCost(a(), { to })).toThrow(expect.objectContaining({ code: 'cost.period' }));
  });

  it('keeps what a change does not name', () => {
    const campaignId = 'k' as CampaignId;
    const before = a({ campaignId, reference: 'R-1' });
    const after = changedCost(before, { amount: EUR(5), reference: null });
    expect(after).toMatchObject({ campaignId, description: 'Fair', reference: null });
    expect(changedCostFields(before, after)).toEqual(['amount', 'reference']);
  });

  it('counts with its share of the days in a period', () => {
    expect(costWithin(a(), { from: '2026-03-01', to: '2026-03-05' })).toBe(5_000);
    expect(costWithin(a(), { from: '2026-03-11', to: '2026-04-05' })).toBe(0);
    expect(costWithin(a(), { from: '2026-01-01', to: '2026-12-31' })).toBe(10_000);
  });

  it('is divided among periods that follow each other to the cent', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e12 }),
        fc.integer({ min: 0, max: 400 }),
        lengths,
        (minor, days, parts) => {
          const cost = a({ amount: EUR(minor), to: addDays('2026-03-01', days) });
          let from = '2026-02-01';
          let sum = 0;
          for (const length of [...parts, 500]) {
            const to = addDays(from, length - 1);
            sum += costWithin(cost, { from, to });
            from = addDays(to, 1);
          }
          expect(sum).toBe(minor);
        },
      ),
    );
  });
});

describe('an import of costs', () => {
  it('finds partners by id and name, and looks at each once however many rows there are', () => {
    let looks = 0;
    const partner = (id: string, name: string) => ({
      id,
      get name() {
        looks += 1;
        return name;
      },
    });
    const partners = [partner('1', 'Brightwater IT'), partner('2', 'Kessler'), partner('3', 'KESSLER')];
    const change = { description: 'Fair', amount: EUR(1), from: '2026-03-01' };
    const row = (reference: string, cell: string) =>
      ({ line: 2, reference, change, campaign: undefined, partner: cell, faults: [] }) as const;
    const cells = ['brightwater it', '2', 'Kessler', 'Nobody', ...Array<string>(50).fill('3')];
    const planned = planCosts(
      cells.map((cell, at) => row(`R-${at}`, cell)),
      { campaigns: [], partners, ownerId: OF.ownerId, byReference: new Map(), byId: new Map(), withoutReference: [] },
    );
    expect(planned.slice(0, 5).map(({ after, faults }) => after?.partnerId ?? faults[0]?.reason)).toEqual([
      '1',
      '2',
      'partner-unknown',
      'partner-unknown',
      '3',
    ]);
    expect(looks).toBe(partners.length);
  });
});

describe('an import of costs without a reference', () => {
  const known = [a(), a(), a({ description: 'Fair', amount: EUR(7) })].map((cost, at) => ({
    ...cost,
    id: `c${at}` as CostId,
  }));
  const row = (amount: number, changes: object = {}) => ({
    line: 2,
    reference: '',
    change: { description: known[0]!.description, amount: EUR(amount), from: known[0]!.from, to: known[0]!.to },
    campaign: undefined,
    partner: undefined,
    faults: [],
    ...changes,
  });
  const plan = (...rows: ReturnType<typeof row>[]) =>
    planCosts(rows, {
      campaigns: [],
      partners: [],
      ownerId: OF.ownerId,
      byReference: new Map(),
      byId: new Map(known.map((cost) => [cost.id, cost])),
      withoutReference: known,
    }).map(({ outcome, before }) => [outcome, before?.id ?? null]);

  it('meets each equal cost once, and adds the rest', () => {
    const { minorUnits } = known[0]!.amount;
    expect(plan(row(minorUnits), row(minorUnits), row(minorUnits))).toEqual([
      ['unchanged', known[0]!.id],
      ['unchanged', known[1]!.id],
      ['new', null],
    ]);
    expect(plan(row(minorUnits + 1))).toEqual([['new', null]]);
  });

  it('finds a corrected cost by its id, and adds nothing', () => {
    const { minorUnits } = known[0]!.amount;
    const [first, second] = known;
    expect(plan(row(minorUnits + 1, { id: first!.id }), row(minorUnits), row(minorUnits))).toEqual([
      ['changed', first!.id],
      ['unchanged', second!.id],
      ['new', null],
    ]);
    expect(plan(row(minorUnits, { id: first!.id, reference: 'R-1' }))).toEqual([['changed', first!.id]]);
    expect(plan(row(minorUnits, { id: first!.id }), row(minorUnits, { id: first!.id }))).toEqual([
      ['unchanged', first!.id],
      ['refused', null],
    ]);
  });

  it('refuses a row that lacks what a new cost needs', () => {
    expect(plan(row(1, { change: { description: 'Fair' } }))).toEqual([['refused', null]]);
  });
});

describe('the return on costs', () => {
  const YEAR = { from: '2026-01-01', to: '2026-12-31' };
  const won = (minorUnits: number, currency: string | null, deals = 1) =>
    ({ state: 'won', currency, minorUnits, deals }) as const;

  it('is what was won less the costs, divided by them', () => {
    const deals = [won(30_000, 'EUR', 2), { state: 'open', currency: 'EUR', minorUnits: 7, deals: 1 }] as const;
    expect(returnsOf(costsWithin([a(), a()], YEAR), deals, 8)).toEqual({
      costs: [EUR(20_000)],
      open: [EUR(7)],
      won: [EUR(30_000)],
      wonDeals: 2,
      leads: 8,
      costPerLead: [EUR(2_500)],
      costPerWonDeal: [EUR(10_000)],
      pipelinePerCost: 0.0004,
      roi: 0.5,
      withoutRoi: null,
    });
  });

  it('is minus one if nothing was won', () => {
    expect(roiOf([EUR(100)], [])).toEqual({ roi: -1, withoutRoi: null });
  });

  it('adds no currencies', () => {
    expect(roiOf([], [EUR(1)])).toEqual({ roi: null, withoutRoi: 'no-costs' });
    expect(roiOf([EUR(100)], [EUR(200), USD(1)])).toEqual({ roi: null, withoutRoi: 'currencies' });
    expect(roiOf([EUR(100), USD(1)], [EUR(200)])).toEqual({ roi: null, withoutRoi: 'currencies' });
    // A deal in another currency that was refunded whole.
    expect(roiOf([USD(100)], [EUR(0), USD(150)])).toEqual({ roi: 0.5, withoutRoi: null });
    const both = returnsOf([EUR(100), USD(50)], [won(0, null, 3)], 0);
    expect(both).toMatchObject({ costPerLead: [], costPerWonDeal: [EUR(33), USD(17)], won: [], wonDeals: 3 });
  });

  it('shows costs by tactic, those of no single one last', () => {
    const costs = [a(), a({ tactic: 'page' }), a({ tactic: 'email', amount: USD(5) }), a({ tactic: 'page' })];
    expect(costsByTactic(costs, YEAR)).toEqual([
      { tactic: 'email', costs: [USD(5)] },
      { tactic: 'page', costs: [EUR(20_000)] },
      { tactic: null, costs: [EUR(10_000)] },
    ]);
  });

  it('of a tactic is of the credits that it has, and of none if no touch is known', () => {
    const costs = [a({ tactic: 'email' }), a({ tactic: 'page', amount: USD(5) }), a()];
    const credits = new Map<CostTactic, Returns['won']>([
      ['email', [EUR(15_000)]],
      ['page', [EUR(1)]],
      [null, [EUR(7)]],
    ]);
    expect(returnsByTactic(costs, YEAR, credits)).toEqual([
      { tactic: 'email', costs: [EUR(10_000)], won: [EUR(15_000)], roi: 0.5, withoutRoi: null },
      { tactic: 'page', costs: [USD(5)], won: [EUR(1)], roi: null, withoutRoi: 'currencies' },
      { tactic: null, costs: [EUR(10_000)], won: [EUR(7)], roi: null, withoutRoi: 'no-tactic' },
    ]);
    expect(returnsByTactic([], YEAR, new Map([['social', [EUR(9)]]]))).toEqual([
      { tactic: 'social', costs: [], won: [EUR(9)], roi: null, withoutRoi: 'no-costs' },
    ]);
  });

  it('of a vendor is of the amounts that partners show, and of nothing else', () => {
    const shown = [EUR(30_000), EUR(10_000)];
    const expected = { costs: [EUR(20_000)], won: [EUR(40_000)], leads: 4, costPerLead: [EUR(5_000)], roi: 1 };
    const nothing = { won: [], leads: 0, open: [], isKnown: true };
    expect(vendorReturn([EUR(20_000)], { ...nothing, won: shown, leads: 4 })).toMatchObject(expected);
    expect(vendorReturn([EUR(20_000)], nothing)).toMatchObject({
      won: [],
      roi: -1,
      costPerLead: [],
      pipelinePerCost: null,
    });
    // A shared deal over nothing is known.
    expect(vendorReturn([EUR(20_000)], { ...nothing, open: [EUR(0)] })).toMatchObject({ pipelinePerCost: 0 });
    const unknown = { ...nothing, open: null, isKnown: false };
    expect(vendorReturn([EUR(20_000)], unknown)).toMatchObject({
      open: null,
      pipelinePerCost: null,
      roi: null,
      withoutRoi: 'not-shown',
    });
  });

  it('of a vendor says in its table that nothing is shown, instead of none', () => {
    const returns = vendorReturn([EUR(100)], { won: [], leads: 0, open: null, isKnown: false });
    const none = { ...unrelated(returns), campaignId: null, title: '', titles: {} };
    const total = { ...returns, wonByName: [], wonTogether: [] };
    const all = { showing: 0, total, campaigns: [none], partners: [], tactics: [] };
    const cells = (of: Pick<VendorReturns, 'showing' | 'total'>) => {
      const together = { until: null, partnersNeeded: 5, largestPercent: 40, leftOut: [] };
      const { columns, rows, last = [] } = vendorReturnTable({ ...all, together, ...of });
      return [...rows, ...last].map((row) =>
        (['leads', 'money-won', 'wonByName'] as const).map((column) => row[columns.indexOf(column)]),
      );
    };
    const hidden = { withheld: 'not-shown' };
    expect(cells({ showing: 0, total })).toEqual([
      [hidden, hidden, hidden],
      [hidden, hidden, hidden],
    ]);
    // A sum without names is known.
    const summed = { ...total, won: [EUR(7)], wonTogether: [EUR(7)] };
    expect(cells({ showing: 0, total: summed })[1]).toEqual([hidden, { amounts: [EUR(7)] }, hidden]);
    expect(cells({ showing: 1, total })[1]).toEqual([0, { amounts: [] }, { amounts: [] }]);
  });

  it('is not told for no campaign, because its costs and deals did not cause each other', () => {
    const own = returnsOf([EUR(100)], [won(500, 'EUR')], 2);
    const told = { costs: [EUR(100)], won: [EUR(500)], costPerLead: [], costPerWonDeal: [], roi: null };
    expect(unrelated(own)).toMatchObject({ ...told, withoutRoi: 'no-campaign' });
    const ofVendor = vendorReturn([EUR(100)], { won: [], leads: 0, open: [EUR(7)], isKnown: true });
    expect(unrelated(ofVendor)).not.toHaveProperty('costPerWonDeal');
    expect(unrelated(ofVendor)).toMatchObject({ open: [EUR(7)], pipelinePerCost: null });
  });

  it('has open amounts beside costs of one currency only', () => {
    expect(pipelineOf([EUR(200)], [EUR(650)])).toBe(3.25);
    expect(pipelineOf([EUR(200)], [])).toBe(0);
    // A deal over nothing, in any currency.
    expect(pipelineOf([EUR(200)], [EUR(650), USD(0)])).toBe(3.25);
    expect(pipelineOf([EUR(200)], [USD(0)])).toBe(0);
    for (const [costs, open] of [
      [[], [EUR(1)]],
      [[EUR(1), USD(1)], [EUR(1)]],
      [[EUR(1)], [EUR(1), USD(1)]],
    ])
      expect(pipelineOf(costs ?? [], open ?? [])).toBeNull();
  });
});
