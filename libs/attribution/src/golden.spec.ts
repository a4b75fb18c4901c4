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
    // Values 71/120, 7/8 and 1/2: mail is shared by two touches. 71/236, 105/236 and 60/236 of the deal.
    expect(of({ kind: 'markov', values: removalEffects(PATHS) })).toEqual([185_708, 549_278, 185_708, 313_873]);
  });
});
