import { isCurrencyCode, isDay, isId } from './address-values';

describe('values in an address', () => {
  it('are days only if the day exists', () => {
    expect(['2026-03-31', '2028-02-29'].every(isDay)).toBe(true);
    expect(['x', '', '2026-99-99', '2026-02-30', '2026-3-1', '2026-03-31T00:00'].some(isDay)).toBe(false);
  });

  it('are currencies and ids only in their form', () => {
    expect(isCurrencyCode('EUR')).toBe(true);
    expect(['EU', '€', 'eur', 'EURO'].some(isCurrencyCode)).toBe(false);
    expect(isId('0197f0a2-5c1e-7d3b-9a41-3f6e2b8c9d10')).toBe(true);
    expect(['abc', '', '0197f0a2-5c1e-7d3b-9a41-3f6e2b8c9d10x'].some(isId)).toBe(false);
  });
});
