import { DAY_MS } from '#kernel';

/** A partner's mail under one From domain, and how much of it may be sent. */
export interface Stream {
  /** Start of the initial hold; null before the first message. */
  readonly holdFrom: Date | null;
  readonly holdUsed: number;
  /** The day that `dayUsed` counts (UTC, ISO 8601). */
  readonly day: string | null;
  /** Messages per day; null for an established domain. */
  readonly dayLimit: number | null;
  readonly dayUsed: number;
  /** The last day to which waiting messages are booked, and how many. */
  readonly bookedDay: string | null;
  readonly booked: number;
}

/** Recent outcomes, by which the warm-up speeds up or slows down. */
export interface StreamHealth {
  readonly submitted: number;
  readonly bounced: number;
  readonly complained: number;
}

/**
 * For a new domain: what receivers accept from an unknown sender, and no more
 * than the circuit breaker may let through.
 */
export const FIRST_DAY_LIMIT = 100;
/** From this daily limit on the domain is established and unlimited. */
const KNOWN_FROM = 20_000;
const DOUBLES_UNTIL = 2_000;
/** A day of which less was used says nothing about the next. */
const USED_SHARE = 0.5;
const HEALTHY = { bounced: 0.02, complained: 0.001 };
const ALL_WELL: StreamHealth = { submitted: 0, bounced: 0, complained: 0 };
/**
 * Messages that are sent before the initial hold, and after each automatic
 * halt.
 */
export const INITIAL_HOLD_MESSAGES = 200;

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const startOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayAfter = (day: string): string => dayOf(new Date(startOf(day).getTime() + DAY_MS));

/**
 * The limit of the next day: ×2, later ×1.5, while bounces stay below 2 % and
 * complaints below 0.1 %; otherwise half.
 * @returns null when the domain is established.
 */
export function nextDayLimit(limit: number, taken: number, health: StreamHealth): number | null {
  const { submitted, bounced, complained } = health;
  const isHealthy = bounced <= submitted * HEALTHY.bounced && complained <= submitted * HEALTHY.complained;
  if (!isHealthy) return Math.max(FIRST_DAY_LIMIT / 2, Math.floor(limit / 2));
  if (taken < limit * USED_SHARE) return limit;
  const next = Math.floor(limit * (limit < DOUBLES_UNTIL ? 2 : 1.5));
  return next >= KNOWN_FROM ? null : next;
}

/** The stream on the day of `now`: a new day starts with nothing used. */
export function onDayOf(stream: Stream, now: Date, health: StreamHealth): Stream {
  const today = dayOf(now);
  if (stream.day === today) return stream;
  const { dayLimit, dayUsed } = stream;
  const limit = dayLimit === null || stream.day === null ? dayLimit : nextDayLimit(dayLimit, dayUsed, health);
  return { ...stream, day: today, dayLimit: limit, dayUsed: 0 };
}

/**
 * How many messages may be sent now, when each of the others is tried again,
 * and the stream afterwards.
 */
export interface StreamGrant {
  readonly granted: number;
  readonly waits: readonly { readonly reason: 'initial-hold' | 'warming-up'; readonly until: Date }[];
  readonly stream: Stream;
}

/**
 * Grants as many of `wanted` as possible; the others wait. Those over the
 * initial hold wait for its end. Those over the daily limit are booked to the
 * following days, up to each day's expected limit, so that they are not claimed
 * again every day. Messages booked to a day with a lower limit are booked
 * again.
 * @param holdMs length of the initial hold; 0 for none.
 */
export function grantFrom(stream: Stream, wanted: number, now: Date, holdMs: number): StreamGrant {
  const holdFrom = stream.holdFrom ?? now;
  const holdEnds = new Date(holdFrom.getTime() + holdMs);
  const isHolding = holdEnds > now;
  const inHold = isHolding ? Math.max(0, INITIAL_HOLD_MESSAGES - stream.holdUsed) : wanted;
  const inDay = stream.dayLimit === null ? wanted : Math.max(0, stream.dayLimit - stream.dayUsed);
  const granted = Math.min(wanted, inHold, inDay);
  const taken: Stream = {
    ...stream,
    holdFrom,
    holdUsed: stream.holdUsed + granted,
    dayUsed: stream.dayUsed + granted,
  };
  // The daily limit comes first: messages over it do not wait for the end of
  // the hold.
  const afterHold = Math.min(wanted, inDay) - granted;
  const booked = book(taken, wanted - granted - afterHold, now);
  return {
    granted,
    waits: [
      ...Array.from({ length: afterHold }, () => ({ reason: 'initial-hold' as const, until: holdEnds })),
      ...booked.days.map((day) => ({ reason: 'warming-up' as const, until: startOf(day) })),
    ],
    stream: booked.stream,
  };
}

function book(stream: Stream, count: number, now: Date): { stream: Stream; days: string[] } {
  const today = dayOf(now);
  const tomorrow = dayAfter(today);
  const { bookedDay, dayLimit } = stream;
  const last = { day: tomorrow, booked: 0 };
  if (bookedDay !== null && bookedDay >= tomorrow) Object.assign(last, { day: bookedDay, booked: stream.booked });
  let limit = limitOn(last.day, today, dayLimit);
  const days = Array.from({ length: count }, () => {
    if (limit !== null && last.booked >= limit) {
      Object.assign(last, { day: dayAfter(last.day), booked: 0 });
      limit = nextDayLimit(limit, limit, ALL_WELL);
    }
    last.booked += 1;
    return last.day;
  });
  return { days, stream: count === 0 ? stream : { ...stream, bookedDay: last.day, booked: last.booked } };
}

/**
 * The limit of a future day, if every day until then is fully used without
 * problems.
 */
function limitOn(day: string, today: string, limit: number | null): number | null {
  for (let at = today; at < day && limit !== null; at = dayAfter(at)) limit = nextDayLimit(limit, limit, ALL_WELL);
  return limit;
}
