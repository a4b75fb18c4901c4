import { addDays, mondayOf } from './window.js';

/** A number of fewer partners than this is not shown to a vendor. */
export const SMALLEST_GROUP = 5;

/** Zero partners reveal no partner. */
export const isEnough = (partners: number): boolean => partners === 0 || partners >= SMALLEST_GROUP;

/** Partners of a group with equal properties. */
export interface Cohort {
  readonly partners: number;
  /** The day since when they belong to those who could. */
  readonly since: string;
  /**
   * The day on which they did, for the first time; null while they have not.
   */
  readonly did: string | null;
}

/** How many of how many have done something, above the threshold. */
export interface ThresholdedCount<W extends Cohort = Cohort> {
  /** Null until five belong. */
  readonly of: number | null;
  /** Null while fewer than five did, or fewer than five did not. */
  readonly did: number | null;
  /**
   * The members of `did`, and since when; only these count in a later stage.
   */
  readonly who: readonly { readonly one: W; readonly since: string }[];
}

/**
 * Counts that change at the end of a week, by five partners or more. So the
 * difference of two shown counts covers five partners or more, or none. A count
 * depends only on what happened by the end of the week, not on reader or time.
 * @param asOf the end of the last week counted.
 */
export function thresholded<W extends Cohort>(watched: readonly W[], asOf: string): ThresholdedCount<W> {
  const [pending, doing, doers] = [[] as W[], [] as W[], [] as W[]];
  const who: { one: W; since: string }[] = [];
  let [of, did]: [number, number | null] = [0, null];
  for (const [today, joined] of weeksOf(watched, asOf)) {
    pending.push(...joined);
    if (isEnough(sizeOf(pending))) {
      of += sizeOf(pending);
      doing.push(...pending.splice(0).filter((one) => one.did !== null));
    }
    doers.push(...extractMatching(doing, (one) => one.did !== null && one.did <= today));
    const count = sizeOf(doers);
    const mayBeTold = isEnough(count) && isEnough(of - count) && isEnough(count - (did ?? 0));
    if (of === 0 || !mayBeTold) continue;
    who.push(...doers.slice(who.length).map((one) => ({ one, since: today })));
    did = count;
  }
  return { of: of === 0 ? null : of, did, who };
}

const sizeOf = (watched: readonly Cohort[]): number => watched.reduce((total, { partners }) => total + partners, 0);
const endOfWeek = (day: string): string => addDays(mondayOf(day), 6);

/**
 * The ends of weeks with any change, oldest first, with the new members of
 * each.
 */
function weeksOf<W extends Cohort>(watched: readonly W[], asOf: string): [string, W[]][] {
  const weeks = new Map<string, W[]>();
  const at = (day: string): W[] => {
    const joined = weeks.get(endOfWeek(day)) ?? [];
    weeks.set(endOfWeek(day), joined);
    return joined;
  };
  for (const one of watched) {
    at(one.since).push(one);
    if (one.did !== null) at(one.did);
  }
  return [...weeks].filter(([week]) => week <= asOf).sort(([a], [b]) => a.localeCompare(b, 'en'));
}

/** Takes out what fits, and leaves the rest in its order. */
function extractMatching<T>(from: T[], fits: (one: T) => boolean): T[] {
  const taken = from.filter(fits);
  from.splice(0, from.length, ...from.filter((one) => !fits(one)));
  return taken;
}
