import { sortedRows, type Table } from './table.js';

describe('the rows of a table', () => {
  const table: Table = {
    columns: ['campaign', 'sent'],
    rows: [
      ['Edge 10', 20],
      ['Edge 9', null],
      ['alba', 3],
    ],
  };
  const names = (sort: string) => sortedRows(table, sort).map(([name]) => name);

  it('are sorted by a column of numbers or words, empty cells last', () => {
    expect(names('sent')).toEqual(['alba', 'Edge 10', 'Edge 9']);
    expect(names('-sent')).toEqual(['Edge 10', 'alba', 'Edge 9']);
    expect(names('campaign')).toEqual(['alba', 'Edge 9', 'Edge 10']);
  });

  it('are followed by their total', () => {
    const withTotal = { ...table, total: [null, 23] };
    for (const sort of ['sent', '-campaign', 'amount', undefined])
      expect(sortedRows(withTotal, sort).at(-1)).toEqual([null, 23]);
  });

  it('stay with those of their kind', () => {
    const rows = [
      ['partner', 3],
      ['partner', 1],
      ['campaign', 2],
    ];
    expect(sortedRows({ columns: ['row-kind', 'sent'], rows }, 'sent')).toEqual([rows[1], rows[0], rows[2]]);
  });

  it('keep their order without a column of this name', () => {
    expect(names('amount')).toEqual(['Edge 10', 'Edge 9', 'alba']);
  });
});
