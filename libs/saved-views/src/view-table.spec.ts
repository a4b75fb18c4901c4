import { MOST_PRINTED_ROWS, printedRows } from './view-table.js';

describe('the rows of a PDF', () => {
  const rowsOf = (count: number) => Array.from({ length: count }, (_, at) => [at]);

  it('are all rows of a short table, with its total', () => {
    const rows = [...rowsOf(2), ['total']];
    expect(printedRows({ rows, last: [['total']] })).toEqual({ rows, shown: 2, all: 2, of: 'whole' });
  });

  it('are the first ones of a long table and its total', () => {
    const printed = printedRows({ rows: [...rowsOf(2_000), ['total']], last: [['total']] });
    expect(printed).toMatchObject({ shown: MOST_PRINTED_ROWS, all: 2_000, of: 'all' });
    expect(printed.rows).toHaveLength(MOST_PRINTED_ROWS + 1);
    expect(printed.rows.slice(-2)).toEqual([[MOST_PRINTED_ROWS - 1], ['total']]);
  });

  it('say whether all are known, of a table that is cut', () => {
    expect(printedRows({ rows: rowsOf(5_000), cut: 'newest' })).toMatchObject({ all: 5_000, of: 'some' });
    expect(printedRows({ rows: rowsOf(MOST_PRINTED_ROWS), cut: 'first' })).toMatchObject({ of: 'more' });
  });
});
