import fc from 'fast-check';
import { type Counts, medianRates, METRICS, numbersOf, ratesOf, sum } from './numbers.js';
import { daysOf, finishedWeeks, mondayOf, windowOf } from './window.js';

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
    expect(medianRates(Array.from({ length: 9 }, () => rates(0.1)))).toBeNull();
    expect(medianRates(Array.from({ length: 10 }, (_, at) => rates(at / 10)))).toMatchObject({ clicks: 0.45 });
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
      expect.objectContaining({ code: 'insight.window', details: { field: 'from' } }),
    );
  });

  it('of a vendor is made of the whole weeks that are over', () => {
    expect(mondayOf('2026-11-17')).toBe('2026-11-16');
    expect(mondayOf('2026-11-16')).toBe('2026-11-16');
    expect(mondayOf('2026-11-15')).toBe('2026-11-09');
    expect(finishedWeeks({ from: '2026-11-04', to: '2026-11-17' }, '2026-11-17')).toEqual(['2026-11-02', '2026-11-09']);
    expect(finishedWeeks({ from: '2026-11-04', to: '2026-11-30' }, '2026-11-23')).toEqual([
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
    ]);
  });
});
