import { SORTS } from '#contracts';
import { sortedCampaigns, sortedPartners, sortedTactics } from './sorted-returns.js';

const EUR = (minorUnits: number) => [{ minorUnits, currency: 'EUR' }];
const campaign = (title: string, costs: number, roi: number | null) => ({
  campaignId: title === '' ? null : title,
  title,
  titles: {},
  costs: EUR(costs),
  won: EUR(2 * costs),
  open: null,
  leads: costs,
  costPerLead: EUR(1),
  pipelinePerCost: roi,
  roi,
});

describe('the tables of costs and return in a file', () => {
  const campaigns = [campaign('Edge 10', 900, 2), campaign('', 10_000, null), campaign('edge 9', 1000, -0.5)];
  const order = (sort: string | undefined) =>
    sortedCampaigns(campaigns, { sort, language: 'en' }).map(({ title }) => title);

  it('are sorted as on the screen: amounts by value, what is of no single campaign last among titles', () => {
    expect(order('costs')).toEqual(['Edge 10', 'edge 9', '']);
    expect(order('-won')).toEqual(['', 'edge 9', 'Edge 10']);
    for (const sort of ['campaign', 'roi', 'pipelinePerCost'] as const) {
      expect(order(sort).at(-1)).toBe('');
      expect(order(`-${sort}`)).toEqual([...order(sort).slice(0, -1).reverse(), '']);
    }
    expect(order('campaign')).toEqual(['edge 9', 'Edge 10', '']);
    expect(order(undefined)).toEqual(['Edge 10', '', 'edge 9']);
  });

  it('keep their order by amounts in several currencies, as on the screen', () => {
    const mixed = [{ ...campaigns[0]!, costs: [{ minorUnits: 1, currency: 'USD' }] }, campaigns[2]!];
    for (const sort of ['costs', '-costs']) expect(sortedCampaigns(mixed, { sort, language: 'en' })).toEqual(mixed);
  });

  it('have an order for each sort of the screens', () => {
    const returnSorts = new Set([...SORTS['/campaign-results'].returnSort, ...SORTS['/results'].returnSort]);
    const [one, other] = [
      { ...campaign('a', 1, 1), open: EUR(1), costPerWonDeal: EUR(1), costPerLead: EUR(1) },
      { ...campaign('b', 2, 2), open: EUR(2), costPerWonDeal: EUR(2), costPerLead: EUR(2) },
    ];
    for (const sort of returnSorts)
      expect(sortedCampaigns([one, other], { sort: `-${sort}`, language: 'en' })).toEqual([other, one]);
    const partners = [
      { name: 'a', costs: EUR(1), won: EUR(1) },
      { name: 'b', costs: EUR(2), won: EUR(2) },
    ];
    for (const sort of SORTS['/campaign-results'].partnerSort)
      expect(sortedPartners(partners, { sort: `-${sort}`, language: 'en' })).toEqual(partners.toReversed());
    const tactics = [
      { tactic: 'email', costs: EUR(1) },
      { tactic: 'page', costs: EUR(2) },
    ];
    for (const sort of SORTS['/campaign-results'].tacticSort)
      expect(sortedTactics(tactics, { sort: `-${sort}`, language: 'en' })).toHaveLength(2);
    expect(sortedTactics(tactics, { sort: '-costs', language: 'en' })).toEqual(tactics.toReversed());
  });
});
