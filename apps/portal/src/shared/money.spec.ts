import { formatMoney, orderByAmount, toMinorUnits } from './money';

describe('an amount', () => {
  it.each([
    [1299.99, 'EUR', 129_999],
    [0.29, 'USD', 29],
    [1500, 'JPY', 1500],
    [1.005, 'KWD', 1005],
  ])('of %d %s is %d of the smallest unit', (value, currency, minorUnits) => {
    expect(toMinorUnits(value, currency)).toBe(minorUnits);
  });

  it('is formatted in the user’s locale', () => {
    expect(formatMoney('en', { minorUnits: 129_900, currency: 'EUR' })).toBe('€1,299.00');
    expect(formatMoney('en', { minorUnits: 1500, currency: 'JPY' })).toBe('¥1,500');
  });
});

describe('a column of amounts', () => {
  const euros = [{ minorUnits: 500, currency: 'EUR' }];

  it('is sorted by them, what has none as an empty cell', () => {
    const { orderBy } = orderByAmount([euros, []], (amounts) => amounts);
    expect([orderBy?.(euros), orderBy?.([])]).toEqual([500, null]);
  });

  it('is not sorted if they are in several currencies', () => {
    const dollars = [{ minorUnits: 400, currency: 'USD' }];
    expect(orderByAmount([euros, dollars], (amounts) => amounts)).toEqual({});
  });
});
