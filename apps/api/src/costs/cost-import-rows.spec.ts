import { costsOfTable } from './cost-import-rows.js';

const read = (headings: string[], ...lines: string[][]) =>
  costsOfTable({ headings, decimalSign: null, rows: lines.map((cells, at) => ({ number: at + 2, cells })) });

describe('a table of costs', () => {
  it('has columns and values in two languages, and tells which it does not use', () => {
    const { rows, ignoredColumns } = read(
      ['Rechnungsnummer', 'Beschreibung', 'Betrag', 'Währung', 'Von', 'Bis', 'Kampagne', 'Konto'],
      ['R-1', 'Messestand', '1.234,50', 'EUR', '01.10.2026', '31.10.2026', 'Branch security', '4711'],
    );
    expect(rows).toEqual([
      {
        line: 2,
        id: null,
        reference: 'R-1',
        change: {
          description: 'Messestand',
          amount: { minorUnits: 123_450, currency: 'EUR' },
          from: '2026-10-01',
          to: '2026-10-31',
        },
        campaign: 'Branch security',
        partner: undefined,
        faults: [],
      },
    ]);
    expect(ignoredColumns).toEqual(['Konto']);
  });

  it('has the id of a cost of its own beside a reference', () => {
    const id = '0198c0de-0000-7000-8000-000000000000';
    expect(read(['ID', 'Reference'], [id, ''], ['', 'R-2']).rows).toMatchObject([
      { id, reference: '' },
      { id: null, reference: 'R-2' },
    ]);
    expect(read(['ID', 'Reference'], ['7', 'R-2']).rows).toMatchObject([{ id: null, reference: 'R-2' }]);
  });

  it('reports what is no amount, day or tactic', () => {
    const [row] = read(
      ['reference', 'amount', 'currency', 'from', 'tactic'],
      ['1', '0', 'EUR', 'soon', 'balloon'],
    ).rows;
    expect(row?.faults).toEqual([
      { reason: 'value-invalid', field: 'amount', value: '0' },
      { reason: 'value-invalid', field: 'from', value: 'soon' },
      { reason: 'value-invalid', field: 'tactic', value: 'balloon' },
    ]);
  });

  it('has the tactics of the table of costs, in both languages, and ids before names', () => {
    for (const tactic of ['email', 'E-mails', 'E-Mails', 'e-mail'])
      expect(read(['Reference', 'Tactic'], ['1', tactic]).rows[0]?.change.tactic).toBe('email');
    expect(read(['Referenz', 'Taktik'], ['1', 'Beiträge']).rows[0]?.change.tactic).toBe('social');
    const [row] = read(['reference', 'campaignId', 'campaign', 'partnerId', 'partner'], ['1', 'c', 'C', 'p', 'P']).rows;
    expect(row).toMatchObject({ campaign: 'c', partner: 'p' });
  });

  it('names the currency that is wrong', () => {
    const [row] = read(['reference', 'amount', 'currency'], ['1', '5', 'EUX']).rows;
    expect(row?.faults).toEqual([{ reason: 'currency-unknown', field: 'currency', value: 'EUX' }]);
  });

  it('takes no cost that cannot be entered by hand', () => {
    const [most, more] = read(
      ['reference', 'amount', 'currency'],
      ['1', '10000000000.00', 'EUR'],
      ['2', '10000000000.01', 'EUR'],
    ).rows;
    expect(most?.change).toEqual({ amount: { minorUnits: 1_000_000_000_000, currency: 'EUR' } });
    expect(more?.faults).toEqual([
      {
        reason: 'amount-too-large',
        field: 'amount',
        value: '10000000000.01',
        most: { minorUnits: 1_000_000_000_000, currency: 'EUR' },
      },
    ]);
  });
});
