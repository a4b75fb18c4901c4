import fc from 'fast-check';
import { type Counts, medianBands, METRICS, numbersOf, ratesOf, sum } from './numbers.js';
import { daysOf, mondayOf, windowOf } from './window.js';

const counts: fc.Arbitrary<Counts> = fc.dictionary(fc.constantFrom(...METRICS), fc.nat(50));

describe('numbers', () => {
  it('say of everything sent that it was delivered or came back', () => {
    fc.assert(
      fc.property(counts, (some) => {
        const { sent, delivered, bounced } = numbersOf(some);
        expect(delivered + bounced.hard + bounced.soft + bounced.block + bounced.unknown).toBe(sent);
      }),
    );
  });

  it('are the same whether parts are added first or last', () => {
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 8 }), (all) => {
        const half = Math.floor(all.length / 2);
        const parts = sum([sum(all.slice(0, half)), sum(all.slice(half))]);
        expect(numbersOf(parts)).toEqual(numbersOf(sum(all)));
      }),
    );
  });

  it('have no shares while nothing was sent', () => {
    expect(ratesOf({ clicks: 3 })).toBeNull();
    expect(ratesOf({ sent: 8, 'bounced-hard': 4, clicks: 1, leads: 2, won: 1 })).toMatchObject({
      bounced: 0.5,
      clicks: 0.25,
      leads: 0.5,
      won: 0.25,
    });
  });
});

describe('a median', () => {
  const rates = (clicks: number) => ({ bounced: 0, complained: 0, unsubscribed: 0, clicks, leads: 0, won: 0 });

  it('is hidden below ten partners', () => {
    expect(medianBands(Array.from({ length: 9 }, () => rates(0.1)))).toBeNull();
    expect(medianBands(Array.from({ length: 10 }, (_, at) => rates(at / 10)))).not.toBeNull();
  });

  it('is a band of five percentage points, and of one for leads and won', () => {
    const all = Array.from({ length: 10 }, () => ({ ...rates(0.149), leads: 0.019, won: 0 }));
    expect(medianBands(all)).toMatchObject({
      clicks: { from: 0.1, to: 0.15 },
      leads: { from: 0.01, to: 0.02 },
      won: { from: 0, to: 0.01 },
    });
    expect(medianBands(all.map((one) => ({ ...one, clicks: 0.15 })))).toMatchObject({
      clicks: { from: 0.15, to: 0.2 },
    });
  });
});

describe('a window', () => {
  it('is the last four weeks, where none is asked for', () => {
    const window = windowOf({}, '2026-11-17');
    expect(window).toEqual({ from: '2026-10-21', to: '2026-11-17' });
    expect(daysOf(window)).toHaveLength(28);
  });

  it.each([
    ['2026-11-17', '2026-11-16'],
    ['2025-01-01', '2026-11-16'],
  ])('from %s to %s is refused, with the field', (from, to) => {
    expect(() => windowOf({ from, to }, '2026-11-17')).toThrow(
      expect.objectContaining({ code: 'insight.window', details: { field: 'from', from, to } }),
    );
  });

  it('of a vendor starts on Mondays', () => {
    expect(mondayOf('2026-11-17')).toBe('2026-11-16');
    expect(mondayOf('2026-11-16')).toBe('2026-11-16');
    expect(mondayOf('2026-11-15')).toBe('2026-11-09');
  });
});
