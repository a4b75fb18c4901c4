import { removalEffects } from './markov.js';
import { attribute, type AttributionModel, MODELS_VERSION } from './models.js';
import type { ObservedPath } from './observed-paths.js';
import { shapleyValues } from './shapley.js';
import type { Path } from './touch.js';

const DAY = 86_400_000;
const seen = (channels: string, converted: number, lost: number): ObservedPath => ({
  channels: channels.split('>'),
  converted,
  lost,
});

/** Paths over an e-mail, a page and a document; closed forms below. */
const PATHS = [
  seen('mail', 1, 3),
  seen('mail>page', 2, 2),
  seen('page', 1, 4),
  seen('mail>page>doc', 3, 1),
  seen('page>doc', 1, 1),
];

describe('golden figures of attribution', () => {
  it('are those of version 2 of the models: another figure needs another version', () => {
    expect(MODELS_VERSION).toBe(2);
  });

  it('are those of exact fractions for the Markov chain', () => {
    // Of 19 paths, 12 begin with mail and 7 with page. From mail: 1/12 to a deal, 8/12 to page. From page
    // (15): 3/15 to a deal, 6/15 to doc. From doc (6): 4/6. P(page) = 3/15 + 6/15 * 4/6 = 7/15; P(mail) =
    // 1/12 + 8/12 * 7/15 = 71/180; whole = 12/19 * 71/180 + 7/19 * 7/15 = 8/19. Without doc: page 1/5, mail
    // 13/60, whole 4/19: 1/2. Without page: mail 1/12, whole 1/19: 7/8. Without mail: 7/19 * 7/15 = 49/285:
    // 1 - 49/120 = 71/120.
    const effects = removalEffects(PATHS);
    expect(effects.get('doc')).toBeCloseTo(1 / 2, 12);
    expect(effects.get('page')).toBeCloseTo(7 / 8, 12);
    expect(effects.get('mail')).toBeCloseTo(71 / 120, 12);
  });

  it('are those of exact fractions for the Shapley value', () => {
    // v(mail) = 1/4, v(page) = 1/5, v(doc) = 0, v(mail, page) = 4/13, v(mail, doc) = 1/4, v(page, doc) =
    // 2/7, v(all) = 8/19.
    const [mail, page, doc, both, all] = [1 / 4, 1 / 5, 0, 4 / 13, 8 / 19];
    const [mailDoc, pageDoc] = [1 / 4, 2 / 7];
    const value = (own: number, withOne: number, one: number, withOther: number, other: number, rest: number): number =>
      own / 3 + (withOne - one) / 6 + (withOther - other) / 6 + (all - rest) / 3;
    const values = shapleyValues(PATHS);
    expect(values.get('mail')).toBeCloseTo(value(mail, both, page, mailDoc, doc, pageDoc), 12);
    expect(values.get('page')).toBeCloseTo(value(page, both, mail, pageDoc, doc, mailDoc), 12);
    expect(values.get('doc')).toBeCloseTo(value(doc, mailDoc, mail, pageDoc, page, both), 12);
  });

  it('are those of one seed and 2,000 orders for the sampled Shapley value of 18 channels', () => {
    const name = (n: number): string => `c${String(n % 18).padStart(2, '0')}`;
    const paths = Array.from({ length: 18 }, (_, n) => [
      seen(name(n), n % 3, 5 + ((n * 7) % 11)),
      seen(`${name(n)}>${name(n + 1)}>${name(n + 5)}`, 1 + ((n * 5) % 4), 1 + ((n * 3) % 7)),
    ]).flat();
    // [sampled, exact]: the exact value was computed from the table of all 262,144 sets, by another program.
    const values = [
      [-0.00247982, -0.0024],
      [0.005392472, 0.0065],
      [0.03308021, 0.0325],
      [-0.012480652, -0.012],
      [0.008188969, 0.0082],
      [0.031492716, 0.0291],
      [-0.009935121, -0.0108],
      [0.015133399, 0.0144],
      [0.041761181, 0.0406],
      [-0.016846022, -0.0162],
      [0.011023884, 0.0119],
      [0.043447933, 0.0444],
      [-0.004952802, -0.0048],
      [0.00935092, 0.0094],
      [0.014699618, 0.0151],
      [-0.002271429, -0.0018],
      [0.017887472, 0.0179],
      [0.011774588, 0.0123],
    ] as const;
    const own = shapleyValues(paths);
    for (const [n, [sampled, exact]] of values.entries()) {
      expect(own.get(name(n))?.toFixed(9)).toBe(sampled.toFixed(9));
      expect(Math.abs(sampled - exact)).toBeLessThan(0.0025);
    }
    const path: Path = {
      touches: ['c01', 'c07', 'c11'].map((channel, n) => ({ id: channel, channel, at: n * DAY })),
      leadAt: null,
      closedAt: 3 * DAY,
    };
    const credits = attribute({ kind: 'shapley', values: own }, path, 100_000_000n);
    expect(credits.map(({ amountMinor }) => Number(amountMinor))).toEqual([8_429_188, 23_655_618, 67_915_194]);
  });

  it('divide a deal of 12,345.67 by every model', () => {
    const path: Path = {
      touches: [
        { id: 'a', channel: 'mail', at: 0 },
        { id: 'b', channel: 'page', at: 2 * DAY },
        { id: 'c', channel: 'mail', at: 7 * DAY },
        { id: 'd', channel: 'doc', at: 9 * DAY },
      ],
      leadAt: 3 * DAY,
      closedAt: 10 * DAY,
    };
    const of = (model: AttributionModel) =>
      attribute(model, path, 1_234_567n).map(({ amountMinor }) => Number(amountMinor));
    expect(of({ kind: 'first' })).toEqual([1_234_567, 0, 0, 0]);
    expect(of({ kind: 'last' })).toEqual([0, 0, 0, 1_234_567]);
    expect(of({ kind: 'linear' })).toEqual([308_642, 308_642, 308_642, 308_641]);
    expect(of({ kind: 'u-shaped' })).toEqual([493_827, 123_457, 123_456, 493_827]);
    expect(of({ kind: 'w-shaped' })).toEqual([370_370, 370_370, 123_457, 370_370]);
    // Half-lives before the last: 9/7, 1, 2/7 and 0. Of 0.410, 0.5, 0.820 and 1, each to nine digits.
    expect(of({ kind: 'time-decay', halfLifeMs: 7 * DAY })).toEqual([185_453, 226_069, 370_906, 452_139]);
    // Values 39,019, 37,537 and 10,804 of 207,480: mail is shared by two touches.
    expect(of({ kind: 'shapley', values: shapleyValues(PATHS) })).toEqual([275_707, 530_471, 275_707, 152_682]);
    // Values 71/120, 7/8 and 1/2: mail is shared by two touches. 71/236, 105/236 and 60/236 of the deal.
    expect(of({ kind: 'markov', values: removalEffects(PATHS) })).toEqual([185_708, 549_278, 185_708, 313_873]);
  });
});
