import fc from 'fast-check';
import { daysFrom, medianBand, medianDays } from './first-results.js';

describe('the time to a first result', () => {
  it('is counted in whole days', () => {
    expect(daysFrom('2026-02-27', '2026-03-02')).toBe(3);
    expect(daysFrom('2026-03-02', '2026-03-02')).toBe(0);
  });

  it('has the middle one as its median', () => {
    expect(medianDays([])).toBeNull();
    expect(medianDays([9, 1, 4])).toBe(4);
    expect(medianDays([9, 1, 4, 5])).toBe(4.5);
  });
});

describe('the band of a median', () => {
  it('needs ten partners', () => {
    expect(medianBand(Array.from({ length: 9 }, () => 5))).toBeNull();
    expect(medianBand(Array.from({ length: 10 }, () => 5))).toEqual({ fromDays: 3, toDays: 7 });
  });

  it('has the median in it, and is open at its end', () => {
    const ten = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 10, maxLength: 30 });
    fc.assert(
      fc.property(ten, (days) => {
        const [median, band] = [medianDays(days)!, medianBand(days)!];
        expect(median).toBeGreaterThanOrEqual(band.fromDays);
        if (band.toDays === null) expect(band.fromDays).toBe(56);
        else expect(median).toBeLessThan(band.toDays);
      }),
    );
  });

  it('is the same for two sets that differ by one partner inside a band', () => {
    const nine = Array.from({ length: 9 }, (_, at) => at);
    expect(medianBand([...nine, 4])).toEqual(medianBand([...nine, 6]));
  });
});
