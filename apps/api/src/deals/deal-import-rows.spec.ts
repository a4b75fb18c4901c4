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
        id: null,
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
    expect(amountOf('eur 12.50', '')?.change.amount).toEqual({ minorUnits: 1250, currency: 'EUR' });
    for (const [cell, currency, fault] of [
      ['12', '', { reason: 'missing', field: 'currency', value: '' }],
      ['12', 'XQX', { reason: 'currency-unknown', field: 'currency', value: 'XQX' }],
      ['QXQ 12', '', { reason: 'currency-unknown', field: 'currency', value: 'QXQ' }],
      ['1.234', 'EUR', { reason: 'amount-ambiguous', field: 'amount', value: '1.234' }],
      ['1,234', 'USD', { reason: 'amount-ambiguous', field: 'amount', value: '1,234' }],
      ['1234.567', 'EUR', { reason: 'amount-decimals', field: 'amount', value: '1234.567', decimals: 2 }],
      ['0.005', 'EUR', { reason: 'amount-decimals', field: 'amount', value: '0.005', decimals: 2 }],
      ['12.5', 'JPY', { reason: 'amount-decimals', field: 'amount', value: '12.5', decimals: 0 }],
      ['1e3', 'EUR', { reason: 'amount-invalid', field: 'amount', value: '1e3' }],
      ['12.5.3', 'EUR', { reason: 'amount-invalid', field: 'amount', value: '12.5.3' }],
      ['-5', 'EUR', { reason: 'amount-invalid', field: 'amount', value: '-5' }],
      ['USD 12', 'EUR', { reason: 'currency-other', field: 'amount', value: 'USD 12' }],
    ] as const)
      expect(amountOf(cell, currency)?.faults).toEqual([fault]);
  });

  it('rounds no amount, whichever sign the column has, except where a spreadsheet calculated it', () => {
    const amounts = (...cells: string[]) =>
      read(['id', 'amount', 'currency'], ...cells.map((cell, at) => [`${at}`, cell, 'EUR'])).rows.map(
        ({ change, faults }) => change.amount?.minorUnits ?? faults[0]?.reason,
      );
    expect(amounts('12.50', '1.234', '1,234')).toEqual([1250, 'amount-decimals', 123_400]);
    expect(amounts('12,50', '1.234', '1,234')).toEqual([1250, 123_400, 'amount-decimals']);
    expect(amounts('1.100', '1200', '1 200,00')).toEqual([110_000, 120_000, 120_000]);
    expect(amounts('1234.5600000000002', '0.30000000000000004', '99.90000')).toEqual([123_456, 30, 9990]);
  });

  it('has the words of the table of deals, in both languages', () => {
    const [won] = read(['Externe ID', 'Phase', 'Entschieden am'], ['K-1', 'Gewonnen', '2026-11-01']).rows;
    expect(won?.change).toEqual({ stage: 'won', closedOn: '2026-11-01' });
    for (const heading of ['Closed on', 'Decided on', 'Close date', 'Abgeschlossen am'])
      expect(read(['External ID', heading], ['K-1', '2026-11-01']).rows[0]?.change.closedOn).toBe('2026-11-01');
    for (const heading of ['Expected close', 'Decision expected', 'Entscheidung erwartet', 'Erwartet am'])
      expect(read(['External ID', heading], ['K-1', '2026-12-01']).rows[0]?.change.expectedOn).toBe('2026-12-01');
    for (const [stage, reason] of [
      ['Lost', 'Chose another supplier'],
      ['Verloren', 'Anderer Anbieter'],
      ['lost', 'competitor'],
    ] as const)
      expect(read(['External ID', 'Stage', 'Reason'], ['K-1', stage, reason]).rows[0]?.change).toEqual({
        stage: 'lost',
        lostReason: 'competitor',
      });
  });

  it('has the id of a deal of its own beside an external id, unless the column is of another system', () => {
    const id = '0198c0de-0000-7000-8000-000000000000';
    expect(read(['ID', 'External ID'], [id, '']).rows[0]).toMatchObject({ id, externalId: '' });
    expect(read(['ID', 'External ID'], [id, ''], ['55', 'K-1']).rows).toMatchObject([{ id: null }, { id: null }]);
    expect(read(['ID', 'External ID'], [id, ''], ['', 'K-2']).rows).toMatchObject([{ id }, { id: null }]);
  });

  it('has products with commas and semicolons in their names', () => {
    const productsOf = (cell: string) => read(['External ID', 'Products'], ['K-1', cell]).rows[0]?.change.products;
    expect(productsOf('Router; Switch')).toEqual(['Router', 'Switch']);
    expect(productsOf('Router; big | Switch, small')).toEqual(['Router; big', 'Switch, small']);
    expect(productsOf('Router; big |')).toEqual(['Router; big']);
    expect(productsOf('Router \\| big | Switch')).toEqual(['Router | big', 'Switch']);
    expect(productsOf('Router \\| big')).toEqual(['Router | big']);
  });

  it('takes the surest of several headings for the number of a deal', () => {
    const { rows, ignoredColumns } = read(['ID', 'External ID', 'E-mail'], ['55', 'K-1', 'ada@prospect.example']);
    expect(rows[0]?.externalId).toBe('K-1');
    expect(ignoredColumns).toEqual(['ID']);
  });
});
