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
import type { Move } from './game.js';

const FIRST = { week: '2026-01-05', 'four-weeks': '2026-01-05' } as const satisfies Record<Rhythm, string>;
const SPANS = { week: 52, 'four-weeks': 13 } as const satisfies Record<Rhythm, number>;
const STEPS = Array.from({ length: 6 }, (_, at) => `step-${at}`);
const CAMPAIGNS = ['a', 'b'].flatMap((branch) => STEPS.map((_, at) => `campaign ${branch}${at}` as CampaignId));
const PARTS = new Map(CAMPAIGNS.map((id) => [id, new Set(STEPS.map((step) => partCell(step, 'en')))] as const));

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

/**
 * The results of a year that a vendor has made for one person: how far each
 * number is moved by a value of a field.
 */
export function resultsOfAYear(): Move[] {
  const [one, other] = [movesOf(factsOf('a')), movesOf(factsOf('b'))];
  return [
    ...[...one].filter(([key]) => !other.has(key)).map(([, move]) => move),
    ...[...other].filter(([key]) => !one.has(key)).map(([, { by, sd }]) => ({ by: -by, sd })),
  ];
}
