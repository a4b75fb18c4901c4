import { orderFrom, orderText, sortedBy } from './table-order.js';

describe('rows of a table', () => {
  const rows = [{ name: 'Österle' }, { name: 'zeta' }, { name: 'Partner 10' }, { name: 'Partner 9' }, { name: 'Alba' }];
  const names = (descending: boolean, language = 'en') =>
    sortedBy(rows, ({ name }) => name, { descending, language }).map(({ name }) => name);

  it('are sorted in the order of the language, with numbers in texts by value', () => {
    expect(names(false)).toEqual(['Alba', 'Österle', 'Partner 9', 'Partner 10', 'zeta']);
    expect(names(true)).toEqual(names(false).reverse());
    // Swedish has the letter after z.
    expect(names(false, 'sv').at(-1)).toBe('Österle');
  });

  it('keep their order if equal, and numbers are sorted by value, empty cells last in both directions', () => {
    const alike = [
      { id: 'a', count: 2 },
      { id: 'b', count: 10 },
      { id: 'none', count: null },
      { id: 'c', count: 2 },
      { id: 'zero', count: 0 },
    ];
    const ids = (descending: boolean) =>
      sortedBy(alike, ({ count }) => count, { descending, language: 'en' }).map(({ id }) => id);
    expect(ids(false)).toEqual(['zero', 'a', 'c', 'b', 'none']);
    expect(ids(true)).toEqual(['b', 'a', 'c', 'zero', 'none']);
    expect(sortedBy(alike, undefined, { descending: true, language: 'en' })).toBe(alike);
  });
});

describe('a sort in an address', () => {
  it.each([
    [null, ''],
    [{ key: 'sent', descending: false }, 'sent'],
    [{ key: 'money-won', descending: true }, '-money-won'],
  ])('%j is %j, and is read back', (order, text) => {
    expect(orderText(order)).toBe(text);
    expect(orderFrom(text)).toEqual(order);
  });
});
