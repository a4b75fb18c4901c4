import fc from 'fast-check';
import { numbersOf, sum } from './numbers.js';
import { type CampaignWeek, isEnough, isShown, splitShown, SMALLEST_GROUP, sumOfShown } from './small-groups.js';

describe('a small group', () => {
  const cell: fc.Arbitrary<CampaignWeek> = fc
    .array(fc.integer({ min: 1, max: 9 }), { maxLength: 9 })
    .map((sent) => ({ partners: sent.length, counts: { sent: sent.reduce((a, b) => a + b, 0) } }));

  it('is in no sum, so that no two sums differ by it', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), fc.nat(), fc.nat(), (cells, a, b) => {
        const [low, high] = [Math.min(a, b) % (cells.length + 1), Math.max(a, b) % (cells.length + 1)].sort(
          (x, y) => x - y,
        );
        const difference = (sumOfShown(cells.slice(0, high)).sent ?? 0) - (sumOfShown(cells.slice(0, low)).sent ?? 0);
        const between = cells.slice(low, high).filter(({ partners }) => partners >= SMALLEST_GROUP);
        expect(difference).toBe(between.reduce((total, one) => total + (one.counts.sent ?? 0), 0));
      }),
    );
  });

  it.each([
    [0, true],
    [1, false],
    [4, false],
    [5, true],
  ])('of %i partners is shown: %s', (partners, shown) => {
    expect(isShown({ partners, counts: {} })).toBe(shown);
  });
});

describe('the breakdown of a shown cell', () => {
  /**
   * Which partners sent which variant, by number.
   * At least five take part; otherwise nothing would be shown.
   */
  const sends = fc
    .array(fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 7 })
    .filter((parts) => new Set(parts.flat()).size >= SMALLEST_GROUP);
  const named = (at: number): string => `en; segment=${at}`;

  it('are each of five partners or more, and so is what is left of the whole', () => {
    fc.assert(
      fc.property(sends, (variants) => {
        const parts = variants.map((who, at) => ({
          stepKey: 'welcome',
          variant: named(at),
          partners: who.length,
          counts: { sent: who.length, clicks: at },
        }));
        const inSmall = new Set(variants.filter((who) => who.length < SMALLEST_GROUP).flat()).size;
        const { shown, rest } = splitShown(parts, inSmall);
        const seen = shown.map(({ variant }) => variant);
        const hidden = variants.filter((_, at) => !seen.includes(named(at)));
        for (const { partners } of shown) expect(partners).toBeGreaterThanOrEqual(SMALLEST_GROUP);
        expect(isEnough(new Set(hidden.flat()).size)).toBe(true);
        const together = sum([...shown.map(({ counts }) => counts), ...(rest === null ? [] : [rest])]);
        expect(numbersOf(together)).toEqual(numbersOf(sum(parts.map(({ counts }) => counts))));
      }),
    );
  });

  it('are all shown where each is of five or more', () => {
    const part = (variant: string) => ({ stepKey: 'welcome', variant, partners: 5, counts: { sent: 1 } });
    expect(splitShown([part('en'), part('de')], 0)).toMatchObject({
      shown: [{ variant: 'de' }, { variant: 'en' }],
      rest: null,
    });
  });
});
