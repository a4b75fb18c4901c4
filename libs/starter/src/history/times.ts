import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel';

/**
 * When due e-mails are sent, in UTC. Each time is within the working hours of some zones, the second one of
 * both Europe and the east of America.
 */
const LOOKS_MS = [5 * HOUR_MS + 15 * MINUTE_MS, 14 * HOUR_MS, 17 * HOUR_MS] as const;
/** What is due days after a look, to the second, is found by the same look of that day. */
const LATER_EACH_DAY_MS = MINUTE_MS / 2;
/** Days after which looks begin at the same time again. */
const DAYS_OF_DELAY = 80;
/** When decisions are made and campaigns launched, UTC. */
const DECISIONS_MS = 9 * HOUR_MS + 10 * MINUTE_MS;

const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** The next look at which something due is found; null: nothing is due. */
export function stopAfter(due: Date | null, now: Date): Date | null {
  if (due === null) return null;
  const from = Math.max(due.getTime(), now.getTime() + 1);
  const looksOn = (day: number): number[] =>
    LOOKS_MS.map((look) => day * DAY_MS + look + (day % DAYS_OF_DELAY) * LATER_EACH_DAY_MS);
  const day = dayOf(from);
  const next = [...looksOn(day), ...looksOn(day + 1)].find((look) => look >= from);
  return new Date(next ?? from);
}

/** The time of decisions of a day; of a weekend, of the Friday before. */
export function workMorning(midnight: Date): Date {
  const weekday = midnight.getUTCDay();
  const earlier = weekday === 6 ? 1 : weekday === 0 ? 2 : 0;
  return new Date(midnight.getTime() - earlier * DAY_MS + DECISIONS_MS);
}
