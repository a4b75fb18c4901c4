import { orderFrom, orderText, sorted } from './order';

describe('rows of a table', () => {
  const rows = [{ name: 'Österle' }, { name: 'zeta' }, { name: 'Partner 10' }, { name: 'Partner 9' }, { name: 'Alba' }];
  const names = (descending: boolean) => sorted(rows, ({ name }) => name, descending).map(({ name }) => name);

  it('are sorted in the locale’s order, with numbers in texts by value', () => {
    expect(names(false)).toEqual(['Alba', 'Österle', 'Partner 9', 'Partner 10', 'zeta']);
    expect(names(true)).toEqual(names(false).reverse());
  });

  it('keep their order if equal, and numbers are sorted by value', () => {
    const alike = [
      { id: 'a', count: 2 },
      { id: 'b', count: 10 },
      { id: 'c', count: 2 },
    ];
    expect(sorted(alike, ({ count }) => count, false).map(({ id }) => id)).toEqual(['a', 'c', 'b']);
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
