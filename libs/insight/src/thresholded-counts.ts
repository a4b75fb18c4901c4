import { isEnough } from './small-groups.js';
import { addDays, mondayOf } from './window.js';

/** Partners of a group that is watched, who are alike in what is asked. */
export interface Cohort {
  readonly partners: number;
  /** The day since when they belong to those who could. */
  readonly since: string;
  /** The day on which they did, for the first time; null while they have not. */
  readonly did: string | null;
}

/** How many of how many have done something, as far as that may be told. */
export interface ThresholdedCount<W extends Cohort = Cohort> {
  /** Null until five belong. */
  readonly of: number | null;
  /** Null while it would tell of fewer than five who did, or of fewer than five who did not. */
  readonly did: number | null;
  /** Who is in `did`, and since when: of whom a later stage may be told. */
  readonly who: readonly { readonly one: W; readonly since: string }[];
}

/**
 * Counts that move at the end of a week, by five partners or more. Whoever takes what was shown from what is shown, or the part from the whole,
 * learns of five partners or more, or of nobody. What is shown after a week follows from what had happened by then, whoever looks, and whenever.
 * @param asOf the end of the last week that is looked at.
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

/** The ends of weeks in which anything happened, oldest first, with who joined in each. */
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
