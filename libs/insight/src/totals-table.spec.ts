import { type CampaignTotals, PARTNER_TOTALS_TABLE_SORTS } from '#contracts';
import { newId } from '#kernel';
import { CsvTable } from '#tables';
import { type PartnerTotalsLine, sortedPartners, totalsTable } from './totals-table.js';

const totals = (title: string, count: number, currency = 'EUR'): CampaignTotals => ({
  campaignId: newId(),
  title,
  titles: {},
  sent: count,
  clicked: count,
  leads: count,
  won: count,
  amounts: [{ minorUnits: count, currency }],
  sources: [],
});
const line = (name: string, campaigns: CampaignTotals[] | null, sharedAt = '2026-01-01'): PartnerTotalsLine => ({
  membershipId: newId(),
  partnerId: newId(),
  name,
  shown: campaigns === null ? 'nothing' : 'any-days',
  sharedAt: campaigns === null ? null : new Date(sharedAt),
  campaigns,
});

describe('the table of totals that partners show', () => {
  const lines = [
    line('Birch', [totals('Edge 9', 90), totals('edge 10', 5)], '2026-03-01'),
    line('Cedar', null),
    line('Alder', [totals('Cloud', 20)], '2026-02-01'),
  ];
  const rowsOf = (sort?: string, of = lines) => {
    const { columns, rows } = totalsTable(sortedPartners(of, sort), { sort }, 'en');
    const csv = new CsvTable(columns, undefined).lines(rows);
    return csv
      .trim()
      .split('\r\n')
      .map((row) => row.split(','))
      .map(({ [1]: name, [5]: sent }) => `${name} ${sent}`.trim());
  };

  it('has a row per partner and campaign, and one without numbers of a partner that shows none', () => {
    expect(rowsOf()).toEqual(['Birch 90', 'Birch 5', 'Cedar not-shown', 'Alder 20']);
  });

  it('is sorted by each column, rows without numbers last', () => {
    for (const sort of PARTNER_TOTALS_TABLE_SORTS.filter((one) => one !== 'partner'))
      for (const one of [sort, `-${sort}`]) expect(rowsOf(one).at(-1)).toBe('Cedar not-shown');
    expect(rowsOf('partner')).toEqual(['Alder 20', 'Birch 90', 'Birch 5', 'Cedar not-shown']);
    expect(rowsOf('-sharedAt')).toEqual(['Birch 90', 'Birch 5', 'Alder 20', 'Cedar not-shown']);
    expect(rowsOf('campaign')).toEqual(['Alder 20', 'Birch 90', 'Birch 5', 'Cedar not-shown']);
    expect(rowsOf('-amounts')).toEqual(['Birch 90', 'Alder 20', 'Birch 5', 'Cedar not-shown']);
  });

  it('keeps its order by amounts in several currencies, as on the screen', () => {
    const mixed = [line('Birch', [totals('Edge', 1)]), line('Alder', [totals('Cloud', 2, 'USD')])];
    for (const sort of ['amounts', '-amounts']) expect(rowsOf(sort, mixed)).toEqual(['Birch 1', 'Alder 2']);
  });

  it('begins with the days that were asked for', () => {
    const { columns, rows } = totalsTable(lines, { from: '2026-01-01' }, 'en');
    expect([columns.slice(0, 3), rows[0]?.slice(0, 2)]).toEqual([
      ['from', 'to', 'partnerId'],
      ['2026-01-01', null],
    ]);
  });
});
