import { dealsOfTable } from './deal-import-rows.js';

const read = (headings: string[], ...lines: string[][]) =>
  dealsOfTable({ headings, decimalSign: null, rows: lines.map((cells, at) => ({ number: at + 2, cells })) });

describe('a table of deals', () => {
  it('has columns and values in the words of CRMs, and tells which it does not use', () => {
    const { rows, ignoredColumns } = read(
      ['Externe ID', 'E-Mail', 'Phase', 'Betrag', 'Währung', 'Abgeschlossen am', 'Produkte', 'Fax'],
      ['K-1', 'ada@prospect.example', 'Gewonnen', '1.234,50', 'EUR', '31.10.2026', 'Router; Switch', '0711'],
    );
    expect(rows).toEqual([
      {
        line: 2,
        externalId: 'K-1',
        email: 'ada@prospect.example',
        change: {
          stage: 'won',
          amount: { minorUnits: 123_450, currency: 'EUR' },
          closedOn: '2026-10-31',
          products: ['Router', 'Switch'],
        },
        faults: [],
      },
    ]);
    expect(ignoredColumns).toEqual(['Fax']);
  });

  it('knows the smallest unit of a currency, and reports what is no amount', () => {
    const amountOf = (cell: string, currency: string) =>
      read(['id', 'amount', 'currency'], ['1', cell, currency]).rows[0];
    expect(amountOf('1200', 'JPY')?.change.amount).toEqual({ minorUnits: 1200, currency: 'JPY' });
    expect(amountOf('EUR 12.50', '')?.change.amount).toEqual({ minorUnits: 1250, currency: 'EUR' });
    for (const [cell, currency] of [
      ['12', ''],
      ['12', 'XQX'],
      ['1.234', 'EUR'],
      ['-5', 'EUR'],
    ] as const)
      expect(amountOf(cell, currency)?.faults).toMatchObject([{ reason: 'value-invalid', field: 'amount' }]);
  });

  it('takes the surest of several headings for the number of a deal', () => {
    const { rows, ignoredColumns } = read(['ID', 'External ID', 'E-mail'], ['55', 'K-1', 'ada@prospect.example']);
    expect(rows[0]?.externalId).toBe('K-1');
    expect(ignoredColumns).toEqual(['ID']);
  });
});
