import fc from 'fast-check';
import { attribute, type AttributionModel } from './models.js';
import { conversionProbability, removalEffects } from './markov.js';
import type { ObservedPath } from './observed-paths.js';
import { EXACT_CHANNELS, shapleyValues } from './shapley.js';
import type { Path } from './touch.js';

const HOUR = 3_600_000;

/** A path of channels named by letters, an hour apart; the lead came with the touch at `lead`. */
const pathOf = (letters: string, lead: number | null = null): Path => ({
  touches: [...letters].map((channel, n) => ({ id: `${n}`, channel, at: n * HOUR })),
  leadAt: lead === null ? null : lead * HOUR,
  closedAt: letters.length * HOUR,
});
const amounts = (model: AttributionModel, path: Path, amount = 10_000n): number[] =>
  attribute(model, path, amount).map(({ amountMinor }) => Number(amountMinor));
const seen = (letters: string, converted: number, lost: number): ObservedPath => ({
  channels: [...letters],
  converted,
  lost,
});

describe('a deal of 100.00 divided among its touches', () => {
  it('goes to the first or the last touch, or equally to each', () => {
    expect(amounts({ kind: 'first' }, pathOf('abc'))).toEqual([10_000, 0, 0]);
    expect(amounts({ kind: 'last' }, pathOf('abc'))).toEqual([0, 0, 10_000]);
    expect(amounts({ kind: 'linear' }, pathOf('abc'))).toEqual([3334, 3333, 3333]);
  });

  it('goes by 40, 20 and 40 % in a U', () => {
    expect(amounts({ kind: 'u-shaped' }, pathOf('abcd'))).toEqual([4000, 1000, 1000, 4000]);
    expect(amounts({ kind: 'u-shaped' }, pathOf('ab'))).toEqual([5000, 5000]);
    expect(amounts({ kind: 'u-shaped' }, pathOf('a'))).toEqual([10_000]);
  });

  it('goes by 30, 30, 30 and 10 % in a W, with the touch before the lead in the middle', () => {
    expect(amounts({ kind: 'w-shaped' }, pathOf('abcd', 2))).toEqual([3000, 1000, 3000, 3000]);
    expect(amounts({ kind: 'w-shaped' }, pathOf('abcd', 0))).toEqual([6000, 500, 500, 3000]);
    expect(amounts({ kind: 'w-shaped' }, pathOf('abcd'))).toEqual([4000, 1000, 1000, 4000]);
  });

  it('halves with each half-life before the last touch', () => {
    expect(amounts({ kind: 'time-decay', halfLifeMs: HOUR }, pathOf('abc'), 7000n)).toEqual([1000, 2000, 4000]);
  });

  it('goes by the values of channels, which touches of a channel share', () => {
    const values = new Map([
      ['a', 0.2],
      ['b', 0.6],
      ['c', -0.1],
    ]);
    expect(amounts({ kind: 'markov', values }, pathOf('abac'))).toEqual([1250, 7500, 1250, 0]);
    expect(amounts({ kind: 'shapley', values }, pathOf('cx'))).toEqual([5000, 5000]);
  });

  it('leaves out touches after the deal closed, and credits nothing without a touch', () => {
    expect(amounts({ kind: 'last' }, { ...pathOf('abc'), closedAt: HOUR })).toEqual([0, 10_000]);
    expect(amounts({ kind: 'last' }, pathOf(''))).toEqual([]);
  });

  it('takes back a refund as it was given', () => {
    expect(amounts({ kind: 'linear' }, pathOf('abc'), -10_000n)).toEqual([-3334, -3333, -3333]);
  });

  const anyModel = fc.oneof(
    fc.constantFrom<AttributionModel>(
      { kind: 'first' },
      { kind: 'last' },
      { kind: 'linear' },
      { kind: 'u-shaped' },
      { kind: 'w-shaped' },
    ),
    fc.integer({ min: 1, max: 1e12 }).map((halfLifeMs): AttributionModel => ({ kind: 'time-decay', halfLifeMs })),
    fc
      .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
      .map((v): AttributionModel => ({ kind: 'markov', values: new Map([...'abcd'].map((c, n) => [c, v[n] ?? 0])) })),
  );
  const anyPath = fc.record({
    touches: fc.uniqueArray(
      fc.record({ id: fc.uuid(), channel: fc.constantFrom(...'abcd'), at: fc.integer({ min: 0, max: 1e10 }) }),
      { minLength: 1, maxLength: 12, selector: ({ id }) => id },
    ),
    leadAt: fc.option(fc.integer({ min: 0, max: 1e10 })),
    closedAt: fc.constant(1e10),
  });

  it('sums to the cent, gives nothing against the sign, and does not depend on the order of input', () => {
    fc.assert(
      fc.property(anyModel, anyPath, fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (model, path, amount) => {
        const credits = attribute(model, path, amount);
        expect(credits.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(amount);
        for (const { amountMinor } of credits) expect(amountMinor * amount >= 0n).toBe(true);
        expect(attribute(model, { ...path, touches: path.touches.toReversed() }, amount)).toEqual(credits);
      }),
    );
  });
});

describe('the removal effect in a Markov chain', () => {
  it('is known by hand', () => {
    // Half of the paths over a go on to b, all of b's end in a deal.
    expect(removalEffects([seen('ab', 1, 0), seen('a', 0, 1)])).toEqual(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    );
    // Of ten paths, two over a and four over b end in a deal: without a, four are left of six.
    const apart = removalEffects([seen('a', 2, 3), seen('b', 4, 1)]);
    expect(apart.get('a')).toBeCloseTo(1 / 3, 12);
    expect(apart.get('b')).toBeCloseTo(2 / 3, 12);
  });

  it('of a loop between two channels is known by hand', () => {
    // a goes to b always (twice), b to a once and to a deal once: x_a = x_b = x_b / 2 + 1 / 2 = 1.
    expect(conversionProbability([seen('abab', 1, 0)])).toBeCloseTo(1, 12);
  });

  it('does not change when a channel is repeated in a row', () => {
    const once = removalEffects([seen('ab', 3, 2), seen('ba', 1, 5), seen('c', 1, 9)]);
    const repeated = removalEffects([seen('aabbb', 3, 2), seen('bbba', 1, 5), seen('ccc', 1, 9)]);
    for (const [channel, effect] of once) expect(repeated.get(channel)).toBeCloseTo(effect, 10);
  });

  it('is 0 where no path ended in a deal, and for paths without a touch', () => {
    expect(removalEffects([seen('ab', 0, 7)])).toEqual(
      new Map([
        ['a', 0],
        ['b', 0],
      ]),
    );
    expect(removalEffects([seen('', 2, 1)])).toEqual(new Map());
  });
});

const anyPaths = (letters: string, min = 1): fc.Arbitrary<ObservedPath[]> =>
  fc.array(
    fc.record({
      channels: fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 6 }),
      converted: fc.integer({ min: 0, max: 20 }),
      lost: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: min, maxLength: 30 },
  );
const sumOf = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);
const wholeRate = (paths: readonly ObservedPath[]): number => {
  const converted = sumOf(paths.map((path) => path.converted));
  const all = converted + sumOf(paths.map((path) => path.lost));
  return all > 0 ? converted / all : 0;
};

describe('the conversion probability of the chain', () => {
  it('is the observed part of paths that ended in a deal', () => {
    fc.assert(
      fc.property(anyPaths('abcd'), (paths) => {
        fc.pre(paths.some(({ converted, lost }) => converted + lost > 0));
        expect(conversionProbability(paths.filter(({ converted, lost }) => converted + lost > 0))).toBeCloseTo(
          wholeRate(paths),
          9,
        );
      }),
    );
  });
});

describe('the Shapley value', () => {
  it('is known by hand', () => {
    // v(a) = 1/2, v(b) = 0, v(ab) = 2/4: a brings 1/2 alone and 1/2 after b.
    const values = shapleyValues([seen('a', 1, 1), seen('b', 0, 1), seen('ab', 1, 0)]);
    expect(values.get('a')).toBeCloseTo(1 / 2, 12);
    expect(values.get('b')).toBeCloseTo(0, 12);
  });

  it('sums to the worth of all channels (efficiency), exact or sampled', () => {
    fc.assert(
      fc.property(fc.oneof(anyPaths('abcdef'), anyPaths('abcdefghijklmnopqrstuvw', 25)), (paths) => {
        expect(sumOf(shapleyValues(paths).values())).toBeCloseTo(wholeRate(paths), 9);
      }),
      { numRuns: 40 },
    );
  });

  it('is the same for channels that stand for each other (symmetry)', () => {
    const swapped: Record<string, string> = { a: 'b', b: 'a' };
    fc.assert(
      fc.property(anyPaths('abcd'), (paths) => {
        const mirror = paths.map((path) => ({
          ...path,
          channels: path.channels.map((channel) => swapped[channel] ?? channel),
        }));
        const values = shapleyValues([...paths, ...mirror]);
        fc.pre(values.has('a'));
        expect(values.get('a')).toBeCloseTo(values.get('b') ?? NaN, 9);
      }),
    );
  });

  it('of a channel that changes no win rate is 0 (null player)', () => {
    // Each path comes again with z, in a fixed proportion: z changes the rate of no set of channels.
    fc.assert(
      fc.property(anyPaths('abcd'), fc.integer({ min: 1, max: 5 }), (paths, times) => {
        const withZ = paths.map(({ channels, converted, lost }) => ({
          channels: [...channels, 'z'],
          converted: converted * times,
          lost: lost * times,
        }));
        expect(shapleyValues([...paths, ...withZ]).get('z')).toBeCloseTo(0, 9);
      }),
    );
  });

  it('adds up over two kinds of wins (additivity)', () => {
    fc.assert(
      fc.property(anyPaths('abcd'), fc.integer({ min: 0, max: 20 }), (paths, most) => {
        const of = (won: (converted: number) => number) =>
          shapleyValues(
            paths.map(({ channels, converted, lost }) => ({
              channels,
              converted: won(converted),
              lost: lost + converted - won(converted),
            })),
          );
        const [small, large, all] = [
          of((won) => Math.min(won, most)),
          of((won) => won - Math.min(won, most)),
          of((won) => won),
        ];
        for (const [channel, value] of all)
          expect((small.get(channel) ?? NaN) + (large.get(channel) ?? NaN)).toBeCloseTo(value, 8);
      }),
    );
  });

  it('does not depend on the order of the paths', () => {
    fc.assert(
      fc.property(anyPaths('abcde'), (paths) => {
        expect([...shapleyValues(paths.toReversed())]).toEqual([...shapleyValues(paths)]);
      }),
    );
  });

  it('of sampled orders is near the exact one, and the same each time', () => {
    // Seventeen channels: sixteen that bring the same, and one whose paths never end in a deal.
    const letters = [...'abcdefghijklmnop'];
    expect(letters).toHaveLength(EXACT_CHANNELS);
    const paths = [...letters.map((channel) => seen(channel, 1, 1)), seen('z', 0, 2)];
    const values = shapleyValues(paths);
    const mean = sumOf(letters.map((channel) => values.get(channel) ?? NaN)) / letters.length;
    for (const channel of letters) expect(Math.abs((values.get(channel) ?? NaN) - mean)).toBeLessThan(0.01);
    expect(values.get('z')).toBeLessThan(0);
    expect(shapleyValues(paths)).toEqual(values);
  });
});
