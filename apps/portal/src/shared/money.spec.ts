import { toMinorUnits, formatMoney } from './money';

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
