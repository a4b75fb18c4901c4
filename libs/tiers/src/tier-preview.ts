import type { TierPreview } from '#contracts';
import { type RequirementContext, requirementsOf } from './requirement.js';
import { decideMove, directionOf, isManual, type Standing } from './tier-move.js';
import type { TierRules } from './tier-rules.js';

/** More names than anybody compares one by one. */
const SHOWN = 100;
/** As they are listed. */
const DIRECTIONS = ['up', 'down', 'unlisted'] as const;

/**
 * What rules would do with the partners of a programme, without doing it.
 * @param standings of all that do not simply stay.
 * @param partners how many active ones there are.
 */
export function previewOf(
  standings: readonly Standing[],
  partners: number,
  rules: Pick<TierRules, 'tiers' | 'graceDays'>,
  context: RequirementContext,
): TierPreview {
  const manual = standings.filter((one) => isManual(one, context.today));
  const byRule = standings.filter((one) => !isManual(one, context.today));
  const moved = DIRECTIONS.map((direction) => ({
    direction,
    movers: byRule.filter((one) => directionOf(one) === direction),
  }));
  const [up = 0, down = 0, unlisted = 0] = moved.map(({ movers: { length } }) => length);
  return {
    counts: { up, down, unlisted, stay: partners - up - down - unlisted - manual.length, manual: manual.length },
    moves: moved.flatMap(({ direction, movers }) =>
      byName(movers).map((standing) => {
        const { partnerId, partnerName, tier: from, earnedRank, currentRank } = standing;
        const move = decideMove(standing, rules, context.today);
        return {
          partnerId,
          partnerName,
          direction,
          from,
          to: 'to' in move ? move.to : (standing.dropTo ?? from),
          dropsOn: move.kind === 'announce' ? move.dropsOn : move.kind === 'change' ? null : standing.dropsOn,
          requirements: requirementsOf(
            standing,
            direction === 'down' ? (currentRank ?? earnedRank) : earnedRank,
            context,
          ),
        };
      }),
    ),
  };
}

const byName = (standings: readonly Standing[]): Standing[] =>
  [...standings].sort((a, b) => a.partnerName.localeCompare(b.partnerName, 'en')).slice(0, SHOWN);
