import type { z } from 'zod';
import type { ContactLists } from '#contracts';
import type { LaunchPlan } from '../launch-plan';

/** The partner's contact lists. */
export type Lists = z.output<typeof ContactLists>['items'];

/** Lists of a launch. */
export interface PlannedLists {
  /** Empty: it is open to new contacts only. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Names of the included lists, separated by commas. */
  readonly names: string;
  /** Members of the included lists; a contact on two of them counts twice. */
  readonly size: number;
  /** A list that was chosen on an earlier visit no longer exists. */
  readonly isGone: boolean;
}

/**
 * The lists of a launch: those chosen, else the default list, else the first
 * with contacts, else none.
 */
export function plannedLists(
  lists: Lists,
  { lists: chosen, exclude }: Pick<LaunchPlan, 'lists' | 'exclude'>,
): PlannedLists {
  const known = (ids: readonly string[]) => lists.filter(({ id }) => ids.includes(id));
  const preferred = lists.find(({ isDefault, size }) => isDefault && size > 0) ?? lists.find(({ size }) => size > 0);
  const found = chosen === null ? [] : known(chosen);
  const isGone = chosen !== null && found.length < chosen.length;
  const usesPreferred = chosen === null || (isGone && found.length === 0);
  const include = usesPreferred ? (preferred === undefined ? [] : [preferred]) : found;
  return {
    include: include.map(({ id }) => id),
    exclude: known(exclude)
      .map(({ id }) => id)
      .filter((id) => !include.some((one) => one.id === id)),
    names: include.map(({ name }) => name).join(', '),
    size: include.reduce((sum, { size }) => sum + size, 0),
    isGone,
  };
}
