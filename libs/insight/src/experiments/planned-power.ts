import type { PowerQuery } from '#contracts';
import { type Comparisons, smallestInActivation, smallestInProgramme, smallestInReleases } from '#experiments';
import { sdOfSum } from '#release';
import { RESULT_TABLES } from '../contribution.js';
import { HELD_OUT_NEEDED } from './programme-lift.service.js';

/**
 * The smallest difference that a planned hold-out or test shows in 80 of 100 cases, by the rule that decides there:
 * the interval of one activation, of hold-outs over all partners, or of numbers that are released with noise.
 * @returns null: so many people show no difference.
 */
export function smallestPlanned({ over, people, basePercent, ...planned }: PowerQuery): number | null {
  const baseRate = basePercent / 100;
  const { percent = 0, arms, releases, variants } = planned;
  if (arms === undefined) {
    const other = Math.round((people * percent) / 100);
    const groups = { one: people - other, other, baseRate };
    if (over === 'activation') return smallestInActivation(groups);
    return other < HELD_OUT_NEEDED ? null : smallestInProgramme(groups);
  }
  const of = Math.floor(people / arms);
  const comparisons = (arms - 1) as Comparisons;
  if (over === 'activation') return smallestInActivation({ one: of, other: of, baseRate, comparisons });
  return smallestInReleases({
    of,
    baseRate,
    doneSd: sdOfNumbers(RESULT_TABLES.partsClicked.sd, releases * variants),
    ofSd: sdOfNumbers(RESULT_TABLES.partsSent.sd, releases * variants),
    comparisons,
  });
}

const sdOfNumbers = (sd: number, numbers: number): number => sdOfSum(Array.from({ length: numbers }, () => sd));
