import type { CampaignId } from '#kernel';
import {
  type Contribution,
  partCell,
  partContributions,
  type PersonFact,
  RESPONSES,
  responseContributions,
  RESULT_TABLES,
  weekContributions,
} from '../../libs/insight/src/contribution.js';
import { nextStart, type Rhythm, withSpan } from '../../libs/insight/src/release-calendar.js';
import { FORECAST_SD_PER_DISTANCE, FORECASTS_PER_YEAR } from '../../libs/release/src/budget.js';
import { Noise } from '../../libs/release/src/noise.service.js';
import type { DataReleaseId } from '../../libs/release/src/release.js';

const ROUNDS = 4_000;
const FIRST = { week: '2026-01-05', 'four-weeks': '2026-01-05' } as const satisfies Record<Rhythm, string>;
const SPANS = { week: 52, 'four-weeks': 13 } as const satisfies Record<Rhythm, number>;
const STEPS = Array.from({ length: 6 }, (_, at) => `step-${at}`);
const PARTNERS_OF = ['a', 'b'].flatMap((branch) => STEPS.map((_, at) => `campaign ${branch}${at}` as CampaignId));
const PARTS = new Map(PARTNERS_OF.map((id) => [id, new Set(STEPS.map((step) => partCell(step, 'en')))] as const));

/** How much the fact in question moves one released number, and its noise. */
interface Move {
  readonly by: number;
  readonly sd: number;
}

/**
 * Six campaigns for one person alone, sent in every week of a year: the most
 * that a vendor can make one person move.
 * @param branch the campaigns that a value of a field leads to.
 */
function factsOf(branch: 'a' | 'b'): PersonFact[] {
  return STEPS.flatMap((stepKey, at): PersonFact[] => {
    const own = { campaignId: `campaign ${branch}${at}` as CampaignId, stepKey, variant: 'en' };
    return (['sent', 'bounced', ...RESPONSES] as const).map((kind) => ({ kind, n: 9, ...own }));
  });
}

/** What one year of results says of a person, by number. */
function movesOf(facts: readonly PersonFact[]): Map<string, Move> {
  const moves = new Map<string, Move>();
  const release = (rhythm: Rhythm, contributions: readonly Contribution[]): void => {
    let startsOn: string = FIRST[rhythm];
    let used: readonly string[] = [];
    for (let span = 0; span < SPANS[rhythm]; span++) {
      const after = contributions.length === 0 ? null : withSpan(rhythm, used, startsOn);
      if (after !== null)
        for (const { table, campaignId, cell, n } of contributions) {
          const key = `${startsOn} ${table} ${campaignId} ${cell}`;
          moves.set(key, { by: (moves.get(key)?.by ?? 0) + n, sd: RESULT_TABLES[table].sd });
        }
      used = after ?? used;
      startsOn = nextStart(rhythm, startsOn);
    }
  };
  release('week', weekContributions(facts));
  release('four-weeks', responseContributions(facts));
  release('four-weeks', partContributions(facts, PARTS));
  return moves;
}

/** The numbers that differ between two worlds. */
function difference(one: ReadonlyMap<string, Move>, other: ReadonlyMap<string, Move>): Move[] {
  return [
    ...[...one].filter(([key]) => !other.has(key)).map(([, move]) => move),
    ...[...other].filter(([key]) => !one.has(key)).map(([, { by, sd }]) => ({ by: -by, sd })),
  ];
}

/**
 * All forecasts of a year, each with a fact that moves it as far as one person
 * can: half of its numbers up, half down. Its sd grows with their number, so
 * four stand for all.
 */
const FORECASTS: readonly Move[] = Array.from({ length: FORECASTS_PER_YEAR * 4 }, (_, at) => ({
  by: at % 2 === 0 ? 1 : -1,
  sd: FORECAST_SD_PER_DISTANCE * 2,
}));

const noise = new Noise({ SECRET_KEY: 'a key for tests, of 32 characters' });

/**
 * Plays a vendor that knows everything but one fact. It sees the numbers before
 * they are rounded, and uses the best test there is (likelihood ratio).
 * @returns right less wrong answers, with its 95 % interval (Wilson).
 */
function play(game: string, moves: readonly Move[]): { readonly low: number; readonly high: number } {
  let right = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const isTrue = round % 2 === 0;
    let evidence = 0;
    for (const [at, { by, sd }] of moves.entries()) {
      const cells = [{ name: 'number', value: isTrue ? by : 0 }];
      const id = `${game} ${round} ${at}` as DataReleaseId;
      const [told] = noise.add(id, { cells, denominator: 1, sd });
      evidence += ((told?.value ?? 0) * by - (by * by) / 2) / (sd * sd);
    }
    if (evidence > 0 === isTrue) right++;
  }
  const z = 1.96;
  const share = right / ROUNDS;
  const scale = 1 + (z * z) / ROUNDS;
  const centre = (share + (z * z) / (2 * ROUNDS)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / ROUNDS + (z * z) / (4 * ROUNDS * ROUNDS))) / scale;
  return { low: 2 * (centre - half) - 1, high: 2 * (centre + half) - 1 };
}

/** μ²: the squared distance of all moves, in standard deviations. */
const muSquared = (moves: readonly Move[]): number => moves.reduce((sum, { by, sd }) => sum + (by / sd) ** 2, 0);

describe('everything that a vendor is told in a year', () => {
  const results = difference(movesOf(factsOf('a')), movesOf(factsOf('b')));

  it('costs no more than the budget, with results that are made for one person', () => {
    expect(muSquared(results)).toBeLessThanOrEqual(0.67);
    expect(muSquared([...results, ...FORECASTS])).toBeLessThanOrEqual(1);
    expect(muSquared([...results, ...FORECASTS])).toBeGreaterThan(0.95);
  });

  it('tells it little about one fact of one person', () => {
    const { low, high } = play('fact', [...results, ...FORECASTS]);
    expect(high).toBeLessThanOrEqual(0.383 + 0.05);
    // Otherwise the game is only played badly.
    expect(low).toBeGreaterThanOrEqual(0.383 - 0.08);
  }, 300_000);
});
