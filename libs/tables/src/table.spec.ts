import { ordersOf, sortedRows, type Table } from './table.js';

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
    const withTotal = { ...table, last: [[null, 23]] };
    for (const sort of ['sent', '-campaign', 'amount', undefined])
      expect(sortedRows(withTotal, sort).at(-1)).toEqual([null, 23]);
  });

  it('are sorted by what their screen sorts them by where it is not the cell', () => {
    const orders = ordersOf(['b', null, 'a'], { campaign: (item) => item, hidden: (item) => item });
    for (const sort of ['campaign', 'hidden'])
      expect(sortedRows({ ...table, orders }, sort).map(([name]) => name)).toEqual(['alba', 'Edge 10', 'Edge 9']);
  });

  it('keep their order without a column of this name', () => {
    expect(names('amount')).toEqual(['Edge 10', 'Edge 9', 'alba']);
  });
});
