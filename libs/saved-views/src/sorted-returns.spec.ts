import { ATTRIBUTION_MODELS, type AttributionModelName, SORTS } from '#contracts';
import {
  sortedCampaigns,
  sortedChannels,
  sortedDealSums,
  sortedFirstResultBands,
  sortedFirstResults,
  sortedPartners,
  sortedTactics,
} from './sorted-returns.js';

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
    const ofPartner = [
      { tactic: 'email', costs: EUR(1), won: EUR(1), roi: 1 },
      { tactic: 'page', costs: EUR(2), won: EUR(2), roi: 2 },
    ];
    for (const sort of SORTS['/results'].tacticSort)
      expect(sortedTactics(ofPartner, { sort: `-${sort}`, language: 'en' })).toEqual(ofPartner.toReversed());
  });

  it('of credits, first results and sums have an order for each sort of the screens', () => {
    const titled = (title: string) => ({ campaignId: title, title, titles: {} });
    const channel = (title: string, credit: number) => ({
      channel: { ...titled(title), id: title, stepKey: null, name: null, source: null },
      creditsMinor: Object.fromEntries(ATTRIBUTION_MODELS.map((model) => [model, credit])) as Record<
        AttributionModelName,
        number
      >,
    });
    const channels = [channel('a', 1), channel('b', 2)];
    for (const sort of SORTS['/results'].credit)
      expect(sortedChannels(channels, { sort: `-${sort}`, language: 'en' })).toEqual(channels.toReversed());
    const first = (title: string, days: number) => {
      const result = { launches: 1, medianDays: days };
      return { ...titled(title), launches: days, lead: result, deal: result, won: result };
    };
    const own = [first('a', 1), first('b', 2)];
    for (const sort of SORTS['/results'].first)
      expect(sortedFirstResults(own, { sort: `-${sort}`, language: 'en' })).toEqual(own.toReversed());
    const bands = [
      { ...titled('a'), medians: [] },
      { ...titled('b'), medians: [] },
    ];
    for (const sort of SORTS['/campaign-results'].first)
      expect(sortedFirstResultBands(bands, { sort: `-${sort}`, language: 'en' })).toEqual(bands.toReversed());
    const sums = [
      { endsOn: '2026-01-04', currency: 'EUR', partners: 5, minorUnits: 1 },
      { endsOn: '2026-02-01', currency: 'EUR', partners: 6, minorUnits: 2 },
    ];
    for (const sort of SORTS['/campaign-results'].sums)
      expect(sortedDealSums(sums, { sort: `-${sort}`, language: 'en' })).toEqual(sums.toReversed());
  });
});
