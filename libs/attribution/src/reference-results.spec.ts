import { conversionProbability, removalEffects } from './markov.js';
import { attribute, type AttributionModel } from './models.js';
import type { ObservedPath } from './observed-paths.js';
import { ALPHA_AMONG_ALL, type Channel, CHANNELS, FIRST_AND_LAST, MOVES } from './path-data.fixture.js';
import { shapleyValues } from './shapley.js';
import type { Path } from './touch.js';

const HOUR = 3_600_000;

/** An hour apart; the lead came with the last touch. */
const pathOf = (channels: readonly string[]): Path => ({
  touches: channels.map((channel, n) => ({ id: String(n).padStart(4, '0'), channel, at: n * HOUR })),
  leadAt: (channels.length - 1) * HOUR,
  closedAt: channels.length * HOUR,
});
const observed = (text: string, converted = 1, lost = 0): ObservedPath => ({
  channels: text.split('>'),
  converted,
  lost,
});

/** The credits of each channel for deals of these paths, each of an amount, in its smallest unit. */
function creditsOf(model: AttributionModel, paths: readonly ObservedPath[], amount: bigint): Map<string, number> {
  const sums = new Map<string, bigint>();
  for (const { channels, converted } of paths)
    for (const { touch, amountMinor } of attribute(model, pathOf(channels), amount))
      sums.set(touch.channel, (sums.get(touch.channel) ?? 0n) + amountMinor * BigInt(converted));
  return new Map([...sums].map(([channel, sum]) => [channel, Number(sum)]));
}

/**
 * Paths of our own that make the moves of `MOVES`, each as often: a circuit through all of them (Hierholzer), cut
 * where it comes back to the start. A first-order chain learns the same from them as from PathData.
 */
function pathsWithTheseMoves(): ObservedPath[] {
  const ends = ['conversion', 'null'];
  const left = new Map(
    MOVES.map(([from, counts]) => [
      from as string,
      [...CHANNELS, ...ends].map((to, n) => [to, counts[n] ?? 0] as const),
    ]),
  );
  const remaining = new Map([...left].map(([from, moves]) => [from, new Map(moves)]));
  for (const [n, end] of ends.entries())
    remaining.set(
      end,
      new Map([['start', MOVES.reduce((sum, [, counts]) => sum + (counts[CHANNELS.length + n] ?? 0), 0)]]),
    );
  const circuit: string[] = [];
  const walk = ['start'];
  while (walk.length > 0) {
    const moves = remaining.get(walk.at(-1) ?? '');
    const [to, count] = [...(moves ?? [])].find(([, n]) => n > 0) ?? [];
    if (to === undefined || count === undefined) circuit.push(walk.pop() ?? '');
    else {
      moves?.set(to, count - 1);
      walk.push(to);
    }
  }
  const paths: ObservedPath[] = [];
  let channels: string[] = [];
  for (const state of circuit.toReversed().slice(1)) {
    if (state === 'start') continue;
    if (!ends.includes(state)) channels.push(state);
    else {
      paths.push({ channels, converted: state === 'null' ? 0 : 1, lost: state === 'null' ? 1 : 0 });
      channels = [];
    }
  }
  return paths;
}

describe('results of R’s ChannelAttribution for PathData', () => {
  const sum = (numbers: readonly number[]): number => numbers.reduce((whole, number) => whole + number, 0);

  it('are those of first and last touch, exactly', () => {
    const paths = FIRST_AND_LAST.flatMap(([first, counts]) =>
      counts.map((converted, n) => ({ channels: [first, CHANNELS[n] ?? ''], converted, lost: 0 })),
    );
    const [byFirst, byLast] = (['first', 'last'] as const).map((kind) => creditsOf({ kind }, paths, 1n));
    // R: alpha 6308 by first touch, 8447 by last touch, of 19,785 conversions.
    expect([byFirst?.get('alpha'), byLast?.get('alpha')]).toEqual([6308, 8447]);
    expect(CHANNELS.map((channel) => byFirst?.get(channel))).toEqual([
      6308, 2831, 165, 1, 99, 27, 3164, 1606, 4606, 74, 902, 2,
    ]);
    expect(CHANNELS.map((channel) => byLast?.get(channel))).toEqual([
      8447, 989, 92, 5, 531, 107, 4167, 653, 3355, 230, 1207, 2,
    ]);
    for (const credits of [byFirst, byLast]) expect(sum([...(credits?.values() ?? [])])).toBe(19_785);
  });

  it('are those of linear touch, to the ninth decimal that R prints', () => {
    const paths = ALPHA_AMONG_ALL.split(',').map((entry) => {
      const [own = 0, all = 0, converted = 0] = entry.trim().split(/\s+/).map(Number);
      return { channels: Array.from({ length: all }, (_, n) => (n < own ? 'alpha' : 'other')), converted, lost: 0 };
    });
    const credits = creditsOf({ kind: 'linear' }, paths, 10n ** 15n);
    expect(((credits.get('alpha') ?? 0) / 1e15).toFixed(9)).toBe('7574.718593751');
  });

  // Removal effects and conversions by an exact solution in another program; R simulates walks (seed 1).
  const MARKOV: readonly (readonly [Channel, number, number, number])[] = [
    ['alpha', 0.5584, 5344.9, 5357.3],
    ['iota', 0.4058, 3884.6, 3794.6],
    ['eta', 0.349, 3340.8, 3345.8],
    ['beta', 0.264, 2527.4, 2550.1],
    ['theta', 0.206, 1971.9, 1974.8],
    ['lambda', 0.134, 1282.8, 1305.7],
    ['kappa', 0.0287, 274.4, 310.1],
    ['zeta', 0.0398, 381.1, 346.8],
    ['epsilon', 0.0626, 599.6, 624.3],
    ['gamma', 0.0179, 171.1, 163.2],
    ['delta', 0.0005, 4.6, 8.2],
    ['mi', 0.0002, 1.7, 4.1],
  ];

  it('are those of the Markov chain: to the printed digit of an exact solution, to 2.5 % of R for large channels', () => {
    const paths = pathsWithTheseMoves();
    expect(sum(paths.map(({ converted }) => converted))).toBe(19_785);
    expect(sum(paths.map(({ lost }) => lost))).toBe(68_602);
    expect(conversionProbability(paths)).toBeCloseTo(19_785 / 88_387, 12);
    const effects = removalEffects(paths);
    const whole = sum([...effects.values()]);
    for (const [channel, effect, exact, simulated] of MARKOV) {
      const own = effects.get(channel) ?? 0;
      expect(own.toFixed(4)).toBe(effect.toFixed(4));
      const conversions = (own / whole) * 19_785;
      expect(conversions.toFixed(1)).toBe(exact.toFixed(1));
      if (exact > 1000) expect(Math.abs(simulated / conversions - 1)).toBeLessThan(0.025);
    }
  });
});

describe('results of the literature', () => {
  it('are those of three journeys: Bryl’, “Multi-channel attribution model with R”, 2016', () => {
    const effects = removalEffects([observed('C1>C2>C3'), observed('C1', 0, 1), observed('C2>C3', 0, 1)]);
    expect(['C1', 'C2', 'C3'].map((channel) => effects.get(channel)?.toFixed(12))).toEqual(
      [0.5, 1, 1].map((effect) => effect.toFixed(12)),
    );
  });

  it('are those of pychattr’s three journeys, whose figures R simulates: 1.991 and 1.009 for 2 and 1', () => {
    // A begins and ends each: 1. From A (8): 3/8 to B, 2/8 to A, 3/8 to a deal; B comes back: p = 3/8 + p/4 = 1/2.
    const paths = [observed('A>B>A>B>B>A'), observed('A>B>B>A>A'), observed('A>A')];
    const effects = removalEffects(paths);
    const conversions = ['A', 'B'].map((channel) => ((effects.get(channel) ?? 0) / 1.5) * 3);
    expect(conversions[0]).toBeCloseTo(2, 12);
    expect(conversions[1]).toBeCloseTo(1, 12);
    expect(Math.abs((conversions[0] ?? 0) - 1.991106)).toBeLessThan(0.01);
    expect([...creditsOf({ kind: 'linear' }, paths, 30n)]).toEqual([
      ['A', 63],
      ['B', 27],
    ]);
  });

  it('are those of the nine journeys of DP6’s tests: 9.00 each by first touch, closed forms by the others', () => {
    const paths = ['A', 'A>B', 'A>B>C', 'B', 'B>A', 'B>C>A', 'C', 'C>A', 'C>B>A'].map((text) => observed(text));
    const of = (model: AttributionModel) => {
      const credits = creditsOf(model, paths, 300n);
      return ['A', 'B', 'C'].map((channel) => credits.get(channel));
    };
    expect(of({ kind: 'first' })).toEqual([900, 900, 900]);
    expect(of({ kind: 'last' })).toEqual([1500, 600, 600]);
    expect(of({ kind: 'linear' })).toEqual([1050, 900, 750]);
    expect(of({ kind: 'u-shaped' })).toEqual([1110, 840, 750]);
    // From A (7): 2/7 to B. From B (6): 1/3 each to A, C and a deal. From C (5): 2/5 to A, 1/5 to B. All end in a
    // deal, so that an effect is the part of the paths that come to the channel. To A: from B and from C 1/2, whole
    // 2/3. To B: from A 2/7, from C 11/35, whole 8/15. To C: from B 7/19, from A 2/19, whole 28/57.
    const effects = removalEffects(paths);
    expect(effects.get('A')).toBeCloseTo(2 / 3, 12);
    expect(effects.get('B')).toBeCloseTo(8 / 15, 12);
    expect(effects.get('C')).toBeCloseTo(28 / 57, 12);
  });
});

describe('closed forms by symmetry', () => {
  const NINE = ['A', 'B', 'C', 'A>B', 'B>C', 'C>A', 'A>B>C', 'B>C>A', 'C>A>B'].map((text) => observed(text, 1, 2));
  const MODELS: readonly AttributionModel[] = [
    { kind: 'first' },
    { kind: 'last' },
    { kind: 'linear' },
    { kind: 'u-shaped' },
    { kind: 'w-shaped' },
    { kind: 'time-decay', halfLifeMs: HOUR },
    { kind: 'markov', values: removalEffects(NINE) },
    { kind: 'shapley', values: shapleyValues(NINE) },
  ];

  it.each(MODELS.map((model) => [model.kind, model] as const))(
    'give three channels of nine journeys the same: %s',
    (_, model) => {
      const credits = creditsOf(model, NINE, 210n);
      expect(['A', 'B', 'C'].map((channel) => credits.get(channel))).toEqual([630, 630, 630]);
    },
  );

  it('give each of two channels of one path half', () => {
    const paths = [observed('A>B')];
    for (const [kind, values] of [
      ['markov', removalEffects(paths)],
      ['shapley', shapleyValues(paths)],
    ] as const)
      expect([...creditsOf({ kind, values }, paths, 2n).values()]).toEqual([1, 1]);
  });
});
